"""What someone names on the command line → the entry or topic, or a sentence with what they may have meant."""

from __future__ import annotations

from collections.abc import Iterable

from bot.errors import UserError
from bot.knowledge.model import Entry, KnowledgeBase, SmallTalk, Topic
from bot.typed_text import printable, quoted


def named_entry(knowledge: KnowledgeBase, entry_id: str) -> Entry | SmallTalk:
    """The entry or courtesy with an id, or the one that once had it.

    Raises:
        UserError: where there is none; it names those with a similar id.
    """
    found = knowledge.entry(entry_id) or next((s for s in knowledge.smalltalk if s.id == entry_id), None)
    if found is None:
        known = [entry.id for entry in (*knowledge.entries, *knowledge.smalltalk)]
        raise UserError(f"Die Kennung {quoted(entry_id)} gibt es nicht.{_nearest(entry_id, known)}")
    return found


def named_topic(knowledge: KnowledgeBase, name: str) -> Topic:
    """The topic with an id or a title.

    Raises:
        UserError: where there is none; it names those with a similar id.
    """
    for topic in knowledge.topics:
        if name.casefold() in (topic.id, topic.title.casefold()):
            return topic
    known = [topic.id for topic in knowledge.topics]
    raise UserError(
        f"Das Thema {quoted(name)} gibt es nicht.{_nearest(name, known) or ' Es gibt: ' + ', '.join(known)}"
    )


def _nearest(word: str, known: Iterable[str]) -> str:
    """„Meinten Sie …?“ with up to three known words like ``word``; empty where there are none."""
    from rapidfuzz import fuzz, process

    found = process.extract(printable(word).casefold(), sorted(known), scorer=fuzz.WRatio, limit=3, score_cutoff=70)
    return f" Meinten Sie {' oder '.join(quoted(name) for name, _, _ in found)}?" if found else ""

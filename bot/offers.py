"""What a channel can offer without being asked: examples, related entries, terms, and the reply to what is picked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from bot.answers import Bundle, Reason, Reply, Status, notices
from bot.knowledge.glossary_model import Term
from bot.knowledge.model import Entry, KnowledgeBase, SmallTalk


def examples(knowledge: KnowledgeBase, count: int = 3) -> list[str]:
    """Questions to begin with: the first of ``count`` topics, spread evenly."""
    topics = len(knowledge.topics)
    chosen = dict.fromkeys((2 * number + 1) * topics // (2 * count) for number in range(count))
    return [knowledge.topics[number].entries[0].question for number in chosen]


def related(knowledge: KnowledgeBase, entry: Entry) -> list[Entry]:
    """The entries that an entry leads to: what has superseded it, what contradicts it, and what it names itself."""
    newest = knowledge.newest(entry)
    named = (other for name in entry.related if (other := knowledge.entry(name)))
    found = dict.fromkeys([newest, *knowledge.contradicting(entry), *named])
    return [other for other in found if other != entry]


class Lead(NamedTuple):
    """An entry that an answer leads to, and the term of the answer that it explains; empty where it is related."""

    entry: Entry
    term: str = ""

    @property
    def label(self) -> str:
        """How it is offered: the entry's question, or „Begriff: Zweckverband“."""
        return f"Begriff: {self.term}" if self.term else self.entry.question


def leads(bundle: Bundle, entries: Iterable[Entry]) -> list[Lead]:
    """What the answers of these entries lead to: the related entries, then those that explain a term."""
    told = {entry.id: entry for entry in entries}
    near = {other.id: other for entry in told.values() for other in related(bundle.knowledge, entry)}
    found = [Lead(other) for name, other in near.items() if name not in told]
    for entry in told.values():
        besides = [*told.values(), *(lead.entry for lead in found)]
        found += [Lead(other, term.term) for term, other in bundle.glossary.explaining(entry, besides)]
    return found


def entry_of(knowledge: KnowledgeBase, term: Term) -> Entry:
    """The entry that says more about a term of this base."""
    entry = knowledge.entry(term.entry)
    assert entry, "the glossary is checked when it is loaded"
    return entry


def explanation(knowledge: KnowledgeBase, term: Term, today: date) -> Reply:
    """What a term means, told like an answer: with the sources and the notices of the entry that says more.

    That entry is what the told one is related to.
    """
    entry = entry_of(knowledge, term)
    sources = {"source": None, "sources": term.sources, "as_of": None} if term.sources else {}
    meaning = {"question": term.term, "variants": term.spellings, "answer": term.meaning, "short": None}
    return picked(knowledge, entry.model_copy(update={**meaning, **sources, "related": (entry.id,)}), today)


def picked(knowledge: KnowledgeBase, entry: Entry | SmallTalk, today: date) -> Reply:
    """The reply to someone who picked an entry instead of asking for it."""
    told = notices(knowledge, entry, today) if isinstance(entry, Entry) else ()
    reason = Reason.MATCH if isinstance(entry, Entry) else Reason.SMALL_TALK
    return Reply(entry.question, Status.ANSWERED, reason, 1.0, entry=entry, notices=told)

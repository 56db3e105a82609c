"""What was said before, as the knowledge has it that is in force now."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.reply import Reply
from bot.knowledge.model import Entry, KnowledgeBase, SmallTalk


def renewed(reply: Reply, knowledge: KnowledgeBase) -> Reply | None:
    """The same reply over ``knowledge``; None where all that it told no longer exists."""
    parts = [now for part in (reply, *reply.further) if (now := _renewed(part, knowledge))]
    return replace(parts[0], further=tuple(parts[1:])) if parts else None


def _renewed(part: Reply, knowledge: KnowledgeBase) -> Reply | None:
    entry = _now(part.entry, knowledge)
    if part.entry and entry is None:
        return None
    suggestions = tuple(replace(s, entry=now) for s in part.suggestions if (now := knowledge.entry(s.entry.id)))
    return replace(part, entry=entry, suggestions=suggestions, further=())


def _now(entry: Entry | SmallTalk | None, knowledge: KnowledgeBase) -> Entry | SmallTalk | None:
    if isinstance(entry, SmallTalk):
        return next((courtesy for courtesy in knowledge.smalltalk if courtesy.id == entry.id), None)
    return knowledge.entry(entry.id) if entry else None

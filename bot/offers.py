"""What a channel can offer without being asked: examples, related entries, and the reply to what is picked."""

from __future__ import annotations

from datetime import date

from bot.answers import Reason, Reply, Status, notices
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


def picked(knowledge: KnowledgeBase, entry: Entry | SmallTalk, today: date) -> Reply:
    """The reply to someone who picked an entry instead of asking for it."""
    told = notices(knowledge, entry, today) if isinstance(entry, Entry) else ()
    reason = Reason.MATCH if isinstance(entry, Entry) else Reason.SMALL_TALK
    return Reply(entry.question, Status.ANSWERED, reason, 1.0, entry=entry, notices=told)

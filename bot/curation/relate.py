"""How a statement relates to the knowledge: whether an entry covers it, or it updates or contradicts one.

Statements are compared with what entries state, which is their answers: an index whose phrasings are the sentences of
the answers. On the questions the bot is asked that would be a poor index; on statements it is the better one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from bot.curation.drafts import Relation
from bot.curation.quantities import Span, dates, quantities, same_day
from bot.documents import Statement
from bot.documents.sentences import sentences
from bot.knowledge import Entry, KnowledgeBase, Topic
from bot.search.index import Candidate, Index
from bot.text import is_function_word, words

COVERED = 0.41
"""From this score on an entry covers a statement. Where precision and recall meet on the tuned half of
tests/curation/relations.yaml."""

FEW_WORDS = 4
"""A statement with fewer content words is read together with the question it answers."""

_CHANGE = re.compile(
    r"\b(?:inzwischen|mittlerweile|seither|seitdem|unterdessen|nicht mehr|neuerdings|nunmehr|ehemalig\w*|aufgelöst"
    r"|eingestellt worden|wurde(?:n)? (?:\w+ ){0,4}(?:abgeschlossen|nachgeholt|bewilligt|abgelehnt|verschoben|abgesagt))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Relative:
    """The entry nearest to a statement, what the statement is to it, and how sure that is (0–1)."""

    relation: Relation
    entry: Entry | None
    score: float


class Relations:
    """Relates statements to the entries of one knowledge base."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
        self._told = Index(_told(knowledge))
        self._quantities = {entry.id: quantities(_whole(entry)) for entry in knowledge.entries}

    def relate(self, statement: Statement, day: str | None) -> Relative:
        """What a statement in a document from ``day`` (a partial date) is to the knowledge."""
        near = {c.entry.id: score(c) for c in self._told.search(_asked(statement)).candidates if score(c) >= COVERED}
        entry = self._knowledge.entry(max(near, key=near.__getitem__, default=""))
        if entry is None:
            return Relative("new", None, 0.0)
        # An overview says in short what others say in full: then it is one of those.
        full = max(near.keys() & set(entry.covers), key=near.__getitem__, default=entry.id)
        entry = self._knowledge.entry(full) or entry
        return Relative(self._relation(statement.text, entry, day), entry, near[entry.id])

    def _relation(self, text: str, entry: Entry, day: str | None) -> Relation:
        newer = day is None or day > self._knowledge.as_of(entry)
        changed = newer and bool(_CHANGE.search(text))
        if self._other_amount(text, entry):
            return "updates" if changed else "contradicts"
        if self._other_date(text, entry, day):
            still_open = any(event.status != "done" for event in entry.events)
            return "updates" if newer and (changed or still_open) else "contradicts"
        return "updates" if changed else "covered"

    def _other_amount(self, text: str, entry: Entry) -> bool:
        """Whether a text gives another number for something that the entry counts or measures."""
        own = self._quantities[entry.id]
        return any(kind in own and _differ(spans, own[kind]) for kind, spans in quantities(text).items())

    def _other_date(self, text: str, entry: Entry, day: str | None) -> bool:
        """Whether a text gives other dates than the entry; from when the entry or the document is counts as none."""
        stands = {self._knowledge.as_of(entry)[:7], (day or "")[:7]} - {""}
        told = _without(dates(_whole(entry)) | {event.date for event in entry.events}, stands)
        own = _without(dates(text), stands)
        return bool(told and own) and not any(same_day(one, other) for one in own for other in told)


def score(candidate: Candidate) -> float:
    """How much an entry says what a statement says (0–1): its votes, and the share of the words it speaks of."""
    return (min(1.0, max(0.0, candidate.evidence.ridge)) + candidate.evidence.coverage) / 2


def _asked(statement: Statement) -> str:
    telling = [word for word in words(statement.text) if not is_function_word(word)]
    alone = len(telling) >= FEW_WORDS or not statement.question
    return statement.text if alone else f"{statement.question} {statement.text}"


def _told(knowledge: KnowledgeBase) -> KnowledgeBase:
    """The knowledge with the sentences of the answers in place of the variants."""

    def telling(entry: Entry) -> Entry:
        told = (*sentences(" ".join(entry.answer.split())), *([entry.short] if entry.short else []))
        return entry.model_copy(update={"variants": told})

    def topic(one: Topic) -> Topic:
        return replace(one, entries=tuple(map(telling, one.entries)))

    return replace(knowledge, topics=tuple(map(topic, knowledge.topics)), smalltalk=())


def _whole(entry: Entry) -> str:
    return " ".join([entry.question, *entry.answer.split(), *_durations(entry)])


def _durations(entry: Entry) -> Sequence[str]:
    return [f"{duration.least} bis {duration.most} Monate" for duration in entry.durations]


def _differ(spans: Set[Span], told: Set[Span]) -> bool:
    """Whether amounts are others than those told: none is the same, or one in as many is not."""
    strange = [span for span in spans if not any(span.meets(other) for other in told)]
    return len(strange) == len(spans) or (bool(strange) and len(spans) == len(told))


def _without(found: Set[str], stands: Set[str]) -> set[str]:
    return {day for day in found if not any(day.startswith(stand) for stand in stands)}

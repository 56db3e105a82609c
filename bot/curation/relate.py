"""How a statement relates to the knowledge: whether an entry covers it, or it updates or contradicts one.

Statements are compared with what entries state, which is their answers: an index whose phrasings are the sentences of
the answers. On the questions the bot is asked that would be a poor index; on statements it is the better one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.curation.drafts import Relation
from bot.curation.quantities import Day, quantities
from bot.documents import Statement
from bot.documents.headings import is_agenda
from bot.documents.sentences import sentences
from bot.knowledge import Entry, KnowledgeBase, SmallTalk, Topic
from bot.search.index import Candidate, Index
from bot.text import stem, words

COVERED = 0.41
"""From this score on an entry covers a statement. Where precision and recall meet on the tuned half of
tests/curation/relations.yaml."""

_CHANGE = re.compile(
    r"\b(?:inzwischen|mittlerweile|seither|seitdem|unterdessen|nicht mehr|neuerdings|nunmehr|ehemalig\w*|aufgelöst"
    r"|eingestellt worden|wurden? (?:\w+ ){0,4}(?:abgeschlossen|nachgeholt|bewilligt|abgelehnt|verschoben|abgesagt))\b",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\s*([A-ZÄÖÜ][^\W\d_]+)")


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
        self.told = Index(_told(knowledge))
        """What the entries state, by the sentences of their answers."""

    def relate(self, statement: Statement, day: str | None) -> Relative:
        """What a statement in a document from ``day`` (a partial date) is to the knowledge."""
        about_itself = not statement.section or is_agenda(statement.heading)
        near = {
            c.entry.id: score(c)
            for c in self.told.search(statement.text).candidates
            if score(c) >= COVERED and not (about_itself and self._is_from_elsewhere(c.entry, day))
        }
        entry = self._knowledge.entry(max(near, key=near.__getitem__, default=""))
        if entry is None:
            return Relative("new", None, 0.0)
        # An overview says in short what others say in full: then it is one of those.
        full = max(near.keys() & set(entry.covers), key=near.__getitem__, default=entry.id)
        entry = self._knowledge.entry(full) or entry
        return Relative(self._relation(statement.text, entry, day), entry, near[entry.id])

    def _is_from_elsewhere(self, entry: Entry | SmallTalk, day: str | None) -> bool:
        """Whether an entry rests on documents of other days only: their place and hours are not those of this one."""
        known = self._knowledge.entry(entry.id)
        return (
            day is not None
            and known is not None
            and all(self._knowledge.sources[ref.id].date != day for ref in known.source_refs)
        )

    def _relation(self, text: str, entry: Entry, day: str | None) -> Relation:
        stand = self._knowledge.as_of(entry)
        newer = day is None or day > stand
        changed = newer and bool(_CHANGE.search(text))
        own, told = _Figures.of(text, {stand, day or ""}), _Figures.of(_whole(entry), {stand, day or ""})
        if own.count_other_than(told):
            return "updates" if changed else "contradicts"
        if own.date_other_than(told):
            still_open = any(event.status != "done" for event in entry.events)
            return "updates" if newer and (changed or still_open) else "contradicts"
        return "updates" if changed else "covered"


@dataclass(frozen=True, slots=True)
class _Figures:
    """What a text counts or measures, by what it counts, and the days it names."""

    amounts: Mapping[str, Set[Fraction]]
    days: Sequence[Day]

    @classmethod
    def of(cls, text: str, stands: Set[str]) -> _Figures:
        """Those of a text; when an entry or a document is from (``stands``) is no date that it states."""
        figures, days = quantities(text)
        amounts: dict[str, set[Fraction]] = {}
        for figure in figures:
            kind = _counted_noun(text[figure.end :]) if figure.kind == "number" else figure.kind
            if figure.stated and kind:
                amounts.setdefault(kind, set()).add(figure.value)
        return cls(amounts, [one for one in days if one.year and not _is_stand(one, stands)])

    def count_other_than(self, told: _Figures) -> bool:
        """Whether the amounts of something are others than those told: none is the same, or one in as many is not."""
        for kind in self.amounts.keys() & told.amounts.keys():
            own, theirs = self.amounts[kind], told.amounts[kind]
            if not own & theirs or (len(own) == len(theirs) and own != theirs):
                return True
        return False

    def date_other_than(self, told: _Figures) -> bool:
        """Whether both name days and no two of them can be the same."""
        return bool(self.days and told.days) and not any(_meet(one, other) for one in self.days for other in told.days)


def _counted_noun(behind: str) -> str:
    """The stem of the noun behind a number; empty where none follows at once."""
    found = _NOUN.match(behind)
    return stem("".join(words(found[1]))) if found else ""


def _is_stand(day: Day, stands: Set[str]) -> bool:
    """Whether a date is, as exact as a month or a day, when something is from."""
    if not day.months or len(day.months) > 1:
        return False
    return any(stand.startswith(f"{day.year}-{min(day.months):02}") for stand in stands)


def _meet(one: Day, other: Day) -> bool:
    """Whether two dates can mean the same day."""
    months = one.months is None or other.months is None or bool(one.months & other.months)
    return one.year == other.year and months and (one.day is None or other.day is None or one.day == other.day)


def score(candidate: Candidate) -> float:
    """How much an entry says what a statement says (0–1): its votes, and the share of the words it speaks of."""
    return (min(1.0, max(0.0, candidate.evidence.ridge)) + candidate.evidence.coverage) / 2


def _told(knowledge: KnowledgeBase) -> KnowledgeBase:
    """The knowledge with the sentences of the answers in place of the variants."""

    def telling(entry: Entry) -> Entry:
        told = (*sentences(" ".join(entry.answer.split())), *([entry.short] if entry.short else []))
        return entry.model_copy(update={"variants": told})

    def topic(one: Topic) -> Topic:
        return replace(one, entries=tuple(map(telling, one.entries)))

    return replace(knowledge, topics=tuple(map(topic, knowledge.topics)), smalltalk=(), open_questions=())


def _whole(entry: Entry) -> str:
    durations = [f"{duration.least} bis {duration.most} Monate" for duration in entry.durations]
    return " ".join([entry.question, *entry.answer.split(), *durations, *(event.date for event in entry.events)])

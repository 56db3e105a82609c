"""What the knowledge consists of: entries, sources, topics, small talk and synonyms.

The classes are the format of the YAML files: the loader validates against them, and
``knowledge/schema/*.json`` is generated from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from bot.knowledge.calibration import Calibration
from bot.knowledge.fields import SENTENCE_END, Id, Phrasing, of_sentences, of_words
from bot.knowledge.fields import Model as _Model
from bot.knowledge.fields import SourceRef as SourceRef
from bot.knowledge.fields import line as _line
from bot.knowledge.glossary_model import Term
from bot.knowledge.poll_model import PollFile
from bot.knowledge.touchstone_model import Touchstone
from bot.knowledge.tour_model import QuizQuestion, Station

MAX_QUESTION = 100
MAX_ANSWER = 1000
MAX_SENTENCES = 4
MAX_SHORT = 200
MAX_TITLE = 200

DATE_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
MONTHS_PATTERN = r"^[1-9][0-9]{0,2}(-[1-9][0-9]{0,2})?$"


def _of_few_sentences(text: str) -> str:
    return of_sentences(text, MAX_SENTENCES)


MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)


def month_and_year(day: str) -> str:
    """A partial date as people say it: ``"2020-11-12"`` → ``"November 2020"``, ``"2018"`` → ``"2018"``."""
    parts = day.split("-")
    return parts[0] if len(parts) == 1 else f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"


def first_day(day: str) -> date:
    """The first calendar day a partial date can mean.

    Raises:
        ValueError: where the text names no day of the calendar (``2020-13``).
    """
    parts = [int(part) for part in day.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def _on_the_calendar(day: str) -> str:
    try:
        first_day(day)
    except ValueError:
        raise PydanticCustomError("no_such_day", "names no day of the calendar") from None
    return day


def is_date(text: str) -> bool:
    """Whether a text is a partial date that exists."""
    try:
        return bool(re.fullmatch(DATE_PATTERN, text)) and bool(_on_the_calendar(text))
    except PydanticCustomError:
        return False


PartialDate = Annotated[str, StringConstraints(pattern=DATE_PATTERN), AfterValidator(_on_the_calendar)]
"""A date as exact as it is known: ``2018``, ``2018-04`` or ``2018-04-16``."""


def last_day(day: str) -> date:
    """The last calendar day a partial date can mean."""
    first = first_day(day)
    if day.count("-") == 2:
        return first
    year, month = (first.year, first.month + 1) if "-" in day else (first.year + 1, 1)
    return date(year + month // 13, month % 12 or 12, 1) - timedelta(days=1)


class Event(_Model):
    """Something with a place in time that an entry states."""

    date: PartialDate = Field(description="JJJJ, JJJJ-MM oder JJJJ-MM-TT")
    precision: Literal["day", "month", "season", "year"] = Field(description="Wie genau das Datum gemeint ist")
    status: Literal["done", "planned", "cancelled", "forecast"] = Field(
        description="geschehen, geplant, abgesagt oder vorhergesagt"
    )
    label: Annotated[str, _line(80)] = Field(description="Was geschah, in wenigen Worten")

    @model_validator(mode="after")
    def _is_as_exact_as_it_claims(self) -> Event:
        if self.date.count("-") < {"day": 2, "month": 1, "season": 1, "year": 0}[self.precision]:
            raise PydanticCustomError("not_that_exact", "the date is less exact than the precision")
        return self


class Duration(_Model):
    """How long something takes, as an entry states it."""

    label: Annotated[str, _line(80)] = Field(description="Was so lange dauert, in wenigen Worten")
    months: Annotated[str, StringConstraints(pattern=MONTHS_PATTERN)] = Field(
        description="Dauer in Monaten: 12, oder von 18 bis 24 als 18-24"
    )

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Duration:
        if self.least > self.most:
            raise PydanticCustomError("backwards", "the longest time is shorter than the shortest")
        return self

    @property
    def least(self) -> int:
        """The shortest time, in months."""
        return int(self.months.partition("-")[0])

    @property
    def most(self) -> int:
        """The longest time, in months."""
        return int(self.months.rpartition("-")[2])


class _Askable(_Model):
    id: Id = Field(description="Kennung, bleibt für immer gleich")
    question: Annotated[str, _line(MAX_QUESTION), AfterValidator(of_words)] = Field(
        description="Die Frage, wie die Antwort sie versteht"
    )
    variants: tuple[Phrasing, ...] = Field((), description="Wie Menschen dasselbe fragen")
    keywords: tuple[Annotated[str, _line(60)], ...] = Field((), description="Stichwörter")
    answer: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_ANSWER),
        AfterValidator(_of_few_sentences),
    ] = Field(description="Die Antwort in ein bis vier Sätzen")

    @property
    def phrasings(self) -> tuple[str, ...]:
        """The question and its variants."""
        return (self.question, *self.variants)


class SmallTalk(_Askable):
    """A courtesy the bot can return; no knowledge, so no source."""


class Entry(_Askable):
    """One statement of a source, with the questions it answers."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["source"]}, {"required": ["sources"]}]})

    short: Annotated[str, _line(MAX_SHORT)] | None = Field(
        None, description="Eine Zeile zum Vorlesen; sonst der erste Satz der Antwort"
    )
    source: Id | None = Field(None, description="Kurzform von sources: nur die Kennung der Quelle")
    sources: tuple[SourceRef, ...] = Field((), description="Quellen mit Abschnitt")
    as_of: PartialDate | None = Field(None, description="Stand der Aussage; sonst das Datum der Quelle")
    review_by: PartialDate | None = Field(None, description="Bis wann die Aussage zu prüfen ist")
    related: tuple[Id, ...] = Field((), description="Verwandte Einträge")
    covers: tuple[Id, ...] = Field((), description="Einträge, deren Kern diese Antwort in Kürze mit nennt")
    superseded_by: Id | None = Field(None, description="Der Eintrag, der diesen überholt hat")
    contradicts: tuple[Id, ...] = Field((), description="Einträge, die etwas anderes sagen")
    former_ids: tuple[Id, ...] = Field((), description="Frühere Kennungen dieses Eintrags")
    events: tuple[Event, ...] = Field((), description="Was die Aussage in der Zeit verortet")
    durations: tuple[Duration, ...] = Field((), description="Wie lange dauert, wovon die Aussage spricht")

    @model_validator(mode="after")
    def _has_one_way_to_name_sources(self) -> Entry:
        if bool(self.source) == bool(self.sources):
            raise PydanticCustomError("one_kind_of_source", "needs either source or sources")
        return self

    @property
    def source_refs(self) -> tuple[SourceRef, ...]:
        """The places in the sources, however the file names them."""
        return self.sources or (SourceRef(id=self.source or "", section=None, speaker=None),)

    @property
    def short_line(self) -> str:
        """One line to say aloud: ``short``, or the answer's first sentence."""
        return self.short or first_sentence(self.answer, MAX_SHORT)


def first_sentence(text: str, longest: int) -> str:
    """The first sentence of ``text``, cut at a word with „…“ where it is longer than ``longest`` characters."""
    text = " ".join(text.split())
    end = SENTENCE_END.search(text)
    sentence = text[: end.end()].rstrip() if end else text
    if len(sentence) <= longest:
        return sentence
    return sentence[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"


class Source(_Model):
    """A workshop or a background document that statements rest on."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["date"]}, {"required": ["accessed"]}]})

    id: Id
    kind: Literal["werkstatt", "hintergrund"] = Field(description="Werkstatt oder Hintergrund")
    title: Annotated[str, _line(MAX_TITLE)]
    short: Annotated[str, _line(80)] | None = Field(None, description="Kurzer Name zum Zitieren; sonst der Titel")
    publisher: Annotated[str, _line(120)]
    date: PartialDate | None = Field(None, description="Datum der Quelle: JJJJ, JJJJ-MM oder JJJJ-MM-TT")
    accessed: PartialDate | None = Field(None, description="Wann eine Seite gelesen wurde, die kein Datum trägt")
    address: Annotated[str, _line(300)] | None = Field(None, description="Internetadresse")
    document: Annotated[str, _line(200)] | None = Field(
        None, description="Dateiname der Quelle für „check --sources“; sonst die Kennung mit beliebiger Endung"
    )
    spellings: tuple[Annotated[tuple[Annotated[str, _line(120)], ...], Field(min_length=2)], ...] = Field(
        (), description="Schreibweisen, die beim Vergleich mit der Quelle als gleich gelten, je Gruppe mindestens zwei"
    )

    @model_validator(mode="after")
    def _has_one_date(self) -> Source:
        if bool(self.date) == bool(self.accessed):
            raise PydanticCustomError("one_kind_of_date", "needs either date or accessed")
        return self

    @property
    def day(self) -> str:
        """The partial date of the source, or where it has none, of the day it was read."""
        return self.date or self.accessed or ""


class TopicFile(_Model):
    """One topic: the content of ``knowledge/TOPIC.yaml``."""

    topic: Annotated[str, _line(60)] = Field(description="Name des Themas")
    description: Annotated[str, _line(100)] | None = Field(None, description="Worum es geht, in einer Zeile")
    entries: Annotated[tuple[Entry, ...], Field(min_length=1, description="Die Einträge des Themas")]


class SourcesFile(_Model):
    """The content of ``knowledge/sources.yaml``."""

    sources: tuple[Source, ...]


class SmallTalkFile(_Model):
    """The content of ``knowledge/smalltalk.yaml``."""

    entries: tuple[SmallTalk, ...]


class SynonymsFile(_Model):
    """The content of ``knowledge/synonyms.yaml``."""

    groups: tuple[Annotated[tuple[Annotated[str, _line(60)], ...], Field(min_length=2)], ...] = Field(
        (), description="Wörter gleicher Bedeutung, je Gruppe mindestens zwei"
    )
    names: tuple[Annotated[str, _line(60)], ...] = Field((), description="Personen und Orte, die kein Thema sind")


SOURCES, SYNONYMS, SMALLTALK = "sources.yaml", "synonyms.yaml", "smalltalk.yaml"
"""The files that are no topic."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and its entries, in the order of the file."""

    id: str
    title: str
    description: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class KnowledgeBase:
    """All knowledge, checked and immutable.

    ``version`` changes with any byte of the YAML files that answers come from, which tour, quiz, poll, touchstones and
    glossary are not; ``calibration`` may be that of an earlier version; ``where`` tells the file and line of an entry.
    """

    topics: tuple[Topic, ...]
    sources: Mapping[str, Source]
    smalltalk: tuple[SmallTalk, ...] = ()
    open_questions: tuple[str, ...] = ()
    synonyms: SynonymsFile = field(default_factory=lambda: SynonymsFile(groups=(), names=()))
    tour: tuple[Station, ...] = ()
    quiz: tuple[QuizQuestion, ...] = ()
    poll: PollFile | None = None
    touchstones: tuple[Touchstone, ...] = ()
    glossary: tuple[Term, ...] = ()
    version: str = ""
    calibration: Calibration | None = None
    where: Mapping[str, str] = field(default_factory=dict)

    @property
    def entries(self) -> Iterator[Entry]:
        """All entries, topic by topic."""
        return (entry for topic in self.topics for entry in topic.entries)

    @cached_property
    def _by_id(self) -> Mapping[str, Entry]:
        known = {former: entry for entry in self.entries for former in entry.former_ids}
        return known | {entry.id: entry for entry in self.entries}

    @cached_property
    def _topic_of(self) -> Mapping[str, Topic]:
        return {entry.id: topic for topic in self.topics for entry in topic.entries}

    def entry(self, entry_id: str) -> Entry | None:
        """The entry with this id, or the one that once had it; None where there is none."""
        return self._by_id.get(entry_id)

    def topic_of(self, entry: Entry) -> Topic:
        """The topic an entry of this base belongs to."""
        return self._topic_of[entry.id]

    def as_of(self, entry: Entry) -> str:
        """The partial date of what the entry says: its own ``as_of`` or the newest of its sources.

        Where no source has a date, it is the day on which the newest was read.
        """
        sources = [self.sources[ref.id] for ref in entry.source_refs]
        dated = [source.date for source in sources if source.date]
        return entry.as_of or max(dated or [source.day for source in sources])

    def newest(self, entry: Entry) -> Entry:
        """What has been said since, to the last; the entry itself where nothing has superseded it."""
        passed = {entry.id}  # a base that was not loaded from files may hold a circle
        while entry.superseded_by and (newer := self.entry(entry.superseded_by)) and newer.id not in passed:
            entry = newer
            passed.add(entry.id)
        return entry

    def contradicting(self, entry: Entry) -> tuple[Entry, ...]:
        """The entries that say something else than this one."""
        return tuple(e for e in self.entries if entry.id in e.contradicts or e.id in entry.contradicts)

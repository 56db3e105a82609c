"""What must hold across the knowledge files: unique ids and phrasings, references that lead somewhere.

Looks at the files as they are written, not at finished entries, so that an entry with a mistake of its own
takes part as well and a curator sees everything at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.knowledge.explain import sources_mistake
from bot.knowledge.fields import ID_PATTERN
from bot.knowledge.glossary_model import GLOSSARY
from bot.knowledge.model import SMALLTALK, SOURCES, SYNONYMS, first_day, is_date
from bot.knowledge.open_model import OPEN_QUESTIONS
from bot.knowledge.poll_model import POLL
from bot.knowledge.problems import Problem, coded, nearest, quoted
from bot.knowledge.touchstone_model import TOUCHSTONES
from bot.knowledge.tour_model import QUIZ, TOUR
from bot.knowledge.yaml_lines import Document, Place

_ID = re.compile(ID_PATTERN)  # whatever is no id is reported as such, and need not be reported missing as well
NO_TOPICS = frozenset({SOURCES, SYNONYMS, SMALLTALK, OPEN_QUESTIONS, TOUR, QUIZ, POLL, TOUCHSTONES, GLOSSARY})
_CLOCK_IS_SET = date(2025, 1, 1)
"""A computer that believes it to be earlier does not know the date, and must be able to start nonetheless."""

_NOT_A_LETTER = re.compile(r"[\W_]+")


def same_words(text: str) -> str:
    """What two phrasings share if only case, spaces or punctuation tell them apart."""
    return _NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold()) or text


@dataclass(frozen=True, slots=True)
class Item:
    """An entry, courtesy or source as it stands in its file, whether it is correct or not."""

    document: Document
    place: Place
    data: Mapping[str, object]

    @property
    def id(self) -> str:
        """The id as written; empty where there is none."""
        written = self.data.get("id")
        return written if isinstance(written, str) else ""

    def texts(self, key: str) -> Iterator[tuple[str, Place]]:
        """The texts under a key, be it a single one or a list of them, each with its place."""
        value = self.data.get(key)
        if isinstance(value, str) and value:
            yield value, (*self.place, key)
        elif isinstance(value, list):
            for number, text in enumerate(value):
                if isinstance(text, str) and text:
                    yield text, (*self.place, key, number)

    def problem(self, place: Place, message: str, hint: str) -> Problem:
        """A mistake at a place of this item."""
        return Problem(self.document.file, self.document.line(place), message, hint, entry=self.id or None)

    def where(self, place: Place) -> str:
        """File and line of a place of this item."""
        return f"{self.document.file}:{self.document.line(place)}"


def items(document: Document, key: str = "entries") -> list[Item]:
    """Whatever looks like an entry (or, under another key, a source) in a file."""
    listed = document.data.get(key) if isinstance(document.data, dict) else None
    if not isinstance(listed, list):
        return []
    return [Item(document, (key, number), data) for number, data in enumerate(listed) if isinstance(data, dict)]


def whole(document: Document) -> list[Item]:
    """A file as one item, where it holds keys; else nothing."""
    return [Item(document, (), document.data)] if isinstance(document.data, dict) else []


def id_at(document: Document, place: Place) -> str | None:
    """The id of what stands at a place of a list in a file, or around it; None where it has none."""
    data = document.data
    for step in place[:2]:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    found = data.get("id") if isinstance(data, dict) else None
    return found if isinstance(found, str) else None


def entries_of(documents: Mapping[str, Document]) -> list[Item]:
    """Whatever looks like an entry of a topic."""
    return [item for name, document in documents.items() if name not in NO_TOPICS for item in items(document)]


def check(documents: Mapping[str, Document], unread: Collection[str], today: date) -> Iterator[Problem]:
    """Everything that is wrong across the files.

    ``unread`` names the files that exist but whose content is unknown: what they may contain is not reported missing.
    """
    entries = entries_of(documents)
    courtesies = items(documents[SMALLTALK]) if SMALLTALK in documents else []
    sources = items(documents[SOURCES], "sources") if SOURCES in documents else None
    open_questions = whole(documents[OPEN_QUESTIONS]) if OPEN_QUESTIONS in documents else []
    yield from coded("duplicate-id", duplicate_ids([*entries, *courtesies]))
    yield from coded("duplicate-id", duplicate_ids(sources or ()))
    yield from coded("duplicate-phrasing", duplicate_phrasings([*entries, *courtesies, *open_questions]))
    yield from coded("source", ways_to_name_sources(entries))
    if SOURCES not in unread:
        yield from coded("source", unknown_sources(entries, sources))
    yield from coded("reference", broken_references(entries, complete=NO_TOPICS.issuperset(unread)))
    yield from coded("reference", circles(entries))
    yield from coded("future", future_dates([*entries, *(sources or ())], today))
    if SYNONYMS in documents:
        yield from coded("duplicate-synonym", duplicate_synonyms(documents[SYNONYMS]))


def future_dates(items: Iterable[Item], today: date) -> Iterator[Problem]:
    """What claims to be known at a date that has not come yet."""
    if today < _CLOCK_IS_SET:
        return
    # Where the knowledge is kept it can be tomorrow already.
    tomorrow = today + timedelta(days=1)
    for item in items:
        for key, name in (("as_of", "Der Stand"), ("date", "Das Datum der Quelle")):
            for written, place in item.texts(key):
                if is_date(written) and first_day(written) > tomorrow:
                    yield item.problem(
                        place,
                        f"{name} {quoted(written)} liegt in der Zukunft.",
                        "Bitte prüfen Sie Jahr, Monat und Tag; was erst geplant ist, gehört in „events“.",
                    )


def duplicate_ids(entries: Iterable[Item]) -> Iterator[Problem]:
    """Ids that are given twice, counting former ones."""
    first: dict[str, str] = {}
    for item in entries:
        for written, place in (*item.texts("id"), *item.texts("former_ids")):
            if written in first:
                yield item.problem(
                    place,
                    f"Die Kennung {quoted(written)} ist schon vergeben ({first[written]}).",
                    "Bitte wählen Sie eine andere; jede darf nur einmal vorkommen.",
                )
            first.setdefault(written, item.where(place))


def duplicate_phrasings(entries: Iterable[Item]) -> Iterator[Problem]:
    """Questions and variants that occur twice, open questions included, apart from case, spaces and punctuation."""
    first: dict[str, str] = {}
    for item in entries:
        for key in ("question", "variants", "questions"):
            for text, place in item.texts(key):
                if same_words(text) in first:
                    yield item.problem(
                        place,
                        f"Die Formulierung {quoted(text)} gibt es schon ({first[same_words(text)]}).",
                        "Bitte löschen Sie eine der beiden; "
                        + (
                            "offen ist eine Frage nur, wenn kein Eintrag sie hat." if key == "questions" else _ONE_ENTRY
                        ),
                    )
                first.setdefault(same_words(text), item.where(place))


_ONE_ENTRY = "eine Formulierung darf nur zu einem Eintrag führen."


def ways_to_name_sources(entries: Iterable[Item]) -> Iterator[Problem]:
    """Entries with both or neither of ``source`` and ``sources``.

    The model says so too, but only once everything else about the entry is right.
    """
    for item in entries:
        named = [key for key in ("source", "sources") if item.data.get(key, []) != []]
        mistyped = any(nearest(key, ("source", "sources")) for key in item.data.keys() - {"source", "sources"})
        if len(named) == 2 or not (named or mistyped):
            yield item.problem(item.place, *sources_mistake(both=bool(named)))


def unknown_sources(entries: Iterable[Item], sources: Sequence[Item] | None) -> Iterator[Problem]:
    """Source ids that sources.yaml does not have; ``sources`` is None where that file is missing."""
    known = {source.id for source in sources or ()}
    for item in entries:
        for written, place in _source_ids(item):
            if sources is None:
                yield item.problem(
                    place,
                    f"Der Eintrag nennt die Quelle {quoted(written)}, aber es gibt keine Datei sources.yaml.",
                    "Bitte legen Sie sources.yaml an und tragen Sie die Quelle dort ein.",
                )
                return
            if written not in known and _ID.fullmatch(written):
                meant = nearest(written, known)
                yield item.problem(
                    place,
                    f"Die Quelle {quoted(written)} steht nicht in sources.yaml.",
                    f"Meinten Sie {quoted(meant)}?" if meant else "Bitte tragen Sie die Quelle in sources.yaml ein.",
                )


def _source_ids(item: Item) -> Iterator[tuple[str, Place]]:
    yield from item.texts("source")
    listed = item.data.get("sources")
    for number, reference in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(reference, dict):
            yield from Item(item.document, (*item.place, "sources", number), reference).texts("id")


def broken_references(entries: Sequence[Item], complete: bool) -> Iterator[Problem]:
    """References to the entry itself and, if all entries are known (``complete``), to entries that do not exist."""
    keys = ("related", "covers", "superseded_by", "contradicts")
    for item in entries:
        for key in keys:
            for written, place in item.texts(key):
                if written == item.id:
                    yield item.problem(
                        place, f"Der Eintrag verweist unter „{key}“ auf sich selbst.", "Bitte löschen Sie die Angabe."
                    )
    yield from references(entries, keys, entries, complete)


def references(
    items: Iterable[Item], keys: Sequence[str], entries: Sequence[Item], complete: bool
) -> Iterator[Problem]:
    """What ``items`` name under ``keys`` and is an entry no longer or, if all are known, not at all."""
    known = {entry.id for entry in entries}
    now = {former: entry.id for entry in entries for former, _ in entry.texts("former_ids")}
    for item in items:
        for written, place in (found for key in keys for found in item.texts(key)):
            if written in now and written not in known:
                yield item.problem(
                    place,
                    f"Der Eintrag {quoted(written)} hat inzwischen eine andere Kennung.",
                    f"Bitte schreiben Sie {quoted(now[written])}.",
                )
            elif complete and written not in known and _ID.fullmatch(written):
                meant = nearest(written, known)
                yield item.problem(
                    place,
                    f"Einen Eintrag {quoted(written)} gibt es nicht.",
                    f"Meinten Sie {quoted(meant)}?" if meant else "Bitte prüfen Sie die Kennung.",
                )


def circles(entries: Iterable[Item]) -> Iterator[Problem]:
    """Entries that supersede each other in a circle; each circle once."""
    successors: dict[str, tuple[Item, Place, str]] = {}
    for item in entries:
        for written, place in item.texts("superseded_by"):
            successors.setdefault(item.id, (item, place, written))
    settled: set[str] = set()
    for start in successors:
        path: list[str] = []
        step = start
        while step in successors and step not in settled:
            settled.add(step)
            path.append(step)
            step = successors[step][2]
        circle = path[path.index(step) :] if step in path else []
        if len(circle) > 1:
            item, place, _ = successors[circle[0]]
            yield item.problem(
                place,
                f"Diese Einträge überholen sich gegenseitig: {' → '.join([*circle, circle[0]])}.",
                "Bitte löschen Sie „superseded_by“ beim neuesten dieser Einträge.",
            )


def duplicate_synonyms(document: Document) -> Iterator[Problem]:
    """Words that stand in two synonym groups, or twice in one."""
    first: dict[str, str] = {}
    listed = document.data.get("groups") if isinstance(document.data, dict) else None
    for number, group in enumerate(listed if isinstance(listed, list) else ()):
        for index, word in enumerate(group if isinstance(group, list) else ()):
            if not isinstance(word, str) or not word:
                continue
            # Punctuation counts here: „Online-Zugangs-Gesetz“ and „Onlinezugangsgesetz“ are two spellings to know.
            key = " ".join(unicodedata.normalize("NFC", word).casefold().split())
            line = document.line(("groups", number, index))
            if key in first:
                yield Problem(
                    document.file,
                    line,
                    f"Das Wort {quoted(word)} steht schon in einer Gruppe ({first[key]}).",
                    "Bitte löschen Sie eines der beiden oder fassen Sie die Gruppen zusammen.",
                )
            first.setdefault(key, f"{document.file}:{line}")

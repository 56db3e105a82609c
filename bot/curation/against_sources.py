"""The knowledge against the documents it cites: does the cited section say so, and are the words its own?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.curation.facts import unsupported
from bot.curation.number_words import number_word
from bot.curation.own_words import WORDS, copied
from bot.curation.quantities import SEASONS, quantities
from bot.curation.written import Written
from bot.documents.people import surname
from bot.errors import UserError
from bot.knowledge.model import Entry, Event, KnowledgeBase, Source, SourceRef, first_day, month_and_year
from bot.knowledge.problems import Level, Problem, quoted
from bot.text import fold

if TYPE_CHECKING:
    from bot.documents import Document

_SMALL = 12
"""Numbers up to here are often counted by whoever writes the answer: „die drei Vorträge“."""

_PARTS_OF_YEAR = ("Anfang", "Frühjahr", "Mitte", "Sommer", "Herbst", "Ende", "Winter")


def against_sources(knowledge: KnowledgeBase, written: Written, folder: Path) -> Iterator[Problem]:
    """What the documents in ``folder`` do not bear out, or bear out too literally.

    Raises:
        UserError: where the folder cannot be read.
    """
    documents: dict[str, Document] = {}
    for source in knowledge.sources.values():
        found = _document(source, folder, written)
        if isinstance(found, Problem):
            yield found
        else:
            documents[source.id] = found
    for entry in knowledge.entries:
        refs = [ref for ref in entry.source_refs if ref.id in documents]
        cited = [_Cited(knowledge.sources[ref.id], ref, documents[ref.id]) for ref in refs]
        yield from _places(entry, cited, written)
        if len(cited) == len(entry.source_refs):
            yield from _facts(knowledge, entry, cited, written)
        yield from _copies(entry, documents.values(), written)


@dataclass(frozen=True, slots=True)
class _Cited:
    """A place in a source that an entry rests on, and the document."""

    source: Source
    ref: SourceRef
    document: Document

    @property
    def text(self) -> str:
        """What stands there: the wording of the section, or of the whole document where none is named or found.

        With it goes what holds for all of a document, and the full name of whoever is named.
        """
        section, speaker = self.ref.section or "", self.ref.speaker or ""
        found = self.document.section_text(section) if section else ""
        text = f"{section}\n{speaker}\n{found or self.document.text}"
        named = [person for person in self.document.speakers if surname(person) in text]
        return "\n".join((text, *named, _about(self.source)))


def _about(source: Source) -> str:
    """What is known of a whole source without reading it: its name, its publisher and its date."""
    day = first_day(source.day).strftime("%d.%m.%Y") if source.day.count("-") == 2 else ""
    return f"{source.title}. {source.short or ''}. {source.publisher}. {day} {month_and_year(source.day)}"


def _document(source: Source, folder: Path, written: Written) -> Document | Problem:
    """The document of a source, or why there is none."""
    from bot.documents import SUFFIXES, read_document

    try:
        there = {path.name: path for path in sorted(folder.iterdir())}
    except OSError:
        raise UserError(
            f"Der Ordner {quoted(str(folder))} lässt sich nicht lesen. Bitte nennen Sie mit --sources den Ordner mit"
            " den Dokumenten der Quellen."
        ) from None
    names = [source.document] if source.document else [f"{source.id}{suffix}" for suffix in SUFFIXES]
    path = next((there[name] for name in names if name in there), None)
    if path is None:
        wanted = quoted(source.document or f"{source.id}.pdf")
        return written.notice(
            written.source(source.id),
            ("document",),
            "no-document",
            f"Zur Quelle {quoted(source.id)} liegt kein Dokument in {quoted(str(folder))}; sie ist ungeprüft.",
            f"Bitte legen Sie dort die Datei {wanted} ab, oder tragen Sie ihren Namen bei der Quelle unter „document“"
            " ein.",
        )
    try:
        return read_document(path)
    except UserError as error:
        return written.notice(
            written.source(source.id),
            ("document",),
            "no-document",
            f"Das Dokument der Quelle {quoted(source.id)} lässt sich nicht lesen; sie ist ungeprüft.",
            str(error),
        )


def _places(entry: Entry, cited: Iterable[_Cited], written: Written) -> Iterator[Problem]:
    """Sections and speakers that a document does not have."""
    for one in cited:
        number = entry.source_refs.index(one.ref)
        if one.ref.section and not one.document.section_text(one.ref.section):
            names = dict.fromkeys(name for passage in one.document.passages for name in passage.section)
            yield written.notice(
                written.entry(entry.id),
                ("sources", number, "section"),
                "section",
                f"Einen Abschnitt {quoted(one.ref.section)} hat das Dokument der Quelle {quoted(one.source.id)} nicht.",
                f"Es hat: {', '.join(map(quoted, names))}." if names else "Das Dokument hat keine Überschriften.",
            )
        if one.ref.speaker and unsupported(one.ref.speaker, one.document.text, one.source.spellings, [one.ref.speaker]):
            yield written.notice(
                written.entry(entry.id),
                ("sources", number, "speaker"),
                "fact",
                f"{quoted(one.ref.speaker)} kommt im Dokument der Quelle {quoted(one.source.id)} nicht vor.",
                "Bitte prüfen Sie den Namen. Ist er dort anders geschrieben, nehmen Sie bei der Quelle unter"
                " „spellings“ beide Schreibweisen auf.",
            )


def _facts(knowledge: KnowledgeBase, entry: Entry, cited: Collection[_Cited], written: Written) -> Iterator[Problem]:
    """Numbers, dates, times and names of an entry that the places it cites do not hold.

    Only people must be named in the cited section; any other name may stand elsewhere in the document.
    """
    near = "\n".join(one.text for one in cited)
    groups = [*knowledge.synonyms.groups, *(group for one in cited for group in one.source.spellings)]
    people = [person for one in cited for person in (*one.document.speakers, *filter(None, [one.ref.speaker]))]
    names = [*knowledge.synonyms.names, *(word for person in people for word in person.split())]
    told: set[str] = set()
    for place, texts in _claims(entry).items():
        for fact in min((unsupported(text, near, groups, names) for text in texts), key=len):
            elsewhere = _elsewhere(fact, cited, groups, names)
            person = any(fact in full.split() for full in people)
            if fact in told or (elsewhere and not person and not any(quantities(fact))):
                continue
            told.add(fact)
            yield _unsupported(entry, place, fact, cited, elsewhere, written)


def _unsupported(
    entry: Entry,
    place: tuple[str | int, ...],
    fact: str,
    cited: Iterable[_Cited],
    elsewhere: Iterable[str],
    written: Written,
) -> Problem:
    sections = " und ".join(dict.fromkeys(quoted(one.ref.section or one.source.id) for one in cited))
    hint = "Bitte vergleichen Sie mit der Quelle."
    found = ", ".join(map(quoted, elsewhere))
    if _counts(fact):
        found, hint = "", "Bitte zählen Sie nach."  # a mere „drei“ stands in many places
    return written.notice(
        written.entry(entry.id),
        place,
        "fact",
        f"{quoted(fact)} steht nicht im Abschnitt {sections}{f', aber in {found}' if found else ''}.",
        "Bitte prüfen Sie, ob dieser Abschnitt unter „sources“ fehlt."
        if found
        else f"{hint} Stimmt es, nehmen Sie bei der Quelle unter „spellings“ beide Schreibweisen auf: Ihre und die des"
        " Dokuments.",
    )


def _counts(fact: str) -> bool:
    """Whether a fact is no more than a small number in words."""
    number = number_word(fact)
    return number is not None and number <= _SMALL


def _claims(entry: Entry) -> Mapping[tuple[str | int, ...], Sequence[str]]:
    """What an entry states, by its place in it, each in one or several wordings of which one must be borne out."""
    claims: dict[tuple[str | int, ...], Sequence[str]] = {("answer",): [entry.answer], ("question",): [entry.question]}
    if entry.short:
        claims[("short",)] = [entry.short]
    for number, event in enumerate(entry.events):
        claims["events", number] = [f"{event.label}: {day}" for day in _days(event)]
    for number, duration in enumerate(entry.durations):
        claims["durations", number] = [f"{duration.label}: {duration.least} bis {duration.most} Monate"]
    return claims


def _days(event: Event) -> Sequence[str]:
    """The date of an event as a source may give it."""
    if event.precision == "day":
        return [first_day(event.date).strftime("%d.%m.%Y")]
    if event.precision == "season":
        day = first_day(event.date)
        return [f"{part} {day.year}" for part in _PARTS_OF_YEAR if day.month in SEASONS[fold(part)]]
    return [month_and_year(event.date[: 7 if event.precision == "month" else 4])]


def _elsewhere(
    fact: str, cited: Iterable[_Cited], groups: Collection[Collection[str]], names: Collection[str]
) -> list[str]:
    """The sections of the cited documents that hold a fact."""
    found: dict[str, None] = {}
    for document in {id(one.document): one.document for one in cited}.values():
        for section in dict.fromkeys(name for passage in document.passages for name in passage.section):
            if not unsupported(fact, document.section_text(section), groups, [*names, fact]):
                found[section] = None
    return list(found)


def _copies(entry: Entry, documents: Iterable[Document], written: Written) -> Iterator[Problem]:
    for document in documents:
        for key, text in (("answer", entry.answer), ("short", entry.short or "")):
            for run in copied(text, document.text):
                yield written.notice(
                    written.entry(entry.id),
                    (key,),
                    "copied",
                    f"{quoted(run)} ist wörtlich aus der Quelle übernommen ({WORDS} Wörter oder mehr in Folge).",
                    "Bitte sagen Sie es in eigenen Worten.",
                    Level.ERROR,
                )

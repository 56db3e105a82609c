"""Where a statement comes from, in German words: its sources, and from when and of which kind they are."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from bot.knowledge.model import MONTHS, Entry, KnowledgeBase, Source, SourceRef, month_and_year

WORKSHOP, BACKGROUND = "Werkstatt", "Hintergrund"


def full_date(day: str) -> str:
    """A partial date in full: ``"2020-11-12"`` → ``"12. November 2020"``; as much of it as is known."""
    year, _, rest = day.partition("-")
    month, _, number = rest.partition("-")
    return f"{int(number)}. {MONTHS[int(month) - 1]} {year}" if number else month_and_year(day)


LONGEST_ADDRESS = 60
"""A longer address is told in full only where the sources are asked for."""


def source_lines(knowledge: KnowledgeBase, entry: Entry, in_full: bool = False) -> list[str]:
    """One line for each source of an entry: title, sections with their speakers, publisher, date and address."""
    refs: dict[str, list[SourceRef]] = {}
    for ref in entry.source_refs:
        refs.setdefault(ref.id, []).append(ref)
    return [_source_line(knowledge.sources[source_id], places, in_full) for source_id, places in refs.items()]


def _source_line(source: Source, places: Iterable[SourceRef], in_full: bool) -> str:
    sections = "; ".join(text for ref in places if (text := section(ref, source)) and text not in source.title)
    if source.address and len(source.address) > LONGEST_ADDRESS and not in_full:
        source = source.model_copy(update={"address": urlsplit(source.address).netloc})
    return f"Quelle: {named_source(source, sections)}"


def named_source(source: Source, where: str = "", address: bool = True) -> str:
    """A source in full: title, where in it, publisher, date and, where it is of use, address."""
    where = f", {where}" if where else ""
    about = (source.publisher, _dated(source), source.address if address else None)
    return f"{source.title}{where} ({', '.join(filter(None, about))})"


def _dated(source: Source) -> str:
    return full_date(source.date) if source.date else f"ohne Datum, gelesen {_read(source.accessed or '')}"


def _read(day: str) -> str:
    return f"am {full_date(day)}" if day.count("-") == 2 else f"im {month_and_year(day)}" if "-" in day else day


def section(ref: SourceRef, source: Source) -> str:
    """Where in a source something stands: „Abschnitt Blitzumfrage, laut Erika Muster“, or „§ 5 GkG NRW“ of a law."""
    place = f"Abschnitt {ref.section}" if ref.section and source.kind == "werkstatt" else ref.section or ""
    speaker = f"laut {ref.speaker}" if ref.speaker and ref.speaker not in place else ""
    return ", ".join(filter(None, (place, speaker)))


def workshops(knowledge: KnowledgeBase, entry: Entry) -> list[Source]:
    """The workshops in which an entry was said, each once."""
    sources = dict.fromkeys(knowledge.sources[ref.id] for ref in entry.source_refs)
    return [source for source in sources if source.kind == "werkstatt"]


def is_background(knowledge: KnowledgeBase, entry: Entry) -> bool:
    """Whether no workshop says what an entry says."""
    return not workshops(knowledge, entry)


def stand(knowledge: KnowledgeBase, entry: Entry) -> str:
    """Of which kind an answer is and from when.

    „Werkstatt, November 2020“, „in 3 Werkstätten genannt, zuletzt Mai 2026“, „Hintergrund, Stand Juli 2024“.
    """
    held = workshops(knowledge, entry)
    sources = [knowledge.sources[ref.id] for ref in entry.source_refs]
    since = month_and_year(knowledge.as_of(entry))
    if len(held) > 1:
        return f"In {len(held)} Werkstätten genannt, {'Stand' if entry.as_of else 'zuletzt'} {since}"
    if held:
        kinds = WORKSHOP if all(source.kind == "werkstatt" for source in sources) else f"{WORKSHOP} und {BACKGROUND}"
        return f"{kinds}, {since}" if kinds == WORKSHOP and not entry.as_of else f"{kinds}, Stand {since}"
    if not entry.as_of and all(source.date is None for source in sources):
        return f"{BACKGROUND}, ohne Datum, gelesen {_read(knowledge.as_of(entry))}"
    return f"{BACKGROUND}, Stand {since}"

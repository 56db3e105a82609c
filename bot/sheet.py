"""The sheet for a meeting: the short lines of a topic or of chosen entries, each with its source and its Stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.errors import UserError
from bot.knowledge.model import Entry, KnowledgeBase, Topic, first_day
from bot.knowledge.problems import nearest
from bot.offers import picked
from bot.origins import full_date, named_source, section, stand
from bot.typed_text import quoted
from bot.wording import notice_sentences

HEADING = "Spickzettel"
CHOSEN = "Ausgewählte Fragen"
ONLY_UNTIL = "Was nach diesen Daten geschah, steht hier nicht."
USUAL = "Soweit nicht anders angegeben: "


class SheetLine(NamedTuple):
    """What the sheet says about one entry."""

    id: str
    question: str
    short: str
    source: str
    """The numbers of the sources with the places in them, and the Stand where the sheet has several; empty where it is
    the usual one of the sheet."""
    notes: tuple[str, ...]
    """What to know before repeating it."""
    dispensable: bool
    """Whether another line of the sheet already says the core of it."""


class Sheet(NamedTuple):
    """A sheet as every format shows it; two that are equal look the same."""

    title: str
    stand: str
    """„Werkstatt, November 2020“ where it is the same for all lines, else empty."""
    lines: tuple[SheetLine, ...]
    usual: str
    """What most lines have as their source; empty where there is no such thing."""
    sources: tuple[str, ...]
    """Each with its number: „[1] Protokoll …“."""


def left_out_sentence(count: int) -> str:
    """That so many lines found no room; empty where all did."""
    if not count:
        return ""
    return f"Auf das Blatt {'passte 1 weitere Frage' if count == 1 else f'passten {count} weitere Fragen'} nicht."


def topic_named(knowledge: KnowledgeBase, name: str) -> Topic | None:
    """The topic with this id or title."""
    wanted = name.strip().casefold()
    return next((topic for topic in knowledge.topics if wanted in (topic.id, topic.title.casefold())), None)


def sheet(knowledge: KnowledgeBase, names: Sequence[str]) -> Sheet:
    """The sheet of topics (by id or title) and entries (by id), in the order in which they are named.

    Of a topic, what has been superseded is left out; who names such an entry gets it with a notice.

    Raises:
        UserError: where a name is neither a topic nor an entry, or nothing is left to say.
    """
    titles: dict[str, None] = {}
    chosen: dict[str, Entry] = {}
    for name in names:
        if topic := topic_named(knowledge, name):
            titles[topic.title] = None
            chosen |= {entry.id: entry for entry in topic.entries if not entry.superseded_by}
        elif entry := knowledge.entry(name.strip()):
            titles[CHOSEN] = None
            chosen[entry.id] = entry
        else:
            raise UserError(_no_such_name(knowledge, name))
    if not chosen:
        raise UserError(f"Alle Einträge von {quoted(' · '.join(titles))} sind überholt; ein Blatt gibt es dazu nicht.")
    return _sheet(knowledge, " · ".join(titles), list(chosen.values()))


def _sheet(knowledge: KnowledgeBase, title: str, entries: Sequence[Entry]) -> Sheet:
    sources = dict.fromkeys(ref.id for entry in entries for ref in entry.source_refs)
    numbers = {source: number for number, source in enumerate(sources, 1)}
    stands = {stand(knowledge, entry) for entry in entries}
    covered = {other.id for entry in entries for name in entry.covers if (other := knowledge.entry(name))}
    origins = [
        "; ".join([*_places(knowledge, entry, numbers), *([stand(knowledge, entry)] if len(stands) > 1 else [])])
        for entry in entries
    ]
    usual, count = Counter(origins).most_common(1)[0]
    usual = usual if 2 * count > len(entries) > 2 else ""
    lines = (
        SheetLine(
            entry.id,
            entry.question,
            entry.short_line,
            "" if origin == usual else origin,
            tuple(_notes(knowledge, entry)),
            entry.id in covered,
        )
        for entry, origin in zip(entries, origins, strict=True)
    )
    common = next(iter(stands)) if len(stands) == 1 else ""
    named = tuple(f"[{n}] {named_source(knowledge.sources[source], address=False)}" for source, n in numbers.items())
    return Sheet(title, common, tuple(lines), usual and USUAL + usual, named)


def _places(knowledge: KnowledgeBase, entry: Entry, numbers: dict[str, int]) -> Iterable[str]:
    """„[1] Abschnitt A, Abschnitt B“ for each source of an entry."""
    places: dict[int, list[str]] = {}
    for ref in entry.source_refs:
        places.setdefault(numbers[ref.id], []).append(section(ref, knowledge.sources[ref.id]))
    return (" ".join(filter(None, (f"[{number}]", "; ".join(filter(None, of))))) for number, of in places.items())


def _notes(knowledge: KnowledgeBase, entry: Entry) -> list[str]:
    # As of the entry's own day: a sheet does not change because time passes, and it shows the Stand anyway.
    day = first_day(knowledge.as_of(entry))
    told = notice_sentences(knowledge, picked(knowledge, entry, day), day)
    return told + ([f"Zu prüfen bis {full_date(entry.review_by)}."] if entry.review_by else [])


def _no_such_name(knowledge: KnowledgeBase, name: str) -> str:
    ids = [topic.id for topic in knowledge.topics]
    known = [*ids, *(topic.title for topic in knowledge.topics), *(entry.id for entry in knowledge.entries)]
    meant = nearest(name, known)
    hint = f"Meinten Sie {quoted(meant)}?" if meant else f"Es gibt die Themen {', '.join(ids)}."
    return f"Ein Thema oder einen Eintrag {quoted(name)} gibt es nicht. {hint}"

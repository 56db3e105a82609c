"""What the knowledge places in time: events in order, and how long things take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bot.knowledge.model import Duration, Entry, Event, KnowledgeBase, first_day, last_day, month_and_year
from bot.origins import BACKGROUND, full_date, is_background, workshops

STATUS = {"done": "geschehen", "planned": "geplant", "cancelled": "abgesagt", "forecast": "erwartet"}
"""What is said for the status of an event."""

_SEASONS = {1: "Anfang", 3: "Frühjahr", 6: "Sommer", 9: "Herbst", 11: "Ende"}
"""The first month of each part of a year; the last one ends with the year."""

MOST_EVENTS = 24
MOST_DURATIONS = 8
"""So many can still be read on one picture."""


class Timeline(NamedTuple):
    """What happened or is expected, oldest first, and how long things take; two that are equal look the same."""

    events: tuple[Event, ...]
    durations: tuple[Duration, ...]
    stand: str
    """From when all of it is, as people say it; empty where there is nothing."""
    sources: tuple[str, ...] = ()
    """The short names of the workshops that told it."""
    background: frozenset[Event | Duration] = frozenset()
    """What no workshop said."""


def timeline(knowledge: KnowledgeBase) -> Timeline:
    """What the workshops place in time, and what has happened since; what is said twice counts once.

    Of an entry that has been superseded, what happened or was cancelled stays. Of the background, only what supersedes
    something is told: the history of a law does not belong to that of the region.
    """
    newer = {entry.superseded_by for entry in knowledge.entries}
    own = (entry for entry in knowledge.entries if entry.id in newer or not is_background(knowledge, entry))
    told = ((entry, _events(entry)) for entry in own)
    entries = [entry for entry, events in told if events or (entry.durations and not entry.superseded_by)]
    events = dict.fromkeys(event for entry in entries for event in _events(entry))
    durations = dict.fromkeys(d for entry in entries if not entry.superseded_by for d in entry.durations)
    return Timeline(
        tuple(sorted(events, key=lambda event: (first_day(event.date), last_day(event.date)))),
        tuple(sorted(durations, key=lambda duration: (-duration.most, -duration.least))),
        _stand(knowledge, entries),
        tuple(
            dict.fromkeys(source.short or source.title for entry in entries for source in workshops(knowledge, entry))
        ),
        _stated(entries) - _stated(entry for entry in entries if not is_background(knowledge, entry)),
    )


def _events(entry: Entry) -> list[Event]:
    return [event for event in entry.events if not entry.superseded_by or event.status in ("done", "cancelled")]


def _stated(entries: Iterable[Entry]) -> frozenset[Event | Duration]:
    stated: set[Event | Duration] = set()
    for entry in entries:
        stated.update(entry.events, entry.durations)
    return frozenset(stated)


def _stand(knowledge: KnowledgeBase, entries: Iterable[Entry]) -> str:
    days = sorted(knowledge.as_of(entry) for entry in entries)
    return " bis ".join(dict.fromkeys(map(month_and_year, days[:1] + days[-1:])))


def shortened(whole: Timeline) -> tuple[Timeline, int]:
    """What fits on a picture, the newest events first of all, and how many events and durations are left out."""
    shown = whole._replace(events=whole.events[-MOST_EVENTS:], durations=whole.durations[:MOST_DURATIONS])
    left_out = len(whole.events) + len(whole.durations) - len(shown.events) - len(shown.durations)
    return shown, left_out


def when(event: Event) -> str:
    """The time of an event, as exact as it is known: „12. November 2020“, „Anfang 2019“, „2018“."""
    year, _, rest = event.date.partition("-")
    match event.precision:
        case "day":
            return full_date(event.date)
        case "month":
            return month_and_year(event.date[:7])
        case "season":
            begin = max(month for month in _SEASONS if month <= int(rest[:2]))
            return f"{_SEASONS[begin]} {year}"
        case _:
            return year


def how_long(duration: Duration) -> str:
    """How long something takes: „2 bis 3 Jahre“, „18 bis 24 Monate“, „1 Monat“."""
    least, most = duration.least, duration.most
    in_years = least % 12 == 0 and most % 12 == 0
    numbers = [number // 12 if in_years else number for number in dict.fromkeys((least, most))]
    one, many = ("Jahr", "Jahre") if in_years else ("Monat", "Monate")
    return f"{' bis '.join(map(str, numbers))} {one if numbers == [1] else many}"


def timeline_sentences(shown: Timeline) -> list[str]:
    """The same as the picture in words, a line for each event and each duration."""
    return [
        *(f"{when(event)} ({status(shown, event)}): {event.label}" for event in shown.events),
        *(f"Dauer {how_long(duration)}{_kind(shown, duration)}: {duration.label}" for duration in shown.durations),
    ]


def status(shown: Timeline, event: Event) -> str:
    """What is said for the status of an event and, where no workshop told it, its kind: „geschehen, Hintergrund“."""
    return f"{STATUS[event.status]}, {BACKGROUND}" if event in shown.background else STATUS[event.status]


def _kind(shown: Timeline, duration: Duration) -> str:
    return f" ({BACKGROUND})" if duration in shown.background else ""


def stand_sentence(shown: Timeline) -> str:
    """From when all of it is, what that means, and who told it."""
    if not shown.stand:
        return ""
    sources = f" Quelle: {'; '.join(shown.sources)}." if shown.sources else ""
    return f"Stand: {shown.stand}. Was danach geschah, steht hier nicht.{sources}"

"""What the knowledge places in time, in order and as exactly as it is known."""

import pytest

from bot.knowledge import Duration, Event, KnowledgeBase, parse
from bot.origins import is_background
from bot.timeline import (
    MOST_DURATIONS,
    MOST_EVENTS,
    Timeline,
    how_long,
    shortened,
    stand_sentence,
    timeline,
    timeline_sentences,
    when,
)

from .conftest import SOURCES


def event(date: str, precision: str = "year", status: str = "done", label: str = "Etwas") -> Event:
    return Event.model_validate({"date": date, "precision": precision, "status": status, "label": label})


def duration(months: str, label: str = "Etwas") -> Duration:
    return Duration.model_validate({"label": label, "months": months})


def base(*entries: str) -> KnowledgeBase:
    """A knowledge base of entries, each with these lines of its own."""
    topic = "topic: T\nentries:\n" + "".join(
        f"  - id: e-{n}\n    question: Was ist Nummer {n}?\n    answer: Dies.\n    source: workshop\n{more}"
        for n, more in enumerate(entries)
    )
    return parse({"t.yaml": topic.encode(), "sources.yaml": SOURCES.encode()})


@pytest.mark.parametrize(
    ("date", "precision", "said"),
    [
        ("2020-11-12", "day", "12. November 2020"),
        ("2020-03-01", "day", "1. März 2020"),
        ("2020-09", "month", "September 2020"),
        ("2020-09-30", "month", "September 2020"),
        ("2019-01", "season", "Anfang 2019"),
        ("2021-04", "season", "Frühjahr 2021"),
        ("2021-08-31", "season", "Sommer 2021"),
        ("2021-09", "season", "Herbst 2021"),
        ("2019-12", "season", "Ende 2019"),
        ("2018", "year", "2018"),
        ("2018-05-07", "year", "2018"),
    ],
)
def test_a_time_is_said_as_exactly_as_it_is_known(date: str, precision: str, said: str) -> None:
    assert when(event(date, precision)) == said


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ("24-36", "2 bis 3 Jahre"),
        ("18-24", "18 bis 24 Monate"),
        ("12", "1 Jahr"),
        ("24", "2 Jahre"),
        ("1", "1 Monat"),
        ("6-6", "6 Monate"),
        ("12-24", "1 bis 2 Jahre"),
    ],
)
def test_a_duration_is_said_in_years_where_these_are_whole(months: str, said: str) -> None:
    assert how_long(duration(months)) == said


def test_events_come_in_order_and_what_is_said_twice_counts_once() -> None:
    lines = [
        "    events: [{date: 2021-04, precision: season, status: planned, label: Fest}]\n",
        "    events: [{date: '2021', precision: year, status: forecast, label: Bedarf}]\n",
        "    events: [{date: 2021-04, precision: season, status: planned, label: Fest}]\n",
        "    durations: [{label: Kurzes, months: 3}, {label: Langes, months: 3-30}]\n    as_of: '2022-02'\n",
    ]
    found = timeline(base(*lines))
    assert timeline_sentences(found) == [
        "2021 (erwartet): Bedarf",
        "Frühjahr 2021 (geplant): Fest",
        "Dauer 3 bis 30 Monate: Langes",
        "Dauer 3 Monate: Kurzes",
    ]
    assert stand_sentence(found).startswith("Stand: November 2020 bis Februar 2022.")


def test_what_has_been_superseded_is_left_out() -> None:
    there = "    events: [{date: '2021', precision: year, status: planned, label: Fest}]\n"
    assert timeline(base(there, "")).events
    superseded = "    superseded_by: e-1\n"
    assert timeline(base(there + superseded, "")) == Timeline((), (), "")
    cancelled = there.replace("planned", "cancelled")
    assert [event.status for event in timeline(base(cancelled + superseded, "")).events] == ["cancelled"]


def test_of_too_many_the_newest_are_shown_and_the_others_counted() -> None:
    events = tuple(event(str(1900 + n)) for n in range(MOST_EVENTS + 3))
    durations = tuple(duration(str(n + 1)) for n in range(MOST_DURATIONS + 2))
    shown, left_out = shortened(Timeline(events, durations, "2020"))
    assert shown.events == events[3:]
    assert (len(shown.durations), left_out) == (MOST_DURATIONS, 5)
    assert shortened(shown) == (shown, 0)


def test_the_shipped_knowledge_tells_its_durations_and_what_was_cancelled(knowledge: KnowledgeBase) -> None:
    told = timeline_sentences(timeline(knowledge))
    assert any(line.startswith("Dauer 2 bis 3 Jahre: Von der Idee") for line in told)
    assert any(line.startswith("Dauer 18 bis 24 Monate: OZG") for line in told)
    assert any(line.startswith("25. November 2020 (abgesagt)") for line in told)


def test_every_duration_is_said_in_the_answer_of_its_entry(knowledge: KnowledgeBase) -> None:
    words = dict(enumerate("null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()))
    checked = 0
    for entry in knowledge.entries:
        for stated in entry.durations:
            numbers = how_long(stated).rpartition(" ")[0]
            if is_background(knowledge, entry):
                continue  # it may say how long something took by its first and its last day
            in_words = " bis ".join(words.get(int(number), number) for number in numbers.split(" bis "))
            assert numbers in entry.answer or in_words in entry.answer, (entry.id, numbers)
            checked += 1
    assert checked

"""The steps of the tour and the rounds of the quiz, and what the shipped ones hold."""

from __future__ import annotations

import re

import pytest

from bot import tour
from bot.knowledge import KnowledgeBase


def test_the_shipped_tour_and_quiz_are_of_the_promised_size(knowledge: KnowledgeBase) -> None:
    assert 8 <= len(knowledge.tour) <= 10
    assert len(knowledge.quiz) >= 8


def test_a_walk_passes_every_station_in_order(knowledge: KnowledgeBase) -> None:
    stops = [tour.stop(knowledge, number) for number in range(1, len(knowledge.tour) + 1)]
    assert [stop.station for stop in stops] == list(knowledge.tour)
    assert stops[2].progress == f"Station 3 von {len(stops)}"
    assert [stop.is_first for stop in stops] == [True] + [False] * (len(stops) - 1)
    assert [stop.is_last for stop in stops] == [False] * (len(stops) - 1) + [True]
    for stop in stops:
        assert len(stop.deeper) == 2
        assert tour.stop_named(knowledge, stop.station.id) == stop


@pytest.mark.parametrize(("number", "lands"), [(-3, 1), (0, 1), (1, 1), (10**9, -1)])
def test_a_number_beyond_the_ends_leads_to_the_end(knowledge: KnowledgeBase, number: int, lands: int) -> None:
    assert tour.stop(knowledge, number).station == knowledge.tour[lands if lands < 0 else lands - 1]


def test_what_is_gone_is_none(knowledge: KnowledgeBase) -> None:
    assert tour.stop_named(knowledge, "weg") is None
    assert tour.task_named(knowledge, "weg", 1) is None
    assert tour.choice_named(tour.task(knowledge, 1, 1), tour.choice_key("weg")) is None


def test_a_station_says_where_it_comes_from_and_how_old_it_is(knowledge: KnowledgeBase) -> None:
    for station in knowledge.tour:
        assert tour.origin(knowledge, station.entries).startswith("Quelle: Protokoll ")
        assert tour.origin(knowledge, station.entries).startswith(
            "Quelle: Protokoll der Fachwerkstatt der regiopolREGION Paderborn, November 2020"
        )


def test_every_figure_and_address_stands_in_the_entries_it_is_taken_from(knowledge: KnowledgeBase) -> None:
    told = [(station.id, station.text, station.entries) for station in knowledge.tour]
    told += [(q.id, " ".join((q.question, q.right, q.why)), (q.entry,)) for q in knowledge.quiz]
    for name, text, entry_ids in told:
        entries = [entry for entry_id in entry_ids if (entry := knowledge.entry(entry_id))]
        stated = " ".join([e.answer for e in entries] + [knowledge.as_of(e) for e in entries])
        figures = re.findall(r"https?://[\w.]+\w|\d+(?: %)?", text)
        assert [figure for figure in figures if figure not in stated] == [], name


def test_a_round_keeps_its_order_and_rounds_differ(knowledge: KnowledgeBase) -> None:
    first = [tour.task(knowledge, number, 7) for number in range(1, len(knowledge.quiz) + 1)]
    again = [tour.task_named(knowledge, asked.question.id, 7) for asked in first]
    assert first == again
    for asked in first:
        assert sorted(asked.choices) == sorted([asked.question.right, *asked.question.wrong])
    orders = {tuple(task.choices for task in _round(knowledge, seed)) for seed in range(10)}
    assert len(orders) == 10


def test_the_right_answer_stands_everywhere_about_as_often(knowledge: KnowledgeBase) -> None:
    asked = [task for seed in range(60) for task in _round(knowledge, seed) if len(task.choices) == 3]
    places = [task.choices.index(task.question.right) for task in asked]
    assert all(0.25 < places.count(place) / len(places) < 0.42 for place in range(3))


def test_every_answer_gets_its_feedback(knowledge: KnowledgeBase) -> None:
    for asked in _round(knowledge, 3):
        for choice in asked.choices:
            assert tour.choice_named(asked, tour.choice_key(choice)) == choice
            told = tour.verdict(asked, choice)
            assert told.startswith("Richtig: ") is (choice == asked.question.right)
            assert asked.question.right in told and choice in told


def _round(knowledge: KnowledgeBase, seed: int) -> list[tour.Task]:
    return [tour.task(knowledge, number, seed) for number in range(1, len(knowledge.quiz) + 1)]

"""Whether what is settled still holds, and what is said where it does not."""

from __future__ import annotations

from dataclasses import replace

from bot.answers import Bundle
from bot.curation.touchstones import try_touchstones
from bot.knowledge.touchstone_model import Touchstone
from tests.conftest import TODAY

QUESTIONS = {
    "Fördertopf": "money-grant",
    "Zuschüsse vom Land": "money-savings",
    "Wie wird das Wetter am Sonntag in Tokio?": None,
    "Wird es billiger?": None,
    "Hallo": None,
    "Guten Tag": "smalltalk-hello",
    "Wer gewinnt die Wahl?": "money-grant",
}


def with_touchstones(small: Bundle, questions: dict[str, str | None]) -> Bundle:
    touchstones = tuple(Touchstone(question=question, expected=entry) for question, entry in questions.items())
    return replace(small, knowledge=replace(small.knowledge, touchstones=touchstones))


def test_what_passes_and_what_fails(small: Bundle) -> None:
    trials = try_touchstones(with_touchstones(small, QUESTIONS), TODAY)
    assert [trial.touchstone.question for trial in trials] == list(QUESTIONS)
    assert [trial.passed for trial in trials] == [True, False, True, False, True, True, False]


def test_a_failure_is_told_in_german(small: Bundle) -> None:
    stories = [t.story for t in try_touchstones(with_touchstones(small, QUESTIONS), TODAY) if not t.passed]
    assert stories == [
        "Auf „Zuschüsse vom Land“ antwortet „money-grant“; richtig ist „money-savings“.",
        "Auf „Wird es billiger?“ antwortet „money-savings“; die Frage soll unbeantwortet bleiben.",
        "Auf „Wer gewinnt die Wahl?“ kommt keine Antwort; richtig ist „money-grant“.",
    ]


def test_suggestions_answer_nothing(small: Bundle) -> None:
    questions: dict[str, str | None] = {"Geld vom Land?": "money-grant", "Förderung für Kosten": None}
    trials = try_touchstones(with_touchstones(small, questions), TODAY)
    assert [(trial.told, bool(trial.offered), trial.passed) for trial in trials] == [
        ((), True, False),
        ((), True, True),
    ]
    assert "vorgeschlagen; richtig ist „money-grant“" in trials[0].story


def test_the_shipped_touchstones_hold(bundle: Bundle) -> None:
    trials = try_touchstones(bundle, TODAY)
    assert [trial.story for trial in trials if not trial.passed] == []
    assert {trial.touchstone.expected is None for trial in trials} == {True, False}

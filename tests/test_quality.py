"""The figures on the labelled questions of the dev split must not fall; held_out is for measuring, not for tests."""

from datetime import date
from pathlib import Path

import pytest

from bot.answers import Reason, Status, answer
from bot.curation.evaluate import quality, replay
from bot.curation.questions import read_questions

TODAY = date(2026, 11, 23)
DEV = Path(__file__).parent / "questions" / "dev.jsonl"


@pytest.fixture(scope="module")
def figures(bundle):
    return quality(replay(bundle, read_questions(DEV), TODAY))


@pytest.mark.parametrize(("figure", "floor"), [("top", 0.93), ("answered_right", 0.78), ("right_or_suggested", 0.96)])
def test_what_must_stay_high(figures, figure, floor):
    assert getattr(figures, figure).value >= floor, figures


@pytest.mark.parametrize(
    ("figure", "ceiling"),
    [
        ("wrong", 0.02),
        ("foreign_answered", 0.04),
        ("near_answered", 0.08),
        ("far_answered", 0.01),
        ("far_suggested", 0.12),
    ],
)
def test_what_must_stay_low(figures, figure, ceiling):
    assert getattr(figures, figure).value <= ceiling, figures


@pytest.mark.parametrize(
    "question",
    [
        "Wie wird man Bürgermeister?",
        "Wann wurde Paderborn gegründet?",
        "Wie alt ist Jürgen Meier?",
        "Wer ist der Bürgermeister von Paderborn?",
        "Wo ist die Bezirksregierung Arnsberg?",
        "Wie beantrage ich einen Personalausweis?",
        "telefonnummer von herrn dahlhoff",
        "Wie lange dauert das?",
    ],
)
def test_what_only_looks_like_the_topic_is_not_answered(bundle, question):
    assert answer(bundle, question, TODAY).status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("Wurde das OZG-Projekt bewilligt?", "ozg-bewilligung"),
        ("Was ist interkommunale Zusammenarbeit?", "grundlagen-definition"),
        ("hemmnise", "hemmnisse-ueberblick"),
        ("wer hat vorgetragen", "werkstatt-vortragende"),
        ("Guten Tag, wann war die Werkstatt?", "werkstatt-datum"),
        ("Wann und wo war die Werkstatt?", "werkstatt-datum"),
    ],
)
def test_what_everybody_asks_is_answered(bundle, question, entry):
    assert answer(bundle, question, TODAY).entry.id == entry


def test_whether_the_project_was_funded_does_not_sound_like_yes(bundle):
    told = answer(bundle, "Wurde das OZG-Projekt bewilligt?", TODAY).entry
    for text in (told.answer, told.short_line):
        assert "offen" in text
        assert not text.startswith("Ja")


def test_no_open_question_is_answered_in_its_very_words(knowledge, bundle):
    assert len(knowledge.open_questions) > 1_000
    told = [text for text in knowledge.open_questions if answer(bundle, text, TODAY).reason is not Reason.OPEN]
    assert told == []


def test_every_phrasing_is_answered_with_its_entry(knowledge, bundle):
    lost = [
        (phrasing, reply.entry and reply.entry.id)
        for entry in [*knowledge.entries, *knowledge.smalltalk]
        for phrasing in entry.phrasings
        if (reply := answer(bundle, phrasing, TODAY)).entry != entry
    ]
    assert lost == []

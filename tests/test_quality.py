"""The figures on the labelled questions of the dev split must not fall; held_out is for measuring, not for tests."""

from datetime import date
from pathlib import Path

import pytest

from bot.answers import answer
from bot.curation.evaluate import quality, replay
from bot.curation.questions import read_questions

TODAY = date(2026, 11, 23)
DEV = Path(__file__).parent / "questions" / "dev.jsonl"


@pytest.fixture(scope="module")
def figures(bundle):
    return quality(replay(bundle, read_questions(DEV), TODAY))


@pytest.mark.parametrize(("figure", "floor"), [("top", 0.90), ("answered_right", 0.75), ("right_or_suggested", 0.93)])
def test_what_must_stay_high(figures, figure, floor):
    assert getattr(figures, figure).value >= floor, figures


@pytest.mark.parametrize(
    ("figure", "ceiling"),
    [
        ("wrong", 0.03),
        ("foreign_answered", 0.04),
        ("near_answered", 0.08),
        ("far_answered", 0.01),
        ("far_suggested", 0.20),
    ],
)
def test_what_must_stay_low(figures, figure, ceiling):
    assert getattr(figures, figure).value <= ceiling, figures


def test_every_phrasing_is_answered_with_its_entry(knowledge, bundle):
    lost = [
        (phrasing, reply.entry and reply.entry.id)
        for entry in [*knowledge.entries, *knowledge.smalltalk]
        for phrasing in entry.phrasings
        if (reply := answer(bundle, phrasing, TODAY)).entry != entry
    ]
    assert lost == []

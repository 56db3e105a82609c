from datetime import date
from pathlib import Path

import pytest

from bot.answers import Bundle, Status
from bot.curation.evaluate import Share, quality, replay
from bot.curation.questions import LabelledQuestion
from bot.knowledge import load

BUNDLE = Bundle.build(load(Path(__file__).parents[1] / "data" / "buecherei"))


def labelled(question, *expected, kind="in"):
    return LabelledQuestion(question, frozenset(expected), kind)


def figures(*questions):
    return quality(replay(BUNDLE, questions, date(2026, 11, 23)))


def test_share_has_wilsons_interval():
    # Newcombe 1998, table I: 81 of 263.
    share = Share(81, 263)
    assert share.value == pytest.approx(0.308, abs=5e-4)
    assert share.interval == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_nothing_counted_is_nothing_known():
    assert Share(0, 0).value == 0
    assert Share(0, 0).interval == (0, 1)


def test_right_wrong_and_silent_are_told_apart():
    found = figures(
        labelled("Wer leitet die Bücherei?", "haus-leitung"),
        labelled("Leihfrist", "haus-oeffnung"),
        labelled("Quantenphysik Vorlesung", "haus-neubau"),
    )
    assert (found.answered_right.hits, found.wrong.hits, found.top.hits) == (1, 1, 1)
    assert found.answered_right.total == 3


def test_a_suggestion_of_the_right_entry_counts_half():
    question = labelled(
        "Buch Frist Ausweis Neubau", "haus-neubau", "ausleihe-dauer", "ausleihe-gebuehr", "ausleihe-mahnung"
    )
    (outcome,) = replay(BUNDLE, [question], date(2026, 11, 23))
    assert outcome.reply.status is Status.SUGGESTIONS
    found = quality([outcome])
    assert (found.answered_right.hits, found.right_or_suggested.hits, found.wrong.hits) == (0, 1, 0)


def test_foreign_questions_count_by_how_near_they_are():
    found = figures(
        labelled("Wer leitet die Bücherei?", kind="near_oos"),
        labelled("Wie wird das Wetter?", kind="far_oos"),
        labelled("Moin", kind="far_oos"),
    )
    assert (found.foreign_answered.hits, found.near_answered.hits, found.far_answered.hits) == (1, 1, 0)
    assert found.answered_right.total == 0


def test_one_right_answer_of_two_is_not_wrong():
    found = figures(labelled("Wer leitet die Bücherei? Was kostet die Ausleihe?", "ausleihe-gebuehr"))
    assert (found.answered_right.hits, found.wrong.hits) == (1, 0)

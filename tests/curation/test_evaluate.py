from datetime import date
from pathlib import Path

from bot.answers import Bundle, Status
from bot.curation.evaluate import quality, replay
from bot.curation.questions import LabelledQuestion
from bot.knowledge import load

BUNDLE = Bundle.build(load(Path(__file__).parents[1] / "data" / "buecherei"))


def labelled(question, *expected, kind="in"):
    return LabelledQuestion(question, frozenset(expected), kind)


def figures(*questions):
    return quality(replay(BUNDLE, questions, date(2026, 11, 23)))


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


def test_what_is_foreign_by_its_label_alone_counts_by_itself():
    found = figures(
        labelled("Wer leitet die Bücherei?", kind="labelled_oos"), labelled("Quantenphysik", kind="labelled_oos")
    )
    assert (found.labelled_answered.hits, found.labelled_suggested.hits, found.labelled_unknown.hits) == (1, 0, 1)
    assert (found.foreign_answered.hits, found.near_answered.total, found.auroc) == (1, 0, None)


def test_small_talk_is_wrong_only_where_there_is_an_answer():
    asked = [labelled("Moin", kind="far_oos"), labelled("Moin", "haus-leitung")]
    assert [outcome.wrong for outcome in replay(BUNDLE, asked, date(2026, 11, 23))] == [False, True]


def test_all_that_a_message_was_taken_for_is_named():
    (outcome,) = replay(BUNDLE, [labelled("Wer leitet die Bücherei? Leihfrist?")], date(2026, 11, 23))
    assert len(outcome.understood) == len(outcome.told) == 2


def test_one_right_answer_of_two_is_not_wrong():
    found = figures(labelled("Wer leitet die Bücherei? Was kostet die Ausleihe?", "ausleihe-gebuehr"))
    assert (found.answered_right.hits, found.wrong.hits) == (1, 0)


def test_what_every_kind_of_question_got_adds_up():
    found = figures(
        labelled("Wer leitet die Bücherei?", "haus-leitung"),
        labelled("Buch Frist Ausweis Neubau", "haus-neubau"),
        labelled("Quantenphysik Vorlesung", kind="far_oos"),
    )
    inside = (found.inside_answered, found.inside_suggested, found.inside_unknown)
    assert [s.hits for s in inside] == [1, 1, 0]
    assert (found.far_unknown.hits, found.near_unknown.total) == (1, 0)
    assert found.among_three.hits == 2
    assert found.auroc == 1.0
    assert found.ms > 0

from dataclasses import replace
from pathlib import Path

import pytest

from bot.knowledge import load
from bot.search.index import Index

INDEX = Index(load(Path(__file__).parents[1] / "data" / "buecherei"))


def evidence(question, entry_id):
    candidates = INDEX.search(question).candidates
    return next(candidate.evidence for candidate in candidates if candidate.entry.id == entry_id)


def test_what_only_the_answer_says_is_covered_in_part():
    without = evidence("Ist die Bücherei Sonntag geöffnet?", "haus-oeffnung").coverage
    told = evidence("Ist die Bücherei Samstag geöffnet?", "haus-oeffnung").coverage
    asked = evidence("Ist die Bücherei heute geöffnet?", "haus-oeffnung").coverage
    assert without < told <= asked


def test_a_word_of_like_meaning_covers_more_than_a_foreign_one():
    near = evidence("Preis der Ausleihe", "ausleihe-gebuehr").coverage
    far = evidence("Fenster der Ausleihe", "ausleihe-gebuehr").coverage
    assert near > far


def test_a_name_the_entry_does_not_know_is_strange():
    assert evidence("Wer leitet die Bücherei in Neustadt?", "haus-leitung").strange > 0
    assert evidence("Wer leitet die Bücherei?", "haus-leitung").strange == 0


def test_what_the_open_questions_say_together_speaks_against_every_entry():
    known = load(Path(__file__).parents[1] / "data" / "buecherei")
    opened = Index(replace(known, open_questions=("Wer leitet die Schule?", "Leitung der Schule", "Leiter der Schule")))
    found = [index.search("Wer leitet denn die Schule?").candidates[0] for index in (INDEX, opened)]
    assert [candidate.entry.id for candidate in found] == ["haus-leitung"] * 2
    assert found[0].evidence.open == 0 < 0.3 < found[1].evidence.open
    assert opened.search("Wer leitet die Bücherei?").candidates[0].evidence.open < 0.3


@pytest.mark.parametrize("question", ["Wer?", "und", "Was ist das?"])
def test_without_a_content_word_nothing_is_covered(question):
    for candidate in INDEX.search(question).candidates:
        assert (candidate.evidence.coverage, candidate.evidence.strange) == (0, 0)
        assert candidate.terms == ()


def test_a_repeated_word_makes_a_question_no_longer():
    once = evidence("Wo ist die Bücherei?", "haus-neubau").length
    assert evidence("Wo ist die Bücherei, die Bücherei, die Bücherei?", "haus-neubau").length == once

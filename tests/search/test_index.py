from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import load
from bot.search.index import CANDIDATES, Index

BUECHEREI = load(Path(__file__).parents[1] / "data" / "buecherei")
INDEX = Index(BUECHEREI)


@pytest.fixture
def index():
    return INDEX


def first(index, question):
    return index.search(question).candidates[0]


def test_every_phrasing_finds_its_entry(index):
    for entry in [*BUECHEREI.entries, *BUECHEREI.smalltalk]:
        for phrasing in entry.phrasings:
            assert first(index, phrasing).entry == entry, phrasing


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("wie lang kann man buecher behalten", "ausleihe-dauer"),
        ("leihfrsit", "ausleihe-dauer"),
        ("Entgelt", "ausleihe-gebuehr"),
        ("wann hat die bibliothek offen", "haus-oeffnung"),
        ("chefin", "haus-leitung"),
        ("neu bau", "haus-neubau"),
    ],
)
def test_questions_nobody_wrote_down(index, question, entry):
    assert first(index, question).entry.id == entry


def test_evidence_of_an_exact_phrasing_is_full(index):
    found = first(index, "Wie lange darf ich ein Buch behalten?")
    assert found.likeness == pytest.approx(1, abs=1e-4)
    evidence = found.evidence
    assert (evidence.coverage, evidence.meaning) == pytest.approx((1, 1), abs=1e-4)
    assert evidence.asked == 1
    assert evidence.lead > 0


def test_what_is_asked_for_must_be_stated(index):
    assert first(index, "Wer leitet die Bücherei?").evidence.asked == 1
    assert first(index, "Wie alt ist Jutta Sommer?").evidence.asked == 0


def test_unknown_words_lower_the_coverage(index):
    whole = first(index, "Neubau der Bücherei").evidence.coverage
    assert first(index, "Neubau der Schwimmhalle").evidence.coverage < whole


def test_nothing_alike_means_no_candidates(index):
    assert index.search("😀 !!").candidates == ()


def test_candidates_are_few_and_their_terms_come_from_the_question(index):
    found = index.search("Wie hoch ist die Gebühr der Bücherei?")
    assert len(found.candidates) == CANDIDATES
    assert set(found.candidates[0].terms) <= {"hoch", "gebuhr", "bucherei"}


@given(st.text(max_size=200))
def test_no_text_breaks_the_search(text):
    for candidate in INDEX.search(text).candidates:
        assert 0 <= candidate.evidence.coverage <= 1 + 1e-9


def test_an_entry_can_be_looked_at_though_it_is_none_of_the_best(index):
    question = "Wie hoch ist die Gebühr?"
    best = index.search(question).candidates
    other = next(entry for entry in index.entries if entry not in [candidate.entry for candidate in best])
    found = index.search(question, other).candidates
    assert found[:-1] == best
    assert (found[-1].entry, found[-1].evidence.lead < 0) == (other, True)
    assert index.search(question, best[0].entry).candidates == best

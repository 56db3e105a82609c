import random
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.curation.perturb import PERTURBATIONS, perturbations
from bot.text import fold, is_function_word, words

KNOWN = frozenset({"leih", "frist", "kundigung", "kasse", "stadt", "bucherei", "ver", "ein", "heraus", "forderung"})
ALL = perturbations(KNOWN)
QUESTION = "Wie lange ist die Leihfrist für Bücher aus der Stadtbücherei?"

seeds = st.integers(0, 2**32)
german = st.lists(
    st.sampled_from(
        "Wie wer seit wann welche die der nicht kein ein für Bücher Gebühr Maß Leihfrist OZG-Antrag 2026 9:30 B e.V. "
        "Stadtbücherei verlängern ÖPNV Café Aal, – „Rat“ gibt's Ä ß Kindergarten Aaaaaaaa".split()
    ),
    min_size=1,
).map(" ".join)
anything = st.one_of(german, st.text(), st.text(alphabet="aäß ?-\u0308", max_size=20))


def changed(name, question, seed=0):
    return ALL[name](question, random.Random(seed))


def all_changed(name, question):
    return {changed(name, question, seed) for seed in range(60)}


def letters(text):
    return sorted(filter(str.isalnum, text.casefold()))


def test_the_replay_has_all_nine():
    assert set(ALL) == {*PERTURBATIONS, "compounds_split"}
    assert len(ALL) == 9


@pytest.mark.parametrize("name", ALL)
@given(question=anything, seed=seeds)
def test_the_same_seed_gives_the_same_question_and_never_an_empty_one(name, question, seed):
    once = changed(name, question, seed)
    assert once == changed(name, question, seed)
    assert bool(once.strip()) == bool(question.strip())


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("question", ["", "  ", "?!", "42", "Na?", "Wer?"])
def test_what_does_not_apply_changes_no_word(name, question):
    assert words(changed(name, question)) == words(question)


@pytest.mark.parametrize("name", ALL)
@given(question=german, seed=seeds)
def test_numbers_stay_as_they_are(name, question, seed):
    assert Counter(re.findall(r"\d", changed(name, question, seed))) == Counter(re.findall(r"\d", question))


@given(question=german, seed=seeds)
def test_one_typo_is_one_error_in_a_word_of_four_letters_or_more(question, seed):
    before, after = question.split(), changed("one_typo", question, seed).split()
    hit = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(hit) == any(len(run) >= 4 for run in re.findall(r"[^\W\d_]+", question))
    for old, new in hit:
        assert OSA.distance(old.lower(), new.lower()) == 1


@given(question=german, seed=seeds)
def test_two_typos_are_at_most_two_errors_and_not_none(question, seed):
    after = changed("two_typos", question, seed)
    assert OSA.distance(question.lower(), after.lower()) <= 2
    if sum(len(run) >= 4 for run in re.findall(r"[^\W\d_]+", question)) >= 2:
        assert sum(old != new for old, new in zip(question.split(), after.split(), strict=True)) in (1, 2)
        assert after != question


def test_two_typos_in_a_lone_word_only_where_it_is_long():
    assert changed("two_typos", "Was kostet das?") == "Was kostet das?"
    assert "Stadtbücherei" not in all_changed("two_typos", "Stadtbücherei")


def test_typing_errors_are_of_all_kinds_and_seldom_hit_the_first_letter():
    typed = [changed("one_typo", "verlängern", seed) for seed in range(4000)]
    assert 0.01 < sum(word[0] != "v" for word in typed) / len(typed) < 0.07
    assert {"verlängen", "verlänngern", "velrängern", "verlöngern"} <= set(typed)


def test_wrong_keys_are_neighbours_on_a_german_keyboard():
    typed = {word for word in all_changed("one_typo", "zzzzzzzz") if len(word) == 8}
    assert {letter for word in typed for letter in word} == set("zutgh")


def test_a_capital_stays_a_capital_when_letters_swap():
    first_swapped = {changed("one_typo", "Wann", seed) for seed in range(4000)}
    assert "Awnn" in first_swapped
    assert not any(word[1:] != word[1:].lower() for word in first_swapped)


@pytest.mark.parametrize(
    ("name", "question", "typed"),
    [
        ("umlauts_written_out", "Öffnet die GEBÜHR-Übersicht für Maß?", "Oeffnet die GEBUEHR-Uebersicht fuer Mass?"),
        ("umlauts_written_out", "Ä Bu\u0308cher", "Ae Buecher"),
        ("umlauts_bare", "Öffnet die GEBÜHR für Maß?", "Offnet die GEBUHR fur Mass?"),
        ("lower_case", "„Rat“, Haus – was gibt's (um 9:30) per E-Mail?", "rat haus was gibt's um 9:30 per e-mail"),
        ("compounds_split", "Wo gilt die Leihfrist?", "Wo gilt die Leih Frist?"),
        ("compounds_split", "wo gilt die kündigungsfrist", "wo gilt die kündigungs frist"),
        ("compounds_split", "STADTBÜCHEREI", "STADT BÜCHEREI"),
        ("compounds_split", "Verein oder Herausforderung oder Stadtkind", "Verein oder Herausforderung oder Stadtkind"),
        ("compounds_joined", "Wo ist der OZG-Antrag?", "Wo ist der OZGantrag?"),
        ("compounds_joined", "Wo ist die Kasse Rathaus?", "Wo ist die Kasserathaus?"),
        ("compounds_joined", "gebühr ausweis", "gebührausweis"),
        ("compounds_joined", "Kostet Parken? Die Gebühr steigt.", "Kostet Parken? Die Gebühr steigt."),
        ("compounds_joined", "Gebühr zahlen", "Gebühr zahlen"),
        ("small_words_dropped", "Wer leitet denn die Bücherei in der Stadt?", "Wer leitet Bücherei Stadt?"),
        ("small_words_dropped", "Gilt das nicht für Anlage B, die neue?", "Gilt nicht Anlage B, neue?"),
        ("small_words_dropped", "Wie viele Bücher hat es?", "Wie viele Bücher?"),
        ("small_words_dropped", "Wer seid ihr?", "Wer seid ihr?"),
        ("word_order", "Seit wann läuft das?", "Seit wann das läuft?"),
        ("word_order", "Wie viele Bücher da?", "Wie viele da Bücher?"),
        ("word_order", "Gebühr Ausweis", "Ausweis Gebühr"),
        ("word_order", "Wo denn?", "Wo denn?"),
    ],
)
def test_what_people_type(name, question, typed):
    assert all_changed(name, question) == {typed}


def test_a_compound_is_split_at_one_of_its_joints():
    assert all_changed("compounds_split", "Leihfrist in der Stadtbücherei") == {
        "Leih Frist in der Stadtbücherei",
        "Leihfrist in der Stadt Bücherei",
    }


@pytest.mark.parametrize("name", ["lower_case", "compounds_split", "compounds_joined", "word_order"])
@given(question=german, seed=seeds)
def test_no_letter_is_lost(name, question, seed):
    assert letters(changed(name, question, seed)) == letters(question)


@pytest.mark.parametrize("name", ["umlauts_written_out", "umlauts_bare"])
@given(question=german, seed=seeds)
def test_other_spellings_fold_to_the_same_word(name, question, seed):
    typed = changed(name, question, seed)
    assert not set(typed) & set("äöüßÄÖÜ")
    assert fold(typed) == fold(question)


@given(question=german, seed=seeds)
def test_only_small_words_are_dropped_and_never_what_is_asked_or_denied(question, seed):
    def told(text):
        return Counter(word for piece in text.split() for word in words(piece))

    lost = told(question) - told(changed("small_words_dropped", question, seed))
    assert all(map(is_function_word, lost))
    assert not set(lost) & {"wie", "wer", "wann", "welche", "nicht", "kein", "seit", "b"}


@given(question=german, seed=seeds)
def test_shuffled_words_are_the_same_words(question, seed):
    shuffled = changed("word_order", question, seed)
    assert sorted(shuffled.split()) == sorted(question.split())
    if question.split()[0].lower() in ("wie", "wer", "wann", "welche"):
        assert shuffled.split()[0] == question.split()[0]

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import aspects, compound_parts, fold, grams, is_function_word, stem, words


@pytest.mark.parametrize("spelling", ["Förderung", "Foerderung", "Forderung", "FÖRDERUNG", "Fo\u0308rderung"])
def test_umlauts_meet_however_they_are_typed(spelling):
    assert fold(spelling) == "forderung"


@pytest.mark.parametrize("word", ["dauer", "steuer", "neue", "quelle"])
def test_ue_behind_a_vowel_or_q_is_no_umlaut(word):
    assert fold(word) == word


def test_ue_as_umlaut_and_as_two_letters():
    assert fold("Fuehrung") == fold("Führung") == "fuhrung"


def test_sharp_s():
    assert fold("große") == fold("grosse") == "grosse"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Förderung", "fördern"),
        ("dauert", "Dauer"),
        ("dauerte", "dauern"),
        ("Kommunen", "Kommune"),
        ("Städte", "Stadt"),
        ("arbeitet", "Arbeit"),
        ("Vereinbarungen", "vereinbart"),
        ("Märkte", "Markt"),
    ],
)
def test_inflection_and_word_formation_meet(one, other):
    assert stem(fold(one)) == stem(fold(other))


@pytest.mark.parametrize(("one", "other"), [("Gründe", "Gründung"), ("Personal", "Person"), ("Kreis", "Krise")])
def test_different_words_stay_different(one, other):
    assert stem(fold(one)) != stem(fold(other))


def test_short_forms_and_gender_forms_stay_one_word():
    assert words("Verein e. V. und Bürger:innen, z.B. 2021") == ("verein", "ev", "und", "burgerinnen", "zb", "2021")


def test_compound_is_split_where_its_parts_are_known():
    known = frozenset(stem(fold(word)) for word in ("Bevölkerung", "Rückgang", "Land"))
    assert set(compound_parts(fold("Bevölkerungsrückgang"), known)) == {stem("bevolkerung"), stem("ruckgang")}


def test_short_ending_alone_makes_no_compound():
    assert list(compound_parts(fold("Niederlanden"), frozenset({"land"}))) == []


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Wie lange dauert das?", {"how_long"}),
        ("seit wann gibt es den Verein", {"when"}),
        ("Wer ist zuständig?", {"who"}),
        ("telefonnummer vom rathaus", {"contact"}),
        ("Wie alt ist der Bürgermeister?", {"age"}),
        ("Warum fiel das aus?", {"why"}),
        ("Gründe für Zusammenarbeit", set()),
    ],
)
def test_what_a_question_asks_for(question, wanted):
    assert wanted <= aspects(question)
    assert bool(wanted) == bool(aspects(question))


@pytest.mark.parametrize("word", ["Wirklich", "wer", "für", "fuer", "s"])
def test_function_words_in_any_spelling(word):
    assert is_function_word(fold(word))


def test_subject_words_are_no_function_words():
    assert not any(is_function_word(fold(word)) for word in ("Hemmnis", "Verein", "Dauer", "Stand", "2"))


def test_grams_know_the_borders():
    assert "_am" in grams("amt") and "mt_" in grams("amt")


@given(st.text())
def test_any_text_folds_to_lower_ascii_and_stays(text):
    folded = fold(text)
    assert folded.isascii() and folded == folded.lower()
    assert words(folded) == words(" ".join(words(folded)))


@given(st.text(alphabet="aäoöuüseß bntr", max_size=30))
def test_composed_and_decomposed_umlauts_are_the_same(text):
    assert words(unicodedata.normalize("NFD", text)) == words(text)


@given(st.from_regex(r"[a-z]{1,25}", fullmatch=True))
def test_a_stem_is_its_own_stem_and_no_longer_than_the_word(word):
    assert len(stem(word)) <= len(word)
    assert stem(word)

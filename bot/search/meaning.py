"""What words mean in general German, as vectors: „Auto“ lies near „Fahrzeug“, though they share no letter.

A word's vector is the sum over its character 3- to 5-grams and the word itself, each a row of one table of hashed
features (Bojanowski et al. 2017, fastText), so that compounds, misspelled and never-seen words get one too. The table
was fitted to the word embeddings of a large multilingual model (:mod:`bot.curation.distill` makes it); the length of a
vector says how much a word tells: „und“ is short, „Förderung“ is long (Arora, Liang, Ma 2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.search.vectors import Floats, Ints

TABLE = Path(__file__).with_name("german_words.npy")
VOCABULARY = Path(__file__).with_name("german_vocabulary.npy")


def features(word: str, buckets: int) -> list[int]:
    """The rows of a folded word in a table of so many ``buckets``: its n-grams with borders, the whole word last."""
    bordered = f"_{word}_".encode()
    grams = [bordered[i : i + n] for n in (3, 4, 5) for i in range(len(bordered) - n + 1)]
    return [crc32(gram) % buckets for gram in (*grams, b"=" + bordered)]


@cache
def _table() -> NDArray[np.int8]:
    return np.asarray(np.load(TABLE, mmap_mode="r"))


@cache
def _vocabulary() -> NDArray[np.uint32]:
    return np.asarray(np.load(VOCABULARY, mmap_mode="r"))


def word_hash(word: str) -> int:
    """The number under which the vocabulary keeps a folded word."""
    return crc32(word.encode())


def is_german(word: str) -> bool:
    """Whether a folded word is one of the 100,000 most frequent German ones: then it is no misspelling of another.

    Words are kept as hashes; about one in 40,000 others passes for one.
    """
    known, own = _vocabulary(), np.uint32(word_hash(word))
    place = int(np.searchsorted(known, own))
    return place < len(known) and bool(known[place] == own)


def word_vector(word: str) -> Floats:
    """The vector of a folded word; its n-grams share a weight, so that long words do not shout."""
    table = _table()
    *grams, whole = features(word, len(table))
    gram_sum = table[grams].sum(axis=0, dtype=np.int32)
    vector: Floats = (gram_sum / (len(grams) + 1) ** 0.5 + table[whole]).astype(np.float32)
    return vector


_known_vector = lru_cache(maxsize=16384)(word_vector)


class Meanings:
    """What the indexed texts and their words mean; immutable once built."""

    def __init__(self, texts: Sequence[Sequence[str]], more_words: Sequence[str]) -> None:
        """``texts`` are compared as a whole, and word by word; ``more_words`` word by word only."""
        self._numbers: dict[str, int] = {}
        for typed in (*texts, more_words):
            for word in typed:
                self._numbers.setdefault(word, len(self._numbers))
        size = _table().shape[1]
        words = np.array([_known_vector(word) for word in self._numbers], dtype=np.float32).reshape(-1, size)
        self._texts = np.zeros((len(texts), size), dtype=np.float32)
        for number, typed in enumerate(texts):
            self._texts[number] = words[self.numbers(typed)].sum(axis=0)
        self._texts = _unit(self._texts)
        self._words = _unit(words)

    def numbers(self, typed: Sequence[str]) -> Ints:
        """The numbers of indexed words."""
        return np.array([self._numbers[word] for word in typed], dtype=np.int32)

    def similarities(self, typed: Sequence[str]) -> Floats:
        """The cosine (-1 to 1) of a question's words to every indexed text."""
        vector = np.sum([np.zeros(self._texts.shape[1], dtype=np.float32), *map(_known_vector, typed)], axis=0)
        cosines: Floats = self._texts @ _unit(vector)
        return cosines

    def likeness(self, number: int) -> Floats:
        """The cosine (-1 to 1) of an indexed text to every indexed text, itself among them."""
        cosines: Floats = self._texts @ self._texts[number]
        return cosines

    def kernel(self, numbers: Ints) -> Floats:
        """The cosines of some indexed texts among each other, as a square matrix."""
        chosen = self._texts[numbers]
        products: Floats = chosen @ chosen.T
        return products

    def closest(self, typed: Sequence[str], among: Sequence[Ints]) -> list[Floats]:
        """For each set of indexed words: how near (0–1) its nearest word comes to each of the ``typed`` ones."""
        own = _unit(np.array([_known_vector(word) for word in typed]))
        return [np.clip(own @ self._words[some].T, 0, 1).max(axis=1, initial=0.0) for some in among]


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return unit

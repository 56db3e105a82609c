"""Texts as sparse vectors of character n-grams, terms and pairs of terms, and their likeness to all indexed texts.

Three groups of features make one vector of length 1: the character 2- to 4-grams of the words, which hardly mind
typos and compounds; the terms of the lexicon, which know synonyms; and pairs of neighbouring terms, which know
„an welchem Tag“ from „der Tag der Region“. Weights are TF-IDF with the plain count and
``idf = 1 + ln((1 + N) / (1 + n))`` (Manning, Raghavan, Schütze: Introduction to Information Retrieval, 6.2), so the
dot product of two vectors is their cosine similarity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

Features = tuple[Mapping[str, float], ...]
"""The counted features of one text, group by group."""

GROUP_WEIGHTS = (0.6, 0.3, 0.1)
"""How much of a vector's squared length belongs to the n-grams, the terms and the pairs."""

FREQUENT = 48
"""From this many texts on, a feature's products are left to dense matrix multiplication, which is faster there."""


class _Group:
    """The inverted index of one group of features; its vectors have length 1."""

    def __init__(self, texts: Sequence[Mapping[str, float]]) -> None:
        self.size = len(texts)
        ids: dict[str, int] = {}
        features = np.array([ids.setdefault(f, len(ids)) for text in texts for f in text], dtype=np.int64)
        counts = np.array([count for text in texts for count in text.values()], dtype=np.float32)
        numbers = np.repeat(np.arange(self.size, dtype=np.int32), [len(text) for text in texts])
        spread = np.bincount(features, minlength=len(ids))
        self._ids = ids
        self._idf = _idf(self.size, spread)
        self._unseen = float(_idf(self.size, np.zeros(1))[0])
        weights = counts * self._idf[features]
        lengths = np.sqrt(np.bincount(numbers, weights**2, self.size))
        order = np.argsort(features, kind="stable")
        self._starts = np.concatenate(([0], np.cumsum(spread)))
        self._numbers = numbers[order]
        self._weights = (weights / np.maximum(lengths, 1e-9)[numbers]).astype(np.float32)[order]

    def _posting(self, feature: int) -> tuple[NDArray[np.int32], Floats]:
        span = slice(self._starts[feature], self._starts[feature + 1])
        return self._numbers[span], self._weights[span]

    def similarities(self, text: Mapping[str, float]) -> tuple[Floats, float]:
        known = {self._ids[f]: count for f, count in text.items() if f in self._ids}
        missing = sum((count * self._unseen) ** 2 for f, count in text.items() if f not in self._ids)
        if not known:
            return np.zeros(self.size, dtype=np.float32), 0.0
        weights = np.array(list(known.values()), dtype=np.float32) * self._idf[list(known)]
        length = float(weights @ weights)
        postings = [self._posting(feature) for feature in known]
        numbers = np.concatenate([posting[0] for posting in postings])
        values = np.concatenate([posting[1] * weight for posting, weight in zip(postings, weights, strict=True)])
        cosines = np.bincount(numbers, values, self.size).astype(np.float32) / np.float32(length**0.5)
        return cosines, length / (length + missing)

    def kernel(self) -> Floats:
        """The cosine of every text to every text."""
        spread = np.diff(self._starts)
        frequent = np.flatnonzero(spread >= FREQUENT)
        dense = np.zeros((self.size, len(frequent)), dtype=np.float32)
        for column, feature in enumerate(frequent):
            numbers, weights = self._posting(feature)
            dense[numbers, column] = weights
        products: Floats = dense @ dense.T
        for feature in np.flatnonzero((spread < FREQUENT) & (spread > 0)):
            numbers, weights = self._posting(feature)
            products[numbers[:, None], numbers] += weights[:, None] * weights
        return products


class VectorSpace:
    """An inverted index over the features of the indexed texts."""

    def __init__(self, texts: Sequence[Features]) -> None:
        self._groups = [_Group([text[group] for text in texts]) for group in range(len(GROUP_WEIGHTS))]

    def similarities(self, text: Features) -> tuple[Floats, float]:
        """The cosine (0–1) to every indexed text, and the share of the text (0–1) that the index has ever seen."""
        similar, share = np.zeros(self._groups[0].size, dtype=np.float32), 0.0
        for group, features, weight in zip(self._groups, text, GROUP_WEIGHTS, strict=True):
            cosines, known = group.similarities(features)
            similar += np.float32(weight) * cosines
            share += weight * known
        return similar, share

    def kernel(self) -> Floats:
        """The cosine of every indexed text to every other, as a square matrix."""
        first, *others = (
            group.kernel() * np.float32(weight) for group, weight in zip(self._groups, GROUP_WEIGHTS, strict=True)
        )
        for other in others:
            first += other
        return first


def _idf(size: int, spread: NDArray[np.integer] | NDArray[np.floating]) -> Floats:
    return (1 + np.log((1 + size) / (1 + spread))).astype(np.float32)

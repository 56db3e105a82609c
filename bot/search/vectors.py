"""Texts as sparse vectors of character n-grams, terms and pairs of terms, and their likeness to all indexed texts.

Three groups of features make one vector of length 1: the character 3- and 4-grams of the words, which hardly mind
typos and compounds; the terms of the lexicon, which know synonyms; and pairs of neighbouring terms, which know
„an welchem Tag“ from „der Tag der Region“. Weights are TF-IDF with the plain count and
``idf = 1 + ln((1 + N) / (1 + n))`` (Manning, Raghavan, Schütze: Introduction to Information Retrieval, 6.2), so the
dot product of two vectors is their cosine similarity.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

Features = tuple[Mapping[str, float], ...]
"""The counted features of one text, group by group."""

Units = Sequence[str]
"""What a text is made of, in order: its words, its terms or its pairs."""

GROUP_WEIGHTS = (0.6, 0.3, 0.1)
"""How much of a vector's squared length belongs to the n-grams, the terms and the pairs."""


class VectorSpace:
    """All indexed texts, by text and by feature; immutable once built."""

    def __init__(self, groups: Sequence[tuple[Sequence[Units], Callable[[str], Iterable[str]]]]) -> None:
        """For each group of features: the units of every text, and which features a unit has."""
        self.size = len(groups[0][0])
        self._ids: list[dict[str, int]] = [{} for _ in groups]
        features, counts, lengths = _counted(groups, self._ids)
        known = sum(map(len, self._ids))
        self._spread = np.bincount(features, minlength=known)
        self._idf = _idf(self.size, self._spread)
        weights = self._weighted(features, counts, lengths)
        by_text = lengths.reshape(self.size, len(groups)).sum(axis=1, dtype=np.int32)
        self._by_text = _Grouped(by_text, features, weights)
        order = np.argsort(features, kind="stable")
        texts = np.repeat(np.arange(self.size, dtype=np.int32), by_text)
        self._by_feature = _Grouped(self._spread.astype(np.int32), texts[order], weights[order])

    def _weighted(self, features: Ints, counts: Floats, lengths: Ints) -> Floats:
        """The TF-IDF weights, scaled so that each group has its share of each text's squared length."""
        weights = counts * self._idf[features]
        parts = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        squares = np.bincount(parts, weights * weights, len(lengths))
        shares = np.tile(GROUP_WEIGHTS[: len(self._ids)], self.size)
        scales = np.sqrt(shares / np.maximum(squares, 1e-12)).astype(np.float32)
        weights *= scales[parts]
        return weights

    def similarities(self, text: Features) -> Floats:
        """The cosine (0–1) to every indexed text, by what the index has ever seen."""
        features: list[int] = []
        weights: list[Floats] = []
        for group, ids, share in zip(text, self._ids, GROUP_WEIGHTS, strict=True):
            own = {ids[f]: count for f, count in group.items() if f in ids}
            if own:
                raw = np.fromiter(own.values(), np.float32, len(own)) * self._idf[list(own)]
                square = float(raw @ raw)
                features.extend(own)
                weights.append(raw * np.float32((share / square) ** 0.5))
        if not features:
            return np.zeros(self.size, dtype=np.float32)
        numbers, values, lengths = self._by_feature.of(features)
        products = values * np.repeat(np.concatenate(weights), lengths)
        return np.bincount(numbers, products, self.size).astype(np.float32)

    def likeness(self, number: int) -> Floats:
        """The cosine (0–1) of an indexed text to every indexed text, itself among them."""
        features, own, _ = self._by_text.of([number])
        numbers, values, lengths = self._by_feature.of(features)
        return np.bincount(numbers, values * np.repeat(own, lengths), self.size).astype(np.float32)

    def kernel(self, numbers: Ints) -> Floats:
        """The cosines of some indexed texts among each other, as a square matrix."""
        features, weights, lengths = self._by_text.of(numbers)
        rows = np.repeat(np.arange(len(numbers)), lengths)
        # A feature of one of the texts alone is only part of that text's own length, which is 1.
        used = np.bincount(features, minlength=len(self._spread)) > 1
        column = np.cumsum(used) - 1
        kept = used[features]
        dense = np.zeros((len(numbers), int(used.sum())), dtype=np.float32)
        dense[rows[kept], column[features[kept]]] = weights[kept]
        products: Floats = dense @ dense.T
        np.fill_diagonal(products, 1.0)
        return products


def _counted(
    groups: Sequence[tuple[Sequence[Units], Callable[[str], Iterable[str]]]], ids: Sequence[dict[str, int]]
) -> tuple[Ints, Floats, Ints]:
    """The features of all texts, text by text and group by group, how often each occurs, and how many each part has.

    New features get the next number; ``ids`` then knows those of each group.
    """
    known: list[dict[str, array[int]]] = [{} for _ in groups]
    occurring, sizes = array("i"), array("i")
    total = 0
    for number in range(len(groups[0][0])):
        for (texts, features_of), own_ids, own_units in zip(groups, ids, known, strict=True):
            before_part = len(occurring)
            for unit in texts[number]:
                numbers = own_units.get(unit)
                if numbers is None:
                    before = len(own_ids)
                    first = total - before
                    numbers = array("i", [own_ids.setdefault(f, first + len(own_ids)) for f in features_of(unit)])
                    own_units[unit] = numbers
                    total += len(own_ids) - before
                occurring.extend(numbers)
            sizes.append(len(occurring) - before_part)
    parts = np.repeat(np.arange(len(sizes), dtype=np.int64), np.array(sizes, np.int32))
    pairs, counts = np.unique(parts * total + np.array(occurring, np.int32), return_counts=True)
    lengths = np.bincount(pairs // max(1, total), minlength=len(sizes))
    return (pairs % max(1, total)).astype(np.int32), counts.astype(np.float32), lengths.astype(np.int32)


class _Grouped:
    """Pairs of an item and a weight, key after key: ``lengths`` says how many each key has."""

    def __init__(self, lengths: Ints, items: Ints, weights: Floats) -> None:
        self._items, self._weights, self._lengths = items, weights, lengths
        self._starts = np.cumsum(lengths, dtype=np.int64) - lengths

    def of(self, keys: Sequence[int] | Ints) -> tuple[Ints, Floats, Ints]:
        """The items and weights of some keys, one key after the other, and how many each key has."""
        lengths: Ints = self._lengths[keys]
        ends = np.cumsum(lengths)
        places = np.repeat(self._starts[keys] - ends + lengths, lengths) + np.arange(ends[-1])
        return self._items[places], self._weights[places], lengths


def _idf(size: int, spread: NDArray[np.integer] | NDArray[np.floating]) -> Floats:
    return (1 + np.log((1 + size) / (1 + spread))).astype(np.float32)

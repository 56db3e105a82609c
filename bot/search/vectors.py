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
        self._ids: list[dict[str, int]] = []
        counted = []
        for texts, features_of in groups:
            first = sum(map(len, self._ids))
            ids, columns, numbers = _numbered(texts, features_of, first)
            self._ids.append(ids)
            counted.append(_counted(columns, numbers, first + len(ids)))
        features = np.concatenate([group[0] for group in counted])
        numbers = np.concatenate([group[1] for group in counted])
        known = sum(map(len, self._ids))
        self._spread = np.bincount(features, minlength=known)
        self._idf = _idf(self.size, self._spread)
        weights = np.concatenate(
            [self._to_length(*group, share) for group, share in zip(counted, GROUP_WEIGHTS, strict=True)]
        )
        self._by_feature = _Grouped(features, numbers, weights, known)
        self._by_text = _Grouped(numbers, features, weights, self.size)

    def _to_length(self, features: Ints, numbers: Ints, counts: Floats, share: float) -> Floats:
        """The TF-IDF weights of one group, scaled so that each text's squared length is ``share``."""
        weights = counts * self._idf[features]
        squares = np.bincount(numbers, weights**2, self.size)
        scales: Floats = np.sqrt(share / np.maximum(squares, 1e-12)).astype(np.float32)
        return weights * scales[numbers]

    def similarities(self, text: Features) -> tuple[Floats, float]:
        """The cosine (0–1) to every indexed text, and the share of the text (0–1) that the index has ever seen."""
        features: list[int] = []
        weights: list[Floats] = []
        seen = 0.0
        unseen_idf = float(_idf(self.size, np.zeros(1))[0])
        for group, ids, share in zip(text, self._ids, GROUP_WEIGHTS, strict=True):
            own = {ids[f]: count for f, count in group.items() if f in ids}
            if own:
                raw = np.fromiter(own.values(), np.float32, len(own)) * self._idf[list(own)]
                square = float(raw @ raw)
                missing = sum((count * unseen_idf) ** 2 for f, count in group.items() if f not in ids)
                seen += share * square / (square + missing)
                features.extend(own)
                weights.append(raw * np.float32((share / square) ** 0.5))
        if not features:
            return np.zeros(self.size, dtype=np.float32), seen
        numbers, values, lengths = self._by_feature.of(features)
        return np.bincount(numbers, values * np.repeat(np.concatenate(weights), lengths), self.size).astype(
            np.float32
        ), seen

    def kernel(self, numbers: Ints) -> Floats:
        """The cosines of some indexed texts among each other, as a square matrix."""
        features, weights, lengths = self._by_text.of(numbers)
        rows = np.repeat(np.arange(len(numbers)), lengths)
        used = np.zeros(len(self._spread), dtype=bool)
        used[features] = True
        # A feature of a single text is only part of that text's own length, which is 1.
        used &= self._spread > 1
        column = np.cumsum(used) - 1
        kept = used[features]
        dense = np.zeros((len(numbers), int(used.sum())), dtype=np.float32)
        dense[rows[kept], column[features[kept]]] = weights[kept]
        products: Floats = dense @ dense.T
        np.fill_diagonal(products, 1.0)
        return products


def _numbered(
    texts: Sequence[Units], features_of: Callable[[str], Iterable[str]], first: int
) -> tuple[dict[str, int], Ints, Ints]:
    """Numbers for the features from ``first`` on, and the feature and the text of every occurrence."""
    ids: dict[str, int] = {}
    known: dict[str, array[int]] = {}
    columns, lengths = array("i"), array("i")
    for units in texts:
        before = len(columns)
        for unit in units:
            own = known.get(unit)
            if own is None:
                own = known[unit] = array("i", [ids.setdefault(f, first + len(ids)) for f in features_of(unit)])
            columns.extend(own)
        lengths.append(len(columns) - before)
    numbers = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    return ids, np.array(columns, dtype=np.int32), numbers


def _counted(columns: Ints, numbers: Ints, known: int) -> tuple[Ints, Ints, Floats]:
    """Each feature of each text once, with how often it occurs."""
    keys, counts = np.unique(numbers.astype(np.int64) * known + columns, return_counts=True)
    return (keys % known).astype(np.int32), (keys // known).astype(np.int32), counts.astype(np.float32)


class _Grouped:
    """Pairs of an item and a weight, grouped by a key from 0 on."""

    def __init__(self, keys: Ints, items: Ints, weights: Floats, count: int) -> None:
        order = np.argsort(keys, kind="stable")
        self._items, self._weights = items[order], weights[order]
        self._lengths = np.bincount(keys, minlength=count).astype(np.int32)
        self._starts = np.cumsum(self._lengths, dtype=np.int64) - self._lengths

    def of(self, keys: Sequence[int] | Ints) -> tuple[Ints, Floats, Ints]:
        """The items and weights of some keys, one key after the other, and how many each key has."""
        lengths: Ints = self._lengths[keys]
        ends = np.cumsum(lengths)
        places = np.repeat(self._starts[keys] - ends + lengths, lengths) + np.arange(ends[-1])
        return self._items[places], self._weights[places], lengths


def _idf(size: int, spread: NDArray[np.integer] | NDArray[np.floating]) -> Floats:
    return (1 + np.log((1 + size) / (1 + spread))).astype(np.float32)

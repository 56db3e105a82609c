"""A threshold nobody tuned: found from the base's own phrasings, for any way of ranking.

Phrasings are left out fold by fold and asked (they should be answered), and entries are left out fold by fold and
their phrasings asked (they should not be). The threshold is where both together come out best.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

from bot.curation.peers import Builder, Phrasings

FOLDS = 5

FALLBACK_SILENCE = 0.8
"""With too few phrasings to leave any out: the share of unanswerable questions that stay below the threshold."""


def blind_threshold(build: Builder, phrasings: Phrasings, seed: int = 0) -> float:
    """The score from which on a ranker's first entry should be told, by the phrasings alone."""
    rng = random.Random(seed)
    answerable = _left_out_phrasings(build, phrasings, rng)
    foreign = sorted(score for score, _ in _left_out_entries(build, phrasings, rng))
    if not foreign:
        return 0.0
    if len(answerable) < len(phrasings) / 3:
        return foreign[int(FALLBACK_SILENCE * (len(foreign) - 1))]
    scores = sorted({score for score, _ in answerable} | set(foreign))
    candidates = [(low + high) / 2 for low, high in pairwise(scores)] or scores
    return max(candidates, key=lambda threshold: _balanced(threshold, answerable, foreign))


def _balanced(threshold: float, answerable: Sequence[tuple[float, bool]], foreign: Sequence[float]) -> float:
    right = sum(score >= threshold and good for score, good in answerable) / len(answerable)
    silent = sum(score < threshold for score in foreign) / len(foreign)
    return right + silent


def _left_out_phrasings(build: Builder, phrasings: Phrasings, rng: random.Random) -> list[tuple[float, bool]]:
    """Score and rightness of the first entry for phrasings that were left out while others of their entry stayed."""
    numbers = list(range(len(phrasings)))
    rng.shuffle(numbers)
    out: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        asked = set(numbers[fold::FOLDS])
        kept = [phrasing for number, phrasing in enumerate(phrasings) if number not in asked]
        ids = {entry_id for entry_id, _ in kept}
        rank = build(kept)
        for number in sorted(asked):
            entry_id, text = phrasings[number]
            if entry_id in ids:
                out.append(_first(rank(text), entry_id))
    return out


def _left_out_entries(build: Builder, phrasings: Phrasings, rng: random.Random) -> list[tuple[float, bool]]:
    """Score of the first entry for the phrasings of entries that were left out as a whole."""
    ids = sorted({entry_id for entry_id, _ in phrasings})
    rng.shuffle(ids)
    out: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        gone = set(ids[fold::FOLDS])
        kept = [phrasing for phrasing in phrasings if phrasing[0] not in gone]
        if kept and len(kept) < len(phrasings):
            rank = build(kept)
            out.extend(_first(rank(text), entry_id) for entry_id, text in phrasings if entry_id in gone)
    return out


def _first(ranked: Sequence[tuple[str, float]], expected: str) -> tuple[float, bool]:
    return (ranked[0][1], ranked[0][0] == expected) if ranked else (float("-inf"), False)

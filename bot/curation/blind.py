"""Questions nobody had to write: a base's own phrasings, left out of it, with what would be the right answer.

Phrasings are left out fold by fold and asked (they should be answered), and entries are left out fold by fold and
their phrasings asked (they should not be, except by an entry that covers the missing one); so are open questions (they
should not be answered at all). From this come thresholds that nobody tuned, for any way of ranking.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from bot.curation.peers import Builder, Phrasings
from bot.curation.questions import LabelledQuestion
from bot.knowledge import KnowledgeBase

FOLDS = 5

FALLBACK_SILENCE = 0.8
"""With too few phrasings to leave any out: the share of unanswerable questions that stay below the threshold."""


class Fold(NamedTuple):
    """What is left of a base, and the questions that what is missing makes; ``kind`` is ``in`` or ``near_oos``."""

    kept: Phrasings
    asked: list[LabelledQuestion]


def phrasings_of(knowledge: KnowledgeBase) -> Phrasings:
    """(entry id, text) of each phrasing of each entry."""
    return [(entry.id, text) for entry in knowledge.entries for text in entry.phrasings]


def left_out_phrasings(phrasings: Phrasings, seed: int = 0) -> Iterator[Fold]:
    """Folds without some phrasings of entries of which others stay."""
    numbers = list(range(len(phrasings)))
    random.Random(seed).shuffle(numbers)
    for fold in range(FOLDS):
        gone = set(numbers[fold::FOLDS])
        kept = [phrasing for number, phrasing in enumerate(phrasings) if number not in gone]
        ids = {entry_id for entry_id, _ in kept}
        asked = [
            LabelledQuestion(text, frozenset({entry_id}), "in")
            for entry_id, text in (phrasings[number] for number in sorted(gone))
            if entry_id in ids
        ]
        if asked:
            yield Fold(kept, asked)


def left_out_entries(
    phrasings: Phrasings, covering: Mapping[str, Set[str]] | None = None, seed: int = 0
) -> Iterator[Fold]:
    """Folds without some entries; ``covering`` names the entries that tell in short what another one does."""
    for gone in entry_folds(phrasings, seed):
        kept = [phrasing for phrasing in phrasings if phrasing[0] not in gone]
        asked = []
        for entry_id, text in phrasings:
            if entry_id in gone:
                right = frozenset((covering or {}).get(entry_id, set()) - gone)
                asked.append(LabelledQuestion(text, right, "in" if right else "near_oos"))
        yield Fold(kept, asked)


def left_out_open(questions: Sequence[str], seed: int = 0) -> Iterator[tuple[list[str], list[LabelledQuestion]]]:
    """Folds without some of the open questions: those that stay, and those to ask, which nothing answers."""
    shuffled = random.Random(seed).sample(questions, len(questions))
    for fold in range(FOLDS if len(shuffled) >= FOLDS else 0):
        gone = shuffled[fold::FOLDS]
        kept = [question for number, question in enumerate(shuffled) if number % FOLDS != fold]
        yield kept, [LabelledQuestion(question, frozenset(), "near_oos") for question in gone]


def entry_folds(phrasings: Phrasings, seed: int = 0) -> Iterator[Set[str]]:
    """The ids to leave out each time: every entry once, never all of them."""
    ids = sorted({entry_id for entry_id, _ in phrasings})
    random.Random(seed).shuffle(ids)
    folds = (frozenset(ids[fold::FOLDS]) for fold in range(FOLDS))
    return (fold for fold in folds if 0 < len(fold) < len(ids))


def covering(knowledge: KnowledgeBase) -> Mapping[str, Set[str]]:
    """Entry id → the ids of the entries that cover it."""
    found: dict[str, set[str]] = {}
    for entry in knowledge.entries:
        for covered in entry.covers:
            found.setdefault(covered, set()).add(entry.id)
    return found


def blind_threshold(build: Builder, phrasings: Phrasings, seed: int = 0) -> float:
    """The score from which on a ranker's first entry should be told, by the phrasings alone."""
    answerable = _firsts(build, left_out_phrasings(phrasings, seed))
    foreign = sorted(score for score, _ in _firsts(build, left_out_entries(phrasings, seed=seed)))
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


def _firsts(build: Builder, folds: Iterator[Fold]) -> list[tuple[float, bool]]:
    """Score and rightness of the first entry for every question of the folds."""
    out: list[tuple[float, bool]] = []
    for kept, asked in folds:
        rank = build(kept)
        for labelled in asked:
            ranked = rank(labelled.question)
            out.append((ranked[0][1], ranked[0][0] in labelled.expected) if ranked else (float("-inf"), False))
    return out

"""How sure the bot must be: the weights and thresholds of :class:`bot.search.confidence.Confidence`, fitted.

For one knowledge base they come from its own phrasings (:func:`calibrate`, behind ``ikz-bot check --calibrate``). What
they start from is fitted to labelled questions: ``python -m bot.curation.calibrate tests/questions/dev.jsonl`` prints
it for :mod:`bot.search.defaults`.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.curation.bases import with_phrasings
from bot.curation.blind import (
    Fold,
    covering,
    left_out_entries,
    left_out_open,
    left_out_phrasings,
    phrasings_of,
)
from bot.curation.questions import LabelledQuestion, read_questions
from bot.curation.roughen import roughen
from bot.knowledge import Calibration, KnowledgeBase, load
from bot.search.confidence import Confidence
from bot.search.defaults import DEFAULT_CONFIDENCE
from bot.search.evidence import Evidence
from bot.search.index import Candidate, Index

PENALTY = 0.1
"""Strength of the ridge penalty on the weights where nothing is known beforehand."""

TRUST = 3.0
"""The same where the defaults are known: how firmly the weights hold on to them."""

MOST_COUNTED = 300
"""So many left-out phrasings count in full; more of them count together as much, so that they never drown the defaults.
"""

ROUGHENED = 0.3
"""How much a labelled question with typing errors and the like counts beside the question itself."""

MOST_WRONG, MOST_FOREIGN, MOST_OPEN = 0.06, 0.145, 0.08
"""Shares that may be: of left-out phrasings answered wrongly, and of left-out entries' phrasings and of left-out open
questions answered at all.

Left-out questions are harder than real ones, each phrasing being unlike its siblings on purpose, each left-out entry
having near relatives, and each open question sounding like some entry: on the shipped knowledge the labelled questions
of ``dev`` then stay below 2 % and 5 %."""

LEAST_SUGGESTED = 0.92
"""Share of left-out phrasings that get at least a suggestion."""

LEAST_LIKELY = 0.05
"""No first suggestion is less probable than this."""

LEAST_SURE = 0.38
"""Nothing less probable is told, however well that would do on what is left out."""

LEAST_MARGIN = 0.1
"""Of two entries that are nearly as probable both are offered."""

FEWEST = 100
"""With fewer phrasings to leave out nothing can be measured, and the defaults apply."""

MOST_ASKED = 1_000
"""So many questions of a fold are asked; of more, as many by lot."""

Doubles = NDArray[np.float64]


class Observed(NamedTuple):
    """A question whose answer is known, what the index found, and how much it counts."""

    labelled: LabelledQuestion
    candidates: Sequence[Candidate]
    weight: float = 1.0


def can_calibrate(knowledge: KnowledgeBase) -> bool:
    """Whether enough phrasings can be left out while others of their entry stay."""
    askable = [len(entry.phrasings) for entry in knowledge.entries if len(entry.phrasings) > 1]
    return len(askable) > 1 and sum(askable) >= FEWEST


def calibrate(knowledge: KnowledgeBase) -> Confidence:
    """The confidence for a knowledge base, by its own phrasings; the defaults where there are too few.

    Phrasings are left out one fold after the other, then entries, then open questions; the weights hold on to the
    defaults as far as these do not say otherwise, and the thresholds answer as many as the limits above allow.
    """
    if not can_calibrate(knowledge):
        return DEFAULT_CONFIDENCE
    phrasings = phrasings_of(knowledge)
    answerable = list(_observe(knowledge, left_out_phrasings(phrasings)))
    foreign = list(_observe(knowledge, left_out_entries(phrasings, covering(knowledge))))
    open_ones = list(_observe_open(knowledge))
    observed = [*_counting(answerable), *_counting(foreign), *_counting(open_ones)]
    fitted = _fit(observed, TRUST, np.array([*DEFAULT_CONFIDENCE.weights, DEFAULT_CONFIDENCE.bias]))
    return _with_thresholds(fitted, answerable, foreign, open_ones)


def calibration(knowledge: KnowledgeBase) -> Calibration:
    """What ``calibration.json`` is to say about a knowledge base."""
    found = calibrate(knowledge)
    return Calibration(
        knowledge=knowledge.version,
        answer_at=round(found.answer_at, 3),
        margin=round(found.margin, 3),
        suggest_at=round(found.suggest_at, 3),
        bias=round(found.bias, 3),
        weights={name: round(weight, 3) for name, weight in found.weights._asdict().items()},
    )


def _counting(observed: Sequence[Observed]) -> list[Observed]:
    """The questions with weights that let them count together as much as ``MOST_COUNTED``."""
    weight = min(1.0, MOST_COUNTED / max(1, len(observed)))
    return [one._replace(weight=weight) for one in observed]


def _observe(knowledge: KnowledgeBase, folds: Iterator[Fold]) -> Iterator[Observed]:
    for kept, asked in folds:
        by_entry: dict[str, list[str]] = {}
        for entry_id, text in kept:
            by_entry.setdefault(entry_id, []).append(text)
        index = Index(with_phrasings(knowledge, by_entry))
        yield from _ask(index, random.Random(0).sample(asked, min(len(asked), MOST_ASKED)))


def _observe_open(knowledge: KnowledgeBase) -> Iterator[Observed]:
    for kept, asked in left_out_open(knowledge.open_questions):
        yield from _ask(Index(replace(knowledge, open_questions=tuple(kept))), asked)


def _ask(index: Index, questions: Iterable[LabelledQuestion], weight: float = 1.0) -> Iterator[Observed]:
    return (Observed(q, index.search(q.question).candidates, weight) for q in questions)


def logistic_regression(
    features: Doubles, labels: Doubles, counts: Doubles, penalty: float, expected: Doubles
) -> Doubles:
    """The weights, the bias last, by iteratively reweighted least squares (Hastie, Tibshirani, Friedman, 4.4.1).

    ``counts`` says how often each row counts; ``penalty`` holds the weights at the ``expected`` ones.
    """
    x = np.column_stack([features, np.ones(len(features))])
    ridge = penalty * np.eye(x.shape[1])
    ridge[-1, -1] = 1e-9
    weights = expected.astype(np.float64)
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        hessian = (x * (counts * p * (1 - p))[:, None]).T @ x + ridge
        step = np.linalg.solve(hessian, x.T @ (counts * (labels - p)) - ridge @ (weights - expected))
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def _fit(observed: Sequence[Observed], penalty: float, expected: Doubles) -> Confidence:
    rows = [(c.evidence, c.entry.id in o.labelled.expected, o.weight) for o in observed for c in o.candidates]
    features = np.array([evidence for evidence, _, _ in rows]).reshape(-1, len(Evidence._fields))
    labels, counts = np.array([(float(right), weight) for _, right, weight in rows]).reshape(-1, 2).T
    *weights, bias = map(float, logistic_regression(features, labels, counts, penalty, expected))
    return replace(DEFAULT_CONFIDENCE, weights=Evidence(*weights), bias=bias)


class _Firsts(NamedTuple):
    """Of each question: the first candidate's probability, its lead, and whether it is right."""

    score: Doubles
    lead: Doubles
    right: NDArray[np.bool_]

    def told(self, answer_at: float, margin: float) -> NDArray[np.bool_]:
        """Which questions get an answer with these thresholds."""
        return (self.score >= answer_at) & (self.lead >= margin)


def _firsts(confidence: Confidence, observed: Sequence[Observed]) -> _Firsts:
    rows = []
    for labelled, candidates, _ in observed:
        ranked = confidence.ranked(candidates)
        scores = [probability for probability, _ in ranked] + [0.0, 0.0]
        # What states nothing of the kind that is asked for is never told.
        told = bool(ranked) and ranked[0][1].evidence.asked > 0
        rows.append(
            (scores[0] if told else 0.0, scores[0] - scores[1], told and ranked[0][1].entry.id in labelled.expected)
        )
    score, lead, right = np.array(rows, dtype=np.float64).reshape(-1, 3).T
    return _Firsts(score, lead, right.astype(bool))


def _with_thresholds(
    confidence: Confidence,
    answerable: Sequence[Observed],
    foreign: Sequence[Observed],
    open_ones: Sequence[Observed],
) -> Confidence:
    """The confidence with the thresholds that answer most and keep the limits above."""
    inside, outside, beyond = (_firsts(confidence, some) for some in (answerable, foreign, open_ones))
    best = (-1.0, 0.99, 0.5)
    for answer_at, margin in product(np.arange(LEAST_SURE, 1.0, 0.01), np.arange(LEAST_MARGIN, 0.51, 0.05)):
        spoken = inside.told(answer_at, margin)
        kept = (
            _share(spoken & ~inside.right) <= MOST_WRONG
            and _share(outside.told(answer_at, margin) & ~outside.right) <= MOST_FOREIGN
            and _share(beyond.told(answer_at, margin)) <= MOST_OPEN
        )
        if kept:
            best = max(best, (_share(spoken & inside.right), float(answer_at), float(margin)))
    offered = [max((confidence.probability(c.evidence) for c in o.candidates), default=0.0) for o in answerable]
    suggest_at = min(max(float(np.quantile(offered, 1 - LEAST_SUGGESTED)), LEAST_LIKELY), best[1])
    return replace(confidence, answer_at=best[1], margin=best[2], suggest_at=suggest_at)


def _share(some: NDArray[np.bool_]) -> float:
    return float(some.mean()) if len(some) else 0.0


def fit_defaults(knowledge: KnowledgeBase, questions: Sequence[LabelledQuestion]) -> Confidence:
    """The weights that labelled questions speak for, as they are and roughened; the thresholds stay."""
    index = Index(knowledge)
    observed = list(_ask(index, questions))
    for some in roughen(knowledge, questions).values():
        observed += _ask(index, some.values(), ROUGHENED)
    return _fit(observed, PENALTY, np.zeros(len(Evidence._fields) + 1))


def main() -> None:
    """Prints the defaults fitted to the labelled questions in the files named on the command line."""
    knowledge = load(Path("knowledge"))
    known = {entry.id for entry in knowledge.entries}
    questions = [question for name in sys.argv[1:] for question in read_questions(Path(name), known)]
    print(fit_defaults(knowledge, questions))


if __name__ == "__main__":
    main()

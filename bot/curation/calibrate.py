"""Fits the weights of :class:`bot.search.confidence.Confidence` to labelled questions.

``python -m bot.curation.calibrate tests/questions/dev.jsonl`` prints the weights and thresholds for the defaults.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.curation.questions import LabelledQuestion, read_questions
from bot.knowledge import load
from bot.search.confidence import Confidence
from bot.search.evidence import Evidence
from bot.search.index import Candidate, Index

PENALTY = 0.1
"""Strength of the ridge penalty on the weights, per fit; keeps few questions from deciding too much."""

MOST_FOREIGN, MOST_WRONG, MOST_SUGGESTED = 0.045, 0.015, 0.15
"""Shares that may be answered although out of scope, be answered wrongly, and be offered something although far off."""

Doubles = NDArray[np.float64]


def logistic_regression(features: Doubles, labels: Doubles, penalty: float = PENALTY) -> Doubles:
    """The weights, the bias last, by iteratively reweighted least squares (Hastie, Tibshirani, Friedman, 4.4.1)."""
    x = np.column_stack([features, np.ones(len(features))])
    ridge = penalty * np.eye(x.shape[1])
    ridge[-1, -1] = 1e-9
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge
        step = np.linalg.solve(hessian, x.T @ (labels - p) - ridge @ weights)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def fit(index: Index, questions: Sequence[LabelledQuestion]) -> Confidence:
    """The confidence that fits the labelled questions best, with thresholds for the goals of the house."""
    found = [index.search(question.question).candidates for question in questions]
    rows = [(c, c.entry.id in q.expected) for q, candidates in zip(questions, found, strict=True) for c in candidates]
    features = np.array([candidate.evidence for candidate, _ in rows])
    *weights, bias = map(float, logistic_regression(features, np.array([float(right) for _, right in rows])))
    unset = Confidence(Evidence(*weights), bias, answer_at=0.0, margin=0.0, suggest_at=0.0)
    return set_thresholds(unset, found, questions)


def set_thresholds(
    confidence: Confidence, found: Sequence[Sequence[Candidate]], questions: Sequence[LabelledQuestion]
) -> Confidence:
    """The confidence with the thresholds that answer most questions and keep the limits above."""
    firsts, leads, rights = [], [], []
    for question, candidates in zip(questions, found, strict=True):
        ranked = confidence.ranked(candidates)
        probabilities = [probability for probability, _ in ranked] + [0.0, 0.0]
        firsts.append(probabilities[0])
        leads.append(probabilities[0] - probabilities[1])
        rights.append(bool(ranked) and ranked[0][1].entry.id in question.expected)
    first, lead, right = np.array(firsts), np.array(leads), np.array(rights)
    inside = np.array([question.in_scope for question in questions])
    best = (-1.0, 1.0, 0.0)
    for answer_at, margin in product(np.arange(0.2, 0.96, 0.01), np.arange(0.0, 0.51, 0.02)):
        spoken = (first >= answer_at) & (lead >= margin)
        wrong = (spoken & ~right)[inside].mean()
        foreign = spoken[~inside].mean()
        if wrong <= MOST_WRONG and foreign <= MOST_FOREIGN:
            best = max(best, (float((spoken & right)[inside].mean()), float(answer_at), float(margin)))
    far = np.array([question.kind == "far_oos" for question in questions])
    suggest_at = float(np.quantile(first[far], 1 - MOST_SUGGESTED))
    return replace(confidence, answer_at=best[1], margin=best[2], suggest_at=suggest_at)


def main() -> None:
    """Prints the defaults fitted to the labelled questions in the files named on the command line."""
    questions = [question for name in sys.argv[1:] for question in read_questions(Path(name))]
    confidence = fit(Index(load(Path("knowledge"))), questions)
    print(confidence)


if __name__ == "__main__":
    main()

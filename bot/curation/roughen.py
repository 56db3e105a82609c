"""Labelled questions as people spoil them, seeded: the same in every run."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.curation.perturb import perturbations
from bot.curation.questions import LabelledQuestion
from bot.knowledge import KnowledgeBase
from bot.text import words

SEED = 20201112


def roughen(
    knowledge: KnowledgeBase, questions: Sequence[LabelledQuestion]
) -> Mapping[str, Mapping[int, LabelledQuestion]]:
    """The questions in each of the ways people spoil them, by their number; only those that a way changes."""
    known = frozenset(word for entry in knowledge.entries for text in entry.phrasings for word in words(text))
    roughened: dict[str, dict[int, LabelledQuestion]] = {}
    for name, spoil in perturbations(known).items():
        roughened[name] = {}
        for number, asked in enumerate(questions):
            rng = random.Random(f"{SEED}:{name}:{asked.question}")  # what else is asked makes no difference
            spoiled = spoil(asked.question, rng)
            if spoiled != asked.question:
                roughened[name][number] = replace(asked, question=spoiled)
    return roughened

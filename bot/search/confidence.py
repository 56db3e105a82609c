"""How likely a candidate is right: evidence → probability, and from which probability on the bot speaks.

Logistic regression over :class:`bot.search.evidence.Evidence`. What a knowledge base starts with stands in
:mod:`bot.search.defaults`; ``ikz-bot check --calibrate`` fits it to the base's own phrasings.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.search.evidence import Evidence
from bot.search.index import Candidate


@dataclass(frozen=True, slots=True)
class Confidence:
    """The weights of the evidence and the thresholds of the decision.

    A candidate is answered from probability ``answer_at`` on, and only where it leads the second by ``margin``;
    from ``suggest_at`` on it is offered, and the next ones with it.
    """

    weights: Evidence
    bias: float
    answer_at: float
    margin: float
    suggest_at: float

    def probability(self, evidence: Evidence) -> float:
        """The probability (0–1) that a candidate with this evidence answers the question."""
        logit = self.bias + sum(w * x for w, x in zip(self.weights, evidence, strict=True))
        return 1 / (1 + math.exp(-logit))

    def ranked(self, candidates: Sequence[Candidate]) -> list[tuple[float, Candidate]]:
        """The candidates with their probabilities, most probable first."""
        scored = [(self.probability(candidate.evidence), candidate) for candidate in candidates]
        return sorted(scored, key=lambda pair: -pair[0])

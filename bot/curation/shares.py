"""Counted shares with their intervals, and how well scores tell two kinds apart."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

Z95 = 1.959964
"""The 97.5 % quantile of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``total``, with the Wilson score interval (Wilson 1927) at 95 %."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """The share (0–1); 0 where there is nothing to count."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The interval (0–1) that holds the true share with 95 % confidence."""
        if not self.total:
            return 0.0, 1.0
        n, p, z2 = self.total, self.value, Z95**2
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z95 / (1 + z2 / n) * (p * (1 - p) / n + z2 / (4 * n * n)) ** 0.5
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.1%} ({low:.1%}–{high:.1%})"


def share(hits: Sequence[bool]) -> Share:
    """The share of what is true."""
    return Share(sum(hits), len(hits))


def auroc(higher: Sequence[float], lower: Sequence[float]) -> float:
    """The probability (0–1) that one of ``higher`` exceeds one of ``lower``; ties count half (Mann, Whitney 1947).

    Returns 0.5 where one of both is empty.
    """
    if not higher or not lower:
        return 0.5
    ordered = sorted(lower)
    wins = sum(bisect_left(ordered, score) + bisect_right(ordered, score) for score in higher)
    return wins / (2 * len(higher) * len(lower))

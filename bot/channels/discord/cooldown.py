"""One person's flood is slowed, so that everyone else is served."""

from __future__ import annotations

from collections.abc import Hashable
from enum import Enum

from bot.channels.discord.memory import Memory

BURST = 10
"""So many requests in a row are served at once."""

SECONDS_EACH = 1.0
"""After that one more in this time."""

MOST_PEOPLE = 10_000


class Verdict(Enum):
    """What to do with a request."""

    SERVE = 1
    HINT = 2
    IGNORE = 3


class Cooldown:
    """A bucket of requests for each person, refilled with time; forgets who has been quiet."""

    def __init__(self) -> None:
        self._buckets: Memory[Hashable, tuple[float, float, bool]] = Memory(MOST_PEOPLE, BURST * SECONDS_EACH)

    def verdict(self, person: Hashable, now: float) -> Verdict:
        """Serve the request, or refuse it: with a hint the first time, then silently until one is served again."""
        left, since, hinted = self._buckets.get(person, now) or (float(BURST), now, False)
        left = min(float(BURST), left + (now - since) / SECONDS_EACH)
        if left >= 1:
            self._buckets.put(person, (left - 1, now, False), now)
            return Verdict.SERVE
        self._buckets.put(person, (left, now, True), now)
        return Verdict.IGNORE if hinted else Verdict.HINT

"""What is remembered for a while and never written down: bounded in number and in time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memory(Generic[Key, Value]):
    """A mapping that forgets: the oldest where it is full, and each value ``seconds`` after it was put there."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._kept: OrderedDict[Key, tuple[float, Value]] = OrderedDict()

    def put(self, key: Key, value: Value, now: float) -> None:
        """Remember ``value``; ``now`` is any clock in seconds that only goes forward."""
        self._forget(now)
        self._kept.pop(key, None)
        self._kept[key] = (now, value)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def get(self, key: Key, now: float) -> Value | None:
        """What was put there, or None where it is forgotten."""
        self._forget(now)
        return self._kept.get(key, (now, None))[1]

    def _forget(self, now: float) -> None:
        """Drop what is too old; the oldest stands first."""
        while self._kept and now - next(iter(self._kept.values()))[0] > self._seconds:
            self._kept.popitem(last=False)

    def __len__(self) -> int:
        return len(self._kept)

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
        self._kept.pop(key, None)
        self._kept[key] = (now, value)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def get(self, key: Key, now: float) -> Value | None:
        """What was put there, or None where it is forgotten."""
        since, value = self._kept.get(key, (0.0, None))
        if value is not None and now - since > self._seconds:
            del self._kept[key]
            return None
        return value

    def __len__(self) -> int:
        return len(self._kept)

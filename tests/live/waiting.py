"""Waiting for what happens beside the test."""

from __future__ import annotations

import time
from collections.abc import Callable

LONG = 20.0


def until(true: Callable[[], object], seconds: float = LONG) -> None:
    """Wait until something holds; fails where it does not within so many seconds."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"did not happen within {seconds} s"
        time.sleep(0.02)

"""Waiting until something is true: whoever changes a thing rings its bell."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Bell:
    """Wakes everyone who waits for a change."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Let everyone who waits look again."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, true: Callable[[], bool], timeout: float) -> bool:
        """Wait until ``true()`` holds, at most ``timeout`` seconds; returns whether it holds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while not true():
            left = end - loop.time()
            if left <= 0:
                return False
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.add(future)
            try:
                await asyncio.wait([future], timeout=left)
            finally:
                self._waiting.discard(future)
        return True

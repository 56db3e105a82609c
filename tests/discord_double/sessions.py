"""A connection of the bot, and the session that outlives it."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections import deque
from enum import IntEnum
from secrets import token_hex
from typing import Any

from aiohttp import web

REMEMBERED = 20_000  # events a session can replay


class Op(IntEnum):
    """What a gateway payload is for."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    RESUME = 6
    RECONNECT = 7
    MEMBERS = 8
    INVALID = 9
    HELLO = 10
    ACK = 11


class Connection:
    """One WebSocket; everything goes out in order through one queue."""

    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.BaseTransport, compress: bool) -> None:
        self.socket, self.transport = socket, transport
        self.session: Session | None = None
        self.closed_with: int | None = None  # the code, when the double closed it
        self.awaited: tuple[str, int] | None = None  # READY or RESUMED, until the bot has read up to this event
        self._queue: asyncio.Queue[dict[str, Any] | int] = asyncio.Queue()
        self._zlib = zlib.compressobj() if compress else None

    def send(self, payload: dict[str, Any]) -> None:
        """Send soon."""
        self._queue.put_nowait(payload)

    def close(self, code: int) -> None:
        """Close after what is already on its way."""
        self._queue.put_nowait(code)

    def drop(self) -> None:
        """Cut the wire: no close frame, and what is still on its way is lost."""
        self.detach()
        self.transport.abort()  # type: ignore[attr-defined]

    def detach(self) -> None:
        """Events of the session no longer go here; they wait for a RESUME."""
        if self.session is not None and self.session.connection is self:
            self.session.connection = None

    async def write(self) -> None:
        """Write what the queue holds until the connection ends."""
        while True:
            payload = await self._queue.get()
            if isinstance(payload, int):
                self.detach()
                self.closed_with = payload
                await self.socket.close(code=payload)
                return
            text = json.dumps(payload, ensure_ascii=False)
            if self._zlib is None:
                await self.socket.send_str(text)
            else:
                data = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                await self.socket.send_bytes(data)


class Session:
    """What Discord remembers of a shard of the bot while its connection may be gone."""

    def __init__(self, shard: int, intents: int) -> None:
        self.id, self.shard, self.intents = token_hex(16), shard, intents
        self.sequence = 0
        self.events: deque[dict[str, Any]] = deque(maxlen=REMEMBERED)
        self.connection: Connection | None = None

    def dispatch(self, event: str, data: Any) -> None:
        """Tell the bot of an event, now or when it resumes."""
        self.sequence += 1
        payload = {"op": Op.DISPATCH, "t": event, "s": self.sequence, "d": data}
        self.events.append(payload)
        if self.connection is not None:
            self.connection.send(payload)

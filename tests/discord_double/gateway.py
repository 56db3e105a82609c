"""The gateway: sessions that outlive their connections, and faults on demand."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

from .bell import Bell
from .messages import Message
from .sessions import Connection, Op, Session
from .world import Guild, World

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 0, 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = (1 << 1) | (1 << 8) | MESSAGE_CONTENT  # members, presences, message content
ENDS_SESSION = {1000, 1001, 4003, 4004, 4005, 4007, 4009, 4010, 4011, 4012, 4013, 4014}


class Gateway:
    """All sessions, what happened to them, and the faults a test asks for."""

    def __init__(self, world: World, heartbeat_ms: int) -> None:
        self.world, self.heartbeat_ms = world, heartbeat_ms
        self.url = ""
        self.acks = True  # False: heartbeats stay unanswered
        self.refuse = 0  # so many of the next connections are answered with 503
        self.identifies: list[dict[str, Any]] = []
        self.log: list[str] = []  # "CONNECT", "IDENTIFY", "READY", "RESUME", "RESUMED", "CLOSED 1000", …
        self.counts: Counter[str] = Counter()
        self.bell = Bell()
        self.sessions: dict[int, Session] = {}  # by shard; those that can be resumed
        self.connections: set[Connection] = set()

    # What tests use

    def reconnect(self, shard: int | None = None) -> None:
        """Ask the bot to reconnect (opcode 7)."""
        for connection in self._connected(shard):
            connection.send({"op": Op.RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool, shard: int | None = None) -> None:
        """Tell the bot that its session is invalid (opcode 9)."""
        for connection in self._connected(shard):
            connection.send({"op": Op.INVALID, "d": resumable})
            if not resumable:
                self._forget(connection)

    def close(self, code: int, shard: int | None = None) -> None:
        """Close the connection with this code."""
        for connection in self._connected(shard):
            connection.close(code)
            if code in ENDS_SESSION:
                self._forget(connection)

    def drop(self, shard: int | None = None) -> None:
        """Cut the wire without a close frame, as a broken network does (1006)."""
        for connection in self._connected(shard):
            connection.drop()

    @property
    def ready(self) -> bool:
        """Whether every shard is connected, identified or resumed, and the bot has read that."""
        sessions = [self.sessions.get(shard) for shard in range(self.world.shards)]
        connections = [session.connection if session is not None else None for session in sessions]
        return all(connection is not None and connection.awaited is None for connection in connections)

    @asynccontextmanager
    async def expecting(self, event: str, timeout: float = 10.0, times: int = 1) -> AsyncIterator[None]:
        """Run the block, then wait until ``event`` (a word of ``log``) has happened ``times`` more often."""
        before = self.counts[event]
        yield
        if not await self.bell.until(lambda: self.counts[event] >= before + times, timeout):
            raise TimeoutError(f"{event} did not happen within {timeout} s; the gateway saw {self.log[-12:]}")

    def tell(self, guild: Guild | None, event: str, data: Any) -> None:
        """Dispatch an event to the shard that is responsible for ``guild``."""
        session = self.sessions.get(self.world.shard_of(guild))
        if session is not None:
            session.dispatch(event, data)

    def tell_message(self, event: str, message: Message) -> None:
        """Dispatch a message event, with what the intents allow; an ephemeral message has no guild."""
        guild = message.channel.guild
        session = self.sessions.get(self.world.shard_of(guild))
        own = message.author is self.world.bot
        needed = GUILD_MESSAGES if guild is not None else DIRECT_MESSAGES
        if session is None or not (session.intents & needed or (own and message.ephemeral)):
            return
        if event == "MESSAGE_DELETE":
            data: dict[str, Any] = {"id": message.id, "channel_id": message.channel.id}
        else:
            data = message.payload(reader=self.world.bot.id)
        if guild is not None and not message.ephemeral:
            data["guild_id"] = guild.id
            if event != "MESSAGE_DELETE":
                data["member"] = message.author.member(guild)
        session.dispatch(event, data)

    # The protocol

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Talk to one connection until it ends."""
        if self.refuse > 0:
            self.refuse -= 1
            self.note("REFUSED")
            return web.Response(status=503, text="upstream connect error")
        socket = web.WebSocketResponse(max_msg_size=4096 * 4, autoping=True)
        await socket.prepare(request)
        assert request.transport is not None
        # Only zlib is compressed: a client that asks for zstd takes plain text too.
        connection = Connection(socket, request.transport, request.query.get("compress") == "zlib-stream")
        if request.query.get("v") != "10" or request.query.get("encoding") != "json":
            await socket.close(code=4012)
            return socket
        self.connections.add(connection)
        self.note("CONNECT")
        connection.send({"op": Op.HELLO, "d": {"heartbeat_interval": self.heartbeat_ms, "_trace": []}})
        writer = asyncio.create_task(connection.write())
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(connection, message.data)
        finally:
            if connection.closed_with is None:  # else its close frame may still have to go out
                writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
            connection.detach()
            self.connections.discard(connection)
            if connection.closed_with is None and socket.close_code in (1000, 1001):
                self._forget(connection)  # a bot that says goodbye cannot resume
            self.note(f"CLOSED {connection.closed_with or socket.close_code}")
        return socket

    def note(self, event: str) -> None:
        """Write down that something happened."""
        self.log.append(event)
        self.counts[event] += 1
        self.bell.ring()

    def _connected(self, shard: int | None) -> list[Connection]:
        found = [one for one in self.connections if one.session is not None and one.session.connection is one]
        return [one for one in found if shard is None or (one.session is not None and one.session.shard == shard)]

    def _forget(self, connection: Connection) -> None:
        session = connection.session
        if session is not None and self.sessions.get(session.shard) is session:
            del self.sessions[session.shard]

    def _receive(self, connection: Connection, text: str) -> None:
        try:
            payload = json.loads(text)
            operation, data = payload["op"], payload.get("d")
        except (ValueError, KeyError, TypeError):
            return connection.close(4002)
        if operation == Op.HEARTBEAT:
            self.note("HEARTBEAT")
            if self.acks:
                connection.send({"op": Op.ACK, "d": None})
            if connection.awaited is not None and isinstance(data, int) and data >= connection.awaited[1]:
                event, connection.awaited = connection.awaited[0], None
                self.note(event)
        elif operation == Op.IDENTIFY:
            self._identify(connection, data)
        elif operation == Op.RESUME:
            self._resume(connection, data)
        elif connection.session is None:
            connection.close(4003)
        elif operation == Op.MEMBERS:
            self._members(connection.session, data)
        elif operation != Op.PRESENCE:
            connection.close(4001)
        return None

    def _identify(self, connection: Connection, data: dict[str, Any]) -> None:
        self.identifies.append(data)
        self.note("IDENTIFY")
        shard, shards = data.get("shard", [0, 1])
        intents = data.get("intents")
        code = None
        if connection.session is not None:
            code = 4005
        elif data.get("token") != self.world.token:
            code = 4004
        elif not isinstance(intents, int) or intents < 0 or intents >> 27:
            code = 4013
        elif intents & PRIVILEGED:
            code = 4014
        elif shards != self.world.shards or not 0 <= shard < shards:
            code = 4010
        if code is not None:
            return connection.close(code)
        session = Session(shard, intents)
        connection.session, session.connection = session, connection
        self.sessions[shard] = session
        guilds = [guild for guild in self.world.guilds if self.world.shard_of(guild) == shard]
        bot = self.world.bot
        session.dispatch("READY", {
            "v": 10, "user": {**bot.payload(), "verified": True, "mfa_enabled": True, "email": None},
            "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds], "session_id": session.id,
            "session_type": "normal", "resume_gateway_url": self.url, "shard": [shard, shards],
            "application": {"id": bot.id, "flags": 0}, "user_settings": {}, "presences": [], "relationships": [],
            "private_channels": [], "geo_ordered_rtc_regions": [], "guild_join_requests": [], "auth": {}, "_trace": [],
        })  # fmt: skip
        if intents & GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", guild.payload(self.world.owner, bot, len(self.world.accounts)))
        self._await(connection, "READY")
        return None

    def _resume(self, connection: Connection, data: dict[str, Any]) -> None:
        self.note("RESUME")
        if data.get("token") != self.world.token:
            return connection.close(4004)
        session = next((one for one in self.sessions.values() if one.id == data.get("session_id")), None)
        seen = data.get("seq")
        if session is None or not isinstance(seen, int) or (session.events and seen < session.events[0]["s"] - 1):
            return connection.send({"op": Op.INVALID, "d": False})
        if seen > session.sequence:
            self.sessions.pop(session.shard)
            return connection.close(4007)
        if session.connection is not None:
            session.connection.drop()
        connection.session, session.connection = session, connection
        for event in session.events:
            if event["s"] > seen:
                connection.send(event)
        session.dispatch("RESUMED", {"_trace": []})
        self._await(connection, "RESUMED")
        return None

    def _await(self, connection: Connection, event: str) -> None:
        """Note ``event`` once the bot has read it: asked for a heartbeat, it tells the last event it knows."""
        assert connection.session is not None
        connection.awaited = (event, connection.session.sequence)
        connection.send({"op": Op.HEARTBEAT, "d": None})

    def _members(self, session: Session, data: dict[str, Any]) -> None:
        guild = self.world.guild(str(data.get("guild_id")))
        if guild is None:
            return
        wanted = {str(one) for one in data.get("user_ids") or []}
        query = (data.get("query") or "").casefold()
        found = [one for one in self.world.accounts if one.id in wanted or (query and one.name.startswith(query))]
        session.dispatch("GUILD_MEMBERS_CHUNK", {
            "guild_id": guild.id, "members": [{**one.member(guild), "user": one.payload()} for one in found],
            "chunk_index": 0, "chunk_count": 1, "nonce": data.get("nonce"),
            "not_found": sorted(wanted - {one.id for one in found}),
        })  # fmt: skip

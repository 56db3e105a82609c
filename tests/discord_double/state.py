"""Everything a running double remembers, and the few things that change it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from .bell import Bell
from .checks import Problem
from .faults import Faults
from .gateway import Gateway
from .interactions import Interaction
from .messages import LOADING, Message, now
from .world import Channel, World


@dataclass(frozen=True)
class Violation:
    """A request that breaks one of Discord's documented rules."""

    route: str
    problem: Problem
    body: Any

    def __str__(self) -> str:
        return f"{self.route}: {self.problem}"


@dataclass(frozen=True)
class Request:
    """A request of the bot."""

    method: str
    path: str  # without /api/v10
    body: Any
    at: float  # time.perf_counter()


class State:
    """World, messages, commands, interactions and what was recorded."""

    def __init__(self, shards: int, heartbeat_ms: int) -> None:
        self.world = World(shards)
        self.gateway = Gateway(self.world, heartbeat_ms)
        self.faults = Faults()
        self.deadline = 3.0  # seconds for the first answer to an interaction
        self.token_life = 900.0  # seconds for everything after it
        self.messages: dict[str, Message] = {}
        self.commands: dict[str, list[dict[str, Any]]] = {}  # by guild id, "" for global ones
        self.registrations: list[str] = []  # "PUT global", "POST guild", … in order
        self.interactions: dict[str, Interaction] = {}  # by token
        self.violations: list[Violation] = []
        self.requests: list[Request] = []
        self.heard: set[Message] = set()  # answers that some person already took for theirs
        self.bell = Bell()  # rings with every request that was handled or met a fault

    def dispatch(self, interaction: Interaction) -> None:
        """Send an interaction to the bot."""
        self.interactions[interaction.token] = interaction
        payload = interaction.payload(self.world)
        interaction.sent = time.perf_counter()
        self.gateway.tell(interaction.channel.guild, "INTERACTION_CREATE", payload)

    def post(self, message: Message, body: dict[str, Any], files: dict[str, bytes]) -> Message:
        """Put a new message where it belongs and tell the bot of it."""
        self._apply(message, body, files)
        self.messages[message.id] = message
        message.channel.history.append(message)
        self.gateway.tell_message("MESSAGE_CREATE", message)
        message.channel.bell.ring()
        return message

    def edit(self, message: Message, body: dict[str, Any], files: dict[str, bytes]) -> None:
        """Change a message."""
        if message.loading:  # the text that was promised; people do not see it as edited
            message.flags &= ~LOADING
        else:
            message.edits += 1
            message.edited = now()
        self._apply(message, body, files)
        self.gateway.tell_message("MESSAGE_UPDATE", message)
        message.channel.bell.ring()

    def delete(self, message: Message) -> None:
        """Delete a message."""
        message.deleted = True
        self.gateway.tell_message("MESSAGE_DELETE", message)
        message.channel.bell.ring()

    def in_channel(self, channel: Channel) -> list[Message]:
        """The messages of a channel, oldest first."""
        return [message for message in channel.history if not message.deleted]

    def _apply(self, message: Message, body: dict[str, Any], files: dict[str, bytes]) -> None:
        message.apply(body, files)
        found = (self.world.account(user) for user in sorted(message.pings.users))
        message.mentions = [account for account in found if account is not None]

"""Starts the unmodified program, with discord.py pointed at the double.

DOUBLE_REST and DOUBLE_GATEWAY say where it is. DOUBLE_PROGRAM is what runs (``bot.cli:main`` unless told otherwise).
DOUBLE_FAST=1 shortens waits that only make tests slow: before a further IDENTIFY (5 s), before a reconnect, and for
guilds after READY. DOUBLE_HEARTBEAT_TIMEOUT is how many seconds of silence discord.py takes for a dead connection
(60 s). Retries of failed requests keep their waits, since they compete with the 3 s of an interaction.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

SHORT = 0.1  # seconds


def point_to_double() -> None:
    """Set discord.py's addresses and waits; nothing else of it changes."""
    import discord.gateway
    import discord.http
    import yarl

    discord.http.Route.BASE = os.environ["DOUBLE_REST"]
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DOUBLE_GATEWAY"])
    options: dict[str, float] = {}
    if "DOUBLE_HEARTBEAT_TIMEOUT" in os.environ:
        options["heartbeat_timeout"] = float(os.environ["DOUBLE_HEARTBEAT_TIMEOUT"])
    if os.environ.get("DOUBLE_FAST") == "1":
        options["guild_ready_timeout"] = SHORT
        _shorten_waits()
    _default_options(options)


def _shorten_waits() -> None:
    import discord
    from discord.backoff import ExponentialBackoff

    async def identify_at_once(self: Any, shard_id: int | None, *, initial: bool = False) -> None:
        pass

    usual = ExponentialBackoff.delay
    ExponentialBackoff.delay = lambda self: min(usual(self), SHORT)  # type: ignore[method-assign, assignment]
    discord.Client.before_identify_hook = identify_at_once  # type: ignore[method-assign]


def _default_options(options: dict[str, float]) -> None:
    from discord.state import ConnectionState

    usual = ConnectionState.__init__

    def initialise(self: Any, **given: Any) -> None:
        usual(self, **{**options, **given})

    ConnectionState.__init__ = initialise  # type: ignore[method-assign, assignment]


def main() -> None:
    """Run the program with the arguments that follow."""
    point_to_double()
    module, _, function = os.environ.get("DOUBLE_PROGRAM", "bot.cli:main").partition(":")
    sys.argv[0] = "ikz-bot"
    getattr(import_module(module), function)()


if __name__ == "__main__":
    # As a script, its own folder would come first on the path, and its modules could hide others.
    sys.path[:] = [path for path in sys.path if path != str(Path(__file__).resolve().parent)]
    main()

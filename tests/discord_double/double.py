"""The double as a test uses it: start it, let people act, ask for faults, look at what was recorded."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from aiohttp import web

from . import rest_channels, rest_commands, rest_interactions
from .gateway import Gateway
from .interactions import NAMES, Interaction
from .messages import Message
from .outcome import Result
from .process import BotProcess
from .rest import PREFIX, Rest
from .state import Request, State, Violation
from .users import User
from .world import Account, Channel, Guild

GATEWAY_PATH = "/gateway"


class Double:
    """A Discord of one's own on 127.0.0.1, for one bot."""

    def __init__(self, *, shards: int = 1, heartbeat_ms: int = 41_250) -> None:
        self.state = State(shards, heartbeat_ms)
        self.faults = self.state.faults
        self._bots: list[BotProcess] = []
        self._users: dict[str, User] = {}
        app = web.Application(client_max_size=32 * 1024 * 1024)
        rest = Rest(self.state)
        app.router.add_get(f"{GATEWAY_PATH}/", self.gateway.serve)
        rest.add(app, rest_interactions.OPEN_ROUTES + rest_channels.OPEN_ROUTES, open_to_all=True)
        rest.add(app, rest_channels.ROUTES + rest_commands.ROUTES)
        rest.add_fallback(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        self.rest_url = ""

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.rest_url = f"http://{host}:{port}{PREFIX}"
        self.gateway.url = f"ws://{host}:{port}{GATEWAY_PATH}/"
        return self

    async def __aexit__(self, *_: object) -> None:
        for bot in self._bots:
            await bot.kill()
        await self._runner.cleanup()

    # Who and what there is

    @property
    def gateway(self) -> Gateway:
        """The gateway with its faults and its log."""
        return self.state.gateway

    @property
    def token(self) -> str:
        """The token the bot needs."""
        return self.state.world.token

    @property
    def bot(self) -> Account:
        """The account of the bot."""
        return self.state.world.bot

    @property
    def guilds(self) -> list[Guild]:
        """The two guilds, Musterstadt and Beispielkreis."""
        return self.state.world.guilds

    def channel(self, name: str, guild: int = 0) -> Channel:
        """A channel: allgemein, verwaltung, fragen in the first guild, allgemein and test in the second."""
        return self.guilds[guild].channel(name)

    def user(self, name: str, *, permissions: str = "none", locale: str = "de", accepts_dms: bool = True) -> User:
        """A member of both guilds; the same name is the same person.

        ``permissions``: none, manage_messages, manage_guild or administrator.
        """
        if name not in self._users:
            account = Account(name, locale=locale, permission=permissions, accepts_dms=accepts_dms)
            self.state.world.accounts.append(account)
            self._users[name] = User(self.state, account, self.channel("allgemein"))
        return self._users[name]

    # The bot

    async def start_bot(
        self,
        *args: str,
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
        program: str = "bot.cli:main",
        token: str | None = None,
        wait: bool = True,
        fast: bool = True,
    ) -> BotProcess:
        """Start ``ikz-bot args`` as a process of its own that finds this double instead of Discord.

        ``env`` adds to the environment (None removes); ``token`` replaces the right one; ``wait=False`` does not wait
        until the gateway is connected, for a start that is meant to fail; ``fast=False`` keeps discord.py's waits.
        """
        settings: dict[str, str | None] = {
            "DOUBLE_REST": self.rest_url, "DOUBLE_GATEWAY": self.gateway.url, "DOUBLE_PROGRAM": program,
            "DOUBLE_FAST": "1" if fast else "0", "IKZ_BOT_TOKEN": self.token if token is None else token,
            **(env or {}),
        }  # fmt: skip
        bot = await BotProcess.start(list(args), settings, cwd)
        self._bots.append(bot)
        if wait:
            await bot.connected(self.gateway)
        return bot

    # What was recorded

    @property
    def violations(self) -> list[Violation]:
        """Every request that broke one of Discord's rules."""
        return self.state.violations

    @property
    def requests(self) -> list[Request]:
        """Every request of the bot, in order."""
        return self.state.requests

    @property
    def registrations(self) -> list[str]:
        """Every change of the registered commands: "PUT global", "POST guild", …"""
        return self.state.registrations

    @property
    def interactions(self) -> list[Interaction]:
        """Every interaction that was sent to the bot."""
        return list(self.state.interactions.values())

    @property
    def unanswered(self) -> list[Interaction]:
        """Interactions without an answer until now."""
        return [one for one in self.interactions if one.answer is None]

    @property
    def answered_twice(self) -> list[Interaction]:
        """Interactions to which the bot sent more than one first answer, whether Discord took it or not."""
        return [one for one in self.interactions if len(one.callbacks) > 1]

    @property
    def replied_twice(self) -> list[Message]:
        """Messages of people to which the bot replied more than once."""
        replies = Counter(one.reply_to for one in self.state.messages.values() if one.author is self.bot)
        return [one for one, times in replies.items() if one is not None and one.author is not self.bot and times > 1]

    @property
    def pinging(self) -> list[Message]:
        """The messages of the bot that notify someone."""
        return [one for one in self.state.messages.values() if one.author is self.bot and one.pings]

    @property
    def busiest_second(self) -> int:
        """The most requests within a second, without those about interactions; Discord allows a bot 50."""
        exempt = ("/interactions/", "/webhooks/")
        times = [one.at for one in self.requests if not one.path.startswith(exempt)]
        return max((number - bisect_left(times, at - 1.0) + 1 for number, at in enumerate(times)), default=0)

    def latencies(self, kind: str) -> list[float]:
        """Milliseconds from dispatch to answer of every interaction: command, component, autocomplete or modal."""
        return [one.ms for one in self.interactions if NAMES[one.type] == kind and one.ms is not None]

    def commands(self, guild: Guild | None = None) -> list[str]:
        """The names of the registered commands, global ones or those of a guild."""
        return [command["name"] for command in self.state.commands.get(guild.id if guild else "", [])]

    def expire(self, result: Result) -> None:
        """End the life of an interaction's token now, as after 15 minutes."""
        assert result.interaction is not None
        result.interaction.expired = True

    async def until(self, true: Callable[[], bool], timeout: float = 5.0) -> None:
        """Wait until something holds that requests of the bot change; raises TimeoutError."""
        if not await self.state.bell.until(true, timeout):
            raise TimeoutError(f"did not happen within {timeout} s; last requests: {self.requests[-5:]}")

"""The channel in which whoever keeps the knowledge is told what is wrong with it, and when that is mended."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import aiohttp
import discord

from bot.channels.discord.delivery import deliver
from bot.channels.discord.faults import described, log
from bot.channels.discord.markdown import escaped, fitting
from bot.channels.discord.render import MAX_CONTENT
from bot.errors import UserError
from bot.knowledge import KnowledgeBase, Problem
from bot.live import News, Reader, State
from bot.live.news import CALIBRATION, SAME, Changes, broken

EXAMINATION_SECONDS = 10.0

_RIGHTS = {"view_channel": "Kanal ansehen", "send_messages": "Nachrichten senden"}


class Trouble(NamedTuple):
    """What is wrong, and what to do; German sentences."""

    text: str
    advice: str


class AdminChannel:
    """Tells each piece of news once; what could not be sent is sent with the next, or after the next connection."""

    def __init__(self, number: int | None, knowledge: KnowledgeBase) -> None:
        """``number`` is None where nobody wants to be told; ``knowledge`` is the one in force at the start."""
        self.number = number
        self._reader = Reader(knowledge)
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """There may be news."""
        self._rung.set()

    async def serve(self, client: discord.Client, state: Callable[[], State]) -> None:
        """Send the news until cancelled."""
        while self.number is not None:
            await self._rung.wait()
            self._rung.clear()
            now = state()
            news = self._reader.news(now)
            text = news_text(news) if news else ""
            try:
                if text:
                    place = client.get_partial_messageable(self.number)
                    await deliver(partial(place.send, text, nonce=secrets.token_hex(12)))
            except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
                log.error("Die Meldung kam nicht in den Kanal aus „admin_channel“: %s", described(error))
            else:
                self._reader.heard(now)


def news_text(news: News) -> str:
    """What the channel is told; nothing where all went well, as with most saves."""
    calibration = [CALIBRATION] if news.outdated_calibration else []
    lines: list[str] = []
    if news.problems:
        lines = [problems_text(news.problems, MAX_CONTENT - len(CALIBRATION) - 1)]
    elif news.mended:
        changed = (_changes_lines(news.changes) if news.changes else []) or [SAME]
        lines = ["Das Wissen ist wieder in Ordnung und gilt.", *changed]
        lines = [fitting(lines, MAX_CONTENT - len(CALIBRATION) - 1)]
    return "\n".join([*lines, *calibration])


def _changes_lines(changes: Changes) -> list[str]:
    lines = []
    for title, questions in changes.groups:
        lines += [f"**{title}**", *(f"• {escaped(question)}" for question in questions)]
    return lines + ([f"**Geändert:** {', '.join(changes.others)}"] if changes.others else [])


def problems_text(problems: Sequence[Problem], longest: int = MAX_CONTENT) -> str:
    """What is wrong with the knowledge files, as much of it as a message holds."""
    return fitting([broken(problems), *(escaped(str(problem)) for problem in problems)], longest)


async def trouble(client: discord.Client, number: int) -> Trouble | None:
    """What keeps the bot from writing in this channel; None where nothing does. ``client`` is logged in.

    Raises:
        discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError: where Discord cannot be asked.
    """
    try:
        found = await client.fetch_channel(number)
        if not isinstance(found, discord.TextChannel) or client.user is None:
            return Trouble("„admin_channel“ ist kein Textkanal.", "Bitte nennen Sie die Nummer eines Textkanals.")
        guild = await client.fetch_guild(found.guild.id)
        channel = await guild.fetch_channel(number)
        mine = channel.permissions_for(await guild.fetch_member(client.user.id))
    except discord.NotFound:
        return Trouble("Den Kanal aus „admin_channel“ gibt es nicht.", "Bitte prüfen Sie die Nummer.")
    except discord.Forbidden:
        return Trouble(
            "Den Kanal aus „admin_channel“ darf der Bot nicht sehen.", f"Bitte geben Sie ihm dort {_all_rights()}."
        )
    if all(getattr(mine, right) for right in _RIGHTS):
        return None
    return Trouble(
        f"Im Kanal „{found.name}“ darf der Bot nicht schreiben.", f"Bitte geben Sie ihm dort {_all_rights()}."
    )


def _all_rights() -> str:
    return "die Rechte " + " und ".join(f"„{name}“" for name in _RIGHTS.values())


def examine(token: str, number: int) -> Trouble | None:
    """The same for who is not connected: log in, look, and log out.

    Raises:
        UserError: where Discord cannot be asked.
    """
    try:
        return asyncio.run(asyncio.wait_for(_examine(token, number), EXAMINATION_SECONDS))
    except discord.LoginFailure:
        raise UserError("Discord lehnt das Token ab.") from None
    except (discord.DiscordException, aiohttp.ClientError, OSError):
        raise UserError("Discord ist nicht erreichbar.") from None


async def _examine(token: str, number: int) -> Trouble | None:
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(token)
        return await trouble(client, number)

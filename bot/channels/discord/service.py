"""The bot as a service: start, reconnect for as long as it takes, and a clean end when it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable

import aiohttp
import discord

from bot.channels.discord.client import Client
from bot.channels.discord.desk import Desk
from bot.channels.discord.faults import described, log, set_up_log
from bot.config import Settings
from bot.errors import UserError
from bot.journal import Journal
from bot.journal.polls import Polls
from bot.live import Live

JOURNAL_SECONDS = 5.0
"""So long the journal may take at the end to write what it still holds."""

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds before Discord is tried again; doubled each time."""

NO_TOKEN = (
    "Es fehlt der Token, mit dem sich der Bot bei Discord anmeldet. Bitte setzen Sie die Umgebungsvariable"
    " IKZ_BOT_TOKEN oder „token“ in config.yaml; er steht unter https://discord.com/developers/applications bei „Bot“."
)
WRONG_TOKEN = (
    "Discord lehnt den Token ab. Bitte erzeugen Sie unter https://discord.com/developers/applications bei „Bot“ einen"
    " neuen und setzen Sie ihn als IKZ_BOT_TOKEN."
)
NO_INTENTS = (
    "Discord verweigert die angeforderten Rechte (Intents). Bitte prüfen Sie unter"
    " https://discord.com/developers/applications die Einstellungen bei „Bot“."
)
_REFUSED = {4004: WRONG_TOKEN, 4013: NO_INTENTS, 4014: NO_INTENTS}


class ConnectionRefusedForGood(UserError):  # noqa: N818 - the name says what it is about
    """Discord will not have this bot as it is configured; the message says what to mend."""


def run(settings: Settings, live: Live, force_registration: bool) -> None:
    """Serve until a signal says stop.

    Raises:
        UserError: where token or permissions are missing or wrong.
    """
    if settings.token is None:
        raise UserError(NO_TOKEN)
    set_up_log()
    asyncio.run(_serve(settings, settings.token.get_secret_value(), live, force_registration))


async def _serve(settings: Settings, token: str, live: Live, force_registration: bool) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await asyncio.to_thread(lambda: live.state)  # the index is built before anyone asks
    journal = Journal.open(settings.journal, settings.journal_days)
    days_kept = settings.journal_days if settings.journal else None
    polls = Polls(settings.journal) if settings.journal else None
    desk = Desk(live, journal, days_kept, settings.contact, polls=polls, admin_channel=settings.admin_channel)
    try:
        with live.watched(settings.network_share, lambda _: loop.call_soon_threadsafe(desk.renew)):
            await _stay_connected(lambda: Client(desk, settings.guild, force_registration), token, stop)
    finally:
        await asyncio.to_thread(journal.close, JOURNAL_SECONDS)
    log.info("Beendet")


async def _stay_connected(make_client: Callable[[], Client], token: str, stop: asyncio.Event) -> None:
    """Serve until ``stop``; while Discord cannot be reached, try again with growing pauses.

    Raises:
        ConnectionRefusedForGood: where trying again is of no use.
    """
    pause = FIRST_PAUSE
    while not stop.is_set():
        async with make_client() as client:
            try:
                await _serve_connection(client, token, stop)
            except discord.LoginFailure:
                raise ConnectionRefusedForGood(WRONG_TOKEN) from None
            except discord.PrivilegedIntentsRequired:
                raise ConnectionRefusedForGood(NO_INTENTS) from None
            except discord.ConnectionClosed as error:
                raise ConnectionRefusedForGood(_REFUSED.get(error.code, _closed(error.code))) from None
            except (discord.GatewayNotFound, discord.HTTPException, aiohttp.ClientError, OSError) as error:
                log.error("Discord ist nicht erreichbar, neuer Versuch in %.0f s: %s", pause, described(error))
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def _serve_connection(client: Client, token: str, stop: asyncio.Event) -> None:
    """Serve until ``stop`` or until the connection ends; the library reconnects by itself where that helps."""
    connection, stopped = asyncio.create_task(client.start(token)), asyncio.create_task(stop.wait())
    await asyncio.wait((connection, stopped), return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set():
        log.info("Ende: letzte Antworten gehen noch hinaus")
        await client.finish()
        connection.cancel()
    stopped.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await connection


def _closed(code: int) -> str:
    return f"Discord hat die Verbindung endgültig beendet (Code {code}). Bitte prüfen Sie die Anwendung dort."

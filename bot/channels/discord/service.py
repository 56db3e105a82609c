"""The bot as a service: start, reconnect for as long as it takes, and a clean end when it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from pathlib import Path

import aiohttp
import discord

from bot.channels.discord.client import Client
from bot.channels.discord.desk import Desk, Shelf
from bot.channels.discord.faults import described, log, set_up_log
from bot.config import Settings
from bot.errors import UserError
from bot.journal import Journal

JOURNAL_SECONDS = 5.0
"""So long the journal may take at the end to write what it still holds."""

LONGEST_WAIT = 60.0

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


def run(settings: Settings, folder: Path, force_registration: bool) -> None:
    """Serve until a signal says stop.

    Raises:
        UserError: where token or permissions are missing or wrong.
        KnowledgeError: where the knowledge in ``folder`` cannot be used.
    """
    if settings.token is None:
        raise UserError(NO_TOKEN)
    set_up_log()
    asyncio.run(_serve(settings, settings.token.get_secret_value(), folder, force_registration))


async def _serve(settings: Settings, token: str, folder: Path, force_registration: bool) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    shelf = await asyncio.to_thread(Shelf.from_folder, folder)
    journal = Journal.open(settings.journal, settings.journal_days)
    try:
        days_kept = settings.journal_days if settings.journal else None
        client = Client(Desk(folder, shelf, journal, days_kept, settings.contact), settings.guild, force_registration)
        connected = asyncio.create_task(_stay_connected(client, token))
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait((connected, stopped), return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            log.info("Ende: letzte Antworten gehen noch hinaus")
        await client.finish()
        stopped.cancel()
        if connected.done():
            connected.result()
        else:
            connected.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await connected
    finally:
        await asyncio.to_thread(journal.close, JOURNAL_SECONDS)
    log.info("Beendet")


async def _stay_connected(client: Client, token: str) -> None:
    """Log in and stay connected; while Discord cannot be reached, try again with growing pauses.

    Raises:
        ConnectionRefusedForGood: where trying again is of no use.
    """
    pause = 1.0
    while not client.is_closed():
        try:
            if not client.application_id:
                await client.login(token)
            await client.connect()
        except discord.LoginFailure:
            raise ConnectionRefusedForGood(WRONG_TOKEN) from None
        except discord.PrivilegedIntentsRequired:
            raise ConnectionRefusedForGood(NO_INTENTS) from None
        except discord.ConnectionClosed as error:
            raise ConnectionRefusedForGood(_REFUSED.get(error.code, _closed(error.code))) from None
        except (discord.GatewayNotFound, discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.error("Discord ist nicht erreichbar, neuer Versuch in %.0f s: %s", pause, described(error))
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_WAIT)


def _closed(code: int) -> str:
    return f"Discord hat die Verbindung endgültig beendet (Code {code}). Bitte prüfen Sie die Anwendung dort."

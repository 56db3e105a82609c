"""What went wrong: a German sentence with a reference for the person, one line with the same reference in the log."""

from __future__ import annotations

import logging
import re
import secrets
import sys
import traceback
from collections.abc import Awaitable, Callable

import aiohttp
import discord

from bot.errors import UserError

log = logging.getLogger("ikz-bot")

Say = Callable[[str], Awaitable[object]]
"""Tells a person a sentence where they asked."""

EXPIRED = 10062
"""Discord's code for an interaction that was answered later than 3 s after it happened."""

ANSWERED_ALREADY = 40060
"""Discord's code for an answer to an interaction that has one, as when the first one's receipt was lost."""


class Refusal(UserError):  # noqa: N818 - nothing went wrong
    """Something cannot be done for a person; the text is the German sentence they are told."""


_PUBLIC_ERRORS = (discord.DiscordException, aiohttp.ClientError, OSError)
"""Their texts speak of the network, never of what someone asked."""

_SECRET_PATH = re.compile(r"(/(?:interactions|webhooks)/\d+/)[\w.~-]+")


def sentence(reference: str) -> str:
    """What a person is told when their request failed inside."""
    return (
        "Entschuldigung, das hat nicht geklappt: Bei mir ist ein Fehler aufgetreten. Bitte versuchen Sie es noch"
        f" einmal. Bleibt es dabei, nennen Sie bitte der Verwaltung dieses Servers die Nummer {reference}."
    )


async def tell(error: Exception, doing: str, say: Say) -> None:
    """Log a failure in one line and tell the person; that telling fails too is one more line, and that is all."""
    error = getattr(error, "original", error)
    if isinstance(error, discord.HTTPException) and error.code in (EXPIRED, ANSWERED_ALREADY):
        log.warning("%s: Antwort kam zu spät (%s)", doing, error.code)
        return
    reference = f"{secrets.randbelow(10**6):06d}"
    log.error("%s: Fehler %s: %s", doing, reference, described(error))
    try:
        await say(sentence(reference))
    except _PUBLIC_ERRORS as also:
        log.error("%s: Fehler %s ließ sich nicht mitteilen: %s", doing, reference, described(also))


def described(error: BaseException) -> str:
    """An exception on one line: its kind, where it happened, and its text where that cannot hold a question."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/bot/" in frame.filename.replace("\\", "/")] or frames
    place = f" in {own[-1].filename.rpartition('/')[2]}:{own[-1].lineno}" if own else ""
    text = f": {error}" if isinstance(error, _PUBLIC_ERRORS) and str(error) else ""
    return " ".join(f"{type(error).__name__}{place}{text}".split())


class OneLine(logging.Formatter):
    """Every event on one line, whatever it carries; the tokens in Discord's addresses are left out."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """The line for a record."""
        record.message = record.getMessage()
        record.asctime = self.formatTime(record, self.datefmt)
        text = self.formatMessage(record)
        if record.exc_info and record.exc_info[1]:
            text += f" – {described(record.exc_info[1])}"
        return _SECRET_PATH.sub(r"\1…", " ".join(text.split()))


def set_up_log() -> None:
    """Let everything that happens in the service become lines on standard error."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(OneLine())
    logging.basicConfig(level=logging.INFO, handlers=[lines], force=True)
    # „PyNaCl is not installed, voice will NOT be supported“ is no news for a bot that only writes.
    logging.getLogger("discord.client").addFilter(lambda record: "voice" not in record.getMessage())
    logging.getLogger("watchfiles").setLevel(logging.WARNING)  # what was saved is told when it is in force

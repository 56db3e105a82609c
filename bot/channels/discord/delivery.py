"""Sending so that no answer is lost and none arrives twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord

from bot.channels.discord.faults import ANSWERED_ALREADY

Sent = TypeVar("Sent")

DELAYS = (0.1, 0.5, 1.0)
"""Seconds before each further attempt: an interaction must have its answer within three."""


async def deliver(send: Callable[[], Awaitable[Sent]]) -> Sent | None:
    """Send, and again where Discord was unavailable or its receipt was lost; None where it was there already.

    Only for what Discord takes once however often it comes: answers to interactions, and messages with a nonce.

    Raises:
        discord.HTTPException: where Discord refuses it.
        aiohttp.ClientError, OSError, asyncio.TimeoutError: where it cannot be reached.
    """
    for delay in DELAYS:
        try:
            return await send()
        except discord.HTTPException as error:
            if error.code == ANSWERED_ALREADY:
                return None
            # The library tries again itself after every other failure of the server.
            if error.status != 503:
                raise
        except (TimeoutError, aiohttp.ClientError, OSError):
            pass
        await asyncio.sleep(delay)
    return await send()

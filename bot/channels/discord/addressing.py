"""Whether a message speaks to the bot, and what it says then. The bot never speaks unasked."""

from __future__ import annotations

import discord

from bot.channels.discord.markdown import MENTION

_WRITTEN_BY_PEOPLE = frozenset({discord.MessageType.default, discord.MessageType.reply})


def is_addressed(message: discord.Message, me: int) -> bool:
    """Whether a person wrote this to the bot: directly, by mentioning it, or in reply to it.

    Other programs and the bot's own messages never count; its answers that only one person sees come back looking like
    direct messages.
    """
    if message.author.bot or message.webhook_id or message.type not in _WRITTEN_BY_PEOPLE:
        return False
    if message.guild is None:
        return isinstance(message.channel, discord.DMChannel)
    return any(person.id == me for person in message.mentions) or replied_to(message, me) is not None


def replied_to(message: discord.Message, me: int) -> discord.Message | None:
    """The message of the bot that this one replies to; None where it replies to none."""
    before = message.reference.resolved if message.reference else None
    return before if isinstance(before, discord.Message) and before.author.id == me else None


def spoken(message: discord.Message) -> str:
    """What a message says, without mentions and Discord's own emoji."""
    return MENTION.sub(" ", message.content).strip()

"""Sending replies: as the answer to an interaction, or below a message that spoke to the bot."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import discord

from bot.answers import Reply
from bot.channels.discord.controls import Place, Row, reply_rows, view
from bot.channels.discord.delivery import deliver
from bot.channels.discord.desk import Desk, Speaker
from bot.channels.discord.markdown import MENTION
from bot.channels.discord.render import reply_embed
from bot.knowledge.model import Entry, KnowledgeBase
from bot.typed_text import usable_question

if TYPE_CHECKING:
    from bot.channels.discord.client import Client

Interaction: TypeAlias = "discord.Interaction[Client]"

_ANSWERED = "answered"


def speaker_of(interaction: Interaction) -> Speaker:
    """Who an interaction comes from, and where."""
    return Speaker(interaction.channel_id or 0, interaction.user.id)


def place_of(interaction: Interaction, public: bool = False) -> Place:
    """Who will see the answer to an interaction."""
    if interaction.guild_id is None:
        return Place.DIRECT
    return Place.PUBLIC if public else Place.PRIVATE


async def say(interaction: Interaction, text: str) -> None:
    """Tell only the one who acted, whatever was answered before."""
    await respond(interaction, Place.PRIVATE, content=text)


async def respond(interaction: Interaction, place: Place, rows: list[Row] | None = None, **content: Any) -> None:
    """Send the next answer to an interaction."""
    if rows:
        content["view"] = view(rows)
    ephemeral = place is Place.PRIVATE
    if interaction.response.is_done() or _ANSWERED in interaction.extras:
        await interaction.followup.send(ephemeral=ephemeral, **content)
    else:
        await _answer(interaction, interaction.response.send_message, ephemeral=ephemeral, **content)


async def _answer(interaction: Interaction, send: Callable[..., Awaitable[object]], *args: Any, **content: Any) -> None:
    """Send the first answer to an interaction. The library does not know of one whose receipt was lost."""
    await deliver(partial(send, *args, **content))
    interaction.extras[_ANSWERED] = True


async def acknowledge(interaction: Interaction, **how: bool) -> None:
    """Tell Discord that an answer will come."""
    await _answer(interaction, interaction.response.defer, **how)


async def replace(interaction: Interaction, rows: list[Row], **content: Any) -> None:
    """Answer by changing the message whose control was used."""
    await _answer(interaction, interaction.response.edit_message, view=view(rows), **content)


async def open_form(interaction: Interaction, form: discord.ui.Modal) -> None:
    """Answer an interaction with a form."""
    await _answer(interaction, interaction.response.send_modal, form)


async def answer_interaction(interaction: Interaction, typed: str, place: Place, previous: Reply | None = None) -> None:
    """Answer a question that came with an interaction, one message for each question in it.

    It may lean on ``previous`` or on what was said before.

    Raises:
        UnusableQuestion: where that cannot be a question.
    """
    desk, began = interaction.client.desk, time.perf_counter()
    knowledge = desk.shelf.bundle.knowledge
    reply = await desk.ask(usable_question(MENTION.sub(" ", typed)), speaker_of(interaction), previous)
    for part in (reply, *reply.further):
        await respond(interaction, place, **shown(desk, knowledge, part, place, interaction.user.id))
        note_shared(desk, interaction.channel_id, part, place)
        desk.took(time.perf_counter() - began)


async def answer_message(message: discord.Message, desk: Desk, question: str, previous: Reply | None) -> None:
    """Answer a message in place, one message for each question in it."""
    knowledge, began = desk.shelf.bundle.knowledge, time.perf_counter()
    reply = await desk.ask(question, Speaker(message.channel.id, message.author.id), previous)
    place = Place.PUBLIC if message.guild else Place.DIRECT
    for number, part in enumerate((reply, *reply.further)):
        content = shown(desk, knowledge, part, place, message.author.id)
        await reply_below(message, str(number), view=view(content.pop("rows")), **content)
        note_shared(desk, message.channel.id, part, place)
        desk.took(time.perf_counter() - began)


async def reply_below(message: discord.Message, part: str = "0", **content: Any) -> None:
    """Send a part of what there is to say below a message.

    Discord takes a nonce only once, so neither a second attempt nor a message that the gateway delivers again after a
    reconnect makes a second answer.
    """
    reference = message.to_reference(fail_if_not_exists=False)
    nonce = f"{message.id}-{part}"
    await deliver(partial(message.channel.send, reference=reference, mention_author=False, nonce=nonce, **content))


def note_shared(desk: Desk, channel: int | None, reply: Reply, place: Place) -> None:
    """Remember what a channel was told, unless only one person in it saw it."""
    if place is not Place.PRIVATE and isinstance(reply.entry, Entry):
        desk.share(channel or 0, reply.entry.id)


def shown(desk: Desk, knowledge: KnowledgeBase, reply: Reply, place: Place, asker: int) -> dict[str, Any]:
    """The embed and the controls of a reply; ``knowledge`` is the one it was made from."""
    return {
        "embed": reply_embed(knowledge, reply, desk.today(), desk.contact),
        "rows": reply_rows(desk.shelf.bundle, reply, place, asker),
    }

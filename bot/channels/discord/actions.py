"""What happens when a button is pressed or something is picked from a menu."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace as replaced
from functools import partial
from typing import Any

import discord

from bot.answers import Reply
from bot.channels.discord import meeting, poll, texts
from bot.channels.discord.controls import (
    Place,
    asker_in,
    button,
    control_id,
    delete_button,
    entry_id_in,
    last_page,
    pressed_in,
    read_id,
    reply_rows,
    topic_of_key,
    topic_rows,
    topics_rows,
)
from bot.channels.discord.faults import Refusal
from bot.channels.discord.glossary import GLOSSARY_ACTIONS
from bot.channels.discord.markdown import escaped
from bot.channels.discord.messages import (
    Interaction,
    acknowledge,
    note_shared,
    open_form,
    place_of,
    replace,
    respond,
    say,
    shown,
    speaker_of,
)
from bot.channels.discord.modals import ReasonModal
from bot.channels.discord.render import entry_embed, question_in, quote_block
from bot.channels.discord.tour import TOUR_ACTIONS
from bot.knowledge.model import Entry, Topic
from bot.offers import picked

Action = Callable[..., Awaitable[None]]


class Control(discord.ui.DynamicItem[discord.ui.Item[Any]], template=re.compile(r".+", re.DOTALL)):
    """Any button or menu of any of the bot's messages, however old; its id says what it does."""

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], __: re.Match[str], /
    ) -> Control:
        """The control that was used."""
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the control's id says."""
        action, about = read_id(self.custom_id)
        data: Any = interaction.data or {}
        chosen = data.get("values", [])
        act = ACTIONS.get(action, _outdated)
        await interaction.client.handle(
            interaction, f"Schaltfläche {action}", partial(act, interaction, *about, *chosen)
        )


async def _outdated(*_: object) -> None:
    """A control that this version does not know."""
    raise Refusal(texts.OUTDATED)


async def tell_entry(interaction: Interaction, entry_id: str, public: bool = False) -> None:
    """Show an entry to someone who picked it.

    Raises:
        Refusal: where it no longer exists.
    """
    reply = _picked(interaction, entry_id)
    desk, place = interaction.client.desk, place_of(interaction, public)
    desk.remember(speaker_of(interaction), reply)
    knowledge = desk.shelf.bundle.knowledge
    rows = reply_rows(desk.shelf.bundle, reply, place, interaction.user.id)
    await respond(interaction, place, rows, embed=entry_embed(knowledge, reply, desk.today()))
    note_shared(desk, interaction.channel_id, reply, place)


async def _meant(interaction: Interaction, entry_id: str) -> None:
    """A suggestion was right: it takes the place of the suggestions."""
    reply, question = _picked(interaction, entry_id), question_in(interaction.message)
    desk = interaction.client.desk
    desk.journal.picked(question, _entry(interaction, entry_id).id)
    if not _is_for(interaction):
        await tell_entry(interaction, entry_id)
        return
    desk.remember(speaker_of(interaction), reply)
    place = place_of(interaction, public=asker_in(interaction.message) is not None)
    told = replaced(reply, question=question or reply.question)
    await replace(interaction, **shown(desk, desk.shelf.bundle.knowledge, told, place, interaction.user.id))
    note_shared(desk, interaction.channel_id, reply, place)


async def _none(interaction: Interaction) -> None:
    """No suggestion was right."""
    desk, question = interaction.client.desk, question_in(interaction.message)
    desk.journal.picked(question, None)
    if not _is_for(interaction):
        await say(interaction, texts.NONE_OF_THEM)
        return
    asker = asker_in(interaction.message)
    delete = [delete_button(asker)] if asker else []
    embed = discord.Embed(description=texts.NONE_OF_THEM)
    if desk.contact:
        embed.add_field(name="Ansprechstelle", value=escaped(desk.contact), inline=False)
    await replace(interaction, [[button("Themen ansehen", control_id("topics", 0)), *delete]], embed=embed)


async def _share(interaction: Interaction, entry_id: str) -> None:
    """Show an answer to the whole channel, without what was asked."""
    reply = _picked(interaction, entry_id)
    desk = interaction.client.desk
    knowledge = desk.shelf.bundle.knowledge
    rows = reply_rows(desk.shelf.bundle, reply, Place.PUBLIC, interaction.user.id)
    embed = entry_embed(knowledge, reply, desk.today())
    content = f"Geteilt von {interaction.user.mention}"
    await respond(interaction, Place.PUBLIC, rows, content=content, embed=embed)
    note_shared(desk, interaction.channel_id, reply, Place.PUBLIC)


async def _quote(interaction: Interaction, entry_id: str) -> None:
    knowledge = interaction.client.desk.shelf.bundle.knowledge
    await say(interaction, quote_block(knowledge, _entry(interaction, entry_id)))


async def _helpful(interaction: Interaction, entry_id: str) -> None:
    await vote(interaction, entry_id, helpful=True)


async def _unhelpful(interaction: Interaction, entry_id: str) -> None:
    """Ask what was missing; the vote is counted when that is sent."""
    await open_form(interaction, ReasonModal(entry_id))


async def vote(interaction: Interaction, entry_id: str, helpful: bool, reason: str = "") -> None:
    """Count a vote on an answer, once for each person and message.

    Raises:
        Refusal: where votes are not kept, or this person has voted already.
    """
    desk = interaction.client.desk
    message = interaction.message.id if interaction.message else 0
    if desk.days_kept is None:
        raise Refusal(texts.NO_JOURNAL)
    if not desk.first_vote(interaction.user.id, message, entry_id):
        raise Refusal(texts.VOTED_BEFORE)
    entry = desk.shelf.bundle.knowledge.entry(entry_id)
    question = question_in(interaction.message) or (entry.question if entry else "")
    desk.journal.vote(entry.id if entry else entry_id, helpful, question, reason)
    await say(interaction, texts.THANKS_FOR_VOTE)


async def _delete(interaction: Interaction, asker: str = "") -> None:
    if str(interaction.user.id) != asker:
        raise Refusal(texts.NOT_YOURS)
    await acknowledge(interaction)
    await interaction.delete_original_response()
    interaction.client.desk.unshare(interaction.channel_id or 0, entry_id_in(interaction.message) or "")


async def browse(interaction: Interaction, page: str = "0") -> None:
    """Show the topics: in place where someone is browsing already, else as an answer of its own."""
    knowledge = interaction.client.desk.shelf.bundle.knowledge
    number = _page(page, len(knowledge.topics))
    rows = topics_rows(knowledge, number)
    embed = discord.Embed(title="Themen", description=texts.TOPICS)
    if _browsing(interaction):
        await replace(interaction, rows, embed=embed)
    else:
        await respond(interaction, place_of(interaction), rows, embed=embed)


async def _topic(interaction: Interaction, key: str) -> None:
    await _turn_page(interaction, key, "0")


async def _turn_page(interaction: Interaction, key: str, page: str) -> None:
    topic = topic_of_key(interaction.client.desk.shelf.bundle.knowledge, key)
    if topic is None:
        raise Refusal(texts.GONE)
    rows = topic_rows(topic, _page(page, len(topic.entries)))
    await replace(interaction, rows, embed=_topic_embed(topic))


def _topic_embed(topic: Topic) -> discord.Embed:
    return discord.Embed(title=escaped(topic.title), description=escaped(topic.description) or None)


def _browsing(interaction: Interaction) -> bool:
    """Whether the control that was used stands below a list of topics or questions."""
    return any(action in {"topic", "entry"} for action, _ in pressed_in(interaction.message))


def _page(text: str, count: int) -> int:
    """A page that exists, however few things are left since the button was made."""
    return min(int(text), last_page(count)) if text.isdecimal() else 0


def _entry(interaction: Interaction, entry_id: str) -> Entry:
    entry = interaction.client.desk.shelf.bundle.knowledge.entry(entry_id)
    if entry is None:
        raise Refusal(texts.GONE)
    return entry


def _picked(interaction: Interaction, entry_id: str) -> Reply:
    desk = interaction.client.desk
    return picked(desk.shelf.bundle.knowledge, _entry(interaction, entry_id), desk.today())


def _is_for(interaction: Interaction) -> bool:
    """Whether the message may change for this person: it is theirs alone, or the answer to their question."""
    return asker_in(interaction.message) in (None, interaction.user.id)


ACTIONS: Mapping[str, Action] = {
    "show": tell_entry,
    "entry": tell_entry,
    "meant": _meant,
    "none": _none,
    "share": _share,
    "quote": _quote,
    "helpful": _helpful,
    "unhelpful": _unhelpful,
    "delete": _delete,
    "topics": browse,
    "topic": _topic,
    "page": _turn_page,
    "further": meeting.open_question,
    "poll-answer": poll.ask,
    "poll-end": poll.end,
    **TOUR_ACTIONS,
    **GLOSSARY_ACTIONS,
}

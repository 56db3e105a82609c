"""The commands that answer with a file: the timeline as a picture, and the sheet for a meeting."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple, TypeVar

import discord
from discord import app_commands

from bot.channels.discord.controls import PER_MENU, Place, topic_key, topic_of_key
from bot.channels.discord.delivery import deliver
from bot.channels.discord.faults import Refusal, described, log
from bot.channels.discord.markdown import cut, escaped, fitting, one_line
from bot.channels.discord.messages import Interaction, acknowledge, place_of
from bot.channels.discord.render import MAX_CONTENT, MAX_OPTION
from bot.knowledge.model import KnowledgeBase, Topic
from bot.sheet import Sheet, left_out_sentence, sheet, topic_named
from bot.text import words
from bot.timeline import Timeline, timeline

MAX_ALT_TEXT = 1024

Made = TypeVar("Made")


class _Paper(NamedTuple):
    """A file, and what it shows in words."""

    content: bytes
    name: str
    alt_text: str


_DRAWING = ThreadPoolExecutor(1, thread_name_prefix="papers")
"""One thread: nobody else waits while something is drawn, and who asks for the same finds it drawn already."""


@app_commands.command(description="Zeigt als Bild, was wann war und wie lange etwas dauert")
@app_commands.rename(public="öffentlich")
@app_commands.describe(public="Alle im Kanal sehen die Antwort")
async def zeitleiste(interaction: Interaction, public: bool = False) -> None:
    """Show the timeline."""
    await interaction.client.handle(
        interaction, "/zeitleiste", partial(_show_timeline, interaction, place_of(interaction, public))
    )


async def _show_timeline(interaction: Interaction, place: Place) -> None:
    await acknowledge(interaction, ephemeral=place is Place.PRIVATE, thinking=True)
    whole = timeline(interaction.client.desk.shelf.bundle.knowledge)
    picture, alt_text = await _made(partial(_draw, whole))
    await _hand_over(interaction, None, [_Paper(picture, "zeitleiste.png", alt_text)])


def _draw(whole: Timeline) -> tuple[bytes, str]:
    from bot.papers.picture import alt_text, timeline_picture

    return timeline_picture(whole, "png"), alt_text(whole)


@app_commands.command(description="Macht aus einem Thema ein Blatt für die Sitzung")
@app_commands.rename(topic="thema", public="öffentlich")
@app_commands.describe(topic="Worum es in der Sitzung geht", public="Alle im Kanal sehen die Antwort")
async def spickzettel(
    interaction: Interaction, topic: app_commands.Range[str, 1, MAX_OPTION], public: bool = False
) -> None:
    """Make the sheet of a topic."""
    await interaction.client.handle(
        interaction, "/spickzettel", partial(_make_sheet, interaction, topic, place_of(interaction, public))
    )


@spickzettel.autocomplete("topic")
async def _complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The topics that what was typed so far may mean; nothing where that fails, since nothing can be said here."""
    try:
        found = _topics_for(interaction, typed)[:PER_MENU]
    except Exception as error:
        log.error("Vorschläge beim Tippen: %s", described(error))
        return []
    return [app_commands.Choice(name=one_line(topic.title, MAX_OPTION), value=topic_key(topic)) for topic in found]


def _topics_for(interaction: Interaction, typed: str) -> list[Topic]:
    """Topics whose name begins so, then those of the questions that would be offered; all where nothing is typed."""
    shelf = interaction.client.desk.shelf
    knowledge, told = shelf.bundle.knowledge, words(typed)
    if not told:
        return list(knowledge.topics)
    named = [
        topic
        for topic in knowledge.topics
        if all(any(word.startswith(part) for word in words(topic.title)) for part in told)
    ]
    near = [knowledge.topic_of(entry) for entry in shelf.autocomplete.offers(typed, PER_MENU)]
    return list({topic.id: topic for topic in (*named, *near)}.values())


async def _make_sheet(interaction: Interaction, name: str, place: Place) -> None:
    knowledge = interaction.client.desk.shelf.bundle.knowledge
    topic = topic_of_key(knowledge, name) or topic_named(knowledge, name)
    if topic is None:
        raise Refusal(_no_such_topic(knowledge))
    await acknowledge(interaction, ephemeral=place is Place.PRIVATE, thinking=True)
    wanted = sheet(knowledge, [topic.id])
    content, preview, left_out = await _made(partial(_typeset, wanted))
    said = [f"**Spickzettel: {escaped(topic.title)}** – ein Blatt A4 zum Drucken", left_out_sentence(len(left_out))]
    papers = [
        _Paper(content, "spickzettel.pdf", f"Spickzettel „{topic.title}“ als PDF"),
        _Paper(preview, "spickzettel.png", _alt_text(wanted, left_out)),
    ]
    text = fitting([*filter(None, said), *(f"• {escaped(question)}" for question in left_out.values())], MAX_CONTENT)
    await _hand_over(interaction, text, papers)


def _no_such_topic(knowledge: KnowledgeBase) -> str:
    titles = [f"• {escaped(topic.title)}" for topic in knowledge.topics]
    return fitting(["Dieses Thema gibt es nicht. Es gibt:", *titles], MAX_CONTENT)


def _typeset(wanted: Sheet) -> tuple[bytes, bytes, dict[str, str]]:
    from bot.papers.typeset import typeset

    page, preview = typeset(wanted, "pdf"), typeset(wanted, "png")
    return page.content, preview.content, {line.id: line.question for line in page.left_out}


def _alt_text(wanted: Sheet, left_out: dict[str, str]) -> str:
    lines = [line.short for line in wanted.lines if line.id not in left_out]
    return f"Vorschau des Spickzettels „{wanted.title}“. {wanted.stand}. {' '.join(lines)}"


async def _made(make: Callable[[], Made]) -> Made:
    return await asyncio.get_running_loop().run_in_executor(_DRAWING, make)


async def _hand_over(interaction: Interaction, text: str | None, papers: Sequence[_Paper]) -> None:
    """Put papers into the answer that was announced; it is the same one however often that is tried."""

    async def send() -> object:
        # Files can be sent only once.
        attachments = [
            discord.File(io.BytesIO(paper.content), paper.name, description=cut(paper.alt_text, MAX_ALT_TEXT))
            for paper in papers
        ]
        return await interaction.edit_original_response(content=text, attachments=attachments)

    await deliver(send)

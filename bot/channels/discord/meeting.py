"""For a meeting: the next question is one click below the last answer, and a channel's last answers can be repeated."""

from __future__ import annotations

from typing import Any

import discord

from bot.channels.discord.controls import Place, Row, button, control_id, entry_id_in, further_button
from bot.channels.discord.faults import Refusal
from bot.channels.discord.markdown import escaped, fitting, one_line
from bot.channels.discord.messages import Interaction, answer_interaction, open_form, place_of, respond
from bot.channels.discord.render import MAX_DESCRIPTION
from bot.knowledge.model import Entry, KnowledgeBase
from bot.offers import examples, picked, related
from bot.typed_text import MAX_CHARACTERS
from bot.wording import serious_notices, spoken_line

MAX_PLACEHOLDER = 100

NOTHING_SHARED = (
    "In diesem Kanal habe ich seit meinem Start oder in den letzten zwölf Stunden nichts beantwortet, was alle sehen"
    " konnten. Mit „Im Kanal teilen“ unter einer Antwort zeigen Sie sie allen."
)


class QuestionModal(discord.ui.Modal):
    """Asks for the next question."""

    def __init__(self, hint: str) -> None:
        super().__init__(title="Weiter fragen", custom_id=control_id("question"))
        field: Any = discord.ui.TextInput(
            custom_id="question", placeholder=one_line(hint, MAX_PLACEHOLDER), max_length=MAX_CHARACTERS
        )
        self.add_item(
            discord.ui.Label(
                text="Ihre nächste Frage",
                description="Auch Rückfragen wie „Und wie lange dauert das?“; die Antwort sehen nur Sie.",
                component=field,
            )
        )
        self.stop()


async def open_question(interaction: Interaction) -> None:
    """Open the form for the next question, with an example that goes on from the answer it stands below."""
    knowledge = interaction.client.desk.shelf.bundle.knowledge
    told = _told(interaction, knowledge)
    further = [other.question for other in related(knowledge, told)] if told else []
    await open_form(interaction, QuestionModal(f"Zum Beispiel: {(further or examples(knowledge, 1))[0]}"))


async def take_question(interaction: Interaction, question: str) -> None:
    """Answer what was asked in the form; it may lean on the answer that the form was opened from."""
    desk = interaction.client.desk
    told = _told(interaction, desk.shelf.bundle.knowledge)
    previous = picked(desk.shelf.bundle.knowledge, told, desk.today()) if told else None
    await answer_interaction(interaction, question, place_of(interaction), previous)


def _told(interaction: Interaction, knowledge: KnowledgeBase) -> Entry | None:
    return knowledge.entry(entry_id_in(interaction.message) or "")


async def repeat(interaction: Interaction) -> None:
    """Tell again, to the one who asks, what everyone in the channel was told last: short lines, newest first."""
    desk = interaction.client.desk
    knowledge, today = desk.shelf.bundle.knowledge, desk.today()
    entries = desk.shared(interaction.channel_id or 0)
    if not entries:
        raise Refusal(NOTHING_SHARED)
    lines: list[str] = []
    for entry in entries:
        said = [spoken_line(knowledge, entry), *serious_notices(knowledge, picked(knowledge, entry, today), today)]
        lines += [f"**{escaped(entry.question)}**", *map(escaped, said)]
    shown: Row = [button(entry.question, control_id("show", entry.id)) for entry in entries]
    embed = discord.Embed(title="Zuletzt in diesem Kanal", description=fitting(lines, MAX_DESCRIPTION))
    await respond(interaction, Place.PRIVATE, [shown, [further_button()]], embed=embed)

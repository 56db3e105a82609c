"""The tour and its quiz on Discord. Where someone is stands in the ids of the buttons, so a restart loses nothing."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping

import discord
from discord import app_commands

from bot.channels.discord.controls import Row, button, control_id
from bot.channels.discord.faults import Refusal
from bot.channels.discord.markdown import escaped
from bot.channels.discord.messages import Interaction, place_of, replace, respond
from bot.knowledge.model import Entry, KnowledgeBase
from bot.knowledge.tour_model import MAX_STATIONS
from bot.tour import (
    Stop,
    Task,
    choice_key,
    choice_named,
    origin,
    stop,
    stop_named,
    task,
    task_named,
    verdict,
)

NO_TOUR = "Dieses Wissen hat keinen Rundgang. Fragen Sie gern mit /frage; /themen zeigt, wozu ich etwas weiß."
CHANGED = "Der Rundgang wurde inzwischen geändert; diese Stelle gibt es nicht mehr. Mit /einstieg beginnen Sie neu."
FINISHED = "Das war die letzte Frage. Vielen Dank, dass Sie dabei waren! Fragen Sie gern weiter mit /frage."
COLOUR = 0x2F5D8C

_PRIMARY = discord.ButtonStyle.primary


@app_commands.command(description="Führt in kurzen Stationen durch das Thema")
@app_commands.describe(station="Mit dieser Station geht es weiter")
async def einstieg(interaction: Interaction, station: app_commands.Range[int, 1, MAX_STATIONS] = 1) -> None:
    """Begin the tour, or go on at a station."""

    async def begin() -> None:
        knowledge = _knowledge(interaction)
        if not knowledge.tour:
            raise Refusal(NO_TOUR)
        here = stop(knowledge, station)
        rows = station_rows(knowledge, here)
        await respond(interaction, place_of(interaction), rows, embed=station_embed(knowledge, here))

    await interaction.client.handle(interaction, "/einstieg", begin)


async def _station(interaction: Interaction, station_id: str) -> None:
    """Go to a station, in place."""
    knowledge = _knowledge(interaction)
    here = stop_named(knowledge, station_id)
    if here is None:
        raise Refusal(CHANGED)
    await replace(interaction, station_rows(knowledge, here), embed=station_embed(knowledge, here))


async def _quiz(interaction: Interaction) -> None:
    """Begin a round of the quiz, in place."""
    knowledge = _knowledge(interaction)
    if not knowledge.quiz:
        raise Refusal(CHANGED)
    await _show_task(interaction, task(knowledge, 1, secrets.randbelow(2**32)))


async def _task(interaction: Interaction, question_id: str, seed: str) -> None:
    """Go to a question of the round, in place."""
    await _show_task(interaction, _asked(interaction, question_id, seed))


async def _guess(interaction: Interaction, question_id: str, seed: str, key: str) -> None:
    """Tell whether an answer is right."""
    knowledge, asked = _knowledge(interaction), _asked(interaction, question_id, seed)
    chosen = choice_named(asked, key)
    if chosen is None:
        raise Refusal(CHANGED)
    await replace(interaction, verdict_rows(knowledge, asked), embed=verdict_embed(knowledge, asked, chosen))


async def _show_task(interaction: Interaction, asked: Task) -> None:
    await replace(interaction, task_rows(_knowledge(interaction), asked), embed=task_embed(asked))


def station_embed(knowledge: KnowledgeBase, here: Stop) -> discord.Embed:
    """What a station shows."""
    embed = discord.Embed(colour=COLOUR, title=escaped(here.station.title), description=escaped(here.station.text))
    embed.set_author(name=here.progress)
    deeper = "\n".join(f"**{n}**  {escaped(entry.question)}" for n, entry in enumerate(here.deeper, 1))
    if deeper:
        embed.add_field(name="Mehr dazu", value=deeper, inline=False)
    embed.set_footer(text=f"{origin(knowledge, here.station.entries)}\nSpäter weiter: /einstieg station:{here.number}")
    return embed


def station_rows(knowledge: KnowledgeBase, here: Stop) -> list[Row]:
    """Back, on, the quiz, and the entries that go deeper."""
    steps: list[discord.ui.Item[discord.ui.View]] = []
    if not here.is_first:
        steps.append(_to_station("Zurück", knowledge, here.number - 1))
    if not here.is_last:
        steps.append(_to_station("Weiter", knowledge, here.number + 1, _PRIMARY))
    if knowledge.quiz:
        steps.append(button("Quiz", control_id("quiz"), _PRIMARY if here.is_last else discord.ButtonStyle.secondary))
    return [steps, [_to_entry(f"{n}  {entry.question}", entry) for n, entry in enumerate(here.deeper, 1)]]


def task_embed(asked: Task) -> discord.Embed:
    """What a question of the quiz shows."""
    choices = "\n".join(f"**{n}**  {escaped(choice)}" for n, choice in enumerate(asked.choices, 1))
    embed = discord.Embed(colour=COLOUR, description=f"**{escaped(asked.question.question)}**\n\n{choices}")
    embed.set_author(name=f"Quiz, {asked.progress}")
    return embed


def task_rows(knowledge: KnowledgeBase, asked: Task) -> list[Row]:
    """A button for each answer, and the way back to the tour."""
    about = (asked.question.id, asked.seed)
    guesses = [
        button(str(n), control_id("guess", *about, choice_key(choice)), _PRIMARY)
        for n, choice in enumerate(asked.choices, 1)
    ]
    return [guesses, _back_to_tour(knowledge)]


def verdict_embed(knowledge: KnowledgeBase, asked: Task, chosen: str) -> discord.Embed:
    """What is shown when someone has answered a question."""
    told = [escaped(verdict(asked, chosen)), escaped(asked.question.why), *([FINISHED] if asked.is_last else [])]
    text = "\n\n".join([f"**{escaped(asked.question.question)}**", *told])
    embed = discord.Embed(colour=COLOUR, description=text)
    embed.set_author(name=f"Quiz, {asked.progress}")
    embed.set_footer(text=origin(knowledge, [asked.question.entry]))
    return embed


def verdict_rows(knowledge: KnowledgeBase, asked: Task) -> list[Row]:
    """On to the next question or a new round, the entry behind this one, and the way back to the tour."""
    if asked.is_last:
        forward = button("Noch einmal", control_id("quiz"))
    else:
        following = knowledge.quiz[asked.number]
        forward = button("Nächste Frage", control_id("task", following.id, asked.seed), _PRIMARY)
    entry = knowledge.entry(asked.question.entry)
    more = [_to_entry("Mehr dazu", entry)] if entry else []
    return [[forward, *more], _back_to_tour(knowledge)]


def _back_to_tour(knowledge: KnowledgeBase) -> Row:
    return [_to_station("Zum Rundgang", knowledge, len(knowledge.tour))] if knowledge.tour else []


def _to_station(
    label: str, knowledge: KnowledgeBase, number: int, style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> discord.ui.Item[discord.ui.View]:
    return button(label, control_id("station", knowledge.tour[number - 1].id), style)


def _to_entry(label: str, entry: Entry) -> discord.ui.Item[discord.ui.View]:
    return button(label, control_id("show", entry.id))


def _asked(interaction: Interaction, question_id: str, seed: str) -> Task:
    """The question that a button belongs to.

    Raises:
        Refusal: where it no longer exists.
    """
    asked = task_named(_knowledge(interaction), question_id, int(seed)) if seed.isdecimal() else None
    if asked is None:
        raise Refusal(CHANGED)
    return asked


def _knowledge(interaction: Interaction) -> KnowledgeBase:
    return interaction.client.desk.shelf.bundle.knowledge


TOUR_ACTIONS: Mapping[str, Callable[..., Awaitable[None]]] = {
    "station": _station,
    "quiz": _quiz,
    "task": _task,
    "guess": _guess,
}
"""What the buttons of the tour do."""

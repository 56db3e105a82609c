"""What a term means, on Discord: the command, what it offers while someone types, and the buttons below."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.answers import Reason, Status
from bot.channels.discord import texts
from bot.channels.discord.controls import PER_MENU, Place, Row, button, control_id, delete_button, further_button
from bot.channels.discord.faults import Refusal, described, log
from bot.channels.discord.markdown import escaped, one_line
from bot.channels.discord.messages import Interaction, place_of, respond, speaker_of
from bot.channels.discord.render import MAX_OPTION, entry_embed
from bot.glossary import NO_GLOSSARY, also, label, question_back, term_key
from bot.knowledge.glossary_model import Term
from bot.knowledge.model import KnowledgeBase
from bot.offers import entry_of, explanation, picked
from bot.typed_text import usable_question

MAX_WORD = 100


@app_commands.command(description="Erklärt einen Begriff")
@app_commands.rename(word="wort", public="öffentlich")
@app_commands.describe(word="Der Begriff, der erklärt werden soll", public="Alle im Kanal sehen die Antwort")
async def begriff(interaction: Interaction, word: app_commands.Range[str, 1, MAX_WORD], public: bool = False) -> None:
    """Explain a term."""
    await interaction.client.handle(interaction, "/begriff", partial(_look_up, interaction, word, public))


@begriff.autocomplete("word")
async def _complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The terms that may be meant by what was typed so far; nothing where that fails, since nothing can be said."""
    try:
        found = interaction.client.desk.shelf.bundle.glossary.offers(typed, PER_MENU)
    except Exception as error:
        log.error("Vorschläge beim Tippen: %s", described(error))
        return []
    return [app_commands.Choice(name=one_line(label(term, typed), MAX_OPTION), value=term.term) for term in found]


async def _look_up(interaction: Interaction, word: str, public: bool) -> None:
    """Tell what a term means; where it is not clear which one, ask back, and only the one who typed it."""
    desk, typed = interaction.client.desk, usable_question(word)
    glossary = desk.shelf.bundle.glossary
    if not glossary.terms:
        raise Refusal(NO_GLOSSARY)
    found = glossary.look_up(typed)
    if found.term:
        await _explain(interaction, found.term, public)
        return
    if not found.known:
        near = [term.entry for term in found.terms]
        desk.journal.unanswered(typed, Status.UNKNOWN, Reason.NOT_IN_SOURCES, near)
    meant: Row = [term_button(term, public) for term in found.terms]
    embed = discord.Embed(description=escaped(question_back(found, typed)))
    await respond(interaction, Place.PRIVATE, [meant, [further_button()]], embed=embed)


async def _explain(interaction: Interaction, term: Term, public: bool) -> None:
    """Show what a term means; what is asked next can lean on the entry that says more."""
    desk, place = interaction.client.desk, place_of(interaction, public)
    knowledge, today = desk.shelf.bundle.knowledge, desk.today()
    desk.remember(speaker_of(interaction), picked(knowledge, entry_of(knowledge, term), today))
    delete = [delete_button(interaction.user.id)] if place is Place.PUBLIC else []
    rows: list[Row] = [[more_button(knowledge, term)], [further_button(), *delete]]
    await respond(interaction, place, rows, embed=term_embed(knowledge, term, today))


def term_embed(knowledge: KnowledgeBase, term: Term, today: date) -> discord.Embed:
    """What a term means, told like an answer."""
    embed = entry_embed(knowledge, explanation(knowledge, term, today), today)
    if term.spellings:
        embed.description = f"{embed.description}\n\n{escaped(also(term))}"
    return embed


def more_button(knowledge: KnowledgeBase, term: Term) -> discord.ui.Item[Any]:
    """Leads to the entry that says more."""
    entry = entry_of(knowledge, term)
    return button(f"Mehr dazu: {entry.question}", control_id("show", entry.id), discord.ButtonStyle.primary)


def term_button(term: Term, public: bool) -> discord.ui.Item[Any]:
    """Explains a term, to everyone if that is what was asked for."""
    return button(term.term, control_id("term", term_key(term), int(public)))


async def _chosen(interaction: Interaction, key: str, public: str = "0") -> None:
    """Explain the term that was meant."""
    term = interaction.client.desk.shelf.bundle.glossary.named(key)
    if term is None:
        raise Refusal(texts.GONE)
    await _explain(interaction, term, public == "1")


GLOSSARY_ACTIONS: Mapping[str, Callable[..., Awaitable[None]]] = {"term": _chosen}

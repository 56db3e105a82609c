"""The commands as people see them: German names, with English ones in :mod:`bot.channels.discord.translations`."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.answers import Status
from bot.channels.discord import meeting, poll, texts
from bot.channels.discord.actions import browse, tell_entry
from bot.channels.discord.administration import Administration
from bot.channels.discord.controls import PER_MENU, Place
from bot.channels.discord.faults import Refusal, described, log
from bot.channels.discord.glossary import begriff
from bot.channels.discord.markdown import one_line
from bot.channels.discord.messages import Interaction, answer_interaction, open_form, place_of, respond, say, speaker_of
from bot.channels.discord.modals import ProposalModal
from bot.channels.discord.papers import spickzettel, zeitleiste
from bot.channels.discord.render import MAX_OPTION, all_sources_text, sources_text
from bot.channels.discord.tour import einstieg
from bot.knowledge.model import Entry
from bot.typed_text import MAX_CHARACTERS

if TYPE_CHECKING:
    from bot.channels.discord.client import Client


def add_commands(tree: app_commands.CommandTree[Client], guild: discord.abc.Snowflake | None) -> None:
    """Add every command, for one server or for all."""
    commands: tuple[app_commands.Command[Any, ..., Any] | app_commands.ContextMenu, ...] = (
        frage,
        einstieg,
        begriff,
        themen,
        quelle,
        zeitleiste,
        spickzettel,
        hilfe,
        datenschutz,
        vorschlag,
        umfrage,
        zuletzt,
        answer_this,
    )
    for command in commands:
        tree.add_command(command, guild=guild)
    tree.add_command(Administration(), guild=guild)


@app_commands.command(description="Beantwortet eine Frage aus geprüftem Wissen")
@app_commands.rename(public="öffentlich")
@app_commands.describe(text="Ihre Frage oder ein Stichwort", public="Alle im Kanal sehen die Antwort")
async def frage(
    interaction: Interaction, text: app_commands.Range[str, 1, MAX_CHARACTERS], public: bool = False
) -> None:
    """Answer a question, or show the entry that was picked while typing."""
    if interaction.client.desk.shelf.bundle.knowledge.entry(text):
        work = partial(_tell_picked, interaction, text, public)
    else:
        work = partial(answer_interaction, interaction, text, place_of(interaction, public))
    await interaction.client.handle(interaction, "/frage", work)


async def _tell_picked(interaction: Interaction, entry_id: str, public: bool) -> None:
    """Show what was picked while typing: a question that was answered."""
    desk, began = interaction.client.desk, time.perf_counter()
    await tell_entry(interaction, entry_id, public)
    desk.counts[Status.ANSWERED] += 1
    desk.took(time.perf_counter() - began)


@frage.autocomplete("text")
async def _complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """What to offer for what was typed so far; nothing where that fails, since nothing can be said here."""
    try:
        desk = interaction.client.desk
        recent = desk.recent(interaction.user.id) if not typed.strip() else []
        offered = {entry.id: entry for entry in (*recent, *desk.shelf.autocomplete.offers(typed, PER_MENU))}
    except Exception as error:
        log.error("Vorschläge beim Tippen: %s", described(error))
        return []
    return [
        app_commands.Choice(name=one_line(entry.question, MAX_OPTION), value=entry.id)
        for entry in list(offered.values())[:PER_MENU]
    ]


@app_commands.command(description="Zeigt, wozu ich etwas weiß")
async def themen(interaction: Interaction) -> None:
    """Browse the knowledge by topic."""
    await interaction.client.handle(interaction, "/themen", partial(browse, interaction))


@app_commands.command(description="Nennt die Quellen der letzten Antwort")
async def quelle(interaction: Interaction) -> None:
    """Tell the sources of the last answer, or all of them."""
    await interaction.client.handle(interaction, "/quelle", partial(_tell_sources, interaction))


async def _tell_sources(interaction: Interaction) -> None:
    desk = interaction.client.desk
    last = desk.last_answer(speaker_of(interaction))
    told = [reply.entry for reply in (last, *last.further) if isinstance(reply.entry, Entry)] if last else []
    knowledge = desk.shelf.bundle.knowledge
    # The knowledge may have been loaded again since the answer.
    still_there = [entry for old in told if (entry := knowledge.entry(old.id))]
    embed = discord.Embed(title="Quellen der letzten Antwort", description=sources_text(knowledge, still_there))
    if not still_there:
        embed = discord.Embed(title="Alle Quellen", description=all_sources_text(knowledge))
    await respond(interaction, Place.PRIVATE, embed=embed)


@app_commands.command(description="Zeigt, was ich kann")
async def hilfe(interaction: Interaction) -> None:
    """Tell what can be done here."""
    client = interaction.client
    text = texts.help_text(client.desk.shelf.bundle.knowledge, client.mention)
    await client.handle(interaction, "/hilfe", partial(say, interaction, text))


@app_commands.command(description="Sagt, was ich lese und aufhebe")
async def datenschutz(interaction: Interaction) -> None:
    """Tell what is read, kept and forgotten."""
    client = interaction.client
    text = texts.privacy_text(client.desk.days_kept)
    await client.handle(interaction, "/datenschutz", partial(say, interaction, text))


@app_commands.command(description="Schlägt eine Frage mit Antwort für das Wissen vor")
async def vorschlag(interaction: Interaction) -> None:
    """Take a proposal for the knowledge."""
    await interaction.client.handle(interaction, "/vorschlag", partial(_ask_for_proposal, interaction))


async def _ask_for_proposal(interaction: Interaction) -> None:
    if interaction.client.desk.days_kept is None:
        raise Refusal(texts.NO_JOURNAL)
    await open_form(interaction, ProposalModal())


@app_commands.command(description="Befragt alle im Kanal: eine Abstimmung und offene Fragen")
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
async def umfrage(interaction: Interaction) -> None:
    """Start the flash poll."""
    await interaction.client.handle(interaction, "/umfrage", partial(poll.start, interaction))


@app_commands.command(description="Zeigt noch einmal die letzten Antworten, die hier alle sahen")
async def zuletzt(interaction: Interaction) -> None:
    """Repeat what everyone in the channel was told last."""
    await interaction.client.handle(interaction, "/zuletzt", partial(meeting.repeat, interaction))


@app_commands.context_menu(name="Frage beantworten")
async def answer_this(interaction: Interaction, message: discord.Message) -> None:
    """Answer the question in someone's message, only for the one who wants to know."""
    await interaction.client.handle(interaction, "Frage beantworten", partial(_answer_this, interaction, message))


async def _answer_this(interaction: Interaction, message: discord.Message) -> None:
    if not message.content.strip():
        raise Refusal(texts.NOTHING_TO_READ)
    await answer_interaction(interaction, message.content, place_of(interaction))

"""Commands for whoever runs the bot: which knowledge is in force, and loading it again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import discord
from discord import app_commands

from bot.answers import Status
from bot.channels.discord import texts
from bot.channels.discord.admin_channel import problems_text
from bot.channels.discord.controls import Place
from bot.channels.discord.desk import Desk
from bot.channels.discord.faults import Refusal
from bot.channels.discord.markdown import escaped, fitting
from bot.channels.discord.messages import Interaction, acknowledge, respond
from bot.channels.discord.render import MAX_CONTENT


@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.default_permissions(manage_guild=True)
class Administration(app_commands.Group):
    """Commands that need the right to manage the server; Discord hides them, and it is checked here again."""

    def __init__(self) -> None:
        super().__init__(name="wissen", description="Verwaltet das Wissen")

    @app_commands.command(name="neu-laden", description="Prüft die Wissensdateien und lädt sie neu")
    async def reload(self, interaction: Interaction) -> None:
        """Load the knowledge again, or say what is wrong with it and keep the old."""
        await interaction.client.handle(interaction, "/wissen neu-laden", partial(_reload, interaction))

    @app_commands.command(name="status", description="Zeigt, welches Wissen gilt und wie es läuft")
    async def status(self, interaction: Interaction) -> None:
        """Tell which knowledge is in force, and counts since the start."""
        await interaction.client.handle(interaction, "/wissen status", partial(_status, interaction))


def _check_permission(interaction: Interaction) -> None:
    if interaction.guild_id is None or not interaction.permissions.manage_guild:
        raise Refusal(texts.NOT_ALLOWED)


async def _reload(interaction: Interaction) -> None:
    _check_permission(interaction)
    await acknowledge(interaction, ephemeral=True, thinking=True)
    desk = interaction.client.desk
    state = await desk.look()
    if state.problems:
        await interaction.edit_original_response(content=problems_text(state.problems))
        return
    told = [f"Das Wissen ist neu geladen. {_in_force(desk)}"]
    if found := await desk.findings():
        told += ["Dabei fällt auf:", *(escaped(str(problem)) for problem in found)]
    await interaction.edit_original_response(content=fitting(told, MAX_CONTENT))


async def _status(interaction: Interaction) -> None:
    _check_permission(interaction)
    desk = interaction.client.desk
    embed = discord.Embed(title="Stand der Dinge", description=_in_force(desk))
    embed.add_field(name="Antworten seit dem Start", value=_counts(desk), inline=False)
    embed.add_field(name="Antwortzeit", value=_times(desk.milliseconds, interaction.client.latency), inline=False)
    await respond(interaction, Place.PRIVATE, embed=embed)


def _in_force(desk: Desk) -> str:
    knowledge = desk.shelf.bundle.knowledge
    entries = len(list(knowledge.entries))
    return (
        f"{entries} Einträge in {len(knowledge.topics)} Themen, Fassung {knowledge.version},"
        f" geladen am {desk.shelf.since:%d.%m.%Y um %H:%M} Uhr."
    )


def _counts(desk: Desk) -> str:
    names = {Status.ANSWERED: "beantwortet", Status.SUGGESTIONS: "mit Vorschlägen", Status.UNKNOWN: "ohne Antwort"}
    return ", ".join(f"{desk.counts[status]} {name}" for status, name in names.items())


def _times(milliseconds: Sequence[float], latency: float) -> str:
    if not milliseconds:
        return "noch keine"
    ordered = sorted(milliseconds)
    middle, slow = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    # Until the first heartbeat is answered, the latency is not a number.
    line = f"; Verbindung zu Discord {latency * 1000:.0f} ms" if latency == latency and latency < 3600 else ""
    return f"meist {middle:.0f} ms, im langsamsten Hundertstel {slow:.0f} ms{line}"

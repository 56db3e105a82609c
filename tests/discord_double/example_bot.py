"""A tiny bot with everything people can do, to prove the double with; it runs through the launcher as a process."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

import discord
from discord import app_commands
from discord.app_commands import locale_str


class English(app_commands.Translator):
    """Knows one word."""

    async def translate(self, string: locale_str, locale: discord.Locale, _: object) -> str | None:
        """The English name of the first command."""
        return "repeat" if (string.message, locale) == ("echo", discord.Locale.american_english) else None


class Example(discord.AutoShardedClient):
    """Counts what it is asked and answers in every way there is."""

    def __init__(self) -> None:
        intents = discord.Intents.default()
        if "--privileged" in sys.argv:
            intents.message_content = True
        super().__init__(intents=intents, allowed_mentions=discord.AllowedMentions.none())
        self.tree = app_commands.CommandTree(self)
        self.heard: list[str] = []

    async def setup_hook(self) -> None:
        """Register commands, and end at SIGTERM."""
        add_commands(self)
        add_odd_commands(self)
        await self.tree.set_translator(English())
        await self.tree.sync()
        ending = asyncio.get_running_loop()
        ending.add_signal_handler(signal.SIGTERM, lambda: asyncio.ensure_future(self.close()))

    async def on_message(self, message: discord.Message) -> None:
        """Repeat what is meant for the bot."""
        if message.author.bot:
            return
        direct = message.guild is None
        if direct or (self.user is not None and self.user in message.mentions):
            self.heard.append(message.content)
            await message.reply(f"Gehört: {message.content}", nonce=message.id)


class Buttons(discord.ui.View):
    """A button that changes the message, one that opens a form, and a menu."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Ändern", custom_id="change")
    async def change(self, interaction: discord.Interaction, _: discord.ui.Button[Buttons]) -> None:
        """Change the message."""
        await interaction.response.edit_message(content="geändert", view=None)

    @discord.ui.button(label="Grund", custom_id="reason")
    async def reason(self, interaction: discord.Interaction, _: discord.ui.Button[Buttons]) -> None:
        """Open a form."""
        await interaction.response.send_modal(Reason())

    @discord.ui.button(label="Still", custom_id="quiet")
    async def quiet(self, interaction: discord.Interaction, _: discord.ui.Button[Buttons]) -> None:
        """Take the click and show nothing."""
        await interaction.response.defer()

    @discord.ui.select(
        custom_id="pick", options=[discord.SelectOption(label="Eins", value="1"), discord.SelectOption(label="Zwei")]
    )
    async def pick(self, interaction: discord.Interaction, menu: discord.ui.Select[Buttons]) -> None:
        """Say what was chosen."""
        await interaction.response.send_message(f"gewählt: {menu.values[0]}", ephemeral=True)


class Reason(discord.ui.Modal, title="Warum?"):
    """A form with one field."""

    answer: discord.ui.TextInput[Reason] = discord.ui.TextInput(label="Grund", max_length=200)

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Thank for it."""
        await interaction.response.send_message(f"Danke: {self.answer.value}", ephemeral=True)


def add_commands(client: Example) -> None:
    """Add every command to the tree."""
    tree = client.tree

    @tree.command(name=locale_str("echo"), description="Wiederholt einen Text")
    @app_commands.describe(text="Der Text", öffentlich="Für alle sichtbar")
    async def echo(interaction: discord.Interaction, text: str, öffentlich: bool = False) -> None:
        client.heard.append(text)
        await interaction.response.send_message(text, ephemeral=not öffentlich, view=Buttons())

    @echo.autocomplete("text")
    async def suggest(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        long = 150 if typed == "zu lang" else 10
        return [app_commands.Choice(name=f"{typed} {'x' * long}", value=f"id-{number}") for number in range(3)]

    @tree.command(name="langsam", description="Denkt nach")
    async def slow(interaction: discord.Interaction, seconds: float = 0.05) -> None:
        await interaction.response.defer(ephemeral=True)
        await asyncio.sleep(seconds)
        await interaction.followup.send("fertig")
        await interaction.followup.send("noch etwas", ephemeral=True)

    @tree.command(name="alles", description="Was bisher gehört wurde")
    @app_commands.default_permissions(manage_guild=True)
    async def everything(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("|".join(client.heard) or "nichts", ephemeral=True)

    @tree.command(name="seite", description="Eine Seite mit Anhang")
    @app_commands.guild_only()
    async def page(interaction: discord.Interaction) -> None:
        class Page(discord.ui.LayoutView):
            box: discord.ui.Container[Page] = discord.ui.Container(discord.ui.TextDisplay("# Titel"))

        await interaction.response.send_message(view=Page())
        file = discord.File(fp=__file__, filename="quelle.txt")
        await interaction.followup.send("mit Anhang", file=file)

    @tree.context_menu(name="Länge messen")
    async def measure(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"{len(message.content)} Zeichen", ephemeral=True)


def add_odd_commands(client: Example) -> None:
    """Add the commands that do what a good bot does not."""
    tree = client.tree

    @tree.command(name="stumm", description="Antwortet nie")
    async def mute(_: discord.Interaction) -> None:
        pass

    @tree.command(name="zweimal", description="Antwortet zweimal")
    async def twice(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("eins")
        interaction.response._response_type = None
        try:
            await interaction.response.send_message("zwei")
        except discord.HTTPException as error:
            client.heard.append(str(error.code))

    @tree.command(name="riesig", description="Zu viel Text")
    async def huge(interaction: discord.Interaction) -> None:
        try:
            await interaction.response.send_message("x" * 2001)
        except discord.HTTPException as error:
            await interaction.response.send_message(str(error.code))

    @tree.command(name="ruft", description="Ruft jemanden")
    async def call(interaction: discord.Interaction, wen: discord.User) -> None:
        allowed = discord.AllowedMentions(users=True)
        await interaction.response.send_message(f"{wen.mention} @everyone", allowed_mentions=allowed)


def main() -> None:
    """Run until told to stop; a wrong token ends with 2, another closure of the gateway with 3."""
    try:
        Example().run(os.environ["IKZ_BOT_TOKEN"])
    except (discord.LoginFailure, discord.PrivilegedIntentsRequired) as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except discord.ConnectionClosed as error:
        print(f"closed with {error.code}", file=sys.stderr)
        sys.exit(3)

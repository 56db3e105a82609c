"""The connection to Discord: hands every event to what answers it, and lets no failure go untold."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.channels.discord import meeting, poll, texts
from bot.channels.discord.actions import Control, vote
from bot.channels.discord.addressing import is_addressed, replied_to, spoken
from bot.channels.discord.admin_channel import trouble
from bot.channels.discord.commands import add_commands
from bot.channels.discord.controls import entry_id_in, read_id
from bot.channels.discord.cooldown import Cooldown, Verdict
from bot.channels.discord.desk import Desk
from bot.channels.discord.faults import Refusal, Say, described, log, tell
from bot.channels.discord.messages import Interaction, answer_message, reply_below, say
from bot.channels.discord.modals import filled_in
from bot.channels.discord.registration import register
from bot.channels.discord.translations import English
from bot.errors import UserError
from bot.offers import picked
from bot.typed_text import usable_question

LAST_ANSWERS_SECONDS = 2.0
"""So long the service waits at its end for answers that are on their way."""

Work = Callable[[], Awaitable[None]]


class Client(discord.AutoShardedClient):
    """The bot on Discord."""

    def __init__(self, desk: Desk, guild: int | None, force_registration: bool) -> None:
        super().__init__(
            intents=discord.Intents.default(),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self.desk = desk
        self.tree = Tree(
            self,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self._guild = discord.Object(guild) if guild else None
        self._force_registration = force_registration
        self._cooldown = Cooldown()
        self._under_way = 0
        self._telling: asyncio.Task[None] | None = None

    async def setup_hook(self) -> None:
        """Make the commands known, before the first event arrives."""
        self.add_dynamic_items(Control)
        add_commands(self.tree, self._guild)
        await self.tree.set_translator(English())
        await register(self.tree, self._guild, self._force_registration)
        self._telling = asyncio.create_task(self.desk.admin_channel.serve(self, lambda: self.desk.state))

    async def close(self) -> None:
        """Leave Discord."""
        if self._telling:
            self._telling.cancel()
        await super().close()

    async def on_ready(self) -> None:
        """Say in the log that questions can come."""
        log.info("Bereit als %s auf %d Servern", self.user, len(self.guilds))
        self.desk.admin_channel.ring()
        if self.desk.admin_channel.number and (wrong := await trouble(self, self.desk.admin_channel.number)):
            log.error("%s %s", wrong.text, wrong.advice)

    async def handle(self, interaction: Interaction, doing: str, work: Work) -> None:
        """Do what an interaction asks for, unless its sender asks too fast."""
        tell_them = partial(say, interaction)
        if self._cooldown.verdict(interaction.user.id, time.monotonic()) is not Verdict.SERVE:
            work = partial(tell_them, texts.TOO_MANY)
        await self._do(doing, work, tell_them)

    async def _do(self, doing: str, work: Work, tell_them: Say) -> None:
        """Do something for a person; that it cannot be done is told them, and a failure is logged as well."""
        self._under_way += 1
        try:
            try:
                await work()
            except UserError as refusal:
                await tell_them(str(refusal))
        except Exception as error:
            await tell(error, doing, tell_them)
        finally:
            self._under_way -= 1

    async def on_message(self, message: discord.Message) -> None:
        """Answer a message in place where it speaks to the bot."""
        me = self.user.id if self.user else 0
        if not is_addressed(message, me):
            return
        verdict = self._cooldown.verdict(message.author.id, time.monotonic())
        if verdict is Verdict.SERVE:
            await self._do("Nachricht", partial(self._answer, message, me), partial(_apologise, message))
        elif verdict is Verdict.HINT:
            await self._do("Hinweis", partial(_reply, message, texts.TOO_MANY), partial(_apologise, message))

    async def _answer(self, message: discord.Message, me: int) -> None:
        before, text = replied_to(message, me), spoken(message)
        knowledge = self.desk.shelf.bundle.knowledge
        if before and not (message.content or message.attachments or message.stickers):
            raise Refusal(texts.CANNOT_READ)
        if not text:
            await _reply(message, texts.help_text(knowledge, self.mention))
            return
        question = usable_question(text)
        entry = knowledge.entry(entry_id_in(before) or "")
        previous = picked(knowledge, entry, self.desk.today()) if entry else None
        await answer_message(message, self.desk, question, previous)

    @property
    def mention(self) -> str:
        """How the bot is mentioned in a text."""
        return self.user.mention if self.user else "@ikz-bot"

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Take a form that was sent; commands and controls reach what answers them by other ways."""
        if interaction.type is discord.InteractionType.modal_submit:
            data: Any = interaction.data or {}
            action, about = read_id(data.get("custom_id", ""))
            # Never refused for being too fast: what someone typed would be lost.
            work = partial(_take_form, interaction, action, about, filled_in(data))
            await self._do(f"Formular {action}", work, partial(say, interaction))

    async def on_error(self, event: str, /, *_: Any, **__: Any) -> None:
        """A failure outside of every request: one line."""
        error = sys.exc_info()[1]
        log.error("Ereignis %s: %s", event, described(error) if error else "")

    async def finish(self) -> None:
        """Let the answers that are on their way arrive, then leave Discord."""
        until = time.monotonic() + LAST_ANSWERS_SECONDS
        while self._under_way and time.monotonic() < until:
            await asyncio.sleep(0.02)
        await self.close()


class Tree(app_commands.CommandTree[Client]):
    """The commands; what goes wrong before one of them is reached is told, too."""

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tell why a command could not be run."""
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            log.warning("Unbekannter Befehl; „ikz-bot discord --sync“ meldet die Befehle neu an")
            await interaction.client.handle(interaction, "Befehl", partial(say, interaction, texts.NO_SUCH_COMMAND))
        else:
            await tell(error, "Befehl", partial(say, interaction))


async def _reply(message: discord.Message, text: str) -> None:
    await reply_below(message, content=text)


async def _apologise(message: discord.Message, text: str) -> None:
    # A part of its own: the first one may have arrived although it seems to have failed.
    await reply_below(message, "x", content=text)


async def _take_form(interaction: Interaction, action: str, about: tuple[str, ...], fields: dict[str, str]) -> None:
    desk = interaction.client.desk
    if action == "reason" and about:
        await vote(interaction, about[0], helpful=False, reason=fields.get("reason", ""))
    elif action == "question":
        await meeting.take_question(interaction, fields.get("question", ""))
    elif action == "poll" and about:
        await poll.take(interaction, about[0], fields)
    elif action != "proposal":
        raise Refusal(texts.OUTDATED)
    elif desk.days_kept is None:
        raise Refusal(texts.NO_JOURNAL)
    else:
        desk.journal.proposal(fields.get("question", ""), fields.get("answer", ""), fields.get("source", ""))
        await say(interaction, texts.THANKS_FOR_PROPOSAL)

"""The flash poll: a native poll for the closed question, a form for the open ones, and the outcome for everyone."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import Any

import discord

from bot.channels.discord.controls import Place, Row, button, control_id, view
from bot.channels.discord.delivery import deliver
from bot.channels.discord.faults import Refusal, described, log
from bot.channels.discord.markdown import cut, escaped, fitting, one_line
from bot.channels.discord.messages import Interaction, acknowledge, open_form, respond, say
from bot.channels.discord.render import MAX_CONTENT, MAX_DESCRIPTION
from bot.errors import UserError
from bot.journal.polls import Polls, RunningPoll, new_key
from bot.knowledge.poll_model import MAX_CLOSED_QUESTION, MAX_POLL_ANSWER, PollFile
from bot.poll import Outcome, as_markdown, file_name, heading, outcome, results

MAX_OPEN_ANSWER = 500
VOTING = timedelta(days=7)
COUNTING_PAUSES = (0.3, 0.7, 1.5, 3.0)
"""Seconds before looking again whether Discord has counted the votes."""

NO_POLL = "Für dieses Wissen ist keine Umfrage hinterlegt; sie steht in der Datei umfrage.yaml."
NOT_HERE = "Eine Umfrage gibt es nur in einem Kanal auf einem Server."
NO_STORE = "Hier wird nichts aufgehoben, weil das Journal abgeschaltet ist; eine Umfrage braucht es für die Antworten."
MAY_NOT_START = "Eine Umfrage darf hier nur starten, wer im Kanal selbst schreiben und Umfragen erstellen darf."
MAY_NOT_END = "Beenden kann diese Umfrage nur, wer sie gestartet hat oder hier Nachrichten verwalten darf."
BUSY = "Einen Moment bitte, hier wird gerade eine Umfrage gestartet oder beendet."
ENDED = "Diese Umfrage ist schon beendet."
EMPTY = "Sie haben nichts eingetragen. Es bleibt alles, wie es war."
STARTED = "Die Umfrage läuft. Ihr Ergebnis bekommen alle im Kanal, sobald Sie oder die Moderation sie beenden."
RUNNING = "In diesem Kanal läuft schon eine Umfrage: {}"
THANKS = (
    "Danke, Ihre Antworten sind ohne Ihren Namen gespeichert. Solange die Umfrage läuft, können Sie sie noch ändern."
)
REPLACED = "Danke, Ihre neuen Antworten haben die früheren ersetzt."
FINISHED = "Die Umfrage ist beendet; das Ergebnis steht jetzt im Kanal."
CLOSED = "Diese Umfrage ist beendet; das Ergebnis steht weiter unten."
SEE_FILE = "… und {} weitere Zeilen; alle stehen in der Datei"
TYPED = "Damit nichts verloren geht, hier noch einmal, was Sie geschrieben haben:"
FORBIDDEN = "Mir fehlt in diesem Kanal ein Recht: {}. Bitte wenden Sie sich an die Verwaltung dieses Servers."

_RIGHTS = {
    "view_channel": "Kanal ansehen",
    "send_messages": "Nachrichten senden",
    "send_polls": "Umfragen erstellen",
    "read_message_history": "Nachrichtenverlauf anzeigen",
    "attach_files": "Dateien anhängen",
}
_UNNAMED = "eines von " + ", ".join(f"„{name}“" for name in _RIGHTS.values())


async def start(interaction: Interaction) -> None:
    """Begin a poll in the channel, or lead to the one that runs there."""
    polls, questions = _polls(interaction), interaction.client.desk.shelf.bundle.knowledge.poll
    channel = interaction.channel_id
    if channel is None or interaction.guild_id is None:
        raise Refusal(NOT_HERE)
    if questions is None:
        raise Refusal(NO_POLL)
    with _alone(interaction, channel):
        if running := await asyncio.to_thread(polls.in_channel, channel):
            await _lead_to(interaction, running)
            return
        if not (_writes(interaction, interaction.permissions) and interaction.permissions.send_polls):
            raise Refusal(MAY_NOT_START)
        _check_rights(interaction, _RIGHTS)
        await acknowledge(interaction, ephemeral=True, thinking=True)
        await _begin(interaction, polls, channel, questions)
    await say(interaction, STARTED)


async def _begin(interaction: Interaction, polls: Polls, channel: int, questions: PollFile) -> None:
    """Send both messages of a poll and keep it; where one of that fails, nothing of it stays."""
    place, key = _place(interaction, channel), new_key()
    sent: list[discord.Message] = []
    rows = [[_answer_button(key), _end_button(key, interaction.user.id)]]
    messages: tuple[dict[str, Any], ...] = (
        {"poll": _native(questions)},
        {"content": panel_text(questions), "view": view(rows)},
    )
    try:
        for number, message in enumerate(messages):
            if found := await deliver(partial(place.send, nonce=f"{key}-{number}", **message)):
                sent.append(found)
        vote, panel = (message.id for message in sent)
        if not await asyncio.to_thread(polls.start, key, channel, vote, panel, questions):
            raise Refusal(BUSY)
    except Exception as error:
        for gone in sent:
            with suppress(discord.HTTPException):
                await gone.delete()
        if isinstance(error, discord.Forbidden):
            raise Refusal(FORBIDDEN.format(_UNNAMED)) from None
        raise


def _native(questions: PollFile) -> discord.Poll:
    closed = questions.closed
    native = discord.Poll(one_line(closed.question, MAX_CLOSED_QUESTION), VOTING)
    for answer in closed.answers:
        native.add_answer(text=one_line(answer, MAX_POLL_ANSWER))
    return native


def panel_text(questions: PollFile) -> str:
    """What stands above the buttons of a poll."""
    listed = "\n".join(f"• {escaped(question.question)}" for question in questions.open)
    return (
        f"**{escaped(questions.title)}**\n"
        f"Oben stimmen Sie mit einem Klick ab, höchstens {VOTING.days} Tage lang; dort zeigt Discord, wer wie gestimmt"
        f" hat. Die offenen Fragen beantworten Sie in eigenen Worten und ohne Ihren Namen:\n{listed}\n"
        "Bitte nennen Sie keine Namen und keine anderen persönlichen Angaben. Eine zweite Antwort ersetzt Ihre erste."
        " Beenden kann die Umfrage, wer sie gestartet hat oder hier Nachrichten verwalten darf; dann bekommen alle im"
        " Kanal das Ergebnis."
    )


async def _lead_to(interaction: Interaction, poll: RunningPoll) -> None:
    """Tell where the poll of this channel stands, with its buttons in case its message is gone."""
    link = f"https://discord.com/channels/{interaction.guild_id}/{poll.channel}/{poll.panel}"
    row: Row = [_answer_button(poll.key)]
    if interaction.permissions.manage_messages:
        row = [*row, _end_button(poll.key)]
    await respond(interaction, Place.PRIVATE, [row], content=RUNNING.format(link))


async def ask(interaction: Interaction, key: str) -> None:
    """Open the form with the open questions, filled with what this person wrote before."""
    polls = _polls(interaction)
    poll = await _running(polls, key)
    before = await asyncio.to_thread(polls.answer_of, poll, interaction.user.id)
    await open_form(interaction, PollModal(poll, before))


class PollModal(discord.ui.Modal):
    """Asks the open questions of a poll; each may be left empty."""

    def __init__(self, poll: RunningPoll, before: Sequence[str]) -> None:
        super().__init__(title="Umfrage", custom_id=control_id("poll", poll.key))
        for number, question in enumerate(poll.questions.open):
            field: Any = discord.ui.TextInput(
                custom_id=f"open-{number}",
                style=discord.TextStyle.long,
                required=False,
                max_length=MAX_OPEN_ANSWER,
                # A mark can be longer than what it hides.
                default=cut(before[number], MAX_OPEN_ANSWER) or None if before else None,
            )
            self.add_item(discord.ui.Label(text=question.label, description=question.question, component=field))
        self.stop()


async def take(interaction: Interaction, key: str, fields: dict[str, str]) -> None:
    """Keep what someone wrote into the form; where that cannot be, give it back to them."""
    typed = [text for _, text in sorted(fields.items())]
    if not any(typed):
        raise Refusal(EMPTY)
    try:
        replaced = await asyncio.to_thread(_polls(interaction).answer, key, interaction.user.id, typed)
        if replaced is None:
            raise Refusal(ENDED)
    except UserError as refusal:
        own = discord.Embed(description=cut("\n\n".join(map(escaped, filter(None, typed))), MAX_DESCRIPTION))
        await respond(interaction, Place.PRIVATE, content=f"{refusal} {TYPED}", embed=own)
        return
    await say(interaction, REPLACED if replaced else THANKS)


async def end(interaction: Interaction, key: str, starter: str = "") -> None:
    """End a poll for whoever may: everyone gets the outcome, then everything kept of it is deleted."""
    if str(interaction.user.id) != starter and not interaction.permissions.manage_messages:
        raise Refusal(MAY_NOT_END)
    polls, desk = _polls(interaction), interaction.client.desk
    with _alone(interaction, interaction.channel_id or 0):
        poll = await _running(polls, key)
        _check_rights(interaction, ("view_channel", "send_messages", "attach_files"))
        await acknowledge(interaction, ephemeral=True, thinking=True)
        place = _place(interaction, poll.channel)
        votes = await _votes(place.get_partial_message(poll.vote), len(poll.questions.closed.answers))
        told = outcome(poll.questions, desk.today(), votes, await asyncio.to_thread(polls.forms, poll))
        try:
            await deliver(partial(_publish, place, poll, told))
        except discord.Forbidden:
            raise Refusal(FORBIDDEN.format(_UNNAMED)) from None
        await asyncio.to_thread(polls.end, key)
    with suppress(discord.HTTPException):
        await place.get_partial_message(poll.panel).edit(content=CLOSED, view=None)
    await say(interaction, FINISHED)


async def _votes(message: discord.PartialMessage, answers: int) -> list[int] | None:
    """The votes for each answer once Discord has counted them; None where they cannot be read."""
    with suppress(discord.HTTPException):  # its days may be over
        await message.end_poll()
    found: discord.Message | None = None
    try:
        for pause in COUNTING_PAUSES:
            found = await message.fetch()
            if found.poll is None or found.poll.is_finalised():
                break
            await asyncio.sleep(pause)
    except discord.HTTPException as error:
        log.warning("Umfrage: Abstimmung nicht lesbar: %s", described(error))
    if found is None or found.poll is None:
        return None
    counted = {answer.id: answer.vote_count for answer in found.poll.answers}
    return [counted.get(number, 0) for number in range(1, answers + 1)]


async def _publish(place: discord.PartialMessageable, poll: RunningPoll, told: Outcome) -> discord.Message:
    # A file is read while it is sent, so every attempt needs one of its own.
    file = discord.File(io.BytesIO(as_markdown(told).encode()), file_name(told))
    return await place.send(outcome_text(told), file=file, nonce=f"{poll.key}-end")


def outcome_text(told: Outcome) -> str:
    """What everyone reads of the outcome, as far as a message holds it."""
    lines = [f"**{escaped(heading(told))}**"]
    for question, answers in results(told):
        lines += [f"**{escaped(question)}**", *(f"• {escaped(answer)}" for answer in answers)]
    return fitting(lines, MAX_CONTENT, SEE_FILE)


@contextmanager
def _alone(interaction: Interaction, channel: int) -> Iterator[None]:
    """Let nobody else start or end a poll in this channel meanwhile."""
    busy = interaction.client.desk.busy_polls
    if channel in busy:
        raise Refusal(BUSY)
    busy.add(channel)
    try:
        yield
    finally:
        busy.discard(channel)


def _polls(interaction: Interaction) -> Polls:
    polls = interaction.client.desk.polls
    if polls is None:
        raise Refusal(NO_STORE)
    return polls


async def _running(polls: Polls, key: str) -> RunningPoll:
    poll = await asyncio.to_thread(polls.find, key)
    if poll is None:
        raise Refusal(ENDED)
    return poll


def _check_rights(interaction: Interaction, needed: Iterable[str]) -> None:
    """Refuse where the bot lacks a right here, and say which."""
    own = interaction.app_permissions
    there = {"send_messages": _writes(interaction, own)}
    missing = [_RIGHTS[right] for right in needed if not there.get(right, getattr(own, right))]
    if missing:
        raise Refusal(FORBIDDEN.format(", ".join(f"„{name}“" for name in missing)))


def _writes(interaction: Interaction, rights: discord.Permissions) -> bool:
    in_thread = isinstance(interaction.channel, discord.Thread)
    return rights.send_messages_in_threads if in_thread else rights.send_messages


def _place(interaction: Interaction, channel: int) -> discord.PartialMessageable:
    return interaction.client.get_partial_messageable(channel, guild_id=interaction.guild_id)


def _answer_button(key: str) -> discord.ui.Item[Any]:
    return button("Offene Fragen beantworten", control_id("poll-answer", key), discord.ButtonStyle.primary)


def _end_button(key: str, starter: int | str = "") -> discord.ui.Item[Any]:
    """Who started it stands in the button alone: nothing on the disk says so."""
    return button("Umfrage beenden", control_id("poll-end", key, starter))

"""The flash poll: who may start and end it, whose answers count, what everyone gets, and what is left of it."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from bot.channels.discord.poll import outcome_text, panel_text
from bot.knowledge import KnowledgeBase
from bot.knowledge.poll_model import ClosedQuestion, OpenQuestion, PollFile
from bot.poll import outcome

from ...discord_double import Result, User
from ...discord_double.messages import Message
from ...discord_double.world import Channel
from .conftest import Stage

ANSWER, END = "Offene Fragen beantworten", "Umfrage beenden"
WITH, NEXT, HARD = "Aufgaben und Beteiligte", "Nächste Schritte und Bedarf", "Schwierigkeiten"
TALKING = "Wir sprechen schon mit anderen"


@pytest.fixture
def channel(stage: Stage) -> Channel:
    """A channel without a poll."""
    found = stage.double.channel("fragen")
    assert not stored(stage)
    return found


def stored(stage: Stage) -> list[tuple[object, ...]]:
    """Everything that is kept of polls."""
    if not stage.journal.exists():
        return []
    with closing(sqlite3.connect(stage.journal)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        found: list[tuple[object, ...]] = []
        for table in sorted(tables & {"polls", "poll_answers"}):
            found += connection.execute(f"SELECT * FROM {table}").fetchall()
        return found


def on_disk(stage: Stage) -> bytes:
    """The bytes of the journal, of what waits to be written into it too."""
    return b"".join(path.read_bytes() for path in stage.journal.parent.glob("journal.sqlite*"))


async def begun(someone: User, channel: Channel) -> tuple[Message, Message]:
    """The vote and the panel of a poll that someone starts."""
    told = await someone.slash("umfrage", channel=channel)
    assert told.ephemeral and "Die Umfrage läuft" in told.text
    vote, panel = [message for message in channel.history if not message.ephemeral][-2:]
    return vote, panel


async def answers(someone: User, panel: Message | Result, **texts: str) -> str:
    """What someone is told who fills in the form."""
    names = {"who": WITH, "next": NEXT, "hard": HARD}
    form = await someone.click(panel, ANSWER)
    told = await someone.submit(form, {names[key]: text for key, text in texts.items()})
    assert told.ephemeral
    return told.text


def result_in(channel: Channel) -> Message:
    return [message for message in channel.history if not message.ephemeral][-1]


async def test_from_the_start_to_the_file(stage: Stage, anna: User, channel: Channel) -> None:
    berta, clara = stage.someone(), stage.someone()
    vote, panel = await begun(anna, channel)
    assert vote.poll and len(vote.poll["answers"]) == 7 and not vote.poll["allow_multiselect"]
    assert panel.buttons == [ANSWER, END]
    assert "ohne Ihren Namen" in panel.text and "Discord, wer wie gestimmt" in panel.text
    anna.votes(vote, TALKING)
    berta.votes(vote, TALKING)
    clara.votes(vote, "Das ist bei uns noch kein Thema")
    clara.votes(vote, "Wir denken darüber nach")
    assert "gespeichert" in await answers(anna, panel, who="Nur der Bauhof.", hard="Die *Zeit*\nfehlt @everyone.")
    assert "gespeichert" in await answers(berta, panel, who="Erika: e.muster@example.org")
    form = await berta.click(panel, ANSWER)
    assert form.modal and "example.org" not in str(form.modal.data)
    assert "Erika" in str(form.modal.fields[WITH]["value"])  # what was written before can be changed
    told = await berta.submit(form, {WITH: "Alle Ämter.", NEXT: "Partner suchen."})
    assert "ersetzt" in told.text

    assert "Ergebnis steht jetzt" in (await anna.click(panel, END)).text
    shown = result_in(channel)
    ((name, data),) = shown.files.items()
    assert name.startswith("umfrage-") and name.endswith(".md")
    file = data.decode()
    assert file.startswith("# Blitzumfrage zur Aufgabenteilung zwischen Kommunen\n\nDatum: ")
    assert file.count("\n## Frage: ") == 4
    for line in (f"{TALKING}: 2 Stimmen", "Wir denken darüber nach: 1 Stimme", "Alle Ämter.", "Nur der Bauhof."):
        assert f"\n- {line}\n" in file
    assert "\n- Die *Zeit* fehlt [Erwähnung].\n" in file
    assert "Erika" not in file and "Das ist bei uns noch kein Thema: 0 Stimmen" in file
    assert "2 Personen" in shown.text and f"{TALKING}: 2 Stimmen" in shown.text
    assert r"\*Zeit\*" in shown.text and not shown.pings
    assert anna.name not in file + shown.text and anna.id not in file + shown.text

    assert panel.buttons == [] and "beendet" in panel.text
    assert vote.poll["results"]["is_finalized"]
    assert stored(stage) == []
    for text in ("Bauhof", "Partner suchen"):
        assert text.encode() not in on_disk(stage)


async def test_who_answered_stands_nowhere_on_the_disk(stage: Stage, anna: User, channel: Channel) -> None:
    _, panel = await begun(anna, channel)
    await answers(anna, panel, who="Wir. Frau Meier macht es.")
    kept = on_disk(stage)
    assert b"Wir. Frau [Name] macht es." in kept
    for account in (anna.id, f"{int(anna.id):x}", anna.name, "Meier"):
        assert account.encode() not in kept
    assert not any(int(anna.id) in row for row in stored(stage))
    await anna.click(panel, END)


@pytest.mark.slow
async def test_both_go_on_after_a_restart(stage: Stage, anna: User, channel: Channel) -> None:
    berta = stage.someone()
    vote, panel = await begun(anna, channel)
    await answers(anna, panel, who="Vorher.")
    form = await berta.click(panel, ANSWER)  # stays open over the restart
    stage.edit("umfrage.yaml", lambda text: text.replace("label: Schwierigkeiten", "label: Anders"))
    await stage.restart()
    stage.edit("umfrage.yaml", lambda text: text.replace("label: Anders", "label: Schwierigkeiten"))
    assert "gespeichert" in (await berta.submit(form, {WITH: "Nachher."})).text
    assert "ersetzt" in await answers(anna, panel, who="Doch anders.", hard="Zeit.")
    berta.votes(vote, TALKING)
    await anna.click(panel, END)
    file = next(iter(result_in(channel).files.values())).decode()
    assert "Nachher." in file and "Doch anders." in file and "Vorher." not in file
    assert f"{TALKING}: 1 Stimme" in file
    await stage.restart()


async def test_many_may_answer_at_once(stage: Stage, anna: User, channel: Channel) -> None:
    people = [stage.someone() for _ in range(12)]
    vote, panel = await begun(anna, channel)
    for person in people:
        person.votes(vote, TALKING)
    told = await asyncio.gather(*(answers(one, panel, who=f"Amt {n}") for n, one in enumerate(people)))
    assert all("gespeichert" in text for text in told)
    await anna.click(panel, END)
    file = next(iter(result_in(channel).files.values())).decode()
    assert f"{TALKING}: 12 Stimmen" in file
    assert [f"\n- Amt {n}\n" in file for n in range(12)] == [True] * 12
    assert "12 Personen" in result_in(channel).text


async def test_only_the_starter_and_moderators_end_it(stage: Stage, anna: User, channel: Channel) -> None:
    moderator = stage.someone(permissions="manage_messages")
    _, panel = await begun(anna, channel)
    refused = await stage.someone().click(panel, END)
    assert refused.ephemeral and "nur, wer sie gestartet hat" in refused.text and panel.buttons == [ANSWER, END]
    assert "beendet" in (await moderator.click(panel, END)).text
    assert "0 Personen" in result_in(channel).text and "niemand" in result_in(channel).text


async def test_a_channel_has_one_poll_and_another_channel_its_own(stage: Stage, anna: User, channel: Channel) -> None:
    other = stage.double.channel("verwaltung")
    moderator = stage.someone(permissions="manage_messages")
    _, panel = await begun(anna, channel)
    before = len(channel.history)
    again = await stage.someone().slash("umfrage", channel=channel)
    assert again.ephemeral and "läuft schon" in again.text and panel.id in again.text
    assert again.buttons == [ANSWER]
    assert [m for m in channel.history[before:] if not m.ephemeral] == []
    _, second = await begun(anna, other)
    await answers(anna, second, who="Dort.")
    # The panel may be deleted: then the command leads to its buttons.
    await moderator.deletes(panel)
    found = await moderator.slash("umfrage", channel=channel)
    assert "gespeichert" in await answers(moderator, found, who="Hier.")
    await moderator.click(found, END)
    file = next(iter(result_in(channel).files.values())).decode()
    assert "Hier." in file and "Dort." not in file
    await anna.click(second, END)


async def test_two_who_start_or_end_at_once_make_one_of_it(stage: Stage, anna: User, channel: Channel) -> None:
    berta = stage.someone()
    before = len(channel.history)
    told = await asyncio.gather(anna.slash("umfrage", channel=channel), berta.slash("umfrage", channel=channel))
    assert sum("Die Umfrage läuft" in one.text for one in told) == 1, [one.text for one in told]
    public = [message for message in channel.history[before:] if not message.ephemeral]
    assert len(public) == 2
    moderator = stage.someone(permissions="manage_messages")
    panel = public[1]
    ended = await asyncio.gather(moderator.click(panel, END), moderator.click(panel, END))
    assert sum("jetzt im Kanal" in one.text for one in ended) == 1, [one.text for one in ended]
    assert sum(bool(message.files) for message in channel.history[before:]) == 1


async def test_what_was_written_too_late_or_not_at_all(stage: Stage, anna: User, channel: Channel) -> None:
    _, panel = await begun(anna, channel)
    form, empty = await anna.click(panel, ANSWER), await anna.click(panel, ANSWER)
    assert "nichts eingetragen" in (await anna.submit(empty, {})).text
    await anna.click(panel, END)
    late = await anna.submit(form, {WITH: "Das *kam* zu spät."})
    assert late.ephemeral and "schon beendet" in late.text and r"Das \*kam\* zu spät." in late.text
    assert stored(stage) == []


async def test_old_buttons_of_an_ended_poll_say_so(stage: Stage, anna: User, channel: Channel) -> None:
    _, panel = await begun(anna, channel)
    shown = await anna.slash("umfrage", channel=channel)
    await anna.click(panel, END)
    assert "schon beendet" in (await anna.click(shown, ANSWER)).text
    await begun(anna, channel)
    assert "schon beendet" in (await anna.click(shown, ANSWER)).text  # nor does it reach the next one
    moderator = stage.someone(permissions="manage_messages")
    await moderator.click(await moderator.slash("umfrage", channel=channel), END)


async def test_a_right_that_is_missing_is_named(stage: Stage, anna: User, channel: Channel) -> None:
    channel.writable = False
    before = len(channel.history)
    refused = await anna.slash("umfrage", channel=channel)
    assert refused.ephemeral and "„Nachrichten senden“" in refused.text
    channel.writable = True
    assert len(channel.history) == before + 1 and stored(stage) == []


@pytest.mark.parametrize("which", [0, 1])
async def test_where_discord_forbids_a_message_nothing_is_left(
    stage: Stage, anna: User, channel: Channel, which: int
) -> None:
    before = len(channel.history)
    route = f"POST /channels/{channel.id}/messages"
    if which:
        stage.double.faults.slow(route, 0.0)
    stage.double.faults.fail(route, code=50013)
    refused = await anna.slash("umfrage", channel=channel)
    assert refused.ephemeral and "fehlt in diesem Kanal ein Recht" in refused.text
    assert [m for m in channel.history[before:] if not m.ephemeral and not m.deleted] == []
    assert stored(stage) == []
    stage.double.faults.clear()


async def test_answers_survive_an_end_that_failed(stage: Stage, anna: User, channel: Channel) -> None:
    vote, panel = await begun(anna, channel)
    await answers(anna, panel, who="Bleibt da.")
    anna.votes(vote, TALKING)
    stage.double.faults.fail(f"POST /channels/{channel.id}/messages", code=50013)
    assert "fehlt in diesem Kanal ein Recht" in (await anna.click(panel, END)).text
    stage.double.faults.fail(f"GET /channels/{channel.id}/messages/{vote.id}", code=50001)
    await anna.click(panel, END)
    file = next(iter(result_in(channel).files.values())).decode()
    assert "- Bleibt da." in file and "ließ sich nicht lesen" in file
    stage.double.faults.clear()


async def test_a_deleted_vote_does_not_keep_the_poll_from_ending(stage: Stage, anna: User, channel: Channel) -> None:
    vote, panel = await begun(anna, channel)
    await answers(anna, panel, hard="Zeit.")
    await stage.someone(permissions="manage_messages").deletes(vote)
    await anna.click(panel, END)
    assert "- Zeit." in next(iter(result_in(channel).files.values())).decode()


async def test_a_click_that_expired_does_no_harm(stage: Stage, anna: User, channel: Channel) -> None:
    _, panel = await begun(anna, channel)
    stage.double.faults.fail("POST /interactions/*/callback", code=10062)
    usual, stage.double.state.deadline = stage.double.state.deadline, 0.5
    assert (await anna.click(panel, END)).kind == "failed"
    stage.double.state.deadline = usual
    assert panel.buttons == [ANSWER, END]
    assert "gespeichert" in await answers(anna, panel, who="Danach.")
    await anna.click(panel, END)
    assert "Danach." in result_in(channel).text
    stage.double.faults.clear()


async def test_in_a_direct_message_it_is_not_offered(stage: Stage, anna: User) -> None:
    assert anna.offered("umfrage") and not anna.offered("umfrage", anna.dm)


async def test_an_english_client_knows_it_as_poll(stage: Stage) -> None:
    assert stage.someone(locale="en-GB").offered("poll")


@pytest.mark.slow
async def test_without_a_journal_or_a_file_it_says_why(stage: Stage, anna: User) -> None:
    file = stage.folder / "umfrage.yaml"
    for journal, kept, says in (
        ("aus", file.read_bytes(), "das Journal abgeschaltet"),
        (str(stage.journal), b"", "keine Umfrage"),
    ):
        original = file.read_bytes()
        file.write_bytes(kept) if kept else file.unlink()
        await stage.bot.stop()
        await stage.start(journal=journal)
        told = await anna.slash("umfrage")
        assert told.ephemeral and says in told.text
        file.write_bytes(original)
    await stage.restart()


def test_the_longest_poll_fits() -> None:
    closed = ClosedQuestion(question="*" * 300, answers=("_" * 55, "*" * 55))
    longest = PollFile(title="*" * 100, closed=closed, open=(OpenQuestion(label="x" * 45, question="*" * 100),) * 5)
    assert len(panel_text(longest)) <= 2000
    told = outcome(longest, date(2026, 11, 25), [5, 0], [["*" * 500] * 5] * 30)
    text = outcome_text(told)
    assert len(text) <= 2000 and text.endswith("weitere Zeilen; alle stehen in der Datei")


def test_the_shipped_poll_asks_one_closed_and_three_open_questions(knowledge: KnowledgeBase) -> None:
    assert knowledge.poll and len(knowledge.poll.open) == 3

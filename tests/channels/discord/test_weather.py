"""Bad weather between the bot and Discord: nothing is lost, nothing comes twice, and each fault is one line."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.channels.discord.cooldown import BURST

from ...discord_double import Double, User
from .conftest import Stage, copied_knowledge

pytestmark = pytest.mark.slow


FIRST = "Wie heißt die erste Probe mit Quastenflosser?"
ANSWER = "Quastenflosser Eins"
CALLBACK = "POST /interactions/*/callback"
MESSAGE = "POST /channels/*/messages"


@pytest.fixture(autouse=True)
def no_faults_left(stage: Stage) -> None:
    stage.double.faults.clear()


def new_lines(stage: Stage, before: str) -> list[str]:
    """What the bot wrote to its log since then; every event is one line."""
    lines = stage.bot.stderr[len(before) :].splitlines()
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [A-Z]+ [\w.-]+: ", line) for line in lines), lines
    return lines


Fault = Callable[[Double, str], object]
FAULTS: dict[str, Fault] = {
    "429 everywhere": lambda double, route: double.faults.rate_limit(route, retry_after=0.1, everywhere=True),
    "429": lambda double, route: double.faults.rate_limit(route, retry_after=0.1),
    "500": lambda double, route: double.faults.fail(route, status=500),
    "502": lambda double, route: double.faults.fail(route, status=502),
    "503": lambda double, route: double.faults.fail(route, status=503),
    "cut before": lambda double, route: double.faults.cut(route),
    "cut after": lambda double, route: double.faults.cut(route, handled=True),
    "slow": lambda double, route: double.faults.slow(route, 0.5),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_a_command_is_answered_once_whatever_happens_to_the_answer(
    stage: Stage, anna: User, fault: Fault
) -> None:
    fault(stage.double, CALLBACK)
    reply = await anna.slash("frage", text=FIRST)
    assert reply.kind == "message" and ANSWER in reply.text
    await asyncio.sleep(0.3)
    assert len([message for message in anna.sees(anna.home) if message.ephemeral]) == 1


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_a_mention_is_answered_once_whatever_happens_to_the_answer(
    stage: Stage, anna: User, fault: Fault
) -> None:
    fault(stage.double, MESSAGE)
    reply = await anna.says(FIRST, mention_bot=True, timeout=6)
    assert ANSWER in reply.text
    await asyncio.sleep(0.3)
    assert len([message for message in anna.home.history if message.reply_to is reply.asked]) == 1


async def test_all_questions_are_answered_although_a_receipt_was_lost(stage: Stage, anna: User) -> None:
    stage.double.faults.cut(CALLBACK, handled=True)
    reply = await anna.slash("frage", text=f"{FIRST} Wie heißt die zweite Probe mit Schnabeltier?")
    await stage.double.until(lambda: len(reply.messages) == 2)
    assert [ANSWER in message.text for message in reply.messages] == [True, False]


async def test_an_expired_interaction_is_one_line(stage: Stage, anna: User) -> None:
    before = stage.bot.stderr
    stage.double.state.deadline = 0.5  # so that the person gives up sooner
    stage.double.faults.fail(CALLBACK, code=10062)
    assert (await anna.slash("frage", text=FIRST)).kind == "failed"
    assert [line for line in new_lines(stage, before) if "10062" in line] == new_lines(stage, before)[-1:]
    stage.double.state.deadline = 3.0
    assert ANSWER in (await anna.slash("frage", text=FIRST)).text


async def test_a_missing_permission_is_one_line(stage: Stage, anna: User) -> None:
    before = stage.bot.stderr
    stage.double.faults.fail(MESSAGE, code=50013, times=2)
    assert (await anna.says(FIRST, mention_bot=True, timeout=0.5)).kind == "silence"
    assert len(new_lines(stage, before)) == 2
    assert ANSWER in (await anna.says(FIRST, mention_bot=True)).text


@pytest.mark.parametrize("how", ["frage", "Zitat", "Formular", "Nachricht"])
async def test_a_failure_is_told_with_a_number_that_is_in_the_log(stage: Stage, anna: User, how: str) -> None:
    answer = await anna.slash("frage", text=FIRST)
    form = await anna.click(answer, "Nicht hilfreich")
    before = stage.bot.stderr
    stage.double.faults.fail(MESSAGE if how == "Nachricht" else CALLBACK, status=400, code=50035)
    match how:
        case "frage":
            told = await anna.slash("frage", text=FIRST)
        case "Zitat":
            told = await anna.click(answer, "Zitat")
        case "Formular":
            told = await anna.submit(form, {"reason": "Geheimes"})
        case _:
            told = await anna.says(FIRST, mention_bot=True)
    number = re.search(r"Nummer (\d{6})", told.text)
    assert number and "Fehler aufgetreten" in told.text
    lines = new_lines(stage, before)
    assert len(lines) == 1 and number[1] in lines[0]
    assert "Geheimes" not in lines[0] and "Quastenflosser" not in lines[0]


@pytest.mark.parametrize(
    "break_off",
    [
        lambda gateway: gateway.reconnect(),
        lambda gateway: gateway.drop(),
        lambda gateway: gateway.close(4000),
        lambda gateway: gateway.invalidate(resumable=True),
    ],
    ids=["reconnect", "drop", "4000", "invalid-resumable"],
)
async def test_what_is_said_while_the_line_is_down_is_answered_after_it(
    stage: Stage, anna: User, break_off: Callable[[object], None]
) -> None:
    before = stage.bot.stderr
    async with stage.double.gateway.expecting("RESUMED"):
        break_off(stage.double.gateway)
        asking = asyncio.create_task(anna.says(FIRST, mention_bot=True, timeout=10))
        commanding = asyncio.create_task(stage.someone().slash("frage", text=FIRST))
    assert ANSWER in (await asking).text
    assert ANSWER in (await commanding).text
    assert len([message for message in anna.home.history if message.reply_to is (await asking).asked]) == 1
    assert len(new_lines(stage, before)) <= 3


@pytest.mark.parametrize(
    "break_off",
    [
        lambda gateway: gateway.invalidate(resumable=False),
        lambda gateway: gateway.close(4007),
        lambda gateway: gateway.close(4009),
        lambda gateway: gateway.close(1000),
        lambda gateway: gateway.close(1001),
    ],
    ids=["invalid", "4007", "4009", "1000", "1001"],
)
async def test_a_lost_session_is_begun_anew(stage: Stage, anna: User, break_off: Callable[[object], None]) -> None:
    async with stage.double.gateway.expecting("READY"):
        break_off(stage.double.gateway)
    assert ANSWER in (await anna.slash("frage", text=FIRST)).text
    assert stage.double.registrations == ["PUT global"]  # nothing is registered again


async def test_a_gateway_that_is_away_for_a_while_is_found_again(stage: Stage, anna: User) -> None:
    stage.double.gateway.refuse = 3
    async with stage.double.gateway.expecting("READY", timeout=20):
        stage.double.gateway.drop()
    assert ANSWER in (await anna.slash("frage", text=FIRST)).text


async def test_one_persons_flood_is_cooled_down_and_others_are_not_slowed(stage: Stage, anna: User) -> None:
    flood = [asyncio.create_task(anna.slash("frage", text=FIRST)) for _ in range(3 * BURST)]
    other = await stage.someone().slash("frage", text=FIRST)
    replies = [await task for task in flood]
    assert ANSWER in other.text and other.ms is not None and other.ms < 1000
    assert sum(ANSWER in reply.text for reply in replies) in (BURST, BURST + 1)
    assert all("Einen Moment bitte" in reply.text and reply.ephemeral for reply in replies if ANSWER not in reply.text)


async def test_a_flood_of_mentions_gets_one_hint(stage: Stage, anna: User) -> None:
    asked = [asyncio.create_task(anna.says(FIRST, mention_bot=True, timeout=1)) for _ in range(2 * BURST)]
    await asyncio.gather(*asked)
    texts = [
        message.text for message in anna.home.history if message.reply_to and message.reply_to.author is anna.account
    ]
    assert sum("Einen Moment bitte" in text for text in texts) == 1
    assert sum(ANSWER in text for text in texts) in (BURST, BURST + 1)


async def test_a_locked_journal_delays_no_answer(stage: Stage, anna: User) -> None:
    await anna.slash("frage", text="Xylophonrabatt vorher?")
    await stage.recorded("unanswered", lambda r: r["question"] == "Xylophonrabatt vorher?")
    lock = sqlite3.connect(stage.journal, isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    reply = await anna.slash("frage", text="Xylophonrabatt trotzdem?")
    assert "weiß ich nichts" in reply.text and reply.ms is not None and reply.ms < 1000
    lock.execute("ROLLBACK")
    lock.close()


@pytest.fixture
async def quick(tmp_path: Path) -> AsyncIterator[Stage]:
    """A double whose connections need a heartbeat twice a second, and a bot that misses it after one."""
    async with Double(heartbeat_ms=500) as double:
        stage = Stage(double, copied_knowledge(tmp_path), tmp_path / "journal.sqlite")
        await double.start_bot(
            "discord",
            env={
                "DOUBLE_HEARTBEAT_TIMEOUT": "1",
                "IKZ_BOT_KNOWLEDGE": str(stage.folder),
                "IKZ_BOT_JOURNAL": str(stage.journal),
            },
        )
        yield stage


async def test_lost_heartbeats_are_noticed(quick: Stage) -> None:
    async with quick.double.gateway.expecting("RESUMED", timeout=20):
        quick.double.gateway.acks = False
        await asyncio.sleep(1.5)
        quick.double.gateway.acks = True
    assert ANSWER in (await quick.someone().slash("frage", text=FIRST)).text

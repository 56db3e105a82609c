"""What whoever keeps the knowledge is told in the admin channel, and whether the bot may write there."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable

import pytest

from bot.channels.discord.admin_channel import news_text, problems_text
from bot.channels.discord.render import MAX_CONTENT
from bot.knowledge import Problem
from bot.live import News
from bot.live.news import CALIBRATION, Changes

from ...conftest import ROOT
from ...discord_double import Message
from ...discord_double.process import LAUNCHER
from ...discord_double.world import Channel
from .conftest import SPARE, Stage

pytestmark = pytest.mark.slow


FIRST = "Wie heißt die erste Probe mit Quastenflosser?"
BROKEN = SPARE.replace("answer: Sie heißt Schnabeltier Zwei.", "anser: Nichts.")


@pytest.fixture
def channel(empty_stage: Stage) -> Channel:
    return empty_stage.double.channel("verwaltung")


@pytest.fixture
async def told(empty_stage: Stage, channel: Channel) -> AsyncIterator[Stage]:
    """A bot that was started with the admin channel."""
    await empty_stage.start(admin_channel=channel.id)
    yield empty_stage
    assert await empty_stage.bot.stop() == 0
    empty_stage.edit("probe.yaml", lambda _: SPARE)


def messages(stage: Stage, channel: Channel) -> list[Message]:
    return [one for one in stage.double.state.in_channel(channel) if one.author is stage.double.bot]


async def becomes(true: Callable[[], object], seconds: float = 15.0) -> None:
    for _ in range(round(seconds / 0.05)):
        if true():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"did not happen within {seconds} s")


async def test_a_mistake_and_its_end_are_told_once_each(told: Stage, channel: Channel) -> None:
    anna, before = told.someone(), len(messages(told, channel))
    told.edit("probe.yaml", lambda _: BROKEN)
    await becomes(lambda: len(messages(told, channel)) == before + 1)
    (message,) = messages(told, channel)[before:]
    assert message.text.startswith("Das Wissen hat 1 Fehler; das bisherige bleibt in Kraft.\nprobe.yaml:")
    assert "Meinten Sie „answer“?" in message.text and not message.pings
    assert "bleibt in Kraft. probe.yaml:" in told.bot.stderr
    assert "Quastenflosser Eins" in (await anna.slash("frage", text=FIRST)).text
    told.edit("probe.yaml", lambda text: f"# Das ist derselbe Fehler, nur weiter unten.\n{text}")
    await asyncio.sleep(2.5)
    assert len(messages(told, channel)) == before + 1
    told.edit("probe.yaml", lambda _: SPARE.replace("Eins.", "Neu.").replace("Quastenflosser Eins", "Quastenflosser"))
    await becomes(lambda: len(messages(told, channel)) == before + 2)
    mended = messages(told, channel)[-1].text
    assert mended.startswith(
        "Das Wissen ist wieder in Ordnung und gilt.\n**1 Eintrag geändert**\n• Wie heißt die erste"
    )
    assert "wieder in Ordnung" in told.bot.stderr
    assert CALIBRATION in mended  # the copy of the knowledge has an older calibration


async def test_a_save_that_went_well_is_in_the_log_only(told: Stage, channel: Channel) -> None:
    anna, before = told.someone(), len(messages(told, channel))
    told.edit("probe.yaml", lambda text: text.replace("Quastenflosser Eins", "Quastenflosser Live"))
    answers = []

    async def live() -> bool:
        answers.append((await told.someone().slash("frage", text=FIRST)).text)
        return "Quastenflosser Live" in answers[-1]

    for _ in range(200):
        if await live():
            break
        await asyncio.sleep(0.05)
    assert "Quastenflosser Live" in answers[-1]
    await becomes(lambda: "Neues Wissen gilt: 1 Eintrag geändert („Wie heißt die erste Probe" in told.bot.stderr)
    new = messages(told, channel)[before:]
    assert [one.text for one in new] in ([], [CALIBRATION])
    assert (await anna.type_option("frage", "text", "erste probe")).choices[0].value == "probe-eins"


async def test_what_could_not_be_sent_is_sent_after_the_next_connection(told: Stage, channel: Channel) -> None:
    before = len(messages(told, channel))
    refusal = told.double.faults.fail(f"POST /channels/{channel.id}/messages", code=50013)
    told.edit("probe.yaml", lambda _: BROKEN)
    await becomes(lambda: refusal.hits == 1)
    await becomes(lambda: "kam nicht in den Kanal aus „admin_channel“" in told.bot.stderr)
    assert len(messages(told, channel)) == before
    told.double.gateway.close(4009)  # the session is over, so that a new one begins
    await becomes(lambda: len(messages(told, channel)) == before + 1)


async def test_a_bot_that_may_not_write_there_says_so_at_the_start(empty_stage: Stage, channel: Channel) -> None:
    stage = empty_stage
    channel.writable = False
    try:
        await stage.start(admin_channel=channel.id)
        await becomes(lambda: "Im Kanal „verwaltung“ darf der Bot nicht schreiben." in stage.bot.stderr)
        assert "„Kanal ansehen“ und „Nachrichten senden“" in stage.bot.stderr
        assert "Quastenflosser" in (await stage.someone().slash("frage", text=FIRST)).text
        assert await stage.bot.stop() == 0
    finally:
        channel.writable = True


async def test_a_channel_that_does_not_exist_is_told_at_the_start(empty_stage: Stage) -> None:
    await empty_stage.start(admin_channel="123456789012345678")
    await becomes(lambda: "Den Kanal aus „admin_channel“ gibt es nicht." in empty_stage.bot.stderr)
    assert await empty_stage.bot.stop() == 0


async def doctor(stage: Stage, **env: str) -> str:
    settings = {
        "DOUBLE_REST": stage.double.rest_url,
        "DOUBLE_GATEWAY": stage.double.gateway.url,
        "IKZ_BOT_TOKEN": stage.double.token,
        "IKZ_BOT_KNOWLEDGE": str(stage.folder),
        "IKZ_BOT_JOURNAL": "aus",
        "PYTHONPATH": str(ROOT),
        **{f"IKZ_BOT_{name.upper()}": value for name, value in env.items()},
    }
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, str(LAUNCHER), "doctor"],
        env={**os.environ, **settings},
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == b""
    return f"{done.returncode}\n{done.stdout.decode()}"


async def test_the_doctor_looks_whether_the_bot_may_write_there(empty_stage: Stage, channel: Channel) -> None:
    stage = empty_stage
    fine = await doctor(stage, admin_channel=channel.id)
    assert fine.startswith("0\n") and "✓ Discord: Im Kanal aus „admin_channel“ darf der Bot schreiben." in fine
    channel.writable = False
    try:
        wrong = await doctor(stage, admin_channel=channel.id)
        assert wrong.startswith("1\n")
        assert "✗ Discord: Im Kanal „verwaltung“ darf der Bot nicht schreiben.\n  Bitte geben Sie ihm dort" in wrong
    finally:
        channel.writable = True
    assert "✗ Discord: Den Kanal aus „admin_channel“ gibt es nicht." in await doctor(
        stage, admin_channel="123456789012345678"
    )
    stage.double.faults.fail(f"GET /channels/{channel.id}", code=50001)
    assert "darf der Bot nicht sehen" in await doctor(stage, admin_channel=channel.id)
    unchecked = await doctor(stage, admin_channel=channel.id, token="x")
    assert "! Discord: Ohne gültiges Token lässt sich „admin_channel“ nicht prüfen." in unchecked
    refused = await doctor(stage, admin_channel=channel.id, token=stage.double.token.replace("double", "anders"))
    assert "! Discord: „admin_channel“ ist nicht geprüft: Discord lehnt das Token ab." in refused
    assert "admin_channel" not in await doctor(stage)


def test_a_message_never_breaks_the_limit_and_shows_everything_letter_by_letter() -> None:
    problems = [Problem(f"datei-{n}.yaml", n, "**Fett** @everyone. " * 10, "Bitte.") for n in range(60)]
    changes = Changes(tuple(f"*Frage* {n}?" * 20 for n in range(60)), (), ("Weg?",), ("Quellen",))
    for news in (
        News(changes, mended=False, problems=tuple(problems), outdated_calibration=True),
        News(changes, mended=True, problems=(), outdated_calibration=True),
    ):
        text = news_text(news)
        assert len(text) <= MAX_CONTENT and text.endswith(CALIBRATION) and "weitere\n" in text
        assert "**Fett**" not in text and "*Frage*" not in text
    assert len(problems_text(problems)) <= MAX_CONTENT
    assert news_text(News(changes, mended=False, problems=(), outdated_calibration=False)) == ""

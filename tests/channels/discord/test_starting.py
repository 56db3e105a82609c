"""Starting and ending: what is registered, what is missing, and what is left behind."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from ...discord_double import BotProcess, Double
from .conftest import Stage

pytestmark = pytest.mark.slow


FIRST = "Wie heißt die erste Probe mit Quastenflosser?"


async def refused(double: Double, *args: str, token: str | None = None, **env: str | None) -> BotProcess:
    """Start a bot that has to give up."""
    settings = {f"IKZ_BOT_{name.upper()}": value for name, value in env.items()}
    bot = await double.start_bot("discord", *args, token=token, env=settings, wait=False)
    assert await bot.exit_code(20) == 2
    return bot


def only_sentence(bot: BotProcess) -> str:
    """The last line on standard error; before it there may be lines of the log."""
    assert "Traceback" not in bot.stderr
    assert bot.stdout == ""
    return bot.stderr.rstrip().splitlines()[-1]


async def test_commands_are_registered_once_and_again_only_when_told(empty_stage: Stage) -> None:
    stage = empty_stage
    await stage.start()
    assert stage.double.registrations == ["PUT global"]
    names = [
        "frage",
        "einstieg",
        "themen",
        "begriff",
        "quelle",
        "hilfe",
        "datenschutz",
        "vorschlag",
        "umfrage",
        "zuletzt",
        "wissen",
        "Frage beantworten",
    ]
    names += ["zeitleiste", "spickzettel"]
    assert sorted(stage.double.commands()) == sorted(names)
    await stage.restart()
    assert stage.double.registrations == ["PUT global"]
    assert "bereits angemeldet" in stage.bot.stderr
    assert await stage.bot.stop() == 0
    await stage.start("--sync")
    assert stage.double.registrations == ["PUT global"] * 2
    assert await stage.bot.stop() == 0


async def test_a_command_of_another_version_is_told_to_be_gone(empty_stage: Stage) -> None:
    stage = empty_stage
    await stage.start()
    old = {"id": "1", "name": "antwort", "type": 1, "options": []}
    from ...discord_double.interactions import COMMAND, Interaction

    person = stage.someone()
    told = await person._interact(Interaction(COMMAND, person.account, person.home, old))
    assert told.ephemeral and "gibt es nicht mehr" in told.text
    assert await stage.bot.stop() == 0


async def test_a_test_server_gets_its_own_commands_once(empty_stage: Stage) -> None:
    stage, guild = empty_stage, empty_stage.double.guilds[0]
    for _ in range(2):
        await stage.start(guild=guild.id)
        assert "wissen" in stage.double.commands(guild)
        assert await stage.bot.stop() == 0
    assert [one for one in stage.double.registrations if "guild" in one] == ["PUT guild"]


async def test_a_server_that_refuses_the_commands_does_not_end_the_service(empty_stage: Stage) -> None:
    stage = empty_stage
    stage.double.faults.fail("GET /applications/*/guilds/*/commands*", code=50001)
    await stage.start(guild=stage.double.guilds[1].id)
    assert "applications.commands" in stage.bot.stderr
    assert "Quastenflosser Eins" in (await stage.someone().says(FIRST, mention_bot=True)).text
    assert await stage.bot.stop() == 0


@pytest.mark.parametrize("how", ["stop", "interrupt"])
async def test_it_ends_cleanly_with_the_last_answer(empty_stage: Stage, how: str) -> None:
    stage = empty_stage
    await stage.start()
    stage.double.faults.fail("POST /interactions/*/callback", status=503)  # the answer needs a second attempt
    asking = asyncio.create_task(stage.someone().slash("frage", text=FIRST))
    await stage.double.until(lambda: stage.double.requests[-1].path.endswith("/callback"))
    async with stage.double.gateway.expecting("CLOSED 1000"):
        assert await getattr(stage.bot, how)() == 0
    assert "Quastenflosser Eins" in (await asking).text
    assert stage.bot.stderr.rstrip().endswith("Beendet")


async def test_the_journal_is_written_to_its_end(empty_stage: Stage) -> None:
    stage = empty_stage
    await stage.start()
    person = stage.someone()
    await person.slash("frage", text="Xylophonrabatt?")
    await stage.recorded("unanswered", lambda r: r["question"] == "Xylophonrabatt?")
    lock = sqlite3.connect(stage.journal, isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    await person.slash("frage", text="Xylophonrabatt beim Ende?")
    stopping = asyncio.create_task(stage.bot.stop())
    await asyncio.sleep(0.5)
    lock.execute("ROLLBACK")
    lock.close()
    assert await stopping == 0
    assert any(record["question"] == "Xylophonrabatt beim Ende?" for record in stage.records("unanswered"))


async def test_it_ends_at_once_while_it_cannot_log_in(empty_stage: Stage) -> None:
    stage = empty_stage
    stage.double.faults.fail("GET /users/@me", status=503, times=1000)
    bot = await stage.double.start_bot("discord", env={"IKZ_BOT_JOURNAL": "aus"}, wait=False)
    for _ in range(200):
        if "nicht erreichbar" in bot.stderr:
            break
        await asyncio.sleep(0.05)
    assert "neuer Versuch in 1 s" in bot.stderr
    assert await bot.stop() == 0
    stage.double.faults.clear()


async def test_it_logs_in_as_soon_as_discord_is_there(empty_stage: Stage) -> None:
    stage = empty_stage
    stage.double.faults.fail("GET /users/@me", status=503)
    stage.double.faults.fail("GET /gateway/bot", status=503)
    await stage.start()
    assert stage.bot.stderr.count("nicht erreichbar") == 2
    assert "Quastenflosser Eins" in (await stage.someone().slash("frage", text=FIRST)).text
    assert await stage.bot.stop() == 0


async def test_a_missing_token_is_explained(empty_stage: Stage, tmp_path: Path) -> None:
    bot = await refused(empty_stage.double, token="")
    assert only_sentence(bot).startswith("Es fehlt der Token")


@pytest.mark.parametrize("token", ["falsch", "MTIzNDU2Nzg5MDEyMzQ1Njc4.falsch.falsch", "mit\u00fcmlaut", "a b"])
async def test_a_wrong_token_is_explained_and_never_shown(empty_stage: Stage, token: str) -> None:
    bot = await refused(empty_stage.double, token=token)
    assert only_sentence(bot).startswith("Discord lehnt den Token ab.")
    assert token not in bot.stderr.replace("falsch“", "")


@pytest.mark.parametrize(
    ("code", "says"), [(4004, "lehnt den Token ab"), (4014, "Intents"), (4013, "Intents"), (4011, "Code 4011")]
)
async def test_a_connection_that_is_refused_for_good_ends_the_service(empty_stage: Stage, code: int, says: str) -> None:
    stage = empty_stage
    bot = await stage.double.start_bot("discord", env={"IKZ_BOT_JOURNAL": "aus"})
    stage.double.gateway.close(code)
    assert await bot.exit_code() == 2
    assert says in only_sentence(bot)


async def test_a_missing_configuration_is_explained(empty_stage: Stage) -> None:
    bot = await refused(empty_stage.double, "--config", "fehlt.yaml")
    assert "fehlt.yaml“ gibt es nicht" in only_sentence(bot)
    bot = await refused(empty_stage.double, guild="abc")
    assert "IKZ_BOT_GUILD" in only_sentence(bot)


async def test_missing_knowledge_is_explained(empty_stage: Stage, tmp_path: Path) -> None:
    bot = await refused(empty_stage.double, knowledge=str(tmp_path / "fehlt"))
    assert "Diesen Ordner gibt es nicht." in only_sentence(bot)

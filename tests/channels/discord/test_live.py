"""Knowledge that is saved while the bot runs: everything on Discord follows, and no conversation is lost."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable

import pytest

from ...discord_double import User
from ...live.corruptions import corrupt, cut, link_in_a_circle, make_a_folder, nul, restore
from .conftest import SPARE, Stage

pytestmark = pytest.mark.slow


FIRST = "Wie heißt die erste Probe mit Quastenflosser?"
THIRD = """\
  - id: probe-drei
    question: Wie heißt die dritte Probe mit Wolpertinger?
    answer: Sie heißt Wolpertinger Drei.
    source: fachwerkstatt-2020
    events: [{date: 2030-05, precision: month, status: planned, label: Probelauf}]
"""


async def comes(ask: Callable[[], Awaitable[bool]], seconds: float = 20.0) -> None:
    """Ask until it is so."""
    end = asyncio.get_running_loop().time() + seconds
    while not await ask():
        assert asyncio.get_running_loop().time() < end
        await asyncio.sleep(0.05)


@pytest.fixture(autouse=True)
async def _whole_again(stage: Stage) -> None:
    """Every test begins with the knowledge as it was."""
    (stage.folder / "probe.yaml").write_text(SPARE, "utf-8")
    await comes(lambda: answered(stage, FIRST, "Quastenflosser Eins"))


async def answered(stage: Stage, question: str, text: str) -> bool:
    return text in (await stage.someone().slash("frage", text=question)).text


async def test_everything_shows_a_new_entry(stage: Stage, anna: User) -> None:
    before = await anna.slash("zeitleiste")
    stage.edit("probe.yaml", lambda text: text + THIRD)
    await comes(lambda: answered(stage, "Wie heißt die dritte Probe mit Wolpertinger?", "Wolpertinger Drei"))
    offered = await anna.type_option("frage", "text", "wolperting")
    assert [choice.value for choice in offered.choices] == ["probe-drei"]
    after = await anna.slash("zeitleiste")
    assert before.message and after.message
    assert "Probelauf" in str(after.message.attachments[0]["description"])
    assert before.message.files["zeitleiste.png"] != after.message.files["zeitleiste.png"]
    sheet = await anna.slash("spickzettel", thema="Probe")
    assert sheet.message and "Wolpertinger Drei" in str(sheet.message.attachments[1]["description"])
    topics = await anna.select(await anna.slash("themen"), ["Probe"])
    assert topics.message and "Wie heißt die dritte Probe mit Wolpertinger?" in topics.message.options
    status = await stage.someone(permissions="manage_guild").slash("wissen status")
    (stage.folder / "probe.yaml").unlink()
    await comes(lambda: _loaded_anew(stage, status.text))
    assert not (await anna.type_option("frage", "text", "wolperting")).choices


async def _loaded_anew(stage: Stage, before: str) -> bool:
    status = await stage.someone(permissions="manage_guild").slash("wissen status")
    return status.text.splitlines()[1] != before.splitlines()[1]


async def test_a_conversation_goes_on_with_the_entry_as_it_is_now(stage: Stage, anna: User) -> None:
    await anna.slash("frage", text=FIRST)
    stage.edit("probe.yaml", lambda text: text.replace("Quastenflosser Eins", "Quastenflosser Neu"))
    await comes(lambda: answered(stage, FIRST, "Quastenflosser Neu"))
    assert "Fachwerkstatt" in (await anna.slash("quelle")).text
    assert (await anna.type_option("frage", "text", "")).choices[0].value == "probe-eins"
    follow_up = await anna.slash("frage", text="Und wie heißt die zweite?")
    assert "Schnabeltier" in follow_up.text + " ".join(follow_up.buttons)


async def test_a_conversation_about_what_is_gone_begins_anew(stage: Stage, anna: User) -> None:
    told = await anna.slash("frage", text=FIRST)
    (stage.folder / "probe.yaml").unlink()

    async def gone() -> bool:
        return "Quastenflosser Eins" not in (await stage.someone().slash("frage", text=FIRST)).text

    await comes(gone)
    assert "Alle Quellen" in (await anna.slash("quelle")).text
    assert (await anna.slash("frage", text="Und warum?")).kind == "message"
    assert "gibt es nicht mehr" in (await anna.click(told, "Zitat")).text


async def test_whatever_is_done_to_the_files_answers_go_on(stage: Stage) -> None:
    whole = stage.folder.with_name("ganz")
    shutil.copytree(stage.folder, whole)
    files = sorted(path.name for path in stage.folder.glob("*.*"))
    probe = files.index("probe.yaml")
    for corruption in (cut, nul, link_in_a_circle, make_a_folder):
        corrupt(stage.folder, (corruption, probe, 50, b""))
        for _ in range(6):
            assert await answered(stage, FIRST, "Quastenflosser Eins")
            await asyncio.sleep(0.15)
        restore(stage.folder, whole)
    stage.folder.rename(stage.folder.with_name("weg"))
    await asyncio.sleep(2.0)
    assert await answered(stage, FIRST, "Quastenflosser Eins")
    stage.folder.with_name("weg").rename(stage.folder)
    stage.edit("probe.yaml", lambda text: text.replace("Quastenflosser Eins", "Quastenflosser Zurück"))
    await comes(lambda: answered(stage, FIRST, "Quastenflosser Zurück"))


@pytest.mark.parametrize("how", ["stop", "interrupt"])
async def test_it_ends_while_knowledge_is_being_loaded(stage: Stage, how: str) -> None:
    stage.edit("probe.yaml", lambda text: f"# {how}\n{text}")
    await asyncio.sleep(0.5)
    assert await getattr(stage.bot, how)() == 0
    assert stage.bot.stderr.rstrip().endswith("Beendet")
    await stage.start()


async def test_a_network_share_is_kept_up_with_too(stage: Stage) -> None:
    assert await stage.bot.stop() == 0
    await stage.start(network_share="ja")
    await asyncio.sleep(1.5)
    stage.edit("probe.yaml", lambda text: text.replace("Quastenflosser Eins", "Quastenflosser Netz"))
    await comes(lambda: answered(stage, FIRST, "Quastenflosser Netz"))

"""Loading the knowledge again and its status: for those who may, and never at the cost of the old knowledge."""

from __future__ import annotations

import asyncio
import json

import pytest
from click.testing import CliRunner

from bot.channels.discord.markdown import escaped
from bot.cli import cli
from bot.knowledge import KnowledgeError, load

from ...discord_double import User
from .conftest import SPARE, Stage

FIRST = "Wie heißt die erste Probe mit Quastenflosser?"


def head(stage: Stage) -> User:
    return stage.someone(permissions="manage_guild")


async def test_only_those_who_manage_the_server_are_offered_it(stage: Stage, anna: User) -> None:
    assert not anna.offered("wissen neu-laden")
    assert head(stage).offered("wissen neu-laden")
    assert not head(stage).offered("wissen status", channel=head(stage).dm)
    for command in ("wissen neu-laden", "wissen status"):
        refused = await anna.slash(command, anyway=True)
        assert refused.ephemeral and "Server verwalten" in refused.text


async def test_new_knowledge_is_in_force_at_once(stage: Stage) -> None:
    mayor = head(stage)
    stage.edit("probe.yaml", lambda text: text.replace("Quastenflosser Eins", "Quastenflosser Neu"))
    loaded = await mayor.slash("wissen neu-laden")  # does not wait until the save is noticed
    assert loaded.ephemeral and loaded.text.startswith("Das Wissen ist neu geladen.")
    assert "Quastenflosser Neu" in (await mayor.slash("frage", text=FIRST)).text
    stage.edit("probe.yaml", lambda _: SPARE)


async def test_broken_knowledge_is_explained_and_the_old_stays(stage: Stage) -> None:
    mayor = head(stage)
    await mayor.slash("wissen neu-laden")
    stage.edit("probe.yaml", lambda text: text.replace("answer: Sie heißt Schnabeltier Zwei.", "anser: Nichts."))
    told = await mayor.slash("wissen neu-laden")
    assert "das bisherige bleibt in Kraft" in told.text
    assert "probe.yaml:" in told.text and "Meinten Sie „answer“?" in told.text
    with pytest.raises(KnowledgeError) as error:
        load(stage.folder)
    checked = CliRunner().invoke(cli, ["check", "--knowledge", str(stage.folder)])
    for problem in error.value.problems:
        assert escaped(str(problem)) in told.text and str(problem) in checked.output
    assert "Quastenflosser Eins" in (await mayor.slash("frage", text=FIRST)).text
    stage.edit("probe.yaml", lambda _: SPARE)


async def test_questions_during_a_reload_are_answered(stage: Stage) -> None:
    mayor = head(stage)
    loading = asyncio.create_task(mayor.slash("wissen neu-laden"))
    people = [stage.someone() for _ in range(20)]
    replies = await asyncio.gather(*(person.slash("frage", text=FIRST) for person in people))
    assert all("Quastenflosser Eins" in reply.text for reply in replies)
    assert "neu geladen" in (await loading).text


async def test_the_status_counts_what_was_answered(stage: Stage) -> None:
    mayor = head(stage)
    await stage.restart()
    await mayor.slash("frage", text="erste probe quastenflosser")
    await mayor.slash("frage", text="Xylophonrabatt")
    status = await mayor.slash("wissen status")
    assert status.ephemeral
    assert "1 beantwortet, 0 mit Vorschlägen, 1 ohne Antwort" in status.text
    assert "Einträge in" in status.text and "Fassung" in status.text
    assert " ms" in status.text


async def test_what_a_check_would_find_is_told_with_new_knowledge(stage: Stage) -> None:
    mayor = head(stage)
    due = SPARE.replace(
        "answer: Sie heißt Schnabeltier Zwei.", "answer: Sie heißt Schnabeltier Zwei.\n    review_by: 2021"
    )
    stage.edit("probe.yaml", lambda _: due)
    loaded = await mayor.slash("wissen neu-laden")
    assert loaded.text.startswith("Das Wissen ist neu geladen.")
    assert "Dabei fällt auf:" in loaded.text and "war bis 2021 zu prüfen" in loaded.text
    checked = CliRunner().invoke(cli, ["check", "--json", "--knowledge", str(stage.folder)])
    (found,) = (
        one
        for one in json.loads(checked.stdout)["findings"]
        if one["code"] == "review" and one["entry"].startswith("probe")
    )
    assert escaped(f"{found['file']}:{found['line']}: {found['message']} Hinweis: {found['hint']}") in loaded.text
    stage.edit("probe.yaml", lambda _: SPARE)

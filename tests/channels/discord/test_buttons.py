"""The controls below an answer, and that they go on working: after a restart, a new name, a removal."""

from __future__ import annotations

import pytest

from ...discord_double import Result, User
from .conftest import SPARE, Stage

FIRST = "Wie heißt die erste Probe mit Quastenflosser?"
SECOND = "Wie heißt die zweite Probe mit Schnabeltier?"


@pytest.fixture
async def answer(stage: Stage, anna: User) -> Result:
    return await anna.slash("frage", text=FIRST)


async def test_a_related_entry_is_shown_to_the_one_who_wants_it(stage: Stage, anna: User, answer: Result) -> None:
    more = await anna.click(answer, SECOND)
    assert more.ephemeral and "Schnabeltier Zwei" in more.text
    assert SECOND not in more.buttons


async def test_an_answer_is_shared_without_what_was_asked(stage: Stage, anna: User) -> None:
    private = await anna.slash("frage", text="erste probe quastenflosser")
    shared = await anna.click(private, "Im Kanal teilen")
    assert not shared.ephemeral
    assert shared.message
    assert shared.message.content == f"Geteilt von {anna.account.mention}"
    assert "Quastenflosser Eins" in shared.text and "erste probe" not in shared.text
    berta = stage.someone()
    assert "nur löschen, wer" in (await berta.click(shared, "Löschen")).text
    await anna.click(shared, "Löschen")
    assert shared.message.deleted


async def test_the_quote_is_one_line_to_copy(stage: Stage, anna: User, answer: Result) -> None:
    quote = await anna.click(answer, "Zitat")
    assert quote.ephemeral
    opened, line, closed = quote.text.split("\n")
    assert (opened, closed) == ("```", "```")
    assert line.startswith("Sie heißt Quastenflosser Eins. (Quelle: ") and line.endswith("; Werkstatt, November 2020)")


async def test_a_helpful_answer_is_counted_once_for_each_person(stage: Stage, anna: User) -> None:
    question = "Probe mit Quastenflosser, erste?"
    public = await anna.says(question, mention_bot=True)
    assert "Danke" in (await anna.click(public, "Hilfreich")).text
    assert "habe ich schon" in (await anna.click(public, "Hilfreich")).text
    assert (await stage.someone().click(public, "Hilfreich")).text == "Danke für Ihre Rückmeldung."
    await stage.restart()  # everything is written
    votes = [vote for vote in stage.records("vote") if vote["question"] == question]
    assert [(vote["entry"], vote["helpful"]) for vote in votes] == [("probe-eins", 1)] * 2


async def test_an_unhelpful_answer_asks_for_a_reason_that_may_be_left_out(stage: Stage, anna: User) -> None:
    for reason in ("Das Datum fehlt, sagt Herr Meier.", ""):
        answer = await anna.slash("frage", text=FIRST)
        form = await anna.click(answer, "Nicht hilfreich")
        assert form.kind == "modal" and "freiwillig" in form.text
        assert "Danke" in (await anna.submit(form, {"reason": reason})).text
    record = await stage.recorded("vote", lambda r: "Datum fehlt" in (r["reason"] or ""))
    assert (record["entry"], record["helpful"], record["question"]) == ("probe-eins", 0, FIRST)
    assert "Meier" not in record["reason"]
    assert (await stage.recorded("vote", lambda r: r["helpful"] == 0 and not r["reason"]))["entry"] == "probe-eins"


async def test_nobody_is_named_in_the_journal(stage: Stage, anna: User) -> None:
    await anna.click(await anna.slash("frage", text=FIRST), "Hilfreich")
    await stage.restart()  # everything is written
    told = stage.journal.read_bytes()
    for account in (anna.account.id, anna.home.id, anna.home.guild.id if anna.home.guild else "", anna.name):
        assert account.encode() not in told


async def test_controls_and_open_forms_survive_a_restart(stage: Stage, anna: User) -> None:
    answer = await anna.slash("frage", text=FIRST)
    form = await anna.click(answer, "Nicht hilfreich")
    topics = await anna.slash("themen")
    await stage.restart()
    assert "Quelle:" in (await anna.click(answer, "Zitat")).text
    assert "Schnabeltier" in (await anna.click(answer, SECOND)).text
    assert FIRST in str((await anna.select(topics, ["Probe"])).message.options)  # type: ignore[union-attr]
    assert "Danke" in (await anna.submit(form, {"reason": "Nach dem Neustart"})).text
    await stage.recorded("vote", lambda r: r["reason"] == "Nach dem Neustart")


async def test_a_renamed_entry_is_found_and_a_removed_one_is_admitted(stage: Stage, anna: User) -> None:
    answer = await anna.slash("frage", text=FIRST)
    only_one = await anna.slash("frage", text=SECOND)
    topics = await anna.slash("themen")
    menu = await anna.select(topics, ["Probe"])
    renamed = SPARE[: SPARE.index("  - id: probe-zwei")].replace("    related: [probe-zwei]\n", "")
    renamed = renamed.replace("- id: probe-eins", "- id: probe-neu\n    former_ids: [probe-eins]")
    stage.edit("probe.yaml", lambda _: renamed)
    await stage.restart()
    assert "Quastenflosser Eins" in (await anna.click(answer, "Zitat")).text
    shared = await anna.click(answer, "Im Kanal teilen")
    assert "Quastenflosser Eins" in shared.text
    for gone in (
        await anna.click(only_one, "Zitat"),
        await anna.click(only_one, "Im Kanal teilen"),
        await anna.click(answer, SECOND),
        await anna.select(menu, [SECOND]),
    ):
        assert gone.ephemeral and "gibt es nicht mehr" in gone.text
    stage.edit("probe.yaml", lambda _: SPARE)
    await stage.restart()


async def test_a_button_of_another_version_says_so(stage: Stage, anna: User, answer: Result) -> None:
    assert answer.message
    row = answer.message.components[-1]["components"]
    for custom_id in ("ikz:frueher:probe-eins", "etwas ganz anderes", "ikz:page:probe", "ikz:quote"):
        row[0]["custom_id"] = custom_id
        told = await anna.click(answer, custom_id)
        assert told.kind == "message" and told.text, custom_id
    assert stage.double.unanswered == []

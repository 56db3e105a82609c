"""The timeline and the sheet on Discord."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from ...discord_double import User
from .conftest import Stage


def attached(result: object) -> dict[str, dict[str, object]]:
    return {one["filename"]: one for one in result.message.attachments}


async def test_the_timeline_comes_as_a_picture_with_a_text_for_who_does_not_see_it(stage: Stage, anna: User) -> None:
    shown = await anna.slash("zeitleiste")
    assert shown.kind == "message" and shown.ephemeral
    (picture,) = attached(shown).values()
    assert str(picture["description"]).startswith("Zeitleiste. Stand: November 2020 bis 2022. Was danach")
    assert "2016 (geschehen): Die Region nimmt am Wettbewerb" in str(picture["description"])
    assert len(str(picture["description"])) <= 1024
    assert shown.message and shown.message.files["zeitleiste.png"].startswith(b"\x89PNG")


async def test_everyone_sees_what_is_meant_for_everyone(stage: Stage, anna: User) -> None:
    bert = stage.someone()
    for command, options in (("zeitleiste", {}), ("spickzettel", {"thema": "zeit"})):
        shown = await anna.slash(command, öffentlich=True, **options)
        assert not shown.ephemeral and shown.message in bert.sees(anna.home)


async def test_two_people_at_once_get_the_same_picture(stage: Stage) -> None:
    await stage.restart()  # nothing is drawn yet
    people = [stage.someone() for _ in range(4)]
    shown = await asyncio.gather(*(person.slash("zeitleiste", channel=person.dm) for person in people))
    assert len({one.message.files["zeitleiste.png"] for one in shown if one.message}) == 1
    assert [one.kind for one in shown] == ["message"] * 4


async def test_a_sheet_comes_to_print_and_to_look_at(stage: Stage, anna: User) -> None:
    offered = await anna.type_option("spickzettel", "thema", "dauer")
    assert offered.choices[0].name == "Zeit und Dauer"
    made = await anna.slash("spickzettel", thema=offered.choices[0].value)
    assert made.ephemeral and "Spickzettel: Zeit und Dauer" in made.text
    files = attached(made)
    assert list(files) == ["spickzettel.pdf", "spickzettel.png"]
    assert "zwei bis drei Jahre" in str(files["spickzettel.png"]["description"])
    assert made.message
    (page,) = PdfReader(io.BytesIO(made.message.files["spickzettel.pdf"])).pages
    assert "Zeit und Dauer" in page.extract_text()
    assert made.message.files["spickzettel.png"].startswith(b"\x89PNG")


async def test_what_found_no_room_is_named(stage: Stage, anna: User) -> None:
    made = await anna.slash("spickzettel", thema="Veranstaltung")
    assert "weitere Fragen nicht.\n• " in made.text
    assert "• Wem wurde am Ende der Fachwerkstatt gedankt?" in made.text
    assert all(len(str(one["description"])) <= 1024 for one in attached(made).values())


async def test_topics_are_offered_by_name_by_what_is_asked_and_all_for_nothing(stage: Stage, anna: User) -> None:
    async def names(typed: str) -> list[str]:
        return [choice.name for choice in (await anna.type_option("spickzettel", "thema", typed)).choices]

    assert {"Hemmnisse", "Zeit und Dauer", "Probe"} <= set(await names(""))
    assert (await names("hemm"))[0] == "Hemmnisse"
    assert "Probe" in await names("Quastenfloser")
    assert await names("xyzzy") == []


async def test_an_unknown_topic_is_told_with_those_there_are(stage: Stage, anna: User) -> None:
    told = await anna.slash("spickzettel", thema="*Kegeln*")
    assert told.ephemeral and "Dieses Thema gibt es nicht" in told.text and "• Zeit und Dauer" in told.text


@pytest.mark.slow
async def test_a_reload_changes_the_picture(stage: Stage, anna: User) -> None:
    moderator = stage.someone(permissions="manage_guild")
    before = await anna.slash("zeitleiste")
    stage.edit(
        "probe.yaml",
        lambda text: text + "    events: [{date: 2030-05, precision: month, status: planned, label: Probelauf}]\n",
    )
    await moderator.slash("wissen neu-laden")
    after = await anna.slash("zeitleiste")
    assert "Mai 2030 (geplant): Probelauf" in str(attached(after)["zeitleiste.png"]["description"])
    assert before.message and after.message
    assert before.message.files["zeitleiste.png"] != after.message.files["zeitleiste.png"]


@pytest.mark.parametrize("route", ["POST /interactions/*/callback", "PATCH /webhooks/*/messages/@original"])
@pytest.mark.parametrize("fault", ["503", "500", "429", "cut before", "cut after"])
async def test_the_paper_comes_once_whatever_happens_on_the_way(
    stage: Stage, anna: User, route: str, fault: str
) -> None:
    faults = stage.double.faults
    faults.clear()
    match fault:
        case "429":
            planned = faults.rate_limit(route, retry_after=0.1)
        case "cut before" | "cut after":
            planned = faults.cut(route, handled=fault == "cut after")
        case _:
            planned = faults.fail(route, status=int(fault))
    made = await anna.slash("spickzettel", thema="zeit")
    assert planned.hits == 1
    assert list(attached(made)) == ["spickzettel.pdf", "spickzettel.png"]
    assert len([message for message in anna.sees(anna.home) if message.ephemeral]) == 1
    assert made.message and made.message.files["spickzettel.pdf"].endswith(b"%%EOF")


async def test_an_expired_interaction_is_one_line_and_the_next_one_works(stage: Stage, anna: User) -> None:
    before = stage.bot.stderr
    stage.double.state.deadline = 0.5  # so that the person gives up sooner
    stage.double.faults.fail("POST /interactions/*/callback", code=10062)
    assert (await anna.slash("zeitleiste")).kind == "failed"
    stage.double.state.deadline = 3.0
    assert len([line for line in stage.bot.stderr[len(before) :].splitlines() if "10062" in line]) == 1
    assert list(attached(await anna.slash("zeitleiste"))) == ["zeitleiste.png"]


@pytest.mark.slow
async def test_without_the_packages_a_sentence_says_what_to_install_and_nobody_waits_for_them(
    stage: Stage, anna: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("matplotlib", "typst"):
        (tmp_path / f"{name}.py").write_text("import time\ntime.sleep(2)\nraise ImportError\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    await stage.restart()
    drawing = asyncio.create_task(stage.someone().slash("zeitleiste"))
    await asyncio.sleep(0.2)
    answered = await anna.slash("frage", text="Wie heißt die erste Probe mit Quastenflosser?")
    assert "Quastenflosser Eins" in answered.text and not drawing.done()
    shown = await drawing
    assert shown.ephemeral and "fehlt das Paket matplotlib" in shown.text and "ikz-bot[papers]" in shown.text
    made = await anna.slash("spickzettel", thema="zeit")
    assert made.ephemeral and "fehlt das Paket typst" in made.text and "ikz-bot[papers]" in made.text

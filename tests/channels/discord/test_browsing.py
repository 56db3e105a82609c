"""Browsing by topic, sources, help, privacy and proposals."""

from __future__ import annotations

import pytest

from ...discord_double import Result, User
from .conftest import Stage

FIRST = "Wie heißt die erste Probe mit Quastenflosser?"


async def test_topics_lead_to_questions_and_answers(stage: Stage, anna: User) -> None:
    topics = await anna.slash("themen")
    assert topics.ephemeral and topics.message
    assert "Probe" in topics.message.options and topics.buttons == []
    questions = await anna.select(topics, ["Probe"])
    assert questions.kind == "update" and questions.message
    assert questions.message.options[0] == FIRST
    reply = await anna.select(questions, [FIRST])
    assert reply.kind == "message" and reply.ephemeral and "Quastenflosser Eins" in reply.text
    again = await anna.click(questions, "Alle Themen")
    assert again.kind == "update" and again.message and "Probe" in again.message.options


@pytest.mark.slow
async def test_many_topics_and_questions_have_pages(stage: Stage, anna: User) -> None:
    extra = [f"zz{letter}" for letter in "abcdefghijklmnopqrst"]
    for name in extra:
        entries = (
            f"  - id: {name}-{n}\n    question: Was ist {name} {n}?\n    answer: Nummer {n}.\n"
            "    source: fachwerkstatt-2020\n"
            for n in range(60)
        )
        text = f"topic: {name.title()}\nentries:\n{''.join(entries)}"
        (stage.folder / f"{name}.yaml").write_text(text, "utf-8")
    await stage.restart()
    seen: list[str] = []
    here: Result = await anna.slash("themen")
    assert here.message and here.buttons == ["Weiter"]
    seen += here.message.options
    here = await anna.click(here, "Weiter")
    assert here.kind == "update" and here.message and here.buttons == ["Zurück"]
    seen += here.message.options
    assert {"Probe", "Zza", "Zzt"} <= set(seen) and len(seen) == len(set(seen)) > 25
    here = await anna.select(here, ["Zzt"])
    assert here.buttons == ["Weiter", "Alle Themen"]
    here = await anna.click(here, "Weiter")
    assert here.buttons == ["Zurück", "Weiter", "Alle Themen"]
    last = await anna.click(here, "Weiter")
    assert last.message and len(last.message.options) == 10
    for name in extra:
        (stage.folder / f"{name}.yaml").unlink()
    await stage.restart()
    # The page is there no more; its buttons lead to what there is.
    assert "gibt es nicht mehr" in (await anna.click(last, "Zurück")).text
    assert (await anna.click(last, "Alle Themen")).kind == "update"


async def test_the_sources_of_the_last_answer_or_all(stage: Stage, anna: User) -> None:
    everything = await anna.slash("quelle")
    assert everything.ephemeral and "Alle Quellen" in everything.text and "Paderborn" in everything.text
    await anna.slash("frage", text=FIRST)
    last = await anna.slash("quelle")
    assert "Quellen der letzten Antwort" in last.text and FIRST in last.text and "Werkstatt, November 2020" in last.text


async def test_help_and_privacy_are_told_to_the_one_who_asks(stage: Stage, anna: User) -> None:
    helped = await anna.slash("hilfe")
    assert helped.ephemeral and "/frage" in helped.text and stage.double.bot.mention in helped.text
    privacy = await anna.slash("datenschutz", channel=anna.dm)
    assert "90 Tage" in privacy.text


async def test_a_proposal_goes_to_the_journal(stage: Stage, anna: User) -> None:
    form = await anna.slash("vorschlag")
    assert form.modal and list(form.modal.fields) == ["Frage", "Antwort", "Woher stammt das?"]
    sent = await anna.submit(form, {"Frage": "Was ist neu?", "Antwort": "Alles.", "Woher stammt das?": "Rat, 2026"})
    assert sent.ephemeral and "Danke" in sent.text
    record = await stage.recorded("proposal", lambda r: r["question"] == "Was ist neu?")
    assert (record["answer"], record["source"]) == ("Alles.", "Rat, 2026")

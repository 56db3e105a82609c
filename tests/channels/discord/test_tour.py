"""The tour and its quiz on Discord: every button, a restart on the way, two people, and what goes wrong."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.discord.tour import (
    station_embed,
    station_rows,
    task_embed,
    task_rows,
    verdict_embed,
    verdict_rows,
)
from bot.knowledge import Entry, KnowledgeBase, Source, Topic
from bot.knowledge.model import MAX_QUESTION, MAX_TITLE
from bot.knowledge.tour_model import (
    MAX_QUIZ_ANSWER,
    MAX_QUIZ_QUESTION,
    MAX_STATION_TEXT,
    MAX_STATION_TITLE,
    MAX_WHY,
    MAX_WRONG,
    QuizQuestion,
    Station,
)
from bot.origins import stand
from bot.tour import stop, task

from ...discord_double import Result, User
from .conftest import Stage
from .test_limits import assert_harmless, line, problems

CALLBACK = "POST /interactions/*/callback"


@pytest.fixture
async def begun(anna: User) -> Result:
    """The tour at its first station."""
    return await anna.slash("einstieg")


@pytest.fixture
async def edited(stage: Stage) -> AsyncIterator[Stage]:
    """A stage whose tour and quiz a test changes; afterwards they are as before."""
    before = {name: (stage.folder / name).read_text("utf-8") for name in ("einstieg.yaml", "quiz.yaml")}
    yield stage
    for name, text in before.items():
        (stage.folder / name).write_text(text, "utf-8")
    await stage.restart()


def number_of(reply: Result) -> str:
    """Which station or question a message shows."""
    found = re.search(r"(?:Station|Frage) \d+ von \d+", reply.text)
    assert found, reply.text
    return found[0]


def choices(reply: Result) -> dict[str, str]:
    """The answers that a question offers: their text → the button."""
    return {text: number for number, text in re.findall(r"^\*\*(\d)\*\*  (.+)$", reply.text, re.MULTILINE)}


async def test_all_stations_one_after_the_other_and_back(stage: Stage, knowledge: KnowledgeBase) -> None:
    total = len(knowledge.tour)
    for number, station in enumerate(knowledge.tour, 1):
        someone = stage.someone()
        before = await someone.slash("einstieg", station=max(1, number - 1))
        here = await someone.click(before, "Weiter") if number > 1 else before
        assert here.ephemeral and here.kind == ("update" if number > 1 else "message")
        assert number_of(here) == f"Station {number} von {total}"
        assert station.title in here.text and station.text in here.text
        assert "regiopolREGION Paderborn, November 2020" in here.text and f"/einstieg station:{number}" in here.text
        steps = [step for step, there in (("Zurück", number > 1), ("Weiter", number < total)) if there]
        assert here.buttons[:-2] == [*steps, "Quiz"]
        if number > 1:
            assert number_of(await someone.click(here, "Zurück")) == f"Station {number - 1} von {total}"


async def test_both_entries_of_a_station_are_shown_and_the_station_stays(
    knowledge: KnowledgeBase, anna: User, begun: Result
) -> None:
    for name, label in zip(knowledge.tour[0].deeper, begun.buttons[-2:], strict=True):
        entry = knowledge.entry(name)
        assert entry
        more = await anna.click(begun, label)
        assert more.kind == "message" and more.ephemeral
        assert entry.question in more.text and "Quelle" in more.text and stand(knowledge, entry) in more.text
    assert number_of(await anna.click(begun, "Weiter")) == f"Station 2 von {len(knowledge.tour)}"


async def test_the_quiz_tells_after_each_answer_what_is_right_and_keeps_no_score(
    stage: Stage, knowledge: KnowledgeBase, anna: User, begun: Result
) -> None:
    here = await anna.click(begun, "Quiz")
    for number, question in enumerate(knowledge.quiz, 1):
        assert number_of(here) == f"Frage {number} von {len(knowledge.quiz)}" and question.question in here.text
        assert set(choices(here)) == {question.right, *question.wrong}
        guess = question.right if number % 2 else question.wrong[0]
        told = await anna.click(here, choices(here)[guess])
        assert told.kind == "update"
        assert (f"Richtig: {guess}" if number % 2 else f"Das stimmt nicht: „{guess}“") in told.text
        assert question.right in told.text and question.why in told.text and "Quelle: " in told.text
        entry = knowledge.entry(question.entry)
        assert entry and entry.question in (await anna.click(told, "Mehr dazu")).text
        if number % 3 == 0:
            await stage.restart()  # which also forgets how fast Anna is
        here = await anna.click(told, "Nächste Frage") if number < len(knowledge.quiz) else told
    assert "letzte Frage" in here.text and "Nächste Frage" not in here.buttons
    assert (
        number_of(await anna.click(here, "Zum Rundgang")) == f"Station {len(knowledge.tour)} von {len(knowledge.tour)}"
    )


async def test_the_tour_goes_on_at_a_station(knowledge: KnowledgeBase, anna: User) -> None:
    assert number_of(await anna.slash("einstieg", station=3)) == f"Station 3 von {len(knowledge.tour)}"
    assert number_of(await anna.slash("einstieg", station=20)).startswith(f"Station {len(knowledge.tour)} ")
    assert number_of(await anna.slash("einstieg", channel=anna.dm, station=2)).startswith("Station 2 ")


async def test_a_restart_in_the_middle_changes_nothing(stage: Stage, anna: User, begun: Result) -> None:
    third = await anna.click(await anna.click(begun, "Weiter"), "Weiter")
    berta = stage.someone()
    asked = await berta.click(await berta.slash("einstieg"), "Quiz")
    offered = choices(asked)
    await stage.restart()
    assert number_of(await anna.click(third, "Weiter")).startswith("Station 4 ")
    text, button = next(iter(offered.items()))
    told = await berta.click(asked, button)
    assert f"Richtig: {text}" in told.text or f"Das stimmt nicht: „{text}“" in told.text
    assert number_of(await berta.click(told, "Nächste Frage")).startswith("Frage 2 ")


async def test_two_people_at_once_walk_each_their_own_way(stage: Stage, knowledge: KnowledgeBase) -> None:
    people = [stage.someone(), stage.someone()]

    async def walk(person: User, steps: int) -> Result:
        here = await person.slash("einstieg")
        for _ in range(steps):
            here = await person.click(here, "Weiter")
        return here

    first, second = await asyncio.gather(walk(people[0], 3), walk(people[1], 5))
    assert (number_of(first)[:9], number_of(second)[:9]) == ("Station 4", "Station 6")
    assert first.ephemeral and second.ephemeral
    rounds = await asyncio.gather(
        *(person.click(here, "Quiz") for person, here in zip(people, (first, second), strict=True))
    )
    question = knowledge.quiz[0]
    told = await asyncio.gather(
        people[0].click(rounds[0], choices(rounds[0])[question.right]),
        people[1].click(rounds[1], choices(rounds[1])[question.wrong[0]]),
    )
    assert "Richtig: " in told[0].text and "Das stimmt nicht: " in told[1].text


async def test_an_expired_press_is_one_line_and_the_next_press_works(stage: Stage, anna: User, begun: Result) -> None:
    before = len(stage.bot.stderr)
    stage.double.state.deadline = 0.5  # so that the person gives up sooner
    stage.double.faults.fail(CALLBACK, code=10062)
    assert (await anna.click(begun, "Weiter")).kind == "failed"
    stage.double.state.deadline = 3.0
    assert len([line for line in stage.bot.stderr[before:].splitlines() if "10062" in line]) == 1
    assert number_of(await anna.click(begun, "Weiter")).startswith("Station 2 ")


async def test_a_station_or_question_that_is_gone_is_admitted(edited: Stage) -> None:
    anna = edited.someone()
    begun = await anna.slash("einstieg")
    asked = await anna.click(await anna.slash("einstieg"), "Quiz")
    first = await anna.click(await anna.slash("einstieg"), "Quiz")
    told = await anna.click(first, "1")
    # The second station gets another id, the first question another right answer, the second another id.
    edited.edit("einstieg.yaml", lambda text: text.replace("id: warum", "id: wozu"))
    edited.edit("quiz.yaml", lambda text: text.replace("arbeiten schon länger", "kooperieren schon lange"))
    edited.edit("quiz.yaml", lambda text: text.replace("id: selbststaendig", "id: eigenstaendig"))
    await edited.restart()
    right = next(button for text, button in choices(asked).items() if text.startswith("Viele Kommunen"))
    for gone in (
        await anna.click(begun, "Weiter"),
        await anna.click(asked, right),
        await anna.click(told, "Nächste Frage"),
    ):
        assert gone.ephemeral and "inzwischen geändert" in gone.text and "/einstieg" in gone.text
    assert number_of(await anna.slash("einstieg")).startswith("Station 1 ")


@pytest.mark.slow
async def test_knowledge_without_tour_and_quiz_says_so(edited: Stage) -> None:
    anna = edited.someone()
    begun = await anna.slash("einstieg")
    last = await anna.slash("einstieg", station=20)
    (edited.folder / "quiz.yaml").unlink()
    await edited.restart()
    assert "Quiz" not in (await anna.slash("einstieg")).buttons
    assert "inzwischen geändert" in (await anna.click(last, "Quiz")).text
    (edited.folder / "einstieg.yaml").unlink()
    await edited.restart()
    gone = await anna.slash("einstieg")
    assert gone.ephemeral and "keinen Rundgang" in gone.text
    assert "inzwischen geändert" in (await anna.click(begun, "Weiter")).text


async def test_ids_that_nobody_made_are_refused(stage: Stage, anna: User, begun: Result) -> None:
    assert begun.message
    row = begun.message.components[0]["components"]
    for custom_id in (
        "ikz:station:weg",
        "ikz:task:dauer:x",
        "ikz:guess:weg:1:abc",
        "ikz:guess:dauer:1:abc",
        "ikz:task",
    ):
        row[0]["custom_id"] = custom_id
        told = await anna.click(begun, custom_id)
        assert told.kind == "message" and told.ephemeral and told.text, custom_id


@st.composite
def bases(draw: st.DrawFn) -> KnowledgeBase:
    """Knowledge with a tour and a quiz that are as long as the model lets them be, and full of markup."""
    entries = tuple(
        Entry(id=letter * 60, question=draw(line(MAX_QUESTION)), answer="Ja.", source="s") for letter in "ab"
    )
    deeper = tuple(entry.id for entry in entries)
    stations = tuple(
        Station(
            id=letter * 60,
            title=draw(line(MAX_STATION_TITLE)),
            text=draw(line(MAX_STATION_TEXT)),
            entries=deeper,
            deeper=deeper,
        )
        for letter in "xyz"
    )
    questions = tuple(
        QuizQuestion(
            id=letter * 60,
            question=draw(line(MAX_QUIZ_QUESTION)),
            right=draw(line(MAX_QUIZ_ANSWER - 1)),
            wrong=tuple(f"{n}{draw(line(MAX_QUIZ_ANSWER - 1))}" for n in range(MAX_WRONG)),
            why=draw(line(MAX_WHY)),
            entry=entries[0].id,
        )
        for letter in "pq"
    )
    source = Source(id="s", kind="werkstatt", title=draw(line(MAX_TITLE)), publisher="P", date="2020")
    return KnowledgeBase(topics=(Topic("t", "T", "", entries),), sources={"s": source}, tour=stations, quiz=questions)


@settings(max_examples=60, deadline=None)
@given(bases(), st.sampled_from([0, 2**32 - 1]))
def test_any_tour_and_quiz_can_be_shown(knowledge: KnowledgeBase, seed: int) -> None:
    shown: list[tuple[Any, Any]] = []
    for number in (1, 2, 3):
        here = stop(knowledge, number)
        shown.append((station_embed(knowledge, here), station_rows(knowledge, here)))
    for number in (1, 2):
        asked = task(knowledge, number, seed)
        shown.append((task_embed(asked), task_rows(knowledge, asked)))
        for chosen in asked.choices:
            shown.append((verdict_embed(knowledge, asked, chosen), verdict_rows(knowledge, asked)))
    for embed, rows in shown:
        assert problems(embed, rows) == []
        assert_harmless(embed)

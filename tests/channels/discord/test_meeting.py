"""In a meeting: the next question is one click away, and what everyone saw can be told again."""

from __future__ import annotations

import pytest

from ...discord_double import User
from ...discord_double.world import Channel
from .conftest import Stage

FIRST = "Wie heißt die erste Probe mit Quastenflosser?"
SECOND = "Wie heißt die zweite Probe mit Schnabeltier?"
NEXT, QUESTION = "Weiter fragen", "Ihre nächste Frage"


@pytest.fixture
def channel(stage: Stage) -> Channel:
    return stage.double.channel("verwaltung")


async def test_the_next_question_is_asked_below_the_last_answer(stage: Stage, anna: User) -> None:
    reply = await anna.slash("frage", text=FIRST)
    form = await anna.click(reply, NEXT)
    assert form.modal and SECOND in str(form.modal.fields[QUESTION]["placeholder"])
    second = await anna.submit(form, {QUESTION: SECOND})
    assert second.ephemeral and "Schnabeltier Zwei" in second.text
    unsure = await anna.submit(await anna.click(second, NEXT), {QUESTION: "Quietscheentchen"})
    assert "weiß ich nichts" in unsure.text
    # From where nothing was answered it goes on as well.
    third = await anna.submit(await anna.click(unsure, NEXT), {QUESTION: FIRST})
    assert "Quastenflosser Eins" in third.text and NEXT in third.buttons


async def test_it_may_lean_on_the_answer_above_even_after_a_restart(stage: Stage, anna: User) -> None:
    berta = stage.someone()
    told = await anna.says("Welche Hemmnisse gibt es?", mention_bot=True)
    form = await berta.click(told, NEXT)
    await stage.restart()
    leaning = await berta.submit(form, {QUESTION: "Und warum?"})
    alone = await stage.someone().slash("frage", text="Und warum?")
    assert leaning.ephemeral and leaning.text != alone.text
    assert "emmnis" in leaning.text


async def test_an_empty_question_is_refused_kindly(stage: Stage, anna: User) -> None:
    form = await anna.click(await anna.slash("frage", text=FIRST), NEXT)
    told = await anna.submit(form, {QUESTION: "😀"})
    assert told.ephemeral and "kein Wort" in told.text


async def test_the_last_answers_come_first_while_nothing_is_typed(stage: Stage, anna: User) -> None:
    fresh = await stage.someone().type_option("frage", "text", "")
    await anna.slash("frage", text=FIRST)
    await anna.slash("frage", text=SECOND)
    offered = await anna.type_option("frage", "text", "")
    assert [choice.name for choice in offered.choices[:2]] == [SECOND, FIRST]
    assert len({choice.value for choice in offered.choices}) == len(offered.choices) <= 25
    assert (await stage.someone().type_option("frage", "text", "")).choices == fresh.choices
    typed = await anna.type_option("frage", "text", "hemmnis")
    assert SECOND not in [choice.name for choice in typed.choices]


async def test_what_a_channel_saw_last_is_told_again(stage: Stage, anna: User, channel: Channel) -> None:
    berta = stage.someone()
    await anna.slash("frage", text="Welche Hemmnisse gibt es?", channel=channel)  # only Anna sees it
    nothing = await berta.slash("zuletzt", channel=channel)
    assert nothing.ephemeral and "nichts beantwortet" in nothing.text
    mine = await anna.slash("frage", text="erste probe quastenflosser", channel=channel)
    shared = await anna.click(mine, "Im Kanal teilen")
    await anna.slash("frage", text=SECOND, channel=channel, öffentlich=True)
    told = await berta.slash("zuletzt", channel=channel)
    assert told.ephemeral and told.buttons == [SECOND, FIRST, NEXT]
    assert told.text.index("Schnabeltier") < told.text.index("Quastenflosser Eins")
    assert told.text.count("(Werkstatt, November 2020)") == 2
    assert "Mehr ist nicht bekannt" not in told.text  # short lines only
    assert "erste probe quastenflosser" not in told.text and "Hemmnisse" not in told.text
    assert "Mehr ist nicht bekannt" in (await berta.click(told, FIRST)).text
    elsewhere = await berta.slash("zuletzt", channel=stage.double.channel("test", 1))
    assert "nichts beantwortet" in elsewhere.text
    await anna.click(shared, "Löschen")
    assert (await berta.slash("zuletzt", channel=channel)).buttons == [SECOND, NEXT]


async def test_only_the_five_newest_are_kept(stage: Stage, anna: User) -> None:
    channel = stage.double.channel("test", 1)
    ids = [choice.value for choice in (await anna.type_option("frage", "text", "")).choices[:6]]
    for entry_id in [*ids, ids[2]]:
        await anna.slash("frage", text=entry_id, channel=channel, öffentlich=True)
    told = await stage.someone().slash("zuletzt", channel=channel)
    assert len(told.buttons) == 5 + 1
    names = {c.value: c.name for c in (await stage.someone().type_option("frage", "text", "")).choices}
    assert told.buttons[:2] == [names[ids[2]][:80], names[ids[5]][:80]]


async def test_it_works_where_people_talk_to_it_directly(anna: User) -> None:
    reply = await anna.writes_dm(FIRST)
    second = await anna.submit(await anna.click(reply, NEXT), {QUESTION: SECOND})
    assert "Schnabeltier Zwei" in second.text
    assert (await anna.slash("zuletzt", channel=anna.dm)).buttons == [SECOND, FIRST, NEXT]

"""Asking the real bot: by command, while typing, by mention, in reply, directly, and through a message's menu."""

from __future__ import annotations

import asyncio

import pytest

from bot.knowledge import KnowledgeBase

from ...discord_double import NotOfferedError, User
from .conftest import CONTACT, Stage

FIRST = "Wie heißt die erste Probe mit Quastenflosser?"
SECOND = "Wie heißt die zweite Probe mit Schnabeltier?"
NONSENSE = "Quietscheentchen Xylophonrabatt?"


async def test_a_typed_question_is_answered_with_source_and_stand(stage: Stage, anna: User) -> None:
    reply = await anna.slash("frage", text="erste probe quastenflosser")
    assert reply.ephemeral
    assert reply.message
    embed = reply.message.embeds[0]
    assert embed["author"]["name"] == "Frage: erste probe quastenflosser"
    assert embed["title"] == f"Verstanden als: {FIRST}"
    assert embed["description"] == "**Sie heißt Quastenflosser Eins.**\n\nMehr ist nicht bekannt."
    assert embed["fields"][0]["name"] == "Quelle"
    assert embed["fields"][0]["value"].startswith("Protokoll der Fachwerkstatt")
    assert "\nWerkstatt, November 2020. Der Stand ist" in embed["fields"][0]["value"]
    assert reply.buttons == [SECOND, "Weiter fragen", "Im Kanal teilen", "Zitat", "Hilfreich", "Nicht hilfreich"]


async def test_suggestions_come_at_every_keystroke(stage: Stage, anna: User, knowledge: KnowledgeBase) -> None:
    hoisted = await anna.type_option("frage", "text", "")
    assert hoisted.choices[0].name == knowledge.topics[0].entries[0].question
    assert len(hoisted.choices) == 25
    for length in range(1, len(FIRST) + 1):
        typed = await anna.type_option("frage", "text", FIRST[:length])
        names = [choice.name for choice in typed.choices]
        assert len(names) == len(set(names)) <= 25
        assert typed.ms is not None and typed.ms < 3000
        if length >= len("Wie heißt die erste"):
            assert typed.choices[0] == (FIRST, "probe-eins")


async def test_what_is_picked_while_typing_is_shown(stage: Stage, anna: User) -> None:
    typed = await anna.type_option("frage", "text", "quasten")
    reply = await anna.slash("frage", text=typed.choices[0].value)
    assert reply.message
    assert reply.message.embeds[0]["title"] == FIRST
    assert "author" not in reply.message.embeds[0]


async def test_a_public_answer_is_seen_by_all_and_deleted_by_the_asker_only(stage: Stage, anna: User) -> None:
    reply = await anna.slash("frage", text=FIRST, öffentlich=True)
    berta = stage.someone()
    assert reply.message in berta.sees(anna.home)
    assert reply.buttons[-1] == "Löschen"
    refused = await berta.click(reply, "Löschen")
    assert refused.ephemeral and "nur löschen, wer gefragt hat" in refused.text
    assert reply.message in berta.sees(anna.home)
    await anna.click(reply, "Löschen")
    assert reply.message not in berta.sees(anna.home)


async def test_english_people_find_english_commands(stage: Stage) -> None:
    john = stage.someone(locale="en-GB")
    assert "Quastenflosser Eins" in (await john.slash("ask", text=FIRST)).text
    with pytest.raises(NotOfferedError):
        await stage.someone(locale="fr").slash("ask", text=FIRST)


async def test_several_questions_are_all_answered(stage: Stage, anna: User) -> None:
    reply = await anna.slash("frage", text=f"{FIRST} {SECOND}")
    await stage.double.until(lambda: len(reply.messages) == 2)
    texts = [message.text for message in reply.messages]
    assert FIRST in texts[0] and "Quastenflosser Eins" in texts[0]
    assert SECOND in texts[1] and "Schnabeltier Zwei" in texts[1]
    assert all(message.ephemeral for message in reply.messages)
    before = len(anna.sees(anna.home))
    await anna.says(f"{FIRST} {SECOND}", mention_bot=True)
    await stage.double.until(lambda: len(anna.sees(anna.home)) == before + 3)
    assert ["Eins" in m.text or "Zwei" in m.text for m in anna.sees(anna.home)[-2:]] == [True, True]


async def test_what_is_unknown_is_said_with_topics_and_contact(stage: Stage, anna: User) -> None:
    reply = await anna.slash("frage", text=NONSENSE)
    assert "weiß ich nichts" in reply.text
    assert CONTACT.replace("*", "\\*") in reply.text
    assert reply.buttons == ["Weiter fragen", "Themen ansehen"]
    topics = await anna.click(reply, "Themen ansehen")
    assert topics.message and "Probe" in topics.message.options
    record = await stage.recorded("unanswered", lambda r: r["question"] == NONSENSE)
    assert record["status"] == "unknown"


async def test_suggestions_are_buttons_and_the_right_one_takes_their_place(
    stage: Stage, anna: User, unsure: list[str]
) -> None:
    reply = await anna.slash("frage", text=unsure[0])
    assert reply.buttons[-1] == "keine davon"
    assert 3 <= len(reply.buttons) <= 5
    picked = await anna.click(reply, reply.buttons[0])
    assert picked.kind == "update" and picked.message is reply.message
    assert "Quelle" in picked.text and f"Frage: {unsure[0]}" in picked.text
    record = await stage.recorded("picked", lambda r: r["question"] == unsure[0])
    assert record["entry"]


async def test_none_of_the_suggestions(stage: Stage, anna: User, unsure: list[str]) -> None:
    reply = await anna.slash("frage", text=unsure[1])
    none = await anna.click(reply, "keine davon")
    assert none.kind == "update" and none.text.startswith("Gut, keine davon.")
    assert CONTACT.split()[0] in none.text
    record = await stage.recorded("picked", lambda r: r["question"] == unsure[1])
    assert record["entry"] is None


async def test_another_person_cannot_change_public_suggestions(stage: Stage, anna: User, unsure: list[str]) -> None:
    reply = await anna.says(unsure[2], mention_bot=True)
    before = reply.text
    other = await stage.someone().click(reply, reply.buttons[0])
    assert other.ephemeral and "Quelle" in other.text
    assert reply.text == before
    own = await anna.click(reply, reply.buttons[0])
    assert own.kind == "update" and own.buttons[-1] == "Löschen"


async def test_a_mention_is_answered_in_place(stage: Stage, anna: User) -> None:
    reply = await anna.says(FIRST, mention_bot=True)
    assert "Quastenflosser Eins" in reply.text
    assert reply.message and reply.message.reply_to is reply.asked
    assert not reply.ephemeral
    assert reply.buttons == [SECOND, "Weiter fragen", "Zitat", "Hilfreich", "Nicht hilfreich", "Löschen"]


async def test_a_direct_message_is_answered(stage: Stage, anna: User) -> None:
    reply = await anna.writes_dm(FIRST)
    assert "Quastenflosser Eins" in reply.text
    assert reply.buttons == [SECOND, "Weiter fragen", "Zitat", "Hilfreich", "Nicht hilfreich"]
    more = await anna.click(reply, SECOND)
    assert "Schnabeltier Zwei" in more.text and not more.ephemeral
    # Its own messages come back to it as direct messages, too.
    assert (await anna.writes_dm(SECOND)).text
    await asyncio.sleep(0.3)
    assert len(anna.dm.history) == 5


async def test_it_never_speaks_unasked(stage: Stage, anna: User) -> None:
    berta = stage.someone()
    said = await berta.says(FIRST, mention_bot=True)
    before = len(anna.home.history)
    for text in (FIRST, f"@everyone {FIRST}", f"{berta.account.mention} {FIRST}", "ikz-bot, bist du da?"):
        assert (await anna.says(text, timeout=0.2)).kind == "silence"
    # Nor to a reply to someone else, nor to its own answers, which come back looking like direct messages.
    assert (await anna.says("Danke!", reply_to=said.asked, timeout=0.2)).kind == "silence"
    await anna.slash("frage", text=FIRST)
    assert (await anna.says("Gut.", timeout=0.2)).kind == "silence"
    assert len(anna.home.history) == before + 7


async def test_a_reply_to_the_bot_leans_on_that_answer(stage: Stage, anna: User) -> None:
    await stage.someone().says(SECOND, mention_bot=True)
    first = await anna.says(FIRST, mention_bot=True)
    berta = stage.someone()
    follow_up = await berta.says("Und warum?", reply_to=first)
    alone = await stage.someone().says("Und warum?", mention_bot=True)
    assert follow_up.text != alone.text
    assert SECOND in follow_up.text + str(follow_up.buttons) or FIRST in follow_up.text + str(follow_up.buttons)


async def test_a_follow_up_leans_on_the_last_answer_of_the_same_person_and_place(stage: Stage, anna: User) -> None:
    await anna.writes_dm(FIRST)
    follow_up = await anna.writes_dm("Und warum?")
    elsewhere = await anna.says("Und warum?", mention_bot=True)
    assert SECOND in str(follow_up.buttons) or "Rückfrage" in follow_up.text
    assert SECOND not in str(elsewhere.buttons) and "Rückfrage" not in elsewhere.text


async def test_a_reply_without_mention_cannot_be_read_and_says_so(stage: Stage, anna: User) -> None:
    first = await anna.says(FIRST, mention_bot=True)
    reply = await anna.says("Und warum?", reply_to=first, ping=False)
    assert "nicht lesen" in reply.text


async def test_only_a_mention_gets_the_help(stage: Stage, anna: User) -> None:
    assert "/frage" in (await anna.says("", mention_bot=True)).text


async def test_text_is_shown_as_it_was_typed_and_pings_nobody(stage: Stage, anna: User) -> None:
    typed = f"@everyone **{NONSENSE}** [x](https://boese.example) ```"
    reply = await anna.says(f"{typed} {stage.someone().account.mention}", mention_bot=True)
    assert reply.message
    assert reply.message.embeds[0]["author"]["name"] == f"Frage: {typed}"
    assert typed not in reply.message.content + reply.message.embeds[0]["description"]
    assert not reply.message.pings


async def test_unusable_questions_are_explained(stage: Stage, anna: User) -> None:
    assert "kein Wort" in (await anna.slash("frage", text="😀")).text
    assert "zu lang" in (await anna.says("x" * 1500, mention_bot=True)).text
    with pytest.raises(NotOfferedError):
        await anna.slash("frage", text="x" * 1001)


async def test_a_message_is_answered_through_its_menu(stage: Stage, anna: User) -> None:
    asked = (await stage.someone().says(FIRST, timeout=0.1)).asked
    assert asked
    reply = await anna.context_menu("Frage beantworten", asked)
    assert reply.ephemeral and "Quastenflosser Eins" in reply.text
    answer = await anna.says(FIRST, mention_bot=True)
    assert "kein Text" in (await anna.context_menu("Frage beantworten", answer)).text


async def test_questions_asked_at_once_all_get_their_answer(stage: Stage) -> None:
    people = [stage.someone() for _ in range(30)]
    replies = await asyncio.gather(*(person.slash("frage", text=FIRST) for person in people))
    assert all("Quastenflosser Eins" in reply.text for reply in replies)
    assert stage.double.answered_twice == []

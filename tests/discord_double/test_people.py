"""What people do reaches a real bot, and its answers reach people."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from . import Double, NotOfferedError

EXAMPLE = "tests.discord_double.example_bot:main"


@pytest.fixture(scope="module")
async def started() -> AsyncIterator[Double]:
    async with Double(shards=2) as double:
        await double.start_bot(program=EXAMPLE)
        yield double


@pytest.fixture
def double(started: Double) -> Double:
    started.violations.clear()
    return started


async def test_commands_are_registered_once_and_kept(double: Double) -> None:
    assert double.registrations == ["PUT global"]
    assert set(double.commands()) == {
        "echo", "langsam", "stumm", "zweimal", "alles", "seite", "riesig", "ruft", "Länge messen",
    }  # fmt: skip


async def test_slash_with_autocomplete(double: Double) -> None:
    anna, berta = double.user("anna"), double.user("berta")
    typed = await anna.type_option("echo", "text", "hallo")
    assert [choice.value for choice in typed.choices] == ["id-0", "id-1", "id-2"]
    reply = await anna.slash("echo", text=typed.choices[0].name)
    assert (reply.kind, reply.text, reply.ephemeral) == ("message", "hallo xxxxxxxxxx", True)
    assert reply.ms is not None and 0 < reply.ms < 3000
    assert reply.message in anna.sees(anna.home)
    assert reply.message not in berta.sees(berta.home)
    with pytest.raises(NotOfferedError, match="berta does not see"):
        await berta.click(reply, "Still")
    assert double.violations == []


async def test_buttons_menu_and_form(double: Double) -> None:
    anna = double.user("anna")
    reply = await anna.slash("echo", text="Knöpfe", öffentlich=True)
    assert reply.buttons == ["Ändern", "Grund", "Still"]
    assert (await anna.click(reply, "Still")).kind == "acknowledged"
    assert (await anna.select(reply, ["Zwei"])).text == "gewählt: Zwei"

    form = await anna.click(reply, "reason")
    assert form.modal is not None and form.modal.title == "Warum?"
    with pytest.raises(NotOfferedError, match="has to be filled in"):
        await anna.submit(form, {})
    thanks = await anna.submit(form, {"Grund": "zu kurz"})
    assert (thanks.text, thanks.ephemeral) == ("Danke: zu kurz", True)

    changed = await double.user("berta").click(reply, "Ändern")
    assert (changed.kind, changed.text, changed.buttons) == ("update", "geändert", [])
    assert reply.text == "geändert" and reply.message is not None and reply.message.edits == 1
    assert double.violations == []


async def test_deferred_answers_and_what_follows(double: Double) -> None:
    anna = double.user("anna")
    reply = await anna.slash("langsam")
    assert (reply.kind, reply.text, reply.ephemeral) == ("message", "fertig", True)
    await anna.home.bell.until(lambda: len(reply.messages) == 2, 2)
    assert [message.text for message in reply.messages] == ["fertig", "noch etwas"]
    assert (await anna.slash("langsam", seconds=1.0, timeout=0.2)).kind == "thinking"


async def test_context_menu(double: Double) -> None:
    anna = double.user("anna")
    asked = await double.user("berta").says("Wie lang?", timeout=0)
    assert asked.asked is not None
    reply = await anna.context_menu("Länge messen", asked.asked)
    assert reply.text == "9 Zeichen"


async def test_mention_reply_and_direct_message(double: Double) -> None:
    anna = double.user("anna")
    for guild in (0, 1):  # each on its own shard
        answer = await anna.says("Guten Tag", double.channel("allgemein", guild), mention_bot=True)
        assert answer.text == f"Gehört: {double.bot.mention} Guten Tag"
    assert answer.message is not None and answer.message.reply_to is answer.asked
    again = await anna.says("und weiter?", double.channel("allgemein", 1), reply_to=answer)
    assert again.text == "Gehört: und weiter?"
    assert (await anna.writes_dm("unter uns")).text == "Gehört: unter uns"
    assert double.violations == [] and double.pinging == []


async def test_bot_reads_nothing_that_is_not_meant_for_it(double: Double) -> None:
    anna = double.user("anna")
    assert (await anna.says("nur unter uns Menschen", timeout=0.2)).kind == "silence"
    unread = (await double.user("chefin", permissions="administrator").slash("alles")).text
    assert "unter uns Menschen" not in unread


async def test_people_change_and_delete_messages(double: Double) -> None:
    anna, berta = double.user("anna"), double.user("berta")
    moderator = double.user("moderator", permissions="manage_messages")
    answer = await anna.says("eins", mention_bot=True)
    assert answer.asked is not None and answer.message is not None
    await anna.edits(answer.asked, "anders")
    assert answer.asked.text == "anders" and answer.asked.edits == 1
    for message in (answer.asked, answer.message):
        with pytest.raises(NotOfferedError, match="cannot delete"):
            await berta.deletes(message)
        await moderator.deletes(message)
        assert message.deleted and message not in anna.sees(anna.home)
    with pytest.raises(NotOfferedError, match="does not see"):
        await anna.says("und?", reply_to=answer)


async def test_who_answers_never_or_twice_is_found_out(double: Double) -> None:
    anna = double.user("anna")
    double.state.deadline = 0.3
    lost = await anna.slash("stumm")
    double.state.deadline = 3.0
    assert lost.kind == "failed" and lost.interaction in double.unanswered
    twice = await anna.slash("zweimal")
    await asyncio.sleep(0.2)
    assert twice.text == "eins"
    assert twice.interaction in double.answered_twice
    assert twice.interaction is not None and [one.status for one in twice.interaction.callbacks] == [200, 400]
    chefin = double.user("chefin", permissions="administrator")
    assert "40060" in (await chefin.slash("alles")).text


async def test_permissions_and_languages(double: Double) -> None:
    anna, chefin = double.user("anna"), double.user("chefin", permissions="administrator")
    assert chefin.offered("alles") and not anna.offered("alles")
    with pytest.raises(NotOfferedError, match="permissions"):
        await anna.slash("alles")
    assert (await anna.slash("alles", anyway=True)).kind == "message"
    emma = double.user("emma", locale="en-US")
    assert emma.offered("repeat") and not anna.offered("repeat")
    assert (await emma.slash("repeat", text="hi")).text == "hi"


async def test_a_person_cannot_do_what_the_app_does_not_offer(double: Double) -> None:
    anna = double.user("anna")
    with pytest.raises(NotOfferedError, match="there is no 'gibtsnicht'"):
        await anna.slash("gibtsnicht")
    with pytest.raises(NotOfferedError, match="'text' is required"):
        await anna.slash("echo")
    with pytest.raises(NotOfferedError, match="takes no int"):
        await anna.slash("echo", text=3)
    with pytest.raises(NotOfferedError, match="no options"):
        await anna.slash("echo", text="a", farbe="rot")
    with pytest.raises(NotOfferedError, match="no autocomplete"):
        await anna.type_option("langsam", "seconds", "1")


async def test_commands_work_in_direct_messages(double: Double) -> None:
    anna = double.user("anna")
    reply = await anna.slash("echo", text="leise", channel=anna.dm)
    assert reply.text == "leise" and reply.message in anna.sees(anna.dm)
    assert not anna.offered("seite", anna.dm)


async def test_layouts_and_files(double: Double) -> None:
    reply = await double.user("anna").slash("seite")
    assert reply.text == "# Titel"
    await double.channel("allgemein").bell.until(lambda: len(reply.messages) == 2, 2)
    assert reply.messages[1].files["quelle.txt"].startswith(b'"""A tiny bot')
    assert reply.messages[1].attachments[0]["filename"] == "quelle.txt"
    assert double.violations == []


async def test_breaches_of_limits_are_refused_and_recorded(double: Double) -> None:
    anna = double.user("anna")
    refused = await anna.slash("riesig")
    assert refused.text == "50035"  # the code the bot was told
    assert [str(violation.problem) for violation in double.violations] == [
        "data.content: Must be between 0 and 2000 in length; is 2001."
    ]
    double.violations.clear()
    double.state.deadline = 1.0
    assert (await anna.type_option("echo", "text", "zu lang")).kind == "failed"
    double.state.deadline = 3.0
    assert len(double.violations) == 3  # each of three labels


async def test_messages_that_notify_are_found(double: Double) -> None:
    anna = double.user("anna")
    reply = await anna.slash("ruft", wen=anna.account)
    assert reply.message is not None and reply.message.pings.users == {anna.id}
    assert double.pinging == [reply.message]


async def test_many_people_at_once(double: Double) -> None:
    before = len(double.latencies("command"))
    people = [double.user(f"person{number}") for number in range(50)]
    replies = await asyncio.gather(*(one.slash("echo", text=one.name) for one in people))
    assert [reply.text for reply in replies] == [one.name for one in people]
    answers = await asyncio.gather(*(one.says(one.name, mention_bot=True) for one in people))
    assert all(one.name in answer.text for one, answer in zip(people, answers, strict=True))
    assert len(double.latencies("command")) == before + 50

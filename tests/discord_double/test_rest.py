"""REST as Discord documents it, asked directly."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from . import Double, NotOfferedError
from .interactions import COMMAND, COMPONENT, Interaction


class Client:
    """Asks the double; answers are status and body."""

    def __init__(self, double: Double, session: aiohttp.ClientSession) -> None:
        self.double, self.session = double, session

    async def __call__(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, Any]:
        headers = {"Authorization": f"Bot {more.pop('token', self.double.token)}"}
        kwargs = {"json": body} if body is not None else more
        async with self.session.request(method, self.double.rest_url + path, headers=headers, **kwargs) as response:
            return response.status, await response.json() if response.status != 204 else None


@pytest.fixture
async def double() -> AsyncIterator[Double]:
    async with Double() as started:
        yield started


@pytest.fixture
async def ask(double: Double) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(double, session)


async def test_who_may_ask(double: Double, ask: Client) -> None:
    status, body = await ask("GET", "/users/@me")
    assert (status, body["id"]) == (200, double.bot.id)
    assert (await ask("GET", "/users/@me", token="falsch"))[0] == 401
    status, body = await ask("GET", "/gibtsnicht")
    assert status == 404 and "does not know this route" in str(double.violations[0])


async def test_messages_of_a_channel(double: Double, ask: Client) -> None:
    general = double.channel("allgemein")
    path = f"/channels/{general.id}/messages"
    _, first = await ask("POST", path, {"content": "eins"})
    _, second = await ask("POST", path, {"content": "zwei", "message_reference": {"message_id": first["id"]}})
    assert second["referenced_message"]["content"] == "eins"
    assert [one["content"] for one in (await ask("GET", path))[1]] == ["zwei", "eins"]
    _, changed = await ask("PATCH", f"{path}/{first['id']}", {"content": "anders"})
    assert changed["content"] == "anders" and changed["edited_timestamp"]
    assert (await ask("DELETE", f"{path}/{second['id']}"))[0] == 204
    status, body = await ask("GET", f"{path}/{second['id']}")
    assert (status, body["code"]) == (404, 10008)
    shown = double.user("anna").sees(general)
    assert [(one.text, one.edits) for one in shown] == [("anders", 1)]


async def test_replies_to_what_is_gone(double: Double, ask: Client) -> None:
    path = f"/channels/{double.channel('allgemein').id}/messages"
    gone: dict[str, Any] = {"message_id": "1"}
    status, body = await ask("POST", path, {"content": "x", "message_reference": gone})
    assert status == 400 and "REPLIES_UNKNOWN_MESSAGE" in json.dumps(body)
    gone["fail_if_not_exists"] = False
    assert (await ask("POST", path, {"content": "x", "message_reference": gone}))[0] == 200
    assert double.violations == []


async def test_nonce_makes_a_message_once(double: Double, ask: Client) -> None:
    path = f"/channels/{double.channel('allgemein').id}/messages"
    for enforce, expected in ((True, 1), (False, 3)):
        for _ in range(2):
            await ask("POST", path, {"content": "x", "nonce": "n", "enforce_nonce": enforce})
        assert len(double.channel("allgemein").history) == expected


async def test_the_bot_reads_only_what_is_meant_for_it(double: Double, ask: Client) -> None:
    anna = double.user("anna")
    written = [
        await anna.says("privat", timeout=0),
        await anna.says("Frage", mention_bot=True, timeout=0),
        await anna.writes_dm("direkt", timeout=0),
    ]
    seen = []
    for one in written:
        assert one.asked is not None
        _, body = await ask("GET", f"/channels/{one.asked.channel.id}/messages/{one.asked.id}")
        seen.append(body["content"])
    assert seen == ["", f"{double.bot.mention} Frage", "direkt"]


async def test_where_the_bot_may_not_write(double: Double, ask: Client) -> None:
    double.channel("fragen").writable = False
    shy = double.user("scheu", accepts_dms=False)
    _, direct = await ask("POST", "/users/@me/channels", {"recipient_id": shy.id})
    for channel, code in ((double.channel("fragen").id, 50013), (direct["id"], 50007)):
        status, body = await ask("POST", f"/channels/{channel}/messages", {"content": "x"})
        assert (status, body["code"]) == (403, code)
    asked = (await double.user("anna").says("x", timeout=0)).asked
    assert asked is not None
    path = f"/channels/{asked.channel.id}/messages/{asked.id}"
    assert (await ask("PATCH", path, {"content": "y"}))[1]["code"] == 50005
    assert (await ask("DELETE", path))[1]["code"] == 50013


async def test_bodies_that_break_a_limit(double: Double, ask: Client) -> None:
    path = f"/channels/{double.channel('allgemein').id}/messages"
    status, body = await ask("POST", path, {"content": "x" * 2001, "embeds": [{"title": "x"}]})
    assert (status, body["code"]) == (400, 50035)
    assert body["errors"]["content"]["_errors"][0]["code"] == "BASE_TYPE_BAD_LENGTH"
    assert (await ask("POST", path, {"content": " "}))[1]["code"] == 50006
    assert (await ask("POST", path, {"content": "x", "flags": 64}))[0] == 400
    assert (await ask("POST", path, {"components": [{}]}))[0] == 500
    assert [one.problem.code for one in double.violations][-1] == "DOUBLE_FAILED"
    assert len(double.violations) == 4
    assert (await ask("POST", path, data="{"))[1]["code"] == 50109


async def test_edits_count_what_stays(double: Double, ask: Client) -> None:
    path = f"/channels/{double.channel('allgemein').id}/messages"
    _, made = await ask("POST", path, {"embeds": [{"title": "x"}]})
    status, body = await ask("PATCH", f"{path}/{made['id']}", {"embeds": []})
    assert (status, body["code"]) == (400, 50006)
    _, layout = await ask("POST", path, {"flags": 1 << 15, "components": [{"type": 10, "content": "x"}]})
    status, body = await ask("PATCH", f"{path}/{layout['id']}", {"content": "x"})
    assert status == 400 and "content" in body["errors"]


async def test_polls(double: Double, ask: Client) -> None:
    channel = double.channel("allgemein").id
    answers = [{"poll_media": {"text": "Ja"}}, {"poll_media": {"text": "Nein"}}]
    poll = {"question": {"text": "Gut?"}, "answers": answers, "duration": 1}
    _, made = await ask("POST", f"/channels/{channel}/messages", {"poll": poll})
    assert not made["poll"]["results"]["is_finalized"]
    _, ended = await ask("POST", f"/channels/{channel}/polls/{made['id']}/expire")
    assert ended["poll"]["results"]["is_finalized"]


async def test_people_vote_once_and_only_while_a_poll_runs(double: Double, ask: Client) -> None:
    channel = double.channel("allgemein")
    answers = [{"poll_media": {"text": "Ja"}}, {"poll_media": {"text": "Nein"}}]
    poll = {"question": {"text": "Gut?"}, "answers": answers, "duration": 1}
    _, made = await ask("POST", f"/channels/{channel.id}/messages", {"poll": poll})
    message, voter = channel.history[-1], double.user("waehler")
    voter.votes(message, "Ja")
    voter.votes(message, "Nein")
    _, now = await ask("GET", f"/channels/{channel.id}/messages/{made['id']}")
    assert now["poll"]["results"]["answer_counts"] == [{"id": 2, "count": 1, "me_voted": False}]
    await ask("POST", f"/channels/{channel.id}/polls/{made['id']}/expire")
    with pytest.raises(NotOfferedError):
        voter.votes(message, "Ja")


async def test_files(double: Double, ask: Client) -> None:
    form = aiohttp.FormData()
    form.add_field("payload_json", json.dumps({"content": "x", "attachments": [{"id": 0, "filename": "a.txt"}]}))
    form.add_field("files[0]", b"inhalt", filename="a.txt")
    channel = double.channel("allgemein")
    assert (await ask("POST", f"/channels/{channel.id}/messages", data=form))[0] == 200
    assert channel.history[0].files == {"a.txt": b"inhalt"}


@pytest.mark.parametrize("scope", ["", "/guilds/{guild}"])
async def test_commands(double: Double, ask: Client, scope: str) -> None:
    path = f"/applications/{double.bot.id}{scope.format(guild=double.guilds[0].id)}/commands"
    body = {"name": "frage", "description": "x", "name_localizations": {"en-US": "ask"}}
    _, made = await ask("POST", path, body)
    _, again = await ask("POST", path, {**body, "description": "neu"})
    assert again["id"] == made["id"] and again["description"] == "neu"
    _, listed = await ask("GET", path)
    assert len(listed) == 1 and "name_localizations" not in listed[0]
    assert (await ask("GET", f"{path}?with_localizations=true"))[1][0]["name_localizations"] == {"en-US": "ask"}
    assert (await ask("PATCH", f"{path}/{made['id']}", {"description": "anders"}))[1]["name"] == "frage"
    assert (await ask("PATCH", f"{path}/{made['id']}", {"description": "x" * 101}))[0] == 400
    assert double.user("anna").offered("frage")
    assert double.user("anna").offered("frage", double.channel("test", 1)) is (scope == "")
    assert (await ask("DELETE", f"{path}/{made['id']}"))[0] == 204
    assert (await ask("PUT", path, [body, body]))[0] == 400
    assert (await ask("PUT", path, [body]))[0] == 200
    assert double.registrations[-1].startswith("PUT")
    assert double.commands(double.guilds[0] if scope else None) == ["frage"]


def open_interaction(double: Double, kind: int = COMMAND) -> Interaction:
    anna = double.user("anna")
    data = {"id": "1", "name": "frage", "type": 1, "options": []}
    interaction = Interaction(kind, anna.account, anna.home, data)
    double.state.dispatch(interaction)
    return interaction


async def test_an_interaction_is_answered_once_and_in_time(double: Double, ask: Client) -> None:
    one = open_interaction(double)
    callback, hook = f"/interactions/{one.id}/{one.token}/callback", f"/webhooks/{double.bot.id}/{one.token}"
    reply = {"type": 4, "data": {"content": "x", "flags": 64}}
    assert (await ask("POST", hook, {"content": "x"}))[1]["code"] == 10015
    assert (await ask("POST", f"{callback}?with_response=1", reply))[1]["resource"]["message"]["content"] == "x"
    assert (await ask("POST", callback, reply))[1]["code"] == 40060
    assert double.answered_twice == [one]
    original = one.original
    assert original is not None and original.ephemeral
    assert (await ask("GET", f"/channels/{one.channel.id}/messages/{original.id}"))[1]["code"] == 10008
    assert (await ask("GET", f"{hook}/messages/@original"))[1]["id"] == original.id
    assert (await ask("PATCH", f"{hook}/messages/@original", {"content": "y"}))[1]["content"] == "y"
    _, more = await ask("POST", hook, {"content": "mehr"})
    assert (await ask("DELETE", f"{hook}/messages/{more['id']}"))[0] == 204
    assert (await ask("DELETE", f"{hook}/messages/@original"))[0] == 204
    assert original.deleted and double.user("anna").sees(one.channel) == []
    double.state.token_life = 0
    assert (await ask("POST", hook, {"content": "x"}))[1]["code"] == 50027

    double.state.deadline = 0
    late = open_interaction(double)
    assert (await ask("POST", f"/interactions/{late.id}/{late.token}/callback", reply))[1]["code"] == 10062
    assert double.unanswered == [late] and double.violations == []


async def test_answers_that_do_not_fit(double: Double, ask: Client) -> None:
    for kind, answer in ((COMMAND, 7), (COMMAND, 8), (COMPONENT, 6), (COMMAND, 99)):
        one = open_interaction(double, kind)
        status, _ = await ask("POST", f"/interactions/{one.id}/{one.token}/callback", {"type": answer})
        assert status == 400 and one.answer is None
    assert len(double.violations) == 4


async def test_busiest_second(double: Double, ask: Client) -> None:
    for _ in range(7):
        await ask("GET", "/users/@me")
    assert double.busiest_second == 7

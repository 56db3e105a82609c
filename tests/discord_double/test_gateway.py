"""The gateway and its faults, seen from a real bot."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator

import pytest

from . import BotProcess, Double

EXAMPLE = "tests.discord_double.example_bot:main"


@pytest.fixture
async def double() -> AsyncIterator[Double]:
    async with Double() as started:
        yield started


async def heard(double: Double) -> Counter[str]:
    chefin = double.user("chefin", permissions="administrator")
    return Counter((await chefin.slash("alles")).text.split("|"))


async def test_dropped_connection_resumes_and_nothing_is_lost_or_doubled(double: Double) -> None:
    await double.start_bot(program=EXAMPLE)
    anna = double.user("anna")
    await anna.writes_dm("vorher")
    async with double.gateway.expecting("RESUMED"):
        double.gateway.drop()
        missed = [await anna.says(f"verpasst {number}", anna.dm, timeout=0) for number in range(3)]
    assert all(one.kind == "silence" for one in missed)
    assert (await anna.writes_dm("nachher", timeout=5)).kind == "message"
    assert await heard(double) == Counter(["vorher", "verpasst 0", "verpasst 1", "verpasst 2", "nachher"])
    assert double.gateway.counts["IDENTIFY"] == 1
    replies = [message.reply_to for message in anna.sees(anna.dm) if message.author is double.bot]
    assert len(set(replies)) == len(replies) == 5


async def test_reconnect_and_resumable_session(double: Double) -> None:
    await double.start_bot(program=EXAMPLE)
    async with double.gateway.expecting("RESUMED"):
        double.gateway.reconnect()
    async with double.gateway.expecting("RESUMED"):
        double.gateway.invalidate(resumable=True)
    async with double.gateway.expecting("RESUMED"):
        double.gateway.close(4000)
    assert (await double.user("anna").slash("echo", text="da")).text == "da"
    assert double.gateway.counts["READY"] == 1


@pytest.mark.parametrize("code", [None, 4009])
async def test_lost_session_is_identified_anew(double: Double, code: int | None) -> None:
    await double.start_bot(program=EXAMPLE)
    async with double.gateway.expecting("READY"):
        if code is None:
            double.gateway.invalidate(resumable=False)
        else:
            double.gateway.close(code)
    assert (await double.user("anna").slash("echo", text="da")).text == "da"
    assert double.gateway.counts["IDENTIFY"] == 2


async def test_refused_connections_are_tried_again(double: Double) -> None:
    await double.start_bot(program=EXAMPLE)
    double.gateway.refuse = 2
    async with double.gateway.expecting("READY"):  # discord.py begins a new session after a refusal
        double.gateway.drop()
    assert double.gateway.counts["REFUSED"] == 2


async def test_unanswered_heartbeats_are_noticed(double: Double) -> None:
    double.gateway.heartbeat_ms = 200
    double.gateway.acks = False
    await double.start_bot(program=EXAMPLE, env={"DOUBLE_HEARTBEAT_TIMEOUT": "0.6"})
    async with double.gateway.expecting("RESUMED"):
        pass
    assert double.gateway.counts["HEARTBEAT"] > 1


async def test_wrong_token_and_privileged_intents_end_the_bot(double: Double) -> None:
    wrong = await double.start_bot(program=EXAMPLE, token="falsch", wait=False)
    assert await wrong.exit_code() == 2
    privileged = await double.start_bot("--privileged", program=EXAMPLE, wait=False)
    assert await privileged.exit_code() == 2
    assert "CLOSED 4014" in double.gateway.log
    with pytest.raises(RuntimeError, match="did not connect"):
        await double.start_bot(program=EXAMPLE, token="falsch")


async def test_fatal_close_ends_the_bot(double: Double) -> None:
    bot = await double.start_bot(program=EXAMPLE)
    double.gateway.close(4004)
    assert await bot.exit_code() == 3
    assert "closed with 4004" in bot.stderr


async def test_shards(double: Double) -> None:
    double.state.world.shards = 2
    await double.start_bot(program=EXAMPLE)
    assert [data["shard"] for data in double.gateway.identifies] == [[0, 2], [1, 2]]
    async with double.gateway.expecting("RESUMED"):
        double.gateway.drop(shard=1)
    anna = double.user("anna")
    for guild in (0, 1):
        assert (await anna.slash("echo", text="da", channel=double.channel("allgemein", guild))).text == "da"
    assert double.gateway.counts["RESUMED"] == 1
    for session in double.gateway.sessions.values():
        assert [event["t"] for event in session.events].count("INTERACTION_CREATE") == 1


async def test_runs_the_program_itself(double: Double) -> None:
    bot = await double.start_bot("--version", wait=False)
    assert await bot.exit_code() == 0
    assert bot.stdout.startswith("ikz-bot ")


async def ends(bot: BotProcess, way: str) -> int | None:
    if way == "stop":
        return await bot.stop()
    if way == "interrupt":
        return await bot.interrupt()
    await bot.kill()
    return None


@pytest.mark.parametrize(
    ("way", "code", "closed"), [("stop", 0, "1000"), ("interrupt", 0, "1000"), ("kill", None, "1006")]
)
async def test_ends(double: Double, way: str, code: int | None, closed: str) -> None:
    bot = await double.start_bot(program=EXAMPLE)
    async with double.gateway.expecting(f"CLOSED {closed}"):
        assert await ends(bot, way) == code
    assert not double.gateway.ready
    again = await double.start_bot(program=EXAMPLE)
    assert (await double.user("anna").slash("echo", text="wieder da")).text == "wieder da"
    assert again.memory_mb > 10

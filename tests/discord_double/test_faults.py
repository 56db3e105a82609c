"""Faults of REST on demand, and the rules of tokens and times."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from . import Double

EXAMPLE = "tests.discord_double.example_bot:main"
CALLBACK, POST = "POST /interactions/*/callback", "POST /channels/*/messages"


@pytest.fixture(scope="module")
async def started() -> AsyncIterator[Double]:
    async with Double() as double:
        await double.start_bot(program=EXAMPLE)
        yield double


@pytest.fixture
def double(started: Double) -> Double:
    started.faults.clear()
    started.state.deadline = 3.0
    return started


@pytest.mark.parametrize("everywhere", [False, True])
async def test_rate_limits_are_waited_out(double: Double, everywhere: bool) -> None:
    anna, berta = double.user("anna"), double.user("berta")
    route = f"POST /channels/{anna.dm.id}/messages"
    fault = double.faults.rate_limit(route, retry_after=0.6, everywhere=everywhere)
    waiting = asyncio.create_task(anna.writes_dm("eilig"))
    await double.until(lambda: fault.hits == 1)
    await asyncio.sleep(0.1)  # until the bot has read the answer
    other = await berta.writes_dm("auch")
    answer = await waiting
    assert answer.text == "Gehört: eilig" and answer.ms is not None and answer.ms > 600
    assert other.message is not None and answer.message is not None
    if everywhere:
        assert other.ms is not None and other.ms > 200
    else:
        assert other.message.arrived < answer.message.arrived


async def test_rate_limit_without_via_counts_as_a_ban(double: Double) -> None:
    fault = double.faults.rate_limit(POST, via=False)
    assert (await double.user("anna").writes_dm("gesperrt", timeout=0.5)).kind == "silence"
    assert fault.hits == 1


async def test_broken_servers(double: Double) -> None:
    double.faults.fail(POST, status=502)
    assert (await double.user("anna").writes_dm("wird wiederholt")).kind == "message"
    double.faults.fail(POST, status=503)
    assert (await double.user("anna").writes_dm("wird nicht wiederholt", timeout=0.5)).kind == "silence"


async def test_interaction_that_is_unknown_or_acknowledged(double: Double) -> None:
    anna = double.user("anna")
    double.state.deadline = 0.3
    for code in (10062, 40060):
        fault = double.faults.fail(CALLBACK, code=code)
        assert (await anna.slash("echo", text="verloren")).kind == "failed"
        assert fault.hits == 1


async def test_slow_answer_comes_too_late(double: Double) -> None:
    double.state.deadline = 0.3
    double.faults.slow(CALLBACK, 0.4)
    late = await double.user("anna").slash("echo", text="zu spät")
    assert late.kind == "failed" and late.interaction is not None
    assert [callback.status for callback in late.interaction.callbacks] == [404]
    assert late.interaction not in double.answered_twice


async def test_lost_answers(double: Double) -> None:
    anna = double.user("anna")
    double.faults.cut(POST)
    assert (await anna.writes_dm("kam nie an", timeout=0.4)).kind == "silence"
    double.faults.cut(POST, handled=True)
    assert (await anna.writes_dm("kam an")).text == "Gehört: kam an"


async def test_followups_need_a_living_token(double: Double) -> None:
    anna = double.user("anna")
    double.state.token_life = 0.2
    reply = await anna.slash("langsam", seconds=0.3, timeout=0.6)
    double.state.token_life = 900.0
    assert reply.kind == "thinking"


async def test_registration_survives_a_restart(double: Double) -> None:
    ids = [command["id"] for command in double.state.commands[""]]
    again = await double.start_bot(program=EXAMPLE)
    assert [command["id"] for command in double.state.commands[""]] == ids
    await again.stop()

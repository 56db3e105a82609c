"""What people do reaches a real bot, and its answers reach people."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from . import Double


@pytest.fixture(scope="module")
async def double() -> AsyncIterator[Double]:
    async with Double(shards=2) as started:
        await started.start_bot(program="tests.discord_double.example_bot:main")
        yield started


async def test_slash_with_autocomplete(double: Double) -> None:
    anna = double.user("anna")
    typed = await anna.type_option("echo", "text", "hallo")
    assert [choice.value for choice in typed.choices] == ["id-0", "id-1", "id-2"]
    reply = await anna.slash("echo", text=typed.choices[0].name)
    assert reply.text == "hallo xxxxxxxxxx"
    assert reply.ephemeral
    assert reply.ms is not None and 0 < reply.ms < 3000
    assert reply.message in anna.sees(double.channel("allgemein"))
    assert reply.message not in double.user("berta").sees(double.channel("allgemein"))
    assert double.violations == []

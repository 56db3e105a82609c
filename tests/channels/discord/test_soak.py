"""Two thousand questions from fifty people through reconnects and failures: none lost, none answered twice."""

from __future__ import annotations

import asyncio
import random

import pytest

from ...discord_double import Result, User
from .conftest import Stage
from .measure import QUESTIONS

pytestmark = pytest.mark.slow

PEOPLE, EACH = 50, 40
MOST_MEBIBYTES = 60
"""So much may the memory grow: conversations are remembered, and Python keeps what it once took."""


async def test_two_thousand_questions_in_bad_weather(stage: Stage) -> None:
    double = stage.double
    people = [stage.someone() for _ in range(PEOPLE)]
    await people[0].slash("frage", text="Dauer")
    before = stage.bot.memory_mb
    weather = asyncio.create_task(_bad_weather(stage))
    lists = await asyncio.gather(*(_asks(person, number) for number, person in enumerate(people)))
    weather.cancel()
    results = [result for found in lists for result in found]
    assert len(results) == PEOPLE * EACH
    bad = [result for result in results if result.kind not in ("message", "update")]
    assert bad == [], [(result.kind, result.asked and result.asked.content) for result in bad[:5]]
    assert not any("Fehler aufgetreten" in result.text or "Einen Moment" in result.text for result in results)
    assert double.unanswered == []
    # Whoever asked in a message has exactly one answer to each question in it.
    for result in results:
        if result.asked:
            below = [m for m in result.asked.channel.history if m.reply_to is result.asked and m.author is double.bot]
            texts = [message.text for message in below]
            assert len(texts) == len(set(texts)) >= 1
    # What was answered to an interaction was taken once; a second attempt came only where the first got lost.
    assert all(sum(call.status == 200 for call in one.callbacks) == 1 for one in double.interactions)
    grown = stage.bot.memory_mb - before
    print(f"{len(results)} questions, {double.gateway.counts['RESUMED']} resumed, memory +{grown:.0f} MiB")
    assert grown < MOST_MEBIBYTES
    assert "Traceback" not in stage.bot.stderr


async def _asks(person: User, number: int) -> list[Result]:
    chance = random.Random(number)
    found: list[Result] = []
    for _ in range(EACH):
        # Nobody asks faster than they are answered without a hint.
        await asyncio.sleep(chance.uniform(1.0, 1.4))
        question = chance.choice(QUESTIONS)[:400]
        match chance.randrange(4):
            case 0 | 1:
                result = await person.slash("frage", text=question)
            case 2:
                result = await person.says(question, mention_bot=True, timeout=20)
            case _:
                result = await person.writes_dm(question, timeout=20)
        found.append(result)
    return found


async def _bad_weather(stage: Stage) -> None:
    """Something goes wrong about once a second, and the line is always found again before the next thing does."""
    gateway, faults = stage.double.gateway, stage.double.faults
    chance = random.Random(7)
    callback, message = "POST /interactions/*/callback", "POST /channels/*/messages"
    while True:
        await asyncio.sleep(chance.uniform(0.5, 1.5))
        match chance.randrange(8):
            case 0:
                async with gateway.expecting("RESUMED"):
                    gateway.reconnect()
            case 1:
                async with gateway.expecting("RESUMED"):
                    gateway.drop()
            case 2:
                async with gateway.expecting("RESUMED"):
                    gateway.close(4000)
            case 3:
                faults.rate_limit(callback, retry_after=0.2)
            case 4:
                faults.fail(callback, status=503)
            case 5:
                faults.cut(callback, handled=True)
            case 6:
                faults.cut(message, handled=True)
            case _:
                faults.fail(message, status=502)

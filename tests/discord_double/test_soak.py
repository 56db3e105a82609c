"""Many people for a long time, while the connection breaks again and again: nothing is lost, nothing doubled."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

from . import Double, User

EXAMPLE = "tests.discord_double.example_bot:main"


async def use(person: User, chance: random.Random, times: int) -> Counter[str]:
    """Do ``times`` random things; returns how often which kind of answer came."""
    seen: Counter[str] = Counter()
    for number in range(times):
        text = f"{person.name} {number}"
        way = chance.randrange(4)
        if way == 0:
            result = await person.slash("echo", text=text)
        elif way == 1:
            result = await person.type_option("echo", "text", text)
        elif way == 2:
            result = await person.says(text, mention_bot=True, timeout=15)
        else:
            result = await person.writes_dm(text, timeout=15)
        assert text in (result.choices[0].name if result.choices else result.text), result.kind
        seen[result.kind] += 1
    return seen


async def disturb(double: Double, chance: random.Random) -> None:
    """Break the connection every now and then, in every way a session survives."""
    ways = [double.gateway.drop, double.gateway.reconnect]
    while True:
        await asyncio.sleep(chance.uniform(0.05, 0.2))
        async with double.gateway.expecting("RESUMED"):
            chance.choice(ways)()


async def test_two_thousand_questions_of_fifty_people() -> None:
    chance = random.Random(4)
    async with Double(shards=2) as double:
        bot = await double.start_bot(program=EXAMPLE)
        people = [double.user(f"person{number}") for number in range(50)]
        disturbing = asyncio.create_task(disturb(double, chance))
        seen = await asyncio.gather(*(use(one, random.Random(one.name), 40) for one in people))
        disturbing.cancel()
        await asyncio.gather(disturbing, return_exceptions=True)
        total = sum(seen, Counter[str]())
        assert total.total() == 2000 and set(total) == {"message", "choices"}
        assert double.unanswered == [] and double.answered_twice == [] and double.violations == []
        assert double.gateway.counts["RESUMED"] >= 10
        assert double.replied_twice == []
        assert await bot.stop() == 0

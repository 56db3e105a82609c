"""How fast the real bot answers over the double: ``python -m tests.channels.discord.measure``.

Milliseconds from an interaction's dispatch to the arrival of its answer, at the double: the bot's own time, both
network stacks and the double's. „at once“: every person asks again as soon as there is an answer; „at their own pace“:
every person asks about once a second.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from ...discord_double import Double, Result, User

ROOT = Path(__file__).parents[3]
QUESTIONS = [
    json.loads(line)["question"] for line in (ROOT / "tests/questions/dev.jsonl").read_text("utf-8").splitlines()
]
Act = Callable[[User, random.Random], Awaitable[Result]]


async def ask(user: User, chance: random.Random) -> Result:
    """A question in someone's own words."""
    return await user.slash("frage", text=chance.choice(QUESTIONS)[:1000])


async def type_on(user: User, chance: random.Random) -> Result:
    """One more letter of a question."""
    question = chance.choice(QUESTIONS)[:80]
    return await user.type_option("frage", "text", question[: chance.randrange(1, len(question) + 1)])


async def measured(double: Double, act: Act, people: int, each: int, pause: float) -> list[float]:
    """The milliseconds of ``each`` actions of so many people; each action is another person's, so nobody is slowed."""
    chance = random.Random(1)
    found: list[float] = []

    async def person(number: int) -> None:
        for turn in range(each):
            if pause:
                await asyncio.sleep(chance.uniform(0.5, 1.5) * pause)
            result = await act(double.user(f"p{number}-{turn % 40}"), chance)
            assert result.kind in ("message", "choices"), result
            assert result.ms is not None
            found.append(result.ms)

    await asyncio.gather(*map(person, range(people)))
    return found


def row(name: str, ms: Sequence[float]) -> str:
    """A line of the table."""
    ordered = sorted(ms)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"{name:<44}{len(ms):>6}{statistics.median(ms):>9.1f}{p99:>9.1f}{ordered[-1]:>9.1f}"


async def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as place:
        async with Double() as double:
            env = {"IKZ_BOT_KNOWLEDGE": str(ROOT / "knowledge"), "IKZ_BOT_JOURNAL": f"{place}/journal.sqlite"}
            bot = await double.start_bot("discord", env=env)
            await measured(double, ask, 1, 20, 0)
            print(f"memory after the start: {bot.memory_mb:.0f} MiB")
            print(f"{'':<44}{'n':>6}{'p50':>9}{'p99':>9}{'max':>9}  (ms)")
            for name, act in (("/frage", ask), ("autocomplete", type_on)):
                print(row(f"{name}, 1 person", await measured(double, act, 1, 400, 0)))
                print(row(f"{name}, 50 people at their own pace", await measured(double, act, 50, 20, 1.0)))
                print(row(f"{name}, 50 people at once, without a pause", await measured(double, act, 50, 40, 0)))
            print(f"memory at the end: {bot.memory_mb:.0f} MiB; violations: {len(double.violations)}")
            assert await bot.stop() == 0


if __name__ == "__main__":
    asyncio.run(main())

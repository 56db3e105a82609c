"""How soon a save is an answer, and what answers cost meanwhile: ``python -m tests.live.measure``.

Seconds from the end of a save until a process of its own first answers from it, asked about every 20 ms: the chat over
a pipe, and the bot on Discord over the double. Then the milliseconds of answers on Discord while nothing happens, and
while the knowledge is loaded again and again.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from ..channels.discord.measure import ask, row
from ..discord_double import Double
from .saving import SAVES

ROOT = Path(__file__).parents[2]
TIMES = 6
QUESTION = "Wie heißt die Messung mit Quastenflosser?"
TOPIC = """\
topic: Messung
entries:
  - id: messung
    question: Wie heißt die Messung mit Quastenflosser?
    answer: Sie heißt NUMMER.
    source: fachwerkstatt-2020
"""

Asked = Callable[[], Awaitable[str]]


async def saved(folder: Path, asked: Asked) -> dict[str, list[float]]:
    """The seconds of every way to save, and of a new and a deleted topic."""
    path = folder / "messung.yaml"
    found: dict[str, list[float]] = {}
    number = 100
    for turn in range(TIMES):
        for name, save in SAVES.items():
            number += 1
            await asyncio.to_thread(save, path, TOPIC.replace("NUMMER", f"Nummer{number}"))
            found.setdefault(name, []).append(await _until(asked, lambda text, n=number: f"Nummer{n}" in text))
        path.unlink()
        found.setdefault("deleted", []).append(await _until(asked, lambda text: "Nummer" not in text))
        path.write_text(TOPIC.replace("NUMMER", f"Nummer{turn}neu"), "utf-8")
        found.setdefault("new", []).append(await _until(asked, lambda text, n=turn: f"Nummer{n}neu" in text))
    return found


async def _until(asked: Asked, true: Callable[[str], bool]) -> float:
    began = time.perf_counter()
    while not true(await asked()):
        assert time.perf_counter() - began < 20
        await asyncio.sleep(0.02)
    seconds = time.perf_counter() - began
    await asyncio.sleep(random.random() * 2)  # so that the next save comes at any moment of the watch
    return seconds


def show(title: str, found: dict[str, list[float]]) -> None:
    """Print the table."""
    everything = [seconds for times in found.values() for seconds in times]
    print(f"{title:<32}{'n':>6}{'median':>9}{'worst':>9}  (s)")
    for name, times in {**found, "all": everything}.items():
        print(f"  {name:<30}{len(times):>6}{statistics.median(times):>9.2f}{max(times):>9.2f}")


@asynccontextmanager
async def chatting(folder: Path, place: Path) -> AsyncIterator[Asked]:
    """The chat over a pipe."""
    env = {**os.environ, "IKZ_BOT_KNOWLEDGE": str(folder), "IKZ_BOT_JOURNAL": str(place / "chat.sqlite")}
    chat = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "chat", stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=env
    )
    assert chat.stdin and chat.stdout

    async def asked() -> str:
        chat.stdin.write(f"{QUESTION}\n".encode())
        told = await chat.stdout.readuntil(b"\n\n")
        return told.decode()

    yield asked
    chat.stdin.close()
    assert await chat.wait() == 0


async def loading_again(folder: Path, stop: asyncio.Event) -> int:
    """Save without a pause until told to stop; returns how often."""
    times = 0
    while not stop.is_set():
        times += 1
        (folder / "messung.yaml").write_text(TOPIC.replace("NUMMER", f"mal{times}"), "utf-8")
        await asyncio.sleep(0.4)
    return times


async def measured_asking(double: Double, seconds: float) -> list[float]:
    """The milliseconds of questions by one person after another for so long."""
    chance, until, found = random.Random(2), time.perf_counter() + seconds, []
    while time.perf_counter() < until:
        result = await ask(double.user(f"m{len(double.interactions)}"), chance)
        assert result.ms is not None and result.kind == "message"
        found.append(result.ms)
    return found


async def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        folder = place / "wissen"
        shutil.copytree(ROOT / "knowledge", folder)
        (folder / "messung.yaml").write_text(TOPIC, "utf-8")
        async with chatting(folder, place) as asked:
            show("chat", await saved(folder, asked))
        async with Double() as double:
            env = {"IKZ_BOT_KNOWLEDGE": str(folder), "IKZ_BOT_JOURNAL": f"{place}/journal.sqlite"}
            bot = await double.start_bot("discord", env=env)

            async def asked_on_discord() -> str:
                return (await double.user(f"p{len(double.interactions)}").slash("frage", text=QUESTION)).text

            show("discord", await saved(folder, asked_on_discord))
            print(f"{'':<44}{'n':>6}{'p50':>9}{'p99':>9}{'max':>9}  (ms)")
            print(row("/frage, nothing happens", await measured_asking(double, 20)))
            stop = asyncio.Event()
            saving = asyncio.create_task(loading_again(folder, stop))
            print(row("/frage, the knowledge is loaded all the time", await measured_asking(double, 40)))
            stop.set()
            print(f"saves meanwhile: {await saving}; loaded: {bot.stderr.count('Neues Wissen gilt')}")
            assert await bot.stop() == 0


if __name__ == "__main__":
    asyncio.run(main())

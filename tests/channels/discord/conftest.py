"""The real bot at a double of Discord, with a copy of the knowledge that a test may change."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.answers import Bundle, Status, answer

from ...conftest import ROOT, TODAY
from ...discord_double import BotProcess, Double, User

CONTACT = "Geschäftsstelle der *Region*, Telefon 05251 000000"

SPARE = """\
topic: Probe
description: Nur für Versuche.
entries:
  - id: probe-eins
    question: Wie heißt die erste Probe mit Quastenflosser?
    answer: Sie heißt Quastenflosser Eins. Mehr ist nicht bekannt.
    source: fachwerkstatt-2020
    related: [probe-zwei]
  - id: probe-zwei
    question: Wie heißt die zweite Probe mit Schnabeltier?
    answer: Sie heißt Schnabeltier Zwei.
    source: fachwerkstatt-2020
"""

_number = itertools.count(1)


@dataclass
class Stage:
    """A double of Discord, the bot that is connected to it, and its files."""

    double: Double
    folder: Path
    journal: Path
    bots: list[BotProcess] = field(default_factory=list)

    @property
    def bot(self) -> BotProcess:
        """The bot that runs now."""
        return self.bots[-1]

    async def start(self, *args: str, **env: str | None) -> BotProcess:
        """Start the bot, as it is configured here or otherwise."""
        usual = {"knowledge": str(self.folder), "journal": str(self.journal), "contact": CONTACT}
        settings = {f"IKZ_BOT_{name.upper()}": value for name, value in {**usual, **env}.items()}
        self.bots.append(await self.double.start_bot("discord", *args, env=settings))
        return self.bot

    async def restart(self) -> None:
        """Stop the bot cleanly and start it again."""
        assert await self.bot.stop() == 0
        await self.start()

    def someone(self, **about: Any) -> User:
        """A person who was never here before."""
        return self.double.user(f"person{next(_number)}", **about)

    def records(self, kind: str) -> list[dict[str, Any]]:
        """What the journal holds of one kind."""
        if not self.journal.exists():
            return []
        connection = sqlite3.connect(self.journal)
        try:
            connection.row_factory = sqlite3.Row
            return [
                dict(row) for row in connection.execute("SELECT * FROM journal WHERE kind = ? ORDER BY id", (kind,))
            ]
        finally:
            connection.close()

    async def recorded(self, kind: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The newest record that ``holds``; waits for it, since the journal is written beside the answers."""
        import asyncio

        for _ in range(100):
            for record in reversed(self.records(kind)):
                if holds(record):
                    return record
            await asyncio.sleep(0.02)
        raise AssertionError(f"no such {kind}: {self.records(kind)}")

    def edit(self, file: str, change: Callable[[str], str]) -> None:
        """Change a knowledge file."""
        path = self.folder / file
        path.write_text(change(path.read_text("utf-8")), "utf-8")


def copied_knowledge(place: Path) -> Path:
    """The shipped knowledge with a topic for trials."""
    folder = place / "wissen"
    shutil.copytree(ROOT / "knowledge", folder)
    (folder / "probe.yaml").write_text(SPARE, "utf-8")
    return folder


@pytest.fixture(scope="module")
async def empty_stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """A double without a bot; after the tests, whatever the bots did must have kept Discord's rules."""
    place = tmp_path_factory.mktemp("stage")
    async with Double() as double:
        stage = Stage(double, copied_knowledge(place), place / "journal.sqlite")
        yield stage
        for bot in stage.bots:
            assert await bot.stop() in (0, -9), bot.stderr
            assert "Traceback" not in bot.stderr
            assert double.token not in bot.stderr + bot.stdout
        assert double.violations == []
        assert double.pinging == []


@pytest.fixture(scope="module")
async def stage(empty_stage: Stage) -> Stage:
    """A double with the bot connected to it."""
    await empty_stage.start()
    return empty_stage


@pytest.fixture
def anna(stage: Stage) -> User:
    """Someone who asks."""
    return stage.someone()


@pytest.fixture(scope="session")
def unsure(bundle: Bundle) -> list[str]:
    """Questions to which the bot only has suggestions."""
    return [question for question, status in _statuses(bundle) if status is Status.SUGGESTIONS]


def _statuses(bundle: Bundle) -> Iterator[tuple[str, Status]]:
    import json

    for text in (ROOT / "tests" / "questions" / "dev.jsonl").read_text("utf-8").splitlines():
        question = json.loads(text)["question"]
        reply = answer(bundle, question, TODAY)
        if not reply.further:
            yield question, reply.status

"""What the service works with: the knowledge in force, the journal, what was said before, and counts."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from bot.answers import Bundle, Reason, Reply, Status, answer
from bot.autocomplete import Autocomplete
from bot.channels.discord.memory import Memory
from bot.journal import Journal
from bot.journal.polls import Polls
from bot.knowledge import load

LONG_QUESTION = 200
"""A question of more characters can take 30 ms; it is answered beside the loop."""

REMEMBERED_CONVERSATIONS = 5_000
CONVERSATION_SECONDS = 15 * 60.0


class Speaker(NamedTuple):
    """Who asks, and where: together they are one conversation."""

    channel: int
    person: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """The knowledge in force with everything built from it; replaced as a whole."""

    bundle: Bundle
    autocomplete: Autocomplete
    since: datetime

    @classmethod
    def from_folder(cls, folder: Path) -> Shelf:
        """Load, check and index the knowledge in ``folder``.

        Raises:
            KnowledgeError: with every problem found, where it cannot be used.
        """
        knowledge = load(folder)
        return cls(Bundle.build(knowledge), Autocomplete(knowledge), datetime.now())


class Desk:
    """Where questions are answered for Discord. All of it is used from one event loop.

    ``days_kept`` is how long the journal keeps something, None where it keeps nothing; then there are no ``polls``.
    ``busy_polls`` are the channels in which a poll is just being started or ended.
    """

    def __init__(
        self,
        folder: Path,
        shelf: Shelf,
        journal: Journal,
        days_kept: int | None = None,
        contact: str | None = None,
        today: Callable[[], date] = date.today,
        polls: Polls | None = None,
    ) -> None:
        self.shelf = shelf
        self.journal = journal
        self.days_kept = days_kept
        self.contact = contact
        self.today = today
        self.polls = polls
        self.busy_polls: set[int] = set()
        self.counts: Counter[Status] = Counter()
        self.milliseconds: deque[float] = deque(maxlen=1_000)
        self._folder = folder
        self._previous: Memory[Speaker, Reply] = Memory(REMEMBERED_CONVERSATIONS, CONVERSATION_SECONDS)
        self._last_answers: Memory[Speaker, Reply] = Memory(REMEMBERED_CONVERSATIONS, CONVERSATION_SECONDS)
        self._voted: Memory[tuple[int, int, str], bool] = Memory(REMEMBERED_CONVERSATIONS, 24 * 3600.0)
        self._reloading = asyncio.Lock()
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="answer")

    async def ask(self, question: str, speaker: Speaker, previous: Reply | None = None) -> Reply:
        """The reply to a question, which may lean on ``previous`` or on what this speaker was told before."""
        before = self._previous.get(speaker, time.monotonic())
        # What is remembered also knows in which words it was asked for.
        if previous and not _tell_the_same(before, previous):
            before = previous
        bundle, today = self.shelf.bundle, self.today()
        if len(question) > LONG_QUESTION:
            loop = asyncio.get_running_loop()
            reply = await loop.run_in_executor(self._beside, answer, bundle, question, today, before)
        else:
            reply = answer(bundle, question, today, before)
        for part in (reply, *reply.further):
            self.counts[part.status] += 1
            if part.status is not Status.ANSWERED:
                near = [suggestion.entry.id for suggestion in part.suggestions]
                self.journal.unanswered(part.question, part.status, part.reason, near)
        self.remember(speaker, reply)
        return reply

    def took(self, seconds: float) -> None:
        """Count the time until an answer was sent."""
        self.milliseconds.append(seconds * 1000)

    def remember(self, speaker: Speaker, reply: Reply) -> None:
        """Keep what this speaker was told, so that the next question can lean on it."""
        parts, now = (reply, *reply.further), time.monotonic()
        self._last_answers.put(speaker, reply, now)
        if any(part.reason is not Reason.SMALL_TALK for part in parts):
            self._previous.put(speaker, parts[-1], now)

    def last_answer(self, speaker: Speaker) -> Reply | None:
        """What this speaker was told last, where it is not too long ago."""
        return self._last_answers.get(speaker, time.monotonic())

    def first_vote(self, person: int, message: int, entry_id: str) -> bool:
        """Whether this person has not yet voted on this answer; remembered in memory only."""
        key, now = (person, message, entry_id), time.monotonic()
        if self._voted.get(key, now):
            return False
        self._voted.put(key, True, now)
        return True

    async def reload(self) -> None:
        """Put the knowledge as it is in the folder now into force; whoever asks meanwhile gets the old one.

        Raises:
            KnowledgeError: where it cannot be used; the old one then stays in force.
        """
        async with self._reloading:
            self.shelf = await asyncio.to_thread(Shelf.from_folder, self._folder)


def _tell_the_same(one: Reply | None, other: Reply) -> bool:
    return bool(one and one.entry and other.entry and one.entry.id == other.entry.id)

"""What the service works with: the knowledge in force, the journal, what was said before, and counts."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import NamedTuple

from bot.answers import Reason, Reply, Status, answer, renewed
from bot.channels.discord.admin_channel import AdminChannel
from bot.channels.discord.faults import log
from bot.channels.discord.memory import Memory
from bot.journal import Journal
from bot.journal.polls import Polls
from bot.knowledge import Entry, Problem
from bot.live import Live, Reader, Shelf, State

LONG_QUESTION = 200
"""A question of more characters can take 30 ms; it is answered beside the loop."""

REMEMBERED_CONVERSATIONS = 5_000
CONVERSATION_SECONDS = 15 * 60.0

MOST_RECENT = 5
MEETING_SECONDS = 12 * 3600.0
"""So many entries, and so long, are remembered of what a person was told and of what everyone in a channel was."""


class Speaker(NamedTuple):
    """Who asks, and where: together they are one conversation."""

    channel: int
    person: int


class Desk:
    """Where questions are answered for Discord. All of it is used from one event loop.

    ``days_kept`` is how long the journal keeps something, None where it keeps nothing; then there are no ``polls``.
    ``busy_polls`` are the channels in which a poll is just being started or ended.
    """

    def __init__(
        self,
        live: Live,
        journal: Journal,
        days_kept: int | None = None,
        contact: str | None = None,
        today: Callable[[], date] = date.today,
        polls: Polls | None = None,
        admin_channel: int | None = None,
    ) -> None:
        self.state = live.state
        self.journal = journal
        self.days_kept = days_kept
        self.contact = contact
        self.today = today
        self.polls = polls
        self.busy_polls: set[int] = set()
        self.counts: Counter[Status] = Counter()
        self.milliseconds: deque[float] = deque(maxlen=1_000)
        self.admin_channel = AdminChannel(admin_channel, live.opening)
        self._live = live
        self._reader = Reader(live.opening)
        self._previous: Memory[Speaker, Reply] = Memory(REMEMBERED_CONVERSATIONS, CONVERSATION_SECONDS)
        self._last_answers: Memory[Speaker, Reply] = Memory(REMEMBERED_CONVERSATIONS, CONVERSATION_SECONDS)
        self._voted: Memory[tuple[int, int, str], bool] = Memory(REMEMBERED_CONVERSATIONS, 24 * 3600.0)
        self._recent: Memory[int, tuple[str, ...]] = Memory(REMEMBERED_CONVERSATIONS, CONVERSATION_SECONDS)
        self._shared: Memory[int, tuple[str, ...]] = Memory(REMEMBERED_CONVERSATIONS, MEETING_SECONDS)
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="answer")

    @property
    def shelf(self) -> Shelf:
        """The knowledge in force. It changes only while something is awaited."""
        return self.state.shelf

    async def ask(self, question: str, speaker: Speaker, previous: Reply | None = None) -> Reply:
        """The reply to a question, which may lean on ``previous`` or on what this speaker was told before."""
        before = self._renewed(self._previous.get(speaker, time.monotonic()))
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
        for part in parts:
            if isinstance(part.entry, Entry):
                _put_first(self._recent, speaker.person, part.entry.id, now)

    def recent(self, person: int) -> list[Entry]:
        """The entries this person was told last, newest first."""
        return self._entries(self._recent.get(person, time.monotonic()))

    def share(self, channel: int, entry_id: str) -> None:
        """Keep that everyone in a channel was told this entry."""
        _put_first(self._shared, channel, entry_id, time.monotonic())

    def unshare(self, channel: int, entry_id: str) -> None:
        """Forget it again."""
        now = time.monotonic()
        self._shared.put(channel, tuple(i for i in self._shared.get(channel, now) or () if i != entry_id), now)

    def shared(self, channel: int) -> list[Entry]:
        """The entries everyone in this channel was told last, newest first."""
        return self._entries(self._shared.get(channel, time.monotonic()))

    def _entries(self, ids: Iterable[str] | None) -> list[Entry]:
        """Those that still exist; the knowledge may have been loaded again since."""
        known = self.shelf.bundle.knowledge
        return list({entry.id: entry for name in ids or () if (entry := known.entry(name))}.values())

    def last_answer(self, speaker: Speaker) -> Reply | None:
        """What this speaker was told last, where it is not too long ago."""
        return self._renewed(self._last_answers.get(speaker, time.monotonic()))

    def _renewed(self, reply: Reply | None) -> Reply | None:
        """What was said before, as the knowledge has it now; None where that no longer exists."""
        return renewed(reply, self.shelf.bundle.knowledge) if reply else None

    def first_vote(self, person: int, message: int, entry_id: str) -> bool:
        """Whether this person has not yet voted on this answer; remembered in memory only."""
        key, now = (person, message, entry_id), time.monotonic()
        if self._voted.get(key, now):
            return False
        self._voted.put(key, True, now)
        return True

    async def look(self) -> State:
        """Put the knowledge as it is in the folder now into force; whoever asks meanwhile gets the old one.

        Where it cannot be used, the old one stays in force; the state says why.
        """
        await asyncio.to_thread(self._live.look)
        self.renew()
        return self.state

    async def findings(self) -> list[Problem]:
        """What whoever keeps the knowledge should know about the one in force, though it can be used."""
        from bot.curation.findings import findings_in_force

        return await asyncio.to_thread(findings_in_force, self.shelf.bundle, self._live.folder, self.today())

    def renew(self) -> None:
        """Answer from the knowledge that is in force now, and tell what is new about it."""
        self.state = self._live.state
        news = self._reader.news(self.state)
        if news:
            log.log(logging.WARNING if news.problems else logging.INFO, "%s", " ".join(news.sentences))
        self._reader.heard(self.state)
        self.admin_channel.ring()


def _put_first(memory: Memory[int, tuple[str, ...]], key: int, entry_id: str, now: float) -> None:
    before = memory.get(key, now) or ()
    memory.put(key, tuple(dict.fromkeys((entry_id, *before)))[:MOST_RECENT], now)


def _tell_the_same(one: Reply | None, other: Reply) -> bool:
    return bool(one and one.entry and other.entry and one.entry.id == other.entry.id)

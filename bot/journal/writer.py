"""Writing the journal beside everything else: no answer waits for it, and nothing that happens to it breaks one."""

from __future__ import annotations

import contextlib
import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.journal import database
from bot.journal.database import Record, Value
from bot.journal.masking import mask

MAX_WAITING = 1000
"""So many records wait in memory for a slow disk; more are dropped."""

PURGE_EVERY = timedelta(days=1)
GATHER_SECONDS = 0.25
"""So long records are gathered before the file is opened for them, so that many questions cost little more than one."""

LOOK_AROUND_SECONDS = 600.0
"""So often an idle journal looks whether something is due to be deleted."""

MAX_ID = 100
MAX_NEAREST = 25
"""Longer than any id, and more than any channel offers."""

_FREE_TEXT = frozenset({"question", "reason", "answer", "source"})

_log = logging.getLogger(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Journal:
    """Collects what stayed unanswered and what helped, without anything that says who asked.

    All methods return at once; a thread writes. Free text is masked before it is written, and of the time only the
    hour is kept. Where a record cannot be written it is dropped, with one line in the log for the first one.
    A journal without a path writes nothing.
    """

    def __init__(self, path: Path | None, retention_days: int, now: Callable[[], datetime]) -> None:
        self._path = path
        self._retention = timedelta(days=retention_days)
        self._now = now
        self._waiting: queue.Queue[Record | None] = queue.Queue(MAX_WAITING)
        self._dropped = 0
        self._failing = False
        self._purged: datetime | None = None
        self._thread = threading.Thread(target=self._write_all, name="journal", daemon=True)

    @classmethod
    def open(cls, path: Path | None, retention_days: int, now: Callable[[], datetime] = _utc_now) -> Journal:
        """The journal in the file ``path``; with None, one that writes nothing.

        Records older than ``retention_days`` are deleted at once and then every day. ``now`` is the time in UTC.
        Nothing is ever raised because of the file: what is wrong with it is logged.
        """
        journal = cls(path, retention_days, now)
        if path:
            journal._thread.start()
        return journal

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def unanswered(self, question: str, status: str, reason: str, nearest: Sequence[str]) -> None:
        """A question that got suggestions or nothing; ``nearest`` are the ids of the entries that were offered."""
        self._put(kind="unanswered", question=question, status=status, reason=reason, nearest=list(nearest))

    def picked(self, question: str, entry_id: str | None) -> None:
        """Someone chose a suggestion for a question; None for „keine davon“."""
        self._put(kind="picked", question=question, entry=entry_id)

    def vote(self, entry_id: str, helpful: bool, question: str, reason: str = "") -> None:
        """Someone found an answer helpful or not."""
        self._put(kind="vote", question=question, entry=entry_id, helpful=helpful, reason=reason)

    def proposal(self, question: str, answer: str, source: str) -> None:
        """Someone proposes an entry."""
        self._put(kind="proposal", question=question, answer=answer, source=source)

    @property
    def kept_days(self) -> int | None:
        """So many days a record is kept; None where nothing is written."""
        return self._retention.days if self._path else None

    def counts(self) -> dict[str, int]:
        """How many records of each kind are in the file; empty where there is none or it cannot be read.

        Reads the file, so a channel that serves many should call it in a thread.
        """
        if not (self._path and self._path.exists()):
            return {}
        try:
            with database.opened(self._path, busy_seconds=1.0) as connection:
                return database.counts(connection)
        except (OSError, sqlite3.Error):
            return {}

    def close(self, timeout: float = 5.0) -> None:
        """Write what is waiting, for at most ``timeout`` seconds. What comes later is dropped."""
        if not self._thread.is_alive():
            return
        give_up = time.monotonic() + timeout
        try:
            self._waiting.put(None, timeout=timeout)
        except queue.Full:
            return
        self._thread.join(max(0.0, give_up - time.monotonic()))

    def _put(self, **record: str | bool | list[str] | None) -> None:
        if not self._thread.is_alive():
            return
        try:
            self._waiting.put_nowait({"at": _hour(self._now()), **record})
        except queue.Full:
            self._dropped += 1

    def _write_all(self) -> None:
        """The thread: write whatever waits, until None comes."""
        self._attempt(self._purge)
        while True:
            found = self._next()
            batch = [record for record in found if record is not None]
            if batch and not self._attempt(partial(_add, batch)):
                self._dropped += len(batch)
            if self._due():
                self._attempt(self._purge)
            if len(batch) < len(found):
                return

    def _next(self) -> list[Record | None]:
        """What comes within a moment, up to the end of the journal; nothing where nothing came for a while."""
        found: list[Record | None] = []
        with contextlib.suppress(queue.Empty):
            found.append(self._waiting.get(timeout=LOOK_AROUND_SECONDS))
            until = time.monotonic() + GATHER_SECONDS
            while found[-1] is not None and (left := until - time.monotonic()) > 0:
                found.append(self._waiting.get(timeout=left))
        return found

    def _due(self) -> bool:
        return self._purged is None or self._now() - self._purged >= PURGE_EVERY

    def _purge(self, connection: sqlite3.Connection) -> None:
        now = self._now()
        if database.delete(connection, _hour(now - self._retention)):
            database.shrink(connection)
        self._purged = now

    def _attempt(self, action: Callable[[sqlite3.Connection], None]) -> bool:
        """Do something with the file; whatever goes wrong is logged, once until it works again."""
        assert self._path
        try:
            with database.opened(self._path) as connection:
                action(connection)
        except Exception as error:  # whatever it is, the bot goes on and so does this thread
            if not self._failing:
                _log.warning("Das Journal nimmt nichts auf: %s", database.explain(error, self._path))
            self._failing = True
            return False
        if self._dropped:
            _log.warning("Das Journal schreibt wieder; Einträge, die darin fehlen: %d", self._dropped)
        self._dropped, self._failing = 0, False
        return True


def _add(batch: Iterable[Record], connection: sqlite3.Connection) -> None:
    database.add(connection, [_impersonal(record) for record in batch])


def _impersonal(record: Record) -> Record:
    """The record as it may be written: free text masked, and no other text longer than an id."""
    return {
        name: mask(value) if name in _FREE_TEXT and isinstance(value, str) else _bounded(value)
        for name, value in record.items()
    }


def _bounded(value: Value) -> Value:
    if isinstance(value, str):
        return value[:MAX_ID].encode("utf-8", "replace").decode()
    return value if value is None or isinstance(value, bool) else [str(_bounded(part)) for part in value[:MAX_NEAREST]]


def _hour(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:00Z")

"""Running flash polls and the answers to their open questions, in the journal's file; at its end each is deleted."""

from __future__ import annotations

import hmac
import json
import logging
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import UserError
from bot.journal import database
from bot.journal.masking import mask
from bot.knowledge.poll_model import PollFile

BUSY_SECONDS = 1.5
"""So long is waited for another program that is writing: whoever pressed a button must have an answer within three."""

NOT_STORED = (
    "Die Umfrage lässt sich gerade nicht lesen oder speichern. Bitte versuchen Sie es in ein paar Minuten noch einmal."
)

_COLUMNS = "key, channel, vote, panel, secret, questions"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RunningPoll:
    """A poll that runs: where its two messages stand, and the questions as they were when it began."""

    key: str
    channel: int
    vote: int
    panel: int
    secret: bytes
    questions: PollFile


def new_key() -> str:
    """A name for a new poll, which its buttons carry."""
    return secrets.token_hex(6)


class Polls:
    """The polls in the file ``path``. Every call reads or writes the file, so it belongs into a thread.

    All of them raise UserError where the file cannot be used; the reason is logged.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def start(self, key: str, channel: int, vote: int, panel: int, questions: PollFile) -> bool:
        """Keep a new poll; False, and nothing is kept, where one runs in the channel already."""
        row = (key, channel, vote, panel, secrets.token_bytes(16), questions.model_dump_json(), _hour())
        with self._file() as connection:
            added = connection.execute(
                f"INSERT OR IGNORE INTO polls ({_COLUMNS}, started) VALUES (?, ?, ?, ?, ?, ?, ?)", row
            )
            return added.rowcount == 1

    def in_channel(self, channel: int) -> RunningPoll | None:
        """The poll that runs in a channel."""
        with self._file() as connection:
            return _found(connection, "channel", channel)

    def find(self, key: str) -> RunningPoll | None:
        """The poll with this key, where it still runs."""
        with self._file() as connection:
            return _found(connection, "key", key)

    def answer(self, key: str, person: int, texts: Sequence[str]) -> bool | None:
        """Keep what a person wrote, masked, in place of what they wrote before.

        Returns whether there was something before; None, and nothing is kept, where the poll has ended.
        """
        kept = json.dumps([mask(text) for text in texts], ensure_ascii=False)
        with self._file() as connection, database.transaction(connection):
            poll = _found(connection, "key", key)
            if poll is None:
                return None
            mark = (key, _mark(poll.secret, person))
            before = connection.execute("DELETE FROM poll_answers WHERE poll = ? AND person = ?", mark).rowcount
            connection.execute("INSERT INTO poll_answers (poll, person, texts) VALUES (?, ?, ?)", (*mark, kept))
            return before > 0

    def answer_of(self, poll: RunningPoll, person: int) -> list[str]:
        """What a person wrote before; empty where they wrote nothing."""
        mark = _mark(poll.secret, person)
        with self._file() as connection:
            rows = connection.execute(
                "SELECT texts FROM poll_answers WHERE poll = ? AND person = ?", (poll.key, mark)
            ).fetchall()
        return [str(text) for row in rows for text in json.loads(row[0])]

    def forms(self, poll: RunningPoll) -> list[list[str]]:
        """What everyone wrote, one list for each person."""
        with self._file() as connection:
            rows = connection.execute("SELECT texts FROM poll_answers WHERE poll = ?", (poll.key,)).fetchall()
        return [[str(text) for text in json.loads(row[0])] for row in rows]

    def end(self, key: str) -> None:
        """Delete everything that is kept of a poll."""
        with self._file() as connection:
            with database.transaction(connection):
                connection.execute("DELETE FROM poll_answers WHERE poll = ?", (key,))
                connection.execute("DELETE FROM polls WHERE key = ?", (key,))
            with suppress(
                sqlite3.OperationalError
            ):  # someone else reads; the next time this is done, it is done for all
                database.shrink(connection)

    @contextmanager
    def _file(self) -> Iterator[sqlite3.Connection]:
        try:
            with database.opened(self._path, BUSY_SECONDS) as connection:
                yield connection
        except (OSError, sqlite3.Error) as error:
            _log.warning("Umfrage: %s", database.explain(error, self._path))
            raise UserError(NOT_STORED) from None


def _found(connection: sqlite3.Connection, column: str, value: str | int) -> RunningPoll | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM polls WHERE {column} = ?", (value,)).fetchone()
    if row is None:
        return None
    key, channel, vote, panel, secret, questions = row
    return RunningPoll(key, channel, vote, panel, secret, PollFile.model_validate_json(questions))


def _mark(secret: bytes, person: int) -> str:
    """What stands for a person in one poll: the same for all their answers, and in no other poll."""
    return hmac.digest(secret, str(person).encode(), "sha256").hex()


def _hour() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:00Z")

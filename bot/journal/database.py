"""The file of the journal: its SQLite tables, their versions, and what is written into, read from and deleted in it.

Every function opens the file for itself, so that a file that is moved, deleted or restored meanwhile does no harm.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TypeAlias

from bot.typed_text import quoted_path

Value: TypeAlias = "str | bool | Sequence[str] | None"
Record: TypeAlias = Mapping[str, Value]
"""One event; ``at`` and ``kind`` are always there, of the others those that belong to the kind."""

COLUMNS = ("at", "kind", "question", "status", "reason", "nearest", "entry", "helpful", "answer", "source")

BUSY_SECONDS = 5.0
"""So long is waited for another program that is writing."""

_AFTER_ALL = "9999"
"""Later than everything that was ever written."""

_APPLICATION_ID = 0x494B5A42
"""„IKZB“: marks the file as a journal, so that no other program's file is ever written into."""

# Each statement leads from one version (its place in the list) to the next. Never change one that has been released.
MIGRATIONS = [
    """
    CREATE TABLE journal (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,   -- hour of the event in UTC: 2026-11-23T14:00Z
        kind TEXT NOT NULL, -- unanswered, picked, vote or proposal
        question TEXT,
        status TEXT,
        reason TEXT,
        nearest TEXT,       -- ids of the entries that were offered, as a JSON list
        entry TEXT,
        helpful INTEGER,
        answer TEXT,
        source TEXT
    )
    """,
    """
    CREATE TABLE polls (             -- only while they run; see bot/journal/polls.py
        key TEXT PRIMARY KEY,
        channel INTEGER NOT NULL UNIQUE,
        vote INTEGER NOT NULL,       -- the message with the closed question
        panel INTEGER NOT NULL,      -- the message with the buttons
        secret BLOB NOT NULL,        -- what makes its hashes unlike those of any other poll
        questions TEXT NOT NULL,     -- as they were when it began, as JSON
        started TEXT NOT NULL        -- hour in UTC
    )
    """,
    """
    CREATE TABLE poll_answers (
        poll TEXT NOT NULL,
        person TEXT NOT NULL,        -- hash of the person with the poll's secret
        texts TEXT NOT NULL,         -- one for each open question, as a JSON list
        PRIMARY KEY (poll, person)
    ) WITHOUT ROWID
    """,
]


class ForeignFileError(sqlite3.DatabaseError):
    """The file is a database, but no journal that this version can write into."""


@contextmanager
def opened(path: Path, busy_seconds: float = BUSY_SECONDS) -> Iterator[sqlite3.Connection]:
    """The journal at ``path``, in its newest version; created, with its folder, where there is none.

    Raises:
        OSError, sqlite3.Error: where that is not possible.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _create(path)
    connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
    try:
        _migrate(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")  # what was deleted cannot be read from the file any more
        yield connection
    finally:
        connection.close()


def _create(path: Path) -> None:
    """Make sure that there is a plain file, which nobody else may read if it is new."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NONBLOCK, 0o600)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a plain file")
    finally:
        os.close(descriptor)


def _migrate(connection: sqlite3.Connection) -> None:
    with transaction(
        connection, "DEFERRED"
    ):  # what is read in one is of one moment, whoever creates the file meanwhile
        version = _version(connection)
    if version == len(MIGRATIONS):
        return
    with transaction(connection):
        version = _version(connection)  # once more: another program may just have done it
        for statement in MIGRATIONS[version:]:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if (tables or version) and owner != _APPLICATION_ID:
        raise ForeignFileError("the file belongs to another program")
    if version > len(MIGRATIONS):
        raise ForeignFileError("the file was written by a newer version")
    return version


@contextmanager
def transaction(connection: sqlite3.Connection, kind: Literal["IMMEDIATE", "DEFERRED"] = "IMMEDIATE") -> Iterator[None]:
    """Everything inside is written, or nothing; a ``DEFERRED`` one only reads and stops nobody else."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # SQLite itself rolls back after some failures
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def add(connection: sqlite3.Connection, records: Iterable[Record]) -> None:
    """Write all records, or none."""
    names = ", ".join(COLUMNS)
    places = ", ".join(f":{name}" for name in COLUMNS)
    empty = dict.fromkeys(COLUMNS)
    with transaction(connection):
        connection.executemany(
            f"INSERT INTO journal ({names}) VALUES ({places})",
            [{**empty, **record, "nearest": _as_json(record.get("nearest"))} for record in records],
        )


def explain(error: Exception, path: Path) -> str:
    """Why something could not be done with the file, as a German sentence with what to do."""
    name = quoted_path(path)
    if isinstance(error, ForeignFileError):
        return f"{name} gehört zu einem anderen Programm oder zu einer neueren Fassung. Bitte nennen Sie eine andere."
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"Ein anderes Programm hält {name} gesperrt. Bitte warten Sie, bis es fertig ist."
        case sqlite3.SQLITE_FULL:
            return f"Für {name} ist kein Platz mehr. Bitte schaffen Sie Platz auf dem Datenträger."
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return f"{name} ist beschädigt oder keine Journaldatei. Bitte benennen Sie die Datei um."
        case _:
            return (
                f"{name} lässt sich nicht öffnen oder beschreiben. Bitte prüfen Sie den Pfad, die Zugriffsrechte und"
                f" den freien Platz. ({type(error).__name__})"
            )


def _as_json(nearest: Value) -> str | None:
    return None if nearest is None else json.dumps(nearest, ensure_ascii=False)


def delete(connection: sqlite3.Connection, before: str | None = None) -> int:
    """Delete what happened before an hour or day (ISO, UTC), or everything; returns how many records that were.

    Polls that began before and never ended go with everything that was answered.
    """
    until = (before or _AFTER_ALL,)
    with transaction(connection):
        records = connection.execute("DELETE FROM journal WHERE at < ?", until).rowcount
        polls = connection.execute("DELETE FROM polls WHERE started < ?", until).rowcount
        answers = connection.execute("DELETE FROM poll_answers WHERE poll NOT IN (SELECT key FROM polls)").rowcount
    return records + polls + answers


def shrink(connection: sqlite3.Connection) -> None:
    """Give the place of what was deleted back to the disk."""
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def records(connection: sqlite3.Connection) -> Iterator[dict[str, Value]]:
    """All records in the order they were written, each with every column."""
    for row in connection.execute(f"SELECT {', '.join(COLUMNS)} FROM journal ORDER BY id"):
        record = dict(zip(COLUMNS, row, strict=True))
        record["nearest"] = None if record["nearest"] is None else json.loads(record["nearest"])
        record["helpful"] = None if record["helpful"] is None else bool(record["helpful"])
        yield record


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many records there are of each kind."""
    return dict(connection.execute("SELECT kind, count(*) FROM journal GROUP BY kind ORDER BY kind"))

"""What an administrator does with the journal: take it out and empty it."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from bot.errors import UserError
from bot.journal import database
from bot.journal.database import COLUMNS, Record, Value
from bot.typed_text import quoted


def exported(path: Path, form: str) -> bytes:
    """Everything in the journal as a file in the form ``jsonl`` or ``csv``; where there is no journal yet, no record.

    Raises:
        UserError: where the form is unknown or the journal cannot be read.
    """
    if form not in _FORMS:
        raise UserError(f"Die Form {quoted(form)} gibt es nicht. Möglich sind: {', '.join(_FORMS)}.")
    if not path.exists():
        return _FORMS[form]([])
    with _opened(path) as connection:
        return _FORMS[form](database.records(connection))


def _as_jsonl(records: Iterable[Record]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def _as_csv(records: Iterable[Record]) -> bytes:
    """A table as German spreadsheets expect it: semicolons, and the mark that says UTF-8."""
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";")
    table.writerow(COLUMNS)
    table.writerows([_cell(record[name]) for name in COLUMNS] for record in records)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str:
    if value is None or isinstance(value, bool):
        return {None: "", True: "ja", False: "nein"}[value]
    text = value if isinstance(value, str) else " ".join(value)
    # A spreadsheet would take it for a formula, and a formula can do harm.
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


_FORMS: Mapping[str, Callable[[Iterable[Record]], bytes]] = {"jsonl": _as_jsonl, "csv": _as_csv}


def records(path: Path, since: date | None) -> list[dict[str, Value]]:
    """What came into the journal, all of it or from a day (UTC) on; nothing where there is no journal yet.

    Raises:
        UserError: where the journal cannot be read.
    """
    if not path.exists():
        return []
    first = since.isoformat() if since else ""
    with _opened(path) as connection:
        return [record for record in database.records(connection) if str(record["at"]) >= first]


def day(text: str) -> date:
    """The day that someone typed as JJJJ-MM-TT.

    Raises:
        UserError: where it is none.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UserError(
            f"{quoted(text)} ist kein Tag. Bitte schreiben Sie ihn als JJJJ-MM-TT, zum Beispiel 2026-11-23."
        ) from None


def delete(path: Path, before: date | None) -> int:
    """Delete what happened before a day (UTC), or everything; returns how many records that were.

    Raises:
        UserError: where the journal cannot be opened or another program holds it.
    """
    if not path.exists():
        return 0
    with _opened(path) as connection:
        deleted = database.delete(connection, before.isoformat() if before else None)
        database.shrink(connection)
        return deleted


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with database.opened(path) as connection:
            yield connection
    except (OSError, sqlite3.Error) as error:
        raise UserError(f"Das Journal lässt sich nicht verwenden: {database.explain(error, path)}") from None

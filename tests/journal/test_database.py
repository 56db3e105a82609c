"""The journal's file on a real disk: rights, versions, faults, and what can be read and deleted."""

from __future__ import annotations

import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from bot.journal import database
from bot.journal.database import ForeignFileError, opened


def record(at: str = "2026-11-23T14:00Z", **more: str | bool | list[str]) -> dict[str, str | bool | list[str]]:
    return {"at": at, "kind": "unanswered", "question": "Wer?", **more}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "neu" / "journal.sqlite"


def stored(path: Path) -> list[dict[str, database.Value]]:
    with opened(path) as connection:
        return list(database.records(connection))


def test_what_was_added_is_read_in_order(path: Path) -> None:
    with opened(path) as connection:
        database.add(connection, [record(nearest=["a", "ä"]), record(kind="vote", helpful=False)])
    first, second = stored(path)
    assert list(first) == list(database.COLUMNS)
    assert (first["nearest"], first["helpful"]) == (["a", "ä"], None)
    assert (second["nearest"], second["helpful"]) == (None, False)


def test_only_the_owner_may_read_a_new_file(path: Path) -> None:
    with opened(path) as connection:
        database.add(connection, [record()])
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes["journal.sqlite"] == modes["journal.sqlite-wal"] == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_rights_that_were_given_are_kept(path: Path) -> None:
    path.parent.mkdir()
    path.touch(0o640)
    path.chmod(0o640)
    with opened(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_readers_are_not_stopped_by_a_writer(path: Path) -> None:
    with opened(path) as writer:
        database.add(writer, [record()])
        writer.execute("BEGIN IMMEDIATE")
        with opened(path, busy_seconds=0.0) as reader:
            assert database.counts(reader) == {"unanswered": 1}
        writer.execute("ROLLBACK")


def test_all_records_are_written_or_none(path: Path) -> None:
    with opened(path) as connection:
        with pytest.raises(sqlite3.IntegrityError):
            database.add(connection, [record(), {"kind": "vote"}])
        assert database.counts(connection) == {}


def test_deleting_by_date_or_everything(path: Path) -> None:
    with opened(path) as connection:
        database.add(connection, [record(f"2026-11-{day}T23:00Z") for day in (20, 21, 22)])
        assert database.delete(connection, before="2026-11-21") == 1
        assert database.delete(connection) == 2
        assert database.counts(connection) == {}


def test_what_was_deleted_is_not_in_the_file_any_more(path: Path) -> None:
    with opened(path) as connection:
        database.add(connection, [record(question="Quietscheentchen " * 50) for _ in range(500)])
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert b"Quietscheentchen" in path.read_bytes()
        size = path.stat().st_size
        database.delete(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert b"Quietscheentchen" not in path.read_bytes()  # even where there is no space to shrink the file
        database.shrink(connection)
    assert b"Quietscheentchen" not in b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert path.stat().st_size < size / 10


def test_an_older_file_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(path) as connection:
        database.add(connection, [record()])
    added = [*database.MIGRATIONS, "ALTER TABLE journal ADD COLUMN channel_kind TEXT"]
    monkeypatch.setattr(database, "MIGRATIONS", added)
    with opened(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(added),)
        assert connection.execute("SELECT question, channel_kind FROM journal").fetchall() == [("Wer?", None)]
    assert [r["question"] for r in stored(path)] == ["Wer?"]


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(path) as connection:
        database.add(connection, [record()])
    version = len(database.MIGRATIONS)
    broken = [*database.MIGRATIONS, "ALTER TABLE journal ADD COLUMN more TEXT", "ALTER TABLE nothing ADD COLUMN x TEXT"]
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", broken)
        with pytest.raises(sqlite3.OperationalError), opened(path):
            pass
    with opened(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
        assert "more" not in [row[1] for row in connection.execute("PRAGMA table_info(journal)")]
    assert len(stored(path)) == 1


def test_a_file_of_a_newer_version_is_left_alone(path: Path) -> None:
    with opened(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(ForeignFileError), opened(path):
        pass


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "fremd.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE journal (x)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(ForeignFileError), opened(path):
        pass
    assert path.read_bytes() == before


def test_any_other_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("knowledge: wissen\n" * 100)
    with pytest.raises(sqlite3.DatabaseError) as caught, opened(path):
        pass
    assert path.read_text() == "knowledge: wissen\n" * 100
    assert "keine Journaldatei" in database.explain(caught.value, path)


def test_only_a_plain_file_is_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rohr")
    for place in (tmp_path, tmp_path / "rohr", Path(os.devnull)):
        with pytest.raises(OSError) as caught, opened(place):
            pass
        assert "lässt sich nicht öffnen" in database.explain(caught.value, place)


def test_a_locked_file_is_explained(path: Path) -> None:
    with opened(path) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with opened(path, busy_seconds=0.0) as connection, pytest.raises(sqlite3.OperationalError) as caught:
            database.add(connection, [record()])
    assert "hält" in database.explain(caught.value, path)
    assert "gesperrt" in database.explain(caught.value, path)


def test_a_full_file_is_explained(path: Path) -> None:
    with opened(path) as connection:
        connection.execute("PRAGMA max_page_count = 3")
        with pytest.raises(sqlite3.OperationalError) as caught:
            database.add(connection, [record(question="x" * 4000) for _ in range(20)])
        assert database.counts(connection) == {}
    assert "kein Platz mehr" in database.explain(caught.value, path)


def test_odd_names_are_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "50 % ö?#'x" / "j&k=1.sqlite"
    with opened(path) as connection:
        database.add(connection, [record()])
    assert path.is_file()
    assert len(stored(path)) == 1


def test_a_journal_that_is_just_being_created_is_not_taken_for_a_foreign_file(tmp_path: Path) -> None:
    def open_it(number: int) -> None:
        with suppress(sqlite3.OperationalError), opened(tmp_path / f"{number // 8}.sqlite") as connection:  # locked
            assert database.counts(connection) == {}

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(open_it, range(8 * 60)))

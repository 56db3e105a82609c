"""The journal beside the answers: it never waits, never raises, never keeps who asked – on real files."""

from __future__ import annotations

import inspect
import logging
import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.journal import Journal, database, writer

from ..conftest import ROOT

NOON = datetime(2026, 11, 23, 12, 34, 56, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal that gives up at once where another program holds the file, and looks around often."""
    opened = database.opened
    monkeypatch.setattr(database, "opened", lambda path, busy_seconds=0.0: opened(path, busy_seconds=0.05))
    monkeypatch.setattr(writer, "LOOK_AROUND_SECONDS", 0.01)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program that holds the file for itself alone."""
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()


def stored(path: Path) -> list[dict[str, database.Value]]:
    with database.opened(path) as connection:
        return list(database.records(connection))


def wait_for(what: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 10
    while not what():
        assert time.monotonic() < give_up, "it did not happen"
        time.sleep(0.01)


def test_every_kind_of_event_is_kept(path: Path) -> None:
    with Journal.open(path, 90, lambda: NOON) as journal:
        journal.unanswered("Wer ist Herr Meier?", "unknown", "only_names", ["a-b", "c"])
        journal.picked("Und dann?", "a-b")
        journal.picked("Und dann?", None)
        journal.vote("a-b", True, "Fördertopf")
        journal.vote("a-b", False, "Fördertopf", "Frau Schulz (0170 1234567) weiß mehr")
        journal.proposal("Was ist neu?", "Dies.", "erika@beispiel.de")
    nothing = dict.fromkeys(database.COLUMNS)
    always = nothing | {"at": "2026-11-23T12:00Z"}
    assert stored(path) == [
        always
        | {
            "kind": "unanswered",
            "question": "Wer ist Herr [Name]?",
            "status": "unknown",
            "reason": "only_names",
            "nearest": ["a-b", "c"],
        },
        always | {"kind": "picked", "question": "Und dann?", "entry": "a-b"},
        always | {"kind": "picked", "question": "Und dann?"},
        always | {"kind": "vote", "question": "Fördertopf", "entry": "a-b", "helpful": True, "reason": ""},
        always
        | {
            "kind": "vote",
            "question": "Fördertopf",
            "entry": "a-b",
            "helpful": False,
            "reason": "Frau [Name] ([Telefon]) weiß mehr",
        },
        always | {"kind": "proposal", "question": "Was ist neu?", "answer": "Dies.", "source": "[E-Mail]"},
    ]
    assert journal.counts() == {"picked": 2, "proposal": 1, "unanswered": 1, "vote": 2}


def test_nothing_that_identifies_can_be_handed_in_or_is_stored(path: Path) -> None:
    methods = (Journal.unanswered, Journal.picked, Journal.vote, Journal.proposal)
    parameters = {name for method in methods for name in inspect.signature(method).parameters}
    assert parameters == {
        *("self", "question", "status", "reason", "nearest", "entry_id", "helpful", "answer", "source")
    }
    with Journal.open(path, 90) as journal:
        journal.unanswered("<@123456789012345678> in <#876543210987654321>", "unknown", "off_topic", [])
    with database.opened(path) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(journal)")]
    assert columns == ["id", *database.COLUMNS]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:00Z", str(stored(path)[0]["at"]))
    assert not re.search(rb"123456789012345678|876543210987654321", path.read_bytes())


def test_long_and_broken_texts_are_bounded(path: Path) -> None:
    with Journal.open(path, 90) as journal:
        journal.unanswered("x \udcff" * 5000, "s" * 5000, "r", ["\udcff" + "n" * 5000] * 5000)
    (record,) = stored(path)
    assert len(str(record["question"])) <= 4000
    assert len(str(record["status"])) <= 100
    assert isinstance(record["nearest"], list)
    assert (len(record["nearest"]), len(record["nearest"][0])) == (25, 100)


def test_a_journal_without_a_path_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Journal.open(None, 90) as journal:
        journal.unanswered("Wer?", "unknown", "off_topic", [])
        assert journal.counts() == {}
    assert list(tmp_path.iterdir()) == []


def test_old_records_are_deleted_at_the_start_and_every_day(path: Path, fast: None) -> None:
    now = NOON
    with Journal.open(path, 30, lambda: now) as journal:
        journal.picked("alt", None)
        wait_for(lambda: journal.counts() == {"picked": 1})
        now = NOON + timedelta(days=29)
        journal.picked("neu", None)
        wait_for(lambda: journal.counts() == {"picked": 2})
        now = NOON + timedelta(days=31)  # nobody asks anything, and still it goes
        wait_for(lambda: [record["question"] for record in stored(path)] == ["neu"])
    assert b"alt" not in path.read_bytes()
    Journal.open(path, 30, lambda: NOON + timedelta(days=60)).close()
    assert stored(path) == []


def test_a_locked_file_costs_records_but_no_answer(path: Path, fast: None, caplog: pytest.LogCaptureFixture) -> None:
    with Journal.open(path, 90) as journal:
        journal.picked("vorher", None)
        wait_for(lambda: journal.counts() == {"picked": 1})
        with locked(path):
            for number in range(50):
                started = time.perf_counter()
                journal.unanswered(f"währenddessen {number}", "unknown", "off_topic", [])
                assert time.perf_counter() - started < 0.05
            wait_for(lambda: len(caplog.records) == 1 and journal._waiting.empty())
            time.sleep(0.2)
        journal.picked("nachher", None)
    questions = [record["question"] for record in stored(path)]
    assert (questions[0], questions[-1]) == ("vorher", "nachher")
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 2
    assert "gesperrt" in said[0]
    assert f"fehlen: {52 - len(questions)}" in said[1]
    assert all(record.levelno == logging.WARNING and not record.exc_info for record in caplog.records)


def test_a_short_lock_costs_nothing(path: Path) -> None:
    with Journal.open(path, 90) as journal:
        wait_for(path.exists)
        wait_for(lambda: not journal._due())
        with locked(path):
            journal.picked("währenddessen", None)
            time.sleep(0.2)
    assert [record["question"] for record in stored(path)] == ["währenddessen"]


@pytest.mark.parametrize("place", ["datei/journal.sqlite", "datei", ".", "/dev/full", "/proc/gibtesnicht/j"])
def test_a_path_that_cannot_be_used_is_one_line(place: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "datei").write_text("Das ist keine Datenbank, sondern ein Text.\n" * 50)
    with Journal.open(tmp_path / place, 90) as journal:
        for _ in range(20):
            journal.unanswered("Wer?", "unknown", "off_topic", [])
    (said,) = [record.getMessage() for record in caplog.records]
    assert said.startswith("Das Journal nimmt nichts auf: „")
    assert "\n" not in said
    assert journal.counts() == {}
    assert (tmp_path / "datei").read_text().startswith("Das ist keine Datenbank")


def test_a_folder_that_nobody_may_write_into_is_one_line(tmp_path: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("needs the right to become another user")
    code = "import os, sys, pathlib; from bot.journal import Journal; os.chmod(sys.argv[1], 0o555); os.setuid(65534)\n"
    code += "with Journal.open(pathlib.Path(sys.argv[1]) / 'j', 90) as journal: journal.picked('Wer?', None)"
    folder = tmp_path / "zu"
    folder.mkdir()
    tmp_path.chmod(0o755)
    for parent in list(tmp_path.parents)[:2]:
        parent.chmod(0o755)
    done = subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, len(done.stderr.splitlines())) == (0, 1)
    assert "(PermissionError)" in done.stderr
    assert list(folder.iterdir()) == []


def test_a_deleted_file_is_made_again(path: Path) -> None:
    with Journal.open(path, 90) as journal:
        journal.picked("vorher", None)
        wait_for(lambda: journal.counts() == {"picked": 1})
        for file in path.parent.iterdir():
            file.unlink()
        journal.picked("nachher", None)
    assert [record["question"] for record in stored(path)] == ["nachher"]


def test_memory_is_bounded_while_the_disk_stands_still(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    goes_on = threading.Event()
    opened = database.opened

    def slow(path: Path, busy_seconds: float = 0.0) -> object:
        goes_on.wait(20)
        return opened(path)

    monkeypatch.setattr(database, "opened", slow)
    with Journal.open(path, 90) as journal:
        for number in range(writer.MAX_WAITING + 500):
            journal.picked(str(number), None)
        assert journal._waiting.qsize() == writer.MAX_WAITING
        goes_on.set()
        wait_for(journal._waiting.empty)
    assert journal.counts() == {"picked": writer.MAX_WAITING}
    assert "fehlen: 500" in caplog.text


def test_closing_does_not_wait_for_ever(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on = threading.Event()
    monkeypatch.setattr(database, "opened", lambda *_, **__: goes_on.wait(20))
    journal = Journal.open(path, 90)
    started = time.monotonic()
    journal.close(timeout=0.1)
    assert time.monotonic() - started < 5
    goes_on.set()


def test_closing_twice_and_writing_after_it_do_no_harm(path: Path) -> None:
    journal = Journal.open(path, 90)
    journal.picked("vorher", None)
    journal.close()
    journal.close()
    journal.picked("nachher", None)
    assert [record["question"] for record in stored(path)] == ["vorher"]


def test_many_threads_can_write_at_once(path: Path) -> None:
    with Journal.open(path, 90) as journal:
        threads = [threading.Thread(target=lambda: [journal.picked("x", None) for _ in range(50)]) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert journal.counts() == {"picked": 400}


WRITES_ON = """
import sys, pathlib, time
from bot.journal import Journal
journal = Journal.open(pathlib.Path(sys.argv[1]), 90)
for number in range(100_000):
    journal.picked(str(number), None)
    print(number, flush=True)
    time.sleep(0.0005)
"""


def test_a_killed_program_leaves_a_file_that_opens(path: Path) -> None:
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", WRITES_ON, str(path)], cwd=ROOT, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout
            until = time.monotonic() + 3 * writer.GATHER_SECONDS
            while time.monotonic() < until:
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
    with database.opened(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.counts(connection)["picked"] > 300
    with Journal.open(path, 90) as journal:
        journal.picked("danach", None)
    assert stored(path)[-1]["question"] == "danach"


FILLS = """
import sys, pathlib, resource
from bot.journal import Journal
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
with Journal.open(pathlib.Path(sys.argv[1]), 90) as journal:
    for number in range(3000):
        journal.unanswered(f"{number} " + "wort " * 100, "unknown", "off_topic", [])
        if number % 500 == 0:
            while not journal._waiting.empty(): pass
print("beantwortet")
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="this system cannot limit the size of a file")
def test_a_full_disk_stops_the_journal_and_nothing_else(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FILLS, str(path)], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "beantwortet\n")
    assert len(done.stderr.splitlines()) == 1
    assert "Das Journal nimmt nichts auf" in done.stderr
    with database.opened(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Journal.open(path, 90) as journal:
        journal.picked("danach", None)
    assert stored(path)[-1]["question"] == "danach"

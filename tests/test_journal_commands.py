"""``ikz-bot journal``: taking the journal out and emptying it, as real processes on real files."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.journal import Journal, database

from .conftest import Run


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A journal with four records of two days, which the commands find by the environment."""
    path = tmp_path / "journal.sqlite"
    monkeypatch.setenv("IKZ_BOT_JOURNAL", str(path))
    with Journal.open(path, 3650, lambda: datetime(2026, 11, 20, 9, tzinfo=UTC)) as journal:
        journal.unanswered("Quietscheentchen;\n„ja“?", "suggestions", "unsure", ["a-b", "c"])
        journal.vote("a-b", True, "Fördertopf")
    with Journal.open(path, 3650, lambda: datetime(2026, 11, 21, 9, tzinfo=UTC)) as journal:
        journal.vote("a-b", False, "Fördertopf", "=1+1")
        journal.proposal("Neu?", "Ja.\nSehr.", "-2")
    return path


def invoke(*args: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["journal", *args], input=typed, prog_name="ikz-bot")


def stored(path: Path) -> list[dict[str, database.Value]]:
    with database.opened(path) as connection:
        return list(database.records(connection))


def test_export_gives_back_what_was_written(path: Path, run: Run) -> None:
    done = run("journal", "export", env={"IKZ_BOT_JOURNAL": str(path), "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()] == stored(path)
    assert len(stored(path)) == 4


def test_a_table_opens_in_a_spreadsheet_and_runs_nothing(path: Path) -> None:
    content = invoke("export", "--format", "csv").stdout_bytes
    assert content.startswith(b"\xef\xbb\xbfat;kind;question;")
    table = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row["question"] for row in table] == ["Quietscheentchen;\n„ja“?", "Fördertopf", "Fördertopf", "Neu?"]
    assert [row["helpful"] for row in table] == ["", "ja", "nein", ""]
    assert (table[0]["nearest"], table[2]["reason"], table[3]["source"]) == ("a-b c", "'=1+1", "'-2")


def test_export_to_a_file_that_others_cannot_read(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "auszug.jsonl"
    out.write_text("alt")
    result = invoke("export", "--out", str(out))
    assert (result.exit_code, result.output) == (0, "")
    assert out.read_bytes() == invoke("export").stdout_bytes
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert {file.name for file in tmp_path.iterdir()} == {"auszug.jsonl", "journal.sqlite"}


@pytest.mark.parametrize("place", ["fehlt/auszug", "journal.sqlite/auszug", "ordner", "/proc/auszug"])
def test_a_file_that_cannot_be_written_is_explained(place: str, path: Path, tmp_path: Path) -> None:
    (tmp_path / "ordner").mkdir()
    before = sorted(tmp_path.iterdir())
    result = invoke("export", "--out", str(tmp_path / place))
    assert result.exit_code == 2
    assert "lässt sich nicht schreiben" in result.stderr
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("answer", ["ja\n", "J\n"])
def test_delete_asks_and_empties_the_file(answer: str, path: Path) -> None:
    result = invoke("delete", typed=answer)
    assert "Wirklich löschen?" in result.output
    assert result.output.endswith("Gelöscht: 4 Einträge\n")
    assert stored(path) == []
    assert b"Quietscheentchen" not in path.read_bytes()


@pytest.mark.parametrize("answer", ["nein\n", "\n", "jein\n"])
def test_delete_does_nothing_without_a_yes(answer: str, path: Path) -> None:
    result = invoke("delete", typed=answer)
    assert (result.exit_code, "Nichts wurde gelöscht." in result.output) == (0, True)
    assert len(stored(path)) == 4


def test_delete_without_anybody_to_ask(path: Path) -> None:
    result = invoke("delete")
    assert (result.exit_code, "löscht --ja." in result.stderr) == (2, True)
    assert len(stored(path)) == 4
    assert invoke("delete", "--yes").output == "Gelöscht: 4 Einträge\n"


def test_delete_before_a_day(path: Path) -> None:
    assert "vor dem 21.11.2026" in invoke("delete", "--before", "2026-11-21", typed="nein\n").output
    assert invoke("delete", "--before", "2026-11-21", "--ja").output == "Gelöscht: 2 Einträge\n"
    assert [record["at"] for record in stored(path)] == ["2026-11-21T09:00Z"] * 2


def test_where_there_is_no_journal_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IKZ_BOT_JOURNAL", str(tmp_path / "fehlt.sqlite"))
    assert (invoke("export").exit_code, invoke("export").output) == (0, "")
    assert invoke("delete", "--ja").output == "Gelöscht: 0 Einträge\n"
    assert list(tmp_path.iterdir()) == []


def test_where_the_journal_is_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IKZ_BOT_JOURNAL")
    config = tmp_path / "config.yaml"
    config.write_text("journal: aus\n")
    for command in ("export", "delete"):
        result = invoke(command, "--config", str(config))
        assert (result.exit_code, "Das Journal ist abgeschaltet." in result.stderr) == (2, True)


def test_where_the_file_is_no_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "brief.txt"
    file.write_text("Sehr geehrte Damen und Herren,\n" * 100)
    monkeypatch.setenv("IKZ_BOT_JOURNAL", str(file))
    for args in (["export"], ["delete", "--ja"]):
        result = invoke(*args)
        assert (result.exit_code, "keine Journaldatei" in result.stderr) == (2, True)
    assert file.read_text().startswith("Sehr geehrte")


def test_while_another_program_writes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database.opened, "__defaults__", (0.05,), raising=False)
    monkeypatch.setattr(database.opened.__wrapped__, "__defaults__", (0.05,))  # type: ignore[attr-defined]
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert len(invoke("export").output.splitlines()) == 4
    result = invoke("delete", "--ja")
    assert (result.exit_code, "gesperrt" in result.stderr) == (2, True)
    holder.execute("ROLLBACK")
    holder.close()
    assert invoke("delete", "--ja").exit_code == 0


def test_the_group_alone_shows_its_help(path: Path) -> None:
    result = invoke()
    assert result.exit_code == 0
    assert "export" in result.output

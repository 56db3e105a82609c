"""``ikz-bot doctor``: what it finds in real folders and files, what it advises, and what it never tells."""

from __future__ import annotations

import base64
import collections
import re
import shutil
import sqlite3
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot import doctor
from bot.cli import cli
from bot.doctor import Finding, Level
from bot.journal import Journal, database

from .conftest import Run

GOOD_TOKEN = base64.urlsafe_b64encode(b"123456789012345678").decode() + ".GabCde." + "x" * 38


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_folder: Path) -> Path:
    """A folder in which everything is ready; the environment says nothing."""
    monkeypatch.chdir(tmp_path)
    for name in ("IKZ_BOT_JOURNAL", "IKZ_BOT_KNOWLEDGE", "IKZ_BOT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "config.yaml").write_text(
        f"knowledge: {small_folder}\njournal: j/journal.sqlite\ntoken: {GOOD_TOKEN}\n"
    )
    (tmp_path / "config.yaml").chmod(0o600)
    return tmp_path


def invoke(*args: str) -> Result:
    return CliRunner().invoke(cli, ["doctor", *args], prog_name="ikz-bot")


def levels(result: Result) -> str:
    return "".join(line[0] for line in result.output.splitlines() if line[0] != " ")


def test_where_everything_is_ready(place: Path) -> None:
    result = invoke()
    assert (result.exit_code, levels(result)) == (0, "✓✓✓✓✓✓")
    for text in ("pydantic 2", "aus „config.yaml“", "Wissen: 2 Einträge", "Discord: Das Token", "Journal: noch keines"):
        assert text in result.output
    assert not (place / "j").exists()  # the service may run as another user


def test_everything_unusable_is_found_at_once(place: Path, run: Run) -> None:
    (place / "datei").write_text("x" * 5000)
    done = run(
        "doctor",
        "--knowledge",
        str(place / "fehlt"),
        env={
            "IKZ_BOT_JOURNAL": str(place / "datei"),
            "IKZ_BOT_TOKEN": "Bot abcdef.ghijkl.mnopqr",
            "IKZ_BOT_JOURNEL": "x",
        },
    )
    text = done.stdout.decode()
    assert (done.returncode, done.stderr) == (1, b"")
    broken = [line for line in text.splitlines() if line.startswith("✗ ")]
    assert [line.split(":")[0] for line in broken] == ["✗ Wissen", "✗ Discord", "✗ Journal"]
    assert "Meinten Sie IKZ_BOT_JOURNAL?" in text
    assert "ghijkl" not in text
    for line, after in zip(text.splitlines(), [*text.splitlines()[1:], ""], strict=True):
        assert line.startswith(("✓ ", "  ")) or after.startswith("  "), f"no advice: {line}"


def test_a_configuration_that_cannot_be_used_is_told_as_always(place: Path) -> None:
    (place / "config.yaml").write_text("journal_days: bald\n")
    result = invoke()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "config.yaml:1: „journal_days“ muss eine ganze Zahl" in result.stderr


def test_without_a_configuration(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "config.yaml").unlink()
    monkeypatch.setenv("IKZ_BOT_JOURNAL", "aus")
    result = invoke()
    assert result.exit_code == 0
    assert "keine Datei config.yaml, es gelten die üblichen Werte; aus der Umgebung: IKZ_BOT_JOURNAL." in result.output
    assert "Journal: abgeschaltet." in result.output
    assert "! Discord: Es ist kein Token gesetzt." in result.output


def test_others_must_not_read_the_token(place: Path) -> None:
    (place / "config.yaml").chmod(0o644)
    result = invoke()
    assert (result.exit_code, "chmod 600" in result.output) == (0, True)
    assert GOOD_TOKEN[:10] not in result.output


def test_mistakes_in_the_knowledge_are_counted(place: Path) -> None:
    (place / "wissen").mkdir()
    (place / "wissen" / "geld.yaml").write_text(
        "topic: Geld\nentries:\n  - id: a\n    question: Was?\n    anser: Das.\n"
    )
    result = invoke("--knowledge", str(place / "wissen"))
    assert result.exit_code == 1
    assert re.search(r"✗ Wissen: \d+ Fehler in .* geld\.yaml:\d+: .*\n +.* ikz-bot check", result.output)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "abc",
        f"Bot {GOOD_TOKEN}",
        f"„{GOOD_TOKEN}“",
        GOOD_TOKEN + ".x",
        GOOD_TOKEN.replace(".", ""),
        "123456789012345678",
        "f" * 64,
        "x" * 24 + "." + "y" * 6 + "." + "z" * 38,
        "ä" * 24 + "." + "y" * 6 + "." + "z" * 38,
    ],
)
def test_what_is_no_token_is_refused_and_not_shown(token: str) -> None:
    finding = doctor.check_token(SecretStr(token))
    assert finding.level is Level.BROKEN
    assert len(token) < 4 or token not in f"{finding.text} {finding.advice}"


@given(st.integers(10**16, 10**20 - 1), st.from_regex(r"[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38}", fullmatch=True))
def test_what_discord_gives_out_is_a_token(application: int, rest: str) -> None:
    number = base64.urlsafe_b64encode(str(application).encode()).decode().rstrip("=")
    assert doctor.check_token(SecretStr(f"{number}.{rest}")).level is Level.FINE


def test_packages() -> None:
    fine, *wrong = doctor.check_packages(["click>=8", "click>=999", "gibtsnicht>=1", "auch-nicht; extra == 'x'"])
    assert fine.level is Level.FINE
    assert f"click {metadata.version('click')}" in fine.text
    assert [finding.level for finding in wrong] == [Level.BROKEN] * 2
    assert 'pip install "click>=999"' in wrong[0].advice
    assert "gibtsnicht fehlt" in wrong[1].text
    assert doctor.check_packages(None)[0].level is Level.LOOK


def test_the_program_as_it_is_installed_has_its_packages() -> None:
    assert [finding.level for finding in doctor.check_packages(metadata.requires("ikz-bot"))] == [Level.FINE]


def test_terminals() -> None:
    assert doctor.check_terminal("utf-8").level is Level.FINE
    for encoding in ("ascii", "latin-1", "gibtsnicht", None):
        assert doctor.check_terminal(encoding).level is Level.LOOK


def test_a_narrow_terminal_still_shows_what_is_wrong(run: Run) -> None:
    done = run("doctor", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "IKZ_BOT_TOKEN": "x"})
    assert done.returncode == 1
    marks = [line[:2] for line in done.stdout.decode("ascii").splitlines() if not line.startswith("  ")]
    assert set(marks) == {"+ ", "! ", "x "}


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.sqlite"
    with Journal.open(path, 90) as book:
        for _ in range(300):
            book.proposal("Quietscheentchen " * 20, "Ja.", "-")
    return path


def test_a_journal_is_counted(journal: Path) -> None:
    finding = doctor.check_journal(journal, 1)
    assert finding.level is Level.FINE
    assert re.match(r"Journal: 300 Einträge, \d+,\d kB, bewahrt alles 1 Tag lang, Datei „", finding.text)
    assert "Frei sind" in finding.text


def test_a_journal_that_others_can_read(journal: Path) -> None:
    journal.chmod(0o644)
    assert f"chmod 600 {journal}" in doctor.check_journal(journal, 90).advice


@pytest.mark.parametrize(("start", "length"), [(0, 16), (8192, 50_000), (28_679, 1), (28_772, 600)])
def test_a_damaged_journal(start: int, length: int, journal: Path) -> None:
    content = bytearray(journal.read_bytes())
    content[start : start + length] = b"\x01" * length
    journal.write_bytes(content)
    finding = doctor.check_journal(journal, 90)
    assert finding.level is Level.BROKEN
    assert "benennen Sie die Datei um" in finding.advice


def test_a_journal_held_by_another_program(journal: Path) -> None:
    holder = sqlite3.connect(journal, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert "gesperrt" in doctor.check_journal(journal, 90).advice
    holder.execute("ROLLBACK")
    holder.close()
    assert doctor.check_journal(journal, 90).level is Level.FINE


def test_a_journal_where_none_can_be(tmp_path: Path) -> None:
    (tmp_path / "datei").touch()
    for path in (tmp_path / "datei" / "j.sqlite", tmp_path, Path("/dev/null")):
        finding = doctor.check_journal(path, 90)
        assert (finding.level, bool(finding.advice)) == (Level.BROKEN, True)


@pytest.mark.parametrize(
    ("free", "level"), [(5_000_000, Level.BROKEN), (50_000_000, Level.LOOK), (5_000_000_000, Level.FINE)]
)
def test_free_space(free: int, level: Level, journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = collections.namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 0, free))
    for path in (journal, journal.with_name("fehlt") / "j.sqlite"):
        assert doctor.check_journal(path, 90).level is level


def test_an_old_journal_is_opened_by_the_doctor_too(journal: Path) -> None:
    with database.opened(journal) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert "neueren Fassung" in doctor.check_journal(journal, 90).advice


def test_only_what_is_broken_counts_for_the_exit_code() -> None:
    assert doctor.exit_code([Finding(Level.FINE, "a"), Finding(Level.LOOK, "b")]) == 0
    assert doctor.exit_code([Finding(Level.FINE, "a"), Finding(Level.BROKEN, "b")]) == 1


def test_the_doctor_never_loads_discord() -> None:
    code = "import sys, bot.doctor; assert 'discord' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0

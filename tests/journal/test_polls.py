"""Polls on a real disk: one a channel, one form a person, and nothing left at the end."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.journal import Journal, database
from bot.journal.polls import Polls, RunningPoll
from bot.journal.upkeep import delete
from bot.knowledge.poll_model import ClosedQuestion, OpenQuestion, PollFile

QUESTIONS = PollFile(
    title="Runde",
    closed=ClosedQuestion(question="Wie weit?", answers=("Nah", "Fern")),
    open=(OpenQuestion(label="Wer", question="Wer macht mit?"),),
)
ANNA, BERTA = 812345678901234567, 812345678901234568


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


def begun(path: Path, key: str = "k", channel: int = 1) -> RunningPoll:
    assert Polls(path).start(key, channel, vote=11, panel=12, questions=QUESTIONS)
    poll = Polls(path).find(key)
    assert poll
    return poll


def everything(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_a_poll_is_found_by_key_and_channel(path: Path) -> None:
    poll = begun(path)
    assert (poll.vote, poll.panel, poll.questions) == (11, 12, QUESTIONS)
    assert Polls(path).in_channel(1) == poll
    assert Polls(path).in_channel(2) is None
    assert Polls(path).find("other") is None


def test_a_channel_has_one_poll(path: Path) -> None:
    first = begun(path)
    assert not Polls(path).start("second", 1, 13, 14, QUESTIONS)
    assert Polls(path).in_channel(1) == first
    assert begun(path, "third", 2).secret != first.secret


def test_the_second_answer_replaces_the_first_of_the_same_person_only(path: Path) -> None:
    polls, poll = Polls(path), begun(path)
    assert polls.answer("k", ANNA, ["eins"]) is False
    assert polls.answer("k", BERTA, ["zwei"]) is False
    assert polls.answer("k", ANNA, ["drei"]) is True
    assert sorted(polls.forms(poll)) == [["drei"], ["zwei"]]
    assert (polls.answer_of(poll, ANNA), polls.answer_of(poll, 3)) == (["drei"], [])
    assert b"eins" not in everything(path)


def test_nobody_can_be_told_from_what_is_kept(path: Path) -> None:
    polls = Polls(path)
    begun(path)
    begun(path, "other", 2)
    for key in ("k", "other"):
        polls.answer(key, ANNA, ["Frau Meier, meier@example.org"])
    kept = everything(path)
    for text in (str(ANNA), f"{ANNA:x}", "Meier", "example.org"):
        assert text.encode() not in kept
    with closing(sqlite3.connect(path)) as connection:
        marks = {row[0] for row in connection.execute("SELECT person FROM poll_answers")}
    assert len(marks) == 2  # what stands for a person in one poll tells nothing in the other


def test_the_end_leaves_nothing(path: Path) -> None:
    polls, poll = Polls(path), begun(path)
    polls.answer("k", ANNA, ["ein unverkennbarer Satz"])
    polls.end("k")
    assert (polls.find("k"), polls.forms(poll)) == (None, [])
    assert polls.answer("k", BERTA, ["zu spät"]) is None
    left = everything(path)
    assert b"unverkennbar" not in left and poll.secret not in left and "zu spät".encode() not in left


def test_it_ends_while_another_program_reads(path: Path) -> None:
    begun(path)
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM polls").fetchone() == (1,)
        Polls(path).end("k")
    assert Polls(path).find("k") is None


def test_a_journal_of_an_earlier_version_takes_polls(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", database.MIGRATIONS[:1])
        with database.opened(path) as connection:
            database.add(connection, [{"at": "2026-11-23T14:00Z", "kind": "vote"}])
    begun(path)
    with database.opened(path) as connection:
        assert database.counts(connection) == {"vote": 1}


def test_a_poll_that_nobody_ends_goes_with_the_old_records(path: Path) -> None:
    begun(path)
    Polls(path).answer("k", ANNA, ["alt"])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE polls SET started = '2020-01-01T00:00Z'")
    begun(path, "new", 2)
    Polls(path).answer("new", ANNA, ["neu"])
    Journal.open(path, 90).close()
    assert Polls(path).find("k") is None and b"alt" not in everything(path)
    assert Polls(path).find("new")
    assert delete(path, None) == 2  # the poll and its answer
    assert Polls(path).find("new") is None


@pytest.mark.parametrize("content", [b"no database " * 100, None])
def test_an_unusable_file_is_said_in_german_and_logged(
    path: Path, content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    path.mkdir() if content is None else path.write_bytes(content)
    with caplog.at_level(logging.WARNING), pytest.raises(UserError, match="in ein paar Minuten"):
        Polls(path).in_channel(1)
    assert [record.getMessage().startswith("Umfrage: ") for record in caplog.records] == [True]

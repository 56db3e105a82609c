"""The one path from the folder to the answers: what is put into force, what stays, and what keeps answering."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers import Bundle, Status, answer
from bot.knowledge import KnowledgeError
from bot.knowledge.calibration import Calibration, calibration_text
from bot.live import Live, State
from bot.live import knowledge as path_to_answers
from bot.search.defaults import DEFAULT_CONFIDENCE
from bot.search.evidence import Evidence

from ..conftest import TODAY
from .saving import SAVES, Save, at_once
from .waiting import until

GRANT = "Fördertopf"


def told(state: State, question: str = GRANT) -> str:
    reply = answer(state.shelf.bundle, question, TODAY)
    return reply.entry.answer if reply.entry else ""


def replaced(file: Path, old: str, new: str) -> str:
    text = file.read_text("utf-8")
    assert old in text
    return text.replace(old, new)


@pytest.fixture
def watched(folder: Path) -> Iterator[Live]:
    live = Live(folder)
    with live.watched():
        yield live


def test_a_folder_that_cannot_be_used_is_refused_at_the_start(folder: Path) -> None:
    (folder / "geld.yaml").unlink()
    with pytest.raises(KnowledgeError, match="kein Thema"):
        Live(folder)


def test_a_look_puts_what_was_saved_into_force(folder: Path) -> None:
    live = Live(folder)
    before = live.state
    at_once(folder / "geld.yaml", replaced(folder / "geld.yaml", "Ja, ein wenig.", "Ja, und wie."))
    assert live.state is before
    after = live.look()
    assert after is live.state
    assert told(after, "Wird es billiger?") == "Ja, und wie."
    assert told(before, "Wird es billiger?") == "Ja, ein wenig."  # who holds the old one can go on with it


@pytest.fixture
def kept(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose index was kept by the start before."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("bot.stored_bundle.WORTH_KEEPING", 1)
    assert told(Live(folder).state)
    return folder


def test_the_second_start_builds_nothing_until_something_is_saved(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = Live(kept)
    with monkeypatch.context() as patch:
        patch.setattr(Bundle, "build", None)  # who calls it fails
        assert told(live.state, "Wird es billiger?") == "Ja, ein wenig."
    at_once(kept / "geld.yaml", replaced(kept / "geld.yaml", "Ja, ein wenig.", "Ja, und wie."))
    assert told(live.look(), "Wird es billiger?") == "Ja, und wie."


def test_an_index_that_was_read_back_makes_room_for_the_next(kept: Path) -> None:
    live = Live(kept)
    old = weakref.ref(live.state.shelf.bundle.index)
    at_once(kept / "geld.yaml", replaced(kept / "geld.yaml", "zahlt", "gibt"))
    live.look()
    gc.collect()
    assert old() is None


def test_nobody_waits_while_the_index_is_being_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keeping, go_on = threading.Event(), threading.Event()

    def slowly(*_: object) -> None:
        keeping.set()
        assert go_on.wait(5)

    monkeypatch.setattr("bot.stored_bundle.keep", slowly)
    live = Live(folder)
    with live.watched():
        assert keeping.wait(20)
        at_once(folder / "geld.yaml", replaced(folder / "geld.yaml", "zahlt", "gibt"))
        assert told(live.state).startswith("Das Land zahlt")
        assert told(live.look()).startswith("Das Land gibt")
        go_on.set()


def test_a_look_at_the_same_files_changes_nothing(folder: Path) -> None:
    live = Live(folder)
    before = live.state
    (folder / "geld.yaml").touch()
    assert live.look() is before


def test_what_is_broken_is_told_and_the_old_stays(folder: Path) -> None:
    live = Live(folder)
    whole = (folder / "geld.yaml").read_text("utf-8")
    shelf = live.state.shelf
    at_once(folder / "geld.yaml", whole.replace("answer: Ja", "anser: Ja"))
    state = live.look()
    assert state.shelf is shelf
    assert "Meinten Sie „answer“?" in str(state.problems[0])
    at_once(folder / "geld.yaml", whole)
    assert live.look() == State(shelf)  # nothing has to be built again


def test_a_mistake_is_told_only_when_it_has_stood_for_a_while(folder: Path) -> None:
    live = Live(folder)
    before = live.state
    at_once(folder / "geld.yaml", "")
    assert live.look(patience=0.2) is before
    time.sleep(0.25)
    assert "leer" in str(live.look(patience=0.2).problems[0])


@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES)
def test_a_save_is_in_force_however_it_is_made(folder: Path, save: Save) -> None:
    live = Live(folder)
    states: list[State] = []
    at_once(folder / "geld.yaml", replaced(folder / "geld.yaml", "ein wenig.", "0 wenig."))
    live.look()
    with live.watched(changed=states.append):
        time.sleep(0.5)
        for number in (1, 2):
            save(folder / "geld.yaml", replaced(folder / "geld.yaml", f" {number - 1} wenig.", f" {number} wenig."))
            until(lambda n=number: f" {n} wenig." in told(live.state, "Wird es billiger?"))
    assert not [problem for state in states for problem in state.problems]  # no state in between was a mistake


def test_another_version_may_be_checked_out(folder: Path) -> None:
    def git(*args: str) -> None:
        named = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        subprocess.run(["git", *named, *args], cwd=folder, check=True, capture_output=True)

    git("init", "-b", "alt")
    git("add", ".")
    git("commit", "-m", "alt")
    git("switch", "-c", "neu")
    at_once(folder / "geld.yaml", replaced(folder / "geld.yaml", "zahlt", "gibt"))
    (folder / "geld.yaml").rename(folder / "finanzen.yaml")
    at_once(folder / "sources.yaml", replaced(folder / "sources.yaml", "id: paper", "id: papier"))
    at_once(folder / "finanzen.yaml", replaced(folder / "finanzen.yaml", "paper", "papier"))
    git("add", ".")
    git("commit", "-m", "neu")
    live = Live(folder)
    states: list[State] = []
    with live.watched(changed=states.append):
        for branch, says in (("alt", "zahlt"), ("neu", "gibt"), ("alt", "zahlt")):
            git("switch", branch)
            until(lambda verb=says: told(live.state).startswith(f"Das Land {verb}"))
    assert not [problem for state in states for problem in state.problems]


def test_a_topic_can_come_and_go(watched: Live) -> None:
    topic = watched.folder / "zeit.yaml"
    at_once(
        topic,
        "topic: Zeit\nentries:\n"
        "  - {id: time-long, question: Wie lange dauert ein Zusammenschluss?, answer: Drei Jahre., source: paper}\n",
    )
    until(lambda: told(watched.state, "Wie lange dauert ein Zusammenschluss?") == "Drei Jahre.")
    topic.unlink()
    until(lambda: told(watched.state, "Wie lange dauert ein Zusammenschluss?") != "Drei Jahre.")


def test_a_save_while_the_one_before_is_being_built_is_not_lost(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live, build = Live(folder), path_to_answers.Shelf.of
    building, go_on = threading.Event(), threading.Event()
    live.state  # noqa: B018 - the first one is built at once

    def slowly(bundle: Bundle) -> path_to_answers.Shelf:
        building.set()
        assert go_on.wait(20)
        return build(bundle)

    monkeypatch.setattr(path_to_answers.Shelf, "of", slowly)
    with live.watched():
        at_once(folder / "geld.yaml", replaced(folder / "geld.yaml", "wenig.", "wenig 1."))
        assert building.wait(20)
        assert told(live.state, "Wird es billiger?") == "Ja, ein wenig."  # nobody waits for what is being built
        at_once(folder / "geld.yaml", replaced(folder / "geld.yaml", "wenig 1.", "wenig 2."))
        go_on.set()
        until(lambda: "wenig 2." in told(live.state, "Wird es billiger?"))


def test_two_saves_that_a_share_gives_the_same_time_are_two(folder: Path) -> None:
    file = folder / "geld.yaml"
    live = Live(folder)
    with live.watched(network_share=True):
        time.sleep(1.2)
        at_once(file, replaced(file, "wenig.", "wenig A."))
        stamp = file.stat().st_mtime_ns
        until(lambda: "wenig A." in told(live.state, "Wird es billiger?"))
        at_once(file, replaced(file, "wenig A.", "wenig B."))
        os.utime(file, ns=(stamp, stamp))
        until(lambda: "wenig B." in told(live.state, "Wird es billiger?"))


def test_the_folder_may_be_away_for_a_while(watched: Live) -> None:
    folder, away = watched.folder, watched.folder.with_name("weg")
    folder.rename(away)
    until(lambda: watched.state.problems)
    assert "Diesen Ordner gibt es nicht." in str(watched.state.problems[0])
    assert told(watched.state).startswith("Das Land zahlt")
    at_once(away / "geld.yaml", replaced(away / "geld.yaml", "zahlt", "gibt"))
    away.rename(folder)
    until(lambda: told(watched.state).startswith("Das Land gibt") and not watched.state.problems)


def test_a_link_may_lead_to_another_folder(folder: Path, tmp_path: Path) -> None:
    link, other = tmp_path / "aktuell", tmp_path / "anderes"
    link.symlink_to(folder)
    live = Live(link)
    with live.watched():
        time.sleep(1.0)
        shutil.copytree(folder, other)
        at_once(other / "geld.yaml", replaced(other / "geld.yaml", "zahlt", "gibt"))
        (tmp_path / "neu").symlink_to(other)
        (tmp_path / "neu").replace(link)
        until(lambda: told(live.state).startswith("Das Land gibt"))


def calibration(version: str) -> Calibration:
    weights = dict.fromkeys(Evidence._fields, 1.0)
    return Calibration(knowledge=version, answer_at=0.123, margin=0.1, suggest_at=0.1, bias=-1.0, weights=weights)


def test_an_older_calibration_and_an_unusable_one_leave_the_one_in_force(folder: Path) -> None:
    version = Live(folder).opening.version
    (folder / "calibration.json").write_bytes(calibration_text(calibration(version)))
    live = Live(folder)
    assert live.state.shelf.bundle.confidence.answer_at == 0.123
    at_once(folder / "geld.yaml", replaced(folder / "geld.yaml", "zahlt", "gibt"))
    assert live.look().shelf.bundle.confidence.answer_at == 0.123
    (folder / "calibration.json").write_bytes(b'{"answer_at": 0.')
    state = live.look()
    assert (state.problems, state.shelf.bundle.confidence.answer_at) == ((), 0.123)
    (folder / "calibration.json").unlink()  # as „check --calibrate“ does where there is too little to measure
    assert live.look().shelf.bundle.confidence == DEFAULT_CONFIDENCE


def test_a_mistake_of_the_program_itself_ends_nothing(watched: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> path_to_answers.Shelf:
        raise RecursionError

    file = watched.folder / "geld.yaml"
    until(lambda: watched.state)
    with monkeypatch.context() as patch:
        patch.setattr(path_to_answers.Shelf, "of", fail)
        at_once(file, replaced(file, "zahlt", "gibt"))
        until(lambda: watched.state.problems)
        assert "im Programm ein Fehler aufgetreten (RecursionError)" in str(watched.state.problems[0])
        assert told(watched.state).startswith("Das Land zahlt")
    at_once(file, replaced(file, "gibt", "schenkt"))
    until(lambda: told(watched.state).startswith("Das Land schenkt"))


def test_answers_go_on_while_knowledge_is_loaded_again_and_again(watched: Live) -> None:
    file = watched.folder / "geld.yaml"
    text = file.read_text("utf-8")
    shelf = watched.state.shelf

    def answered() -> bool:
        """Whether it is answered from something else by now."""
        now = watched.state.shelf
        assert answer(now.bundle, GRANT, TODAY).status is Status.ANSWERED
        return now is not shelf

    for number in range(4):
        at_once(file, text[: len(text) // 2])
        end = time.monotonic() + 0.4
        while time.monotonic() < end:
            answered()
        at_once(file, f"# {number}\n{text}")
        until(answered)
        shelf = watched.state.shelf

"""Watching the folder: it ends cleanly, and where the system cannot tell changes it is looked at instead."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import watchfiles

from bot.live import watching as watch_module
from bot.live.watching import looks

from ..conftest import ROOT
from .waiting import until

TASKS = Path("/proc/self/task")


@pytest.fixture(autouse=True)
def _short_beats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_module, "BEAT_MS", 100)


@contextmanager
def watching(folder: Path, network_share: bool = False) -> Iterator[list[float]]:
    """The moments at which the folder was to be looked at."""
    stop, moments = threading.Event(), []

    def watch() -> None:
        for _ in looks(folder, network_share, stop):
            moments.append(time.monotonic())

    thread = threading.Thread(target=watch)
    thread.start()
    yield moments
    stop.set()
    thread.join(10)
    assert not thread.is_alive()


def settled(moments: list[float]) -> int:
    """Wait until nobody looks any more, which with beats this short is after a second; returns how often it was."""
    until(lambda: moments and time.monotonic() - moments[-1] > 1.0)
    return len(moments)


def looked_after(moments: list[float], moment: float) -> bool:
    return any(one > moment for one in moments)


@pytest.mark.skipif(not TASKS.exists(), reason="counts threads as Linux does")
@pytest.mark.parametrize("network_share", [False, True])
def test_no_thread_is_left(folder: Path, network_share: bool) -> None:
    before = len(list(TASKS.iterdir()))
    with watching(folder, network_share) as moments:
        until(lambda: len(moments) > 1)
        assert len(list(TASKS.iterdir())) > before
    until(lambda: len(list(TASKS.iterdir())) <= before)


def test_after_a_while_without_changes_nobody_looks(folder: Path) -> None:
    with watching(folder) as moments:
        times = settled(moments)
        time.sleep(1.0)
        assert len(moments) == times
        (folder / "neu.yaml").write_text("")
        until(lambda: len(moments) > times)


def test_looking_is_no_change(folder: Path) -> None:
    with watching(folder) as moments:
        times = settled(moments)
        for path in folder.iterdir():
            path.read_bytes()
        time.sleep(1.0)
        assert len(moments) == times


def test_a_folder_that_comes_later_is_watched(tmp_path: Path) -> None:
    folder = tmp_path / "spät"
    with watching(folder) as moments:
        until(lambda: len(moments) > 1)
        folder.mkdir()
        settled(moments)
        moment = time.monotonic()
        (folder / "a.yaml").write_text("a")
        until(lambda: looked_after(moments, moment))


@pytest.mark.parametrize("error", [OSError(28, "limit reached"), RuntimeError("too many open files")])
def test_where_the_system_refuses_the_folder_is_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    usual = watchfiles.watch

    def refuse(*args: object, **options: object) -> object:
        if not options["force_polling"]:
            raise error
        return usual(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(watchfiles, "watch", refuse)
    with caplog.at_level(logging.WARNING), watching(folder) as moments:
        settled(moments)
        moment = time.monotonic()
        (folder / "neu.yaml").write_text("neu")
        until(lambda: looked_after(moments, moment))
    (line,) = [record.getMessage() for record in caplog.records]
    assert "stattdessen wird zweimal in der Sekunde nachgesehen" in line


def _limit_can_be_set() -> bool:
    command = ["unshare", "-Ur", "sh", "-c", "echo 0 > /proc/sys/user/max_inotify_instances"]
    return bool(shutil.which("unshare")) and subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _limit_can_be_set(), reason="needs a user namespace with limits of its own")
@pytest.mark.parametrize("limit", ["max_inotify_instances", "max_inotify_watches"])
def test_a_real_limit_of_the_system_is_told_and_the_chat_still_keeps_up(folder: Path, limit: str) -> None:
    script = f'echo 0 > /proc/sys/user/{limit}; exec "$0" -m bot chat'
    chat = subprocess.Popen(
        ["unshare", "-Ur", "sh", "-c", script, sys.executable],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "IKZ_BOT_KNOWLEDGE": str(folder), "IKZ_BOT_JOURNAL": "aus"},
        encoding="utf-8",
    )
    assert chat.stdin and chat.stdout

    def asked() -> str:
        chat.stdin.write("Wird es billiger?\n")
        chat.stdin.flush()
        lines = [chat.stdout.readline()]
        while lines[-1].strip():
            lines.append(chat.stdout.readline())
        return "".join(lines)

    assert "Ja, ein wenig." in asked()
    time.sleep(1.0)  # until it has tried to watch
    file = folder / "geld.yaml"
    file.write_text(file.read_text("utf-8").replace("Ja, ein wenig.", "Ja, und wie."), "utf-8")
    until(lambda: "Ja, und wie." in asked())
    _, errors = chat.communicate(timeout=20)
    assert chat.returncode == 0
    assert "Das System meldet keine Änderungen im Ordner" in errors

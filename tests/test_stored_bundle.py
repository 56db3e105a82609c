"""The index that is kept: it answers as a new one does, and is never taken for one of other files."""

from __future__ import annotations

import errno
import os
import pickle
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from bot.answers import Bundle, answer
from bot.knowledge import KnowledgeError, load
from bot.stored_bundle import MOST_KEPT, _program, bundle_in
from tests.conftest import SMALLTALK, SOURCES, TODAY, TOPIC


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "wissen"
    folder.mkdir()
    for name, text in {"geld": TOPIC, "sources": SOURCES, "smalltalk": SMALLTALK}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("bot.stored_bundle.WORTH_KEEPING", 1)
    return folder


def kept(folder: Path) -> list[Path]:
    return list((folder.parent / "cache").rglob("*.bundle"))


def built(monkeypatch: pytest.MonkeyPatch, folder: Path) -> bool:
    """Whether an index had to be built for what is in the folder now."""
    builds: list[object] = []
    build = Bundle.build
    with monkeypatch.context() as patch:
        patch.setattr(Bundle, "build", lambda knowledge: builds.append(knowledge) or build(knowledge))
        bundle_in(folder)
    return bool(builds)


def test_what_is_kept_answers_like_what_was_built(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = bundle_in(folder)
    assert not built(monkeypatch, folder)
    again = bundle_in(folder)
    assert again.knowledge == first.knowledge == load(folder)
    for question in ("Fördertopf", "Wird es denn bilige", "zuschüsse land", "Hallo", "Was weiß ich?", "Förderrung"):
        assert answer(again, question, TODAY) == answer(first, question, TODAY)


def test_what_is_kept_is_for_its_owner_alone(folder: Path) -> None:
    bundle_in(folder)
    (file,) = kept(folder)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["geld.yaml", "smalltalk.yaml", "calibration.json"])
def test_a_changed_file_is_read_anew(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    bundle_in(folder)
    path = folder / name
    path.write_text((path.read_text("utf-8") if path.exists() else "{}") + "\n", "utf-8")
    assert built(monkeypatch, folder)
    assert not built(monkeypatch, folder)


def test_only_the_last_used_ones_stay(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        (folder / "geld.yaml").write_text(TOPIC + f"# {number}\n", "utf-8")
        bundle_in(folder)
    assert len(kept(folder)) == MOST_KEPT
    assert not built(monkeypatch, folder)


def test_another_program_does_not_take_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle_in(folder)
    code = folder.parent / "code"
    code.mkdir()
    (code / "index.py").write_text("")
    with monkeypatch.context() as patch:
        patch.setattr("bot.stored_bundle._CODE", code)
        _program.cache_clear()
        assert built(monkeypatch, folder)
    _program.cache_clear()
    assert not built(monkeypatch, folder)


@pytest.mark.parametrize("library", ["PyStemmer", "numpy", "pydantic", "PyYAML"])
def test_another_version_of_what_makes_the_index_does_not_take_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    bundle_in(folder)
    with monkeypatch.context() as patch:
        patch.setattr("importlib.metadata.version", lambda name: "0.0.1" if name == library else version(name))
        _program.cache_clear()
        assert built(monkeypatch, folder)
    _program.cache_clear()
    assert not built(monkeypatch, folder)


@pytest.mark.parametrize("damage", [b"", b"x" * 100])
def test_a_damaged_file_does_no_harm(folder: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes) -> None:
    bundle_in(folder)
    (file,) = kept(folder)
    file.write_bytes(damage)
    assert built(monkeypatch, folder)
    assert not built(monkeypatch, folder)


class Trap:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


def file_open_to_others(file: Path, trap: bytes) -> None:
    file.write_bytes(trap)
    file.chmod(0o666)


def folder_open_to_others(file: Path, trap: bytes) -> None:
    file.write_bytes(trap)
    file.parent.chmod(0o770)


def link_to_a_file(file: Path, trap: bytes) -> None:
    """The file it leads to is the user's own, perhaps a download."""
    download = file.parents[2] / "download"
    download.write_bytes(trap)
    file.unlink()
    file.symlink_to(download)


def link_to_a_folder(file: Path, trap: bytes) -> None:
    file.write_bytes(trap)
    downloads = file.parents[2] / "downloads"
    file.parent.rename(downloads)
    file.parent.symlink_to(downloads)


WAYS = [file_open_to_others, folder_open_to_others, link_to_a_file, link_to_a_folder]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="rights are kept otherwise here")
@pytest.mark.parametrize("way", WAYS)
def test_what_others_could_have_put_there_is_not_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: Callable[[Path, bytes], None]
) -> None:
    bundle_in(folder)
    (file,) = kept(folder)
    sprung = tmp_path / "sprung"
    way(file, pickle.dumps(Trap(sprung)))
    assert built(monkeypatch, folder)
    assert not sprung.exists()


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="rights are kept otherwise here")
def test_nothing_is_kept_in_a_folder_that_others_may_write_in(folder: Path) -> None:
    place = folder.parent / "cache" / "ikz-bot"
    place.mkdir(parents=True)
    place.chmod(0o777)
    bundle_in(folder)
    assert list(place.iterdir()) == []


def test_where_nothing_can_be_kept_it_is_built(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder.parent / "cache").write_text("no folder")
    assert built(monkeypatch, folder)
    assert built(monkeypatch, folder)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="a home is found otherwise here")
def test_who_has_no_home_gets_answers_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_: int) -> None:
        raise KeyError

    for name in ("XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", nobody)
    assert answer(bundle_in(folder), "Fördertopf", TODAY).entry


def test_a_place_that_depends_on_where_it_is_called_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: Path("~/.cache/ikz-bot"))
    monkeypatch.chdir(folder)
    bundle_in(folder)
    assert not (folder / "~").exists()


def test_an_index_that_cannot_be_written_down_is_used_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_deep(*_: object) -> bytes:
        raise RecursionError

    monkeypatch.setattr(pickle, "dumps", too_deep)
    assert answer(bundle_in(folder), "Fördertopf", TODAY).entry


def test_it_is_read_where_nothing_can_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    def read_only(path: str, flags: int, *rest: Any, **named: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            refuse()
        return open_(path, flags, *rest, **named)

    bundle_in(folder)
    open_ = os.open
    monkeypatch.setattr(os, "utime", refuse)
    monkeypatch.setattr(os, "open", read_only)
    assert not built(monkeypatch, folder)


def test_what_another_process_deletes_meanwhile_does_not_come_back_empty(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deleted_meanwhile(file: Any) -> object:
        found = load_(file)
        Path(file.name).unlink()
        return found

    bundle_in(folder)
    load_ = pickle.load
    monkeypatch.setattr(pickle, "load", deleted_meanwhile)
    assert not built(monkeypatch, folder)
    assert kept(folder) == []


def test_what_an_ended_process_left_is_deleted_but_not_what_one_is_writing(folder: Path) -> None:
    place = folder.parent / "cache" / "ikz-bot"
    place.mkdir(mode=0o700, parents=True)
    left, being_written = place / ".a1b2c3", place / ".d4e5f6"
    left.touch()
    being_written.touch()
    os.utime(left, (time.time() - 86_400,) * 2)
    bundle_in(folder)
    assert (left.exists(), being_written.exists(), len(kept(folder))) == (False, True, 1)


def test_small_knowledge_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.stored_bundle.WORTH_KEEPING", 2_000)
    bundle_in(folder)
    assert kept(folder) == []


def test_knowledge_with_a_mistake_is_told_as_ever(folder: Path) -> None:
    bundle_in(folder)
    (folder / "geld.yaml").write_text("topic: [", "utf-8")
    with pytest.raises(KnowledgeError, match="geld"):
        bundle_in(folder)

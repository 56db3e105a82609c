"""The index that is kept: it answers as a new one does, and is never taken for one of other files."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

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


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="rights are kept otherwise here")
def test_what_others_could_have_written_is_not_read(folder: Path, tmp_path: Path) -> None:
    bundle_in(folder)
    (file,) = kept(folder)
    trap = tmp_path / "trap"
    file.write_bytes(pickle.dumps(Trap(trap)))
    file.chmod(0o666)
    bundle_in(folder)
    assert not trap.exists()


def test_where_nothing_can_be_kept_it_is_built(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder.parent / "cache").write_text("no folder")
    assert built(monkeypatch, folder)
    assert built(monkeypatch, folder)


def test_small_knowledge_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.stored_bundle.WORTH_KEEPING", 2_000)
    bundle_in(folder)
    assert kept(folder) == []


def test_knowledge_with_a_mistake_is_told_as_ever(folder: Path) -> None:
    bundle_in(folder)
    (folder / "geld.yaml").write_text("topic: [", "utf-8")
    with pytest.raises(KnowledgeError, match="geld"):
        bundle_in(folder)

"""Files are written as a whole or not at all."""

import os
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.papers.files import kind_of
from bot.whole_file import save


def test_the_suffix_says_the_kind_in_any_case(tmp_path: Path) -> None:
    assert kind_of(tmp_path / "a.PDF", ("pdf", "md")) == "pdf"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.doc", "Endung .pdf, .html oder .md"),
        ("a", "Endung .pdf"),
        (".pdf", "Endung .pdf"),
        ("ordner.pdf", "ist ein Ordner"),
        ("fehlt/a.pdf", "gibt es nicht"),
        ("x" * 300 + ".pdf", "lässt sich nicht schreiben"),
        ("x" * 300 + "/a.pdf", "lässt sich nicht schreiben"),
    ],
)
def test_a_path_that_cannot_be_used_is_a_german_sentence(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "ordner.pdf").mkdir()
    with pytest.raises(UserError, match=said):
        kind_of(tmp_path / name, ("pdf", "html", "md"))


def test_a_file_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    save(file, b"alt")
    assert file.stat().st_mode & 0o777 == 0o644  # others may print it, too
    file.chmod(0o640)
    save(file, b"neu")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"neu", 0o640)
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_disk_that_refuses_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "a.md"
    save(file, b"alt")
    with monkeypatch.context() as patch:
        patch.setattr(*(os, "fsync") if broken == "fsync" else (Path, "replace"), refuse)
        with pytest.raises(UserError, match="lässt sich nicht schreiben"):
            save(file, b"neu")
    assert file.read_bytes() == b"alt"
    assert list(tmp_path.iterdir()) == [file]


def test_an_interruption_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(tmp_path / "a.md", b"neu")
    assert list(tmp_path.iterdir()) == []

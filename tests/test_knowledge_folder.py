"""Which knowledge is used, and copying it."""

from pathlib import Path

import pytest

from bot import knowledge_folder as folders
from bot.errors import UserError
from bot.knowledge import load


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for the packed copy, and an empty current folder."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(folders, "packed_folder", lambda: tmp_path / "_knowledge")
    return tmp_path / "_knowledge"


def test_the_folder_that_is_named_comes_first(packed: Path) -> None:
    Path("knowledge").mkdir()
    assert folders.knowledge_folder(Path("anderes")) == Path("anderes")


def test_then_the_folder_here_then_the_packed_copy_then_the_checkout(packed: Path) -> None:
    assert folders.knowledge_folder(None) == Path(__file__).parents[1] / "knowledge"
    packed.mkdir()
    assert folders.knowledge_folder(None) == packed
    Path("knowledge").write_text("eine Datei zählt nicht")
    assert folders.knowledge_folder(None) == packed
    Path("knowledge").unlink()
    Path("knowledge").mkdir()
    assert folders.knowledge_folder(None) == Path("knowledge")


def test_no_knowledge_at_all_is_explained(packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "_BESIDE_THE_CODE", Path("fehlt"))
    with pytest.raises(UserError, match="kein Wissen vorhanden"):
        folders.knowledge_folder(None)


def test_only_the_packed_copy_is_packed(packed: Path) -> None:
    packed.mkdir()
    Path("link").symlink_to(packed)
    assert folders.is_packed(packed)
    assert folders.is_packed(Path("link"))
    assert not folders.is_packed(Path("knowledge"))


def test_a_copy_says_the_same(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[1] / "knowledge"
    files = folders.copy_knowledge(shipped, tmp_path / "new" / "copy")
    assert load(tmp_path / "new" / "copy").version == load(shipped).version
    assert (tmp_path / "new" / "copy" / "schema" / "topic.json").is_file()
    assert sorted(files) == sorted(path for path in (tmp_path / "new" / "copy").rglob("*") if path.is_file())


def test_an_empty_folder_may_be_filled(small_folder: Path, tmp_path: Path) -> None:
    folders.copy_knowledge(small_folder, tmp_path)
    assert load(tmp_path).version == load(small_folder).version


def test_nothing_is_overwritten(small_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "geld.yaml").write_text("meins")
    with pytest.raises(UserError, match="nicht leer"):
        folders.copy_knowledge(small_folder, tmp_path)
    with pytest.raises(UserError, match="ist eine Datei"):
        folders.copy_knowledge(small_folder, tmp_path / "geld.yaml")
    with pytest.raises(UserError, match="lässt sich nicht anlegen"):
        folders.copy_knowledge(small_folder, tmp_path / "geld.yaml" / "darin")
    assert (tmp_path / "geld.yaml").read_text() == "meins"
    assert [path.name for path in tmp_path.iterdir()] == ["geld.yaml"]


def test_a_failure_leaves_no_half_copy(small_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("bot.knowledge_folder.shutil.copyfile", full)
    with pytest.raises(UserError, match="freien Platz"):
        folders.copy_knowledge(small_folder, tmp_path / "copy")
    assert list((tmp_path / "copy").iterdir()) == []

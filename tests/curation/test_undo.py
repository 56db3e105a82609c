"""A change is made as a whole, whatever interrupts it, and can be taken back byte for byte."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.curation.edit import add_entry, add_source, set_field
from bot.curation.undo import Change, carry_out, change_of, finish, undo
from bot.errors import UserError
from bot.knowledge import KnowledgeError, load
from bot.knowledge.load import read_files

ROOT = Path(__file__).parents[2]
BASE = {
    "haus.yaml": "topic: Haus\nentries:\n  - {id: haus-alt, question: Wie alt ist es?, answer: Uralt., source: s}\n",
    "sources.yaml": "sources:\n  - {id: s, kind: werkstatt, title: T, publisher: P, date: '2020'}\n",
    "entwuerfe/w2.yaml": "# Entwürfe\nstate: open\n",
}
ENTRY = {"id": "neu-eins", "question": "Wie neu ist es?", "answer": "Ganz neu.", "source": "w2"}
SOURCE = {"id": "w2", "kind": "werkstatt", "title": "W", "publisher": "P", "date": "2022"}


def make_change(folder: Path) -> Change:
    """A new source, a new topic, and a reference from an old file to it."""
    before = read_files(folder)
    after = set_field(before, "haus-alt", "superseded_by", "neu-eins")
    after = add_source(add_entry(after, "zubau", ENTRY, "Zubau"), SOURCE)
    draft = (folder / "entwuerfe/w2.yaml").read_bytes()
    return change_of("„Wie neu ist es?“", before, after, "w2.yaml", draft, draft.replace(b"open", b"adopted"))


def everything(folder: Path) -> dict[str, bytes]:
    """All files but those the program keeps for itself."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def reset(folder: Path) -> dict[str, bytes]:
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    for name, text in BASE.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return everything(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reset(tmp_path)
    return tmp_path


def test_a_change_is_made_and_taken_back_byte_for_byte(folder: Path) -> None:
    before = everything(folder)
    change = make_change(folder)
    carry_out(folder, change)
    after = everything(folder)
    assert b"adopted" in after["entwuerfe/w2.yaml"] and load(folder).entry("neu-eins")
    assert set(after) - set(before) == {"zubau.yaml"}
    assert undo(folder).title == change.title
    assert everything(folder) == before
    with pytest.raises(UserError, match="Es gibt keine Übernahme, die sich rückgängig machen lässt"):
        undo(folder)


@pytest.mark.parametrize("name", ["haus.yaml", "zubau.yaml", "entwuerfe/w2.yaml"])
def test_what_was_changed_since_is_not_taken_back(folder: Path, name: str) -> None:
    carry_out(folder, make_change(folder))
    (folder / name).write_bytes((folder / name).read_bytes() + b"# spaeter\n")
    now = everything(folder)
    with pytest.raises(UserError, match=f"nicht rückgängig machen: Inzwischen wurden diese Dateien geändert: {name}"):
        undo(folder)
    assert everything(folder) == now


def test_what_another_file_refers_to_is_not_taken_back(folder: Path) -> None:
    carry_out(folder, make_change(folder))
    more = "topic: Garten\nentries:\n  - {id: g, question: Wo ist er?, answer: Da., source: s, related: [neu-eins]}\n"
    (folder / "garten.yaml").write_text(more)
    now = everything(folder)
    with pytest.raises(UserError, match=r"garten\.yaml:3: Einen Eintrag „neu-eins“ gibt es nicht"):
        undo(folder)
    assert everything(folder) == now and finish(folder) is None


def test_nothing_is_changed_where_a_file_is_no_longer_as_it_was(folder: Path) -> None:
    change = make_change(folder)
    (folder / "haus.yaml").write_bytes((folder / "haus.yaml").read_bytes() + b"# spaeter\n")
    now = everything(folder)
    with pytest.raises(UserError, match=r"Inzwischen wurden diese Dateien geändert: haus\.yaml"):
        carry_out(folder, change)
    assert everything(folder) == now and finish(folder) is None


DRIVER = """\
import os, signal, sys
from pathlib import Path
from bot.curation import undo
from tests.curation.test_undo import make_change
what, folder, left = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
change = make_change(folder) if what == "carry_out" else None
def dies(real):
    def call(*args, **more):
        global left
        left -= 1
        if left < 0: os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **more)
    return call
os.fsync, Path.replace, Path.unlink = dies(os.fsync), dies(Path.replace), dies(Path.unlink)
undo.carry_out(folder, change) if change else getattr(undo, what)(folder)
"""


def killed(what: str, folder: Path, step: int) -> bool:
    """Whether the program died at this step; afterwards the folder holds usable knowledge in any case."""
    code = subprocess.run([sys.executable, "-c", DRIVER, what, str(folder), str(step)], cwd=ROOT, timeout=60).returncode
    assert code in (0, -9)
    try:
        load(folder)
    except KnowledgeError as error:
        pytest.fail(f"killed in {what} at step {step}: {error}")
    return code == -9


@pytest.mark.slow
def test_killed_at_any_step_a_change_is_finished_later_or_was_never_begun(folder: Path) -> None:
    before = everything(folder)
    carry_out(folder, make_change(folder))
    after = everything(folder)
    seen = set()
    for step in range(40):
        reset(folder)
        died = killed("carry_out", folder, step)
        seen.add(tuple(sorted(everything(folder).items())))
        if step % 3 == 0:  # who finishes it can be killed as well
            killed("finish", folder, step // 3)
        finished = finish(folder)
        assert everything(folder) in ((before, after) if finished is None else (after,))
        if everything(folder) == after:
            undo(folder)
            assert everything(folder) == before
        if not died:
            break
    assert not died and len(seen) == 5, "nothing, each of the three knowledge files, and the draft were seen written"


@pytest.mark.slow
def test_killed_at_any_step_of_taking_back_it_is_finished_later(folder: Path) -> None:
    before = everything(folder)
    for step in range(40):
        reset(folder)
        carry_out(folder, make_change(folder))
        after = everything(folder)
        died = killed("undo", folder, step)
        finished = finish(folder)
        assert everything(folder) == (before if finished or not died else everything(folder))
        assert everything(folder) in (before, after)
        if not died:
            break
    assert not died and step > 6


@pytest.mark.slow
def test_who_edits_a_file_after_the_crash_keeps_the_edit(folder: Path) -> None:
    for step in range(40):
        reset(folder)
        killed("carry_out", folder, step)
        if (folder / "zubau.yaml").exists():
            break
    (folder / "haus.yaml").write_bytes((folder / "haus.yaml").read_bytes() + b"# von Hand\n")
    now = everything(folder)
    with pytest.raises(UserError, match=r"mittendrin unterbrochen: „Wie neu ist es\?“.*geändert: haus\.yaml"):
        finish(folder)
    assert everything(folder) == now
    assert finish(folder) is None, "it is said once"


def test_a_damaged_record_is_reported(folder: Path) -> None:
    carry_out(folder, make_change(folder))
    (folder / "entwuerfe/.letzte-uebernahme.json").write_bytes(b"{")
    with pytest.raises(UserError, match="lässt sich nicht lesen"):
        undo(folder)

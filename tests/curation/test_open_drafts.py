"""A draft file someone works on: found by path or source, changed piece by piece, its document looked up."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.curation.drafts import Draft, DraftFile, read_wordings, write_drafts
from bot.curation.open_drafts import OpenDrafts, draft_files, find_drafts
from bot.errors import UserError
from bot.knowledge import Source

SOURCE = Source(id="w2", kind="werkstatt", title="Zweite Runde", publisher="Verein", date="2022-05-03")
DOCUMENT = "# Zweite Runde\n\n## Input\n\n- Der Umbau dauert vier Jahre.\n\n## Ende\n\n- Danke allen.\n"
WORDINGS = ("Der Umbau dauert vier Jahre.", "Danke allen.\nUnd bis bald: 2023.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "entwuerfe").mkdir()
    (tmp_path / "entwuerfe/w2.md").write_text(DOCUMENT, encoding="utf-8")
    found = tmp_path / "entwuerfe/w2.yaml"
    drafts = (
        Draft(id="eins", question="Wie lange?", section="Input"),
        Draft(id="zwei", question="Was?", section="Ende"),
    )
    write_drafts(found, DraftFile(source=SOURCE, document="w2.md", drafts=drafts), WORDINGS)
    return found


def test_every_change_is_on_disk_and_leaves_the_wording_alone(path: Path) -> None:
    drafts = OpenDrafts(path)
    before = path.read_text(encoding="utf-8").splitlines()
    drafts.change(("drafts", 1), "answer", "Ja: # nein.")
    drafts.change(("drafts", 1), "variants", ["Eins", "Zwei, drei"])
    drafts.change(("drafts", 1), "state", "skipped")
    drafts.change(("drafts", 0), "section", "")
    drafts.change(("source",), "short", "Runde 2")
    read = OpenDrafts(path).file
    assert (read.drafts[1].answer, read.drafts[1].state) == ("Ja: # nein.", "skipped")
    assert read.drafts[1].variants == ("Eins", "Zwei, drei") and read.drafts[0].section is None
    assert read.source.short == "Runde 2"
    assert read_wordings(path) == WORDINGS
    gone = [line for line in before if line not in path.read_text(encoding="utf-8").splitlines()]
    assert gone == ["    section: Input"], "the state and the answer of the other draft still stand there"


def test_a_value_can_be_taken_out_and_put_in_again(path: Path) -> None:
    drafts = OpenDrafts(path)
    original = path.read_bytes()
    drafts.change(("drafts", 0), "speaker", "Frau Gnu")
    assert OpenDrafts(path).file.drafts[0].speaker == "Frau Gnu"
    drafts.change(("drafts", 0), "speaker", "")
    assert path.read_bytes() == original
    drafts.change(("drafts", 0), "answer", "Vier Jahre.")
    drafts.change(("drafts", 0), "answer", "")
    assert OpenDrafts(path).file.drafts[0].answer == ""


def test_what_someone_else_wrote_meanwhile_is_kept(path: Path) -> None:
    drafts = OpenDrafts(path)
    path.write_bytes(path.read_bytes().replace(b"Wie lange?", b"Wie kurz?"))
    with pytest.raises(UserError, match=r"„w2\.yaml“ hat inzwischen jemand anderes geändert"):
        drafts.change(("drafts", 0), "answer", "Vier Jahre.")
    assert drafts.file.drafts[0].question == "Wie kurz?"
    drafts.change(("drafts", 0), "answer", "Vier Jahre.")
    assert OpenDrafts(path).file.drafts[0].question == "Wie kurz?"


def test_the_words_of_the_cited_section_are_looked_up(path: Path) -> None:
    drafts = OpenDrafts(path)
    one, two = drafts.file.drafts
    assert "vier Jahre" in drafts.passage(one).section_text and "Danke" not in drafts.passage(one).section_text
    assert "Danke allen" in drafts.passage(two).section_text and "vier Jahre" in drafts.whole_text
    drafts.change(("drafts", 0), "section", "")
    assert drafts.passage(drafts.file.drafts[0]).section_text == drafts.whole_text


def test_without_the_document_the_quoted_words_must_do(path: Path) -> None:
    path.with_name("w2.md").unlink()
    drafts = OpenDrafts(path)
    one, two = drafts.file.drafts
    assert (
        drafts.missing
        and drafts.passage(one).section_text == WORDINGS[0]
        and drafts.passage(two).section_text == WORDINGS[1]
    )
    assert drafts.whole_text == "\n".join(WORDINGS)


def test_drafts_are_found_by_path_or_source(path: Path, tmp_path: Path) -> None:
    assert draft_files(tmp_path) == [path]
    assert find_drafts(tmp_path, "w2") == path and find_drafts(tmp_path, str(path)) == path
    with pytest.raises(UserError, match=r"Einen Entwurf „w3“ gibt es nicht\. Alle Entwürfe nennt: ikz-bot adopt"):
        find_drafts(tmp_path, "w3")
    for name in ("x" * 5000, "../w2", "\x00", ""):
        with pytest.raises(UserError, match="gibt es nicht"):
            find_drafts(tmp_path, name)


def test_drafts_of_another_knowledge_are_refused(path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    with pytest.raises(UserError, match=r"liegt nicht beim Wissen in.*--knowledge"):
        find_drafts(other, str(path))

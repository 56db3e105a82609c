"""Importing into a real folder: what is written, what of a curator's work stays, and that nothing of it is served."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.curation import drafts
from bot.curation.importing import Importer
from bot.curation.own_words import copied
from bot.documents import read_document
from bot.errors import UserError
from bot.knowledge import KnowledgeBase, load
from bot.knowledge_folder import copy_knowledge
from bot.poll import as_markdown, outcome
from tests.conftest import TODAY
from tests.documents.formats import write
from tests.documents.workshop import EXPECTED, LINES, Line

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, knowledge: KnowledgeBase) -> tuple[Path, Importer]:
    folder = tmp_path_factory.mktemp("wissen")
    copy_knowledge(ROOT / "knowledge", folder)
    return folder, Importer(folder, knowledge)


@pytest.fixture
def importer(shipped: tuple[Path, Importer]) -> Iterator[Importer]:
    folder, made = shipped
    yield made
    shutil.rmtree(folder / drafts.FOLDER, ignore_errors=True)


@pytest.fixture
def protocol(tmp_path: Path) -> Path:
    return write(LINES, tmp_path / "Protokoll Mai.docx")


def test_every_statement_becomes_a_draft(importer: Importer, protocol: Path) -> None:
    done = importer.run(protocol)
    assert (done.new, done.kept, done.guessed_publisher) == (len(EXPECTED), 0, False)
    assert done.path.name == "werkstatt-2023.yaml"
    found = drafts.read_drafts(done.path)
    assert found == done.content
    assert found.source.date == "2023-05-04"
    assert (done.path.parent / found.document).read_bytes() == protocol.read_bytes()
    assert [draft.section for draft in found.drafts] == [one.section for one in EXPECTED]
    assert len({draft.id for draft in found.drafts}) == len(EXPECTED)
    wordings = drafts.read_wordings(done.path)
    assert [wording.split("\n")[0] for wording in wordings] == [f"Wortlaut: {one.text}" for one in EXPECTED]
    related = {draft.entry for draft in found.drafts if draft.relation == "contradicts"}
    assert related == {"zeit-faustformel"}


def test_no_value_of_a_draft_is_copied(importer: Importer, protocol: Path) -> None:
    done = importer.run(protocol)
    source = read_document(protocol).text
    for draft in done.content.drafts:
        for value in (draft.question, draft.answer, draft.section or "", " ".join(draft.keywords)):
            assert copied(value, source) == ()


def test_drafts_are_never_served(importer: Importer, protocol: Path, shipped: tuple[Path, Importer]) -> None:
    folder, _ = shipped
    before = load(folder)
    done = importer.run(protocol)
    # Even a draft file that looks like a topic is none.
    shutil.copy(folder / "zeit.yaml", done.path.parent / "noch-ein-thema.yaml")
    after = load(folder)
    assert after.version == before.version
    assert [entry.id for entry in after.entries] == [entry.id for entry in before.entries]


def test_importing_again_keeps_what_the_curator_did(importer: Importer, protocol: Path, tmp_path: Path) -> None:
    done = importer.run(protocol)
    first, *rest = done.content.drafts
    worked = first.model_copy(update={"answer": "Meine Worte.", "state": "adopted", "id": "meine-kennung"})
    source = done.content.source.model_copy(update={"publisher": "Mein Bund"})
    left = [*rest[:9], *rest[10:]]  # and one was deleted
    wordings = list(drafts.read_wordings(done.path))
    del wordings[10]
    wordings[0] += "\nEine Notiz von mir."
    content = done.content.model_copy(update={"source": source, "drafts": (worked, *left)})
    drafts.write_drafts(done.path, content, wordings)
    longer = [*LINES, Line("item", "Ganz zuletzt gab es Kartoffelsuppe.")]
    again = importer.run(write(longer, tmp_path / "neu.docx"))
    assert (again.new, again.kept) == (2, len(EXPECTED) - 1)
    assert again.path == done.path
    assert again.content.source.publisher == "Mein Bund"
    assert again.content.drafts[0] == worked
    assert set(left) <= set(again.content.drafts)
    now = drafts.read_wordings(done.path)
    assert now[0].endswith("Eine Notiz von mir.")
    assert now[10].startswith(f"Wortlaut: {EXPECTED[10].text}")  # it is back in its place
    assert now[-1] == "Wortlaut: Ganz zuletzt gab es Kartoffelsuppe."


def test_importing_twice_changes_nothing(importer: Importer, protocol: Path) -> None:
    done = importer.run(protocol)
    before = done.path.read_bytes()
    again = importer.run(protocol)
    assert (again.new, again.kept) == (0, len(EXPECTED))
    assert done.path.read_bytes() == before


def test_a_draft_file_that_cannot_be_read_is_left_alone(importer: Importer, protocol: Path) -> None:
    done = importer.run(protocol)
    broken = done.path.read_text("utf-8").replace("state: open", "state: offen", 1)
    done.path.write_text(broken, "utf-8")
    with pytest.raises(UserError, match="unbekannten Wert"):
        importer.run(protocol)
    assert done.path.read_text("utf-8") == broken


def test_another_workshop_of_the_year_gets_its_own_file(importer: Importer, protocol: Path, tmp_path: Path) -> None:
    importer.run(protocol)
    other = tmp_path / "b.md"
    other.write_text("# Protokoll der Werkstatt „Bauhof“\n\nDatum: 12.10.2023\n\n## Fazit\n\nEs war gut.", "utf-8")
    assert importer.run(other).path.name == "werkstatt-2023-10-12.yaml"
    assert importer.run(protocol).kept == len(EXPECTED)


def test_a_flash_poll_becomes_drafts(importer: Importer, knowledge: KnowledgeBase, tmp_path: Path) -> None:
    poll = knowledge.poll
    assert poll is not None
    votes = [3, 1, *[0] * (len(poll.closed.answers) - 2)]
    told = outcome(poll, TODAY, votes, [["Das Bauamt", "", "Uns fehlt die Zeit"]])
    path = tmp_path / "umfrage.md"
    path.write_text(as_markdown(told), "utf-8")
    done = importer.run(path)
    assert done.guessed_publisher
    assert done.content.source.title == poll.title
    by_wording = dict(zip(drafts.read_wordings(done.path), done.content.drafts, strict=True))
    (counted,) = [draft for wording, draft in by_wording.items() if "Stimmen" in wording]
    assert f"auf „{poll.closed.answers[0]}“ 3 Stimmen" in counted.answer
    assert any(f"Frage im Dokument: {poll.open[2].question}" in wording for wording in by_wording)
    assert not any("niemand etwas geschrieben" in wording for wording in by_wording)


def test_the_curator_may_name_topic_and_date(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "notizen.txt"
    path.write_text("Notizen\n\nEs fehlt an Personal im Bauamt.", "utf-8")
    with pytest.raises(UserError, match="--date JJJJ-MM-TT"):
        importer.run(path)
    done = importer.run(path, topic="zeit", day="2024-02")
    assert {draft.topic for draft in done.content.drafts} == {"zeit"}
    assert (done.content.source.date, done.content.source.id) == ("2024-02", "notizen-2024")


def test_a_document_without_statements_is_told(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Protokoll vom 4. Mai 2023\n", "utf-8")
    with pytest.raises(UserError, match="keine Aussagen"):
        importer.run(path)

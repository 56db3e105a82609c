from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.curation.drafts import Draft, DraftFile, draft_path, read_drafts, read_wordings, write_drafts
from bot.errors import UserError
from bot.knowledge import Duration, Event, Source
from bot.knowledge.model import MAX_ANSWER

SOURCE = Source(
    id="runde-2023", kind="werkstatt", title="Protokoll: „Runde“", publisher="Verein e. V.", date="2023-05-04"
)
FULL = Draft(
    id="geld-kosten",
    topic="geld",
    question="Was kostet: das?",
    keywords=("Kosten", "no", "12"),
    answer="Viel.\nSehr viel # wirklich.",
    section="Input Eva Lind",
    speaker="Eva Lind",
    relation="contradicts",
    entry="money-grant",
    score=0.57,
    state="skipped",
    events=(Event(date="2023-05", precision="month", status="planned", label="Start"),),
    durations=(Duration(label="Bau", months="18-24"),),
)
BARE = Draft(id="a", question="Was?")

# Whatever stands in a document, but for characters that are no text.
LINE = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cf", "Co", "Cn")), max_size=60)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    content = DraftFile(source=SOURCE, document="runde-2023.pdf", drafts=(FULL, BARE))
    wordings = ("Wortlaut: Das kostet viel.\nFrage im Dokument: Was?", "# - id: x")
    write_drafts(tmp_path / "a.yaml", content, wordings)
    assert read_drafts(tmp_path / "a.yaml") == content
    assert read_wordings(tmp_path / "a.yaml") == wordings
    text = (tmp_path / "a.yaml").read_text("utf-8")
    assert "  # Wortlaut: Das kostet viel.\n" in text
    assert "    answer: ''\n" in text  # a place for the curator's words


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINE, max_size=5), LINE.filter(str.strip), LINE)
def test_no_wording_breaks_the_file(tmp_path: Path, lines: list[str], question: str, answer: str) -> None:
    draft = Draft(id="a", question=question, answer=answer)
    content = DraftFile(source=SOURCE, document="a.md", drafts=(draft, BARE))
    write_drafts(tmp_path / "a.yaml", content, ("\n".join(lines), "Wortlaut: zwei"))
    assert read_drafts(tmp_path / "a.yaml") == content
    assert read_wordings(tmp_path / "a.yaml")[1] == "Wortlaut: zwei"


def test_no_drafts_are_a_file_too(tmp_path: Path) -> None:
    content = DraftFile(source=SOURCE, document="a.md")
    write_drafts(tmp_path / "a.yaml", content, ())
    assert read_drafts(tmp_path / "a.yaml") == content


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("state: open", "state: offen", "a.yaml:13: „state“ hat einen unbekannten Wert"),
        ("question: Was?", "frage: Was?", "a.yaml:14"),
        ("- id: a", "- id: Ä", "a.yaml:12"),
        ("answer: ''", "answer: '", "a.yaml"),
        ("source:", "quelle:", "a.yaml"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = tmp_path / "a.yaml"
    write_drafts(path, DraftFile(source=SOURCE, document="a.md", drafts=(BARE,)), ("",))
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(UserError, match="lässt sich nicht verwenden") as refused:
        read_drafts(path)
    assert told in str(refused.value)


def test_an_answer_is_no_longer_than_an_entry_may_have() -> None:
    with pytest.raises(ValueError, match="answer"):
        Draft(id="a", question="Was?", answer="x" * (MAX_ANSWER + 1))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="kann ich nicht lesen"):
        read_drafts(draft_path(tmp_path, "x"))

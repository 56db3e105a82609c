"""Writing and deleting open questions, with all that a curator wrote around them."""

from __future__ import annotations

from bot.curation.open_questions import leave_open, lost_lines, no_longer_open, stands_open
from bot.knowledge import parse

FILES = {
    "x.yaml": b"topic: T\nentries:\n  - {id: a, question: Was?, answer: Das., source: s}\n",
    "sources.yaml": b"sources:\n  - {id: s, kind: werkstatt, title: T, publisher: P, date: '2020'}\n",
}
WRITTEN = """\
# Von Frau Muster gepflegt.
questions:
  - Wer war es?   # kam im Rat
  - "Und: wann?"
"""


def test_the_first_open_question_begins_the_file() -> None:
    after = leave_open(FILES, "Wer: war es?")
    assert parse(after).open_questions == ("Wer: war es?",)
    assert after["offene-fragen.yaml"].startswith(b"# yaml-language-server: $schema=schema/offene-fragen.json\n")


def test_what_a_curator_wrote_stays_as_it_is() -> None:
    files = FILES | {"offene-fragen.yaml": WRITTEN.encode()}
    after = leave_open(files, "Wo liegt es?")
    assert after["offene-fragen.yaml"].decode() == WRITTEN + "  - Wo liegt es?\n"
    assert no_longer_open(after, "wo liegt es") == files


def test_what_stands_beside_the_last_one_stays_and_its_own_line_is_told() -> None:
    files = FILES | {"offene-fragen.yaml": WRITTEN.replace('  - "Und: wann?"\n', "").encode()}
    after = no_longer_open(files, "wer war es")
    assert after["offene-fragen.yaml"].decode() == "# Von Frau Muster gepflegt.\nquestions: []   # kam im Rat\n"
    assert parse(after).open_questions == ()
    assert lost_lines(files, after) == ["- Wer war es?   # kam im Rat"]
    assert parse(leave_open(after, "Und: wann?")).open_questions == ("Und: wann?",)


def test_deleting_what_is_not_open_changes_nothing() -> None:
    files = FILES | {"offene-fragen.yaml": WRITTEN.encode()}
    assert no_longer_open(files, "Was denn?") == files
    assert no_longer_open(FILES, "Was denn?") == FILES


def test_a_question_is_open_in_these_words_only() -> None:
    knowledge = parse(FILES | {"offene-fragen.yaml": WRITTEN.encode()})
    assert stands_open(knowledge, "wer war es")
    assert not stands_open(knowledge, "wer war das")

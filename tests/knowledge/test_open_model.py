"""What a curator is told about offene-fragen.yaml."""

from __future__ import annotations

import pytest

from bot.knowledge import KnowledgeBase, KnowledgeError, parse

BASE = {
    "x.yaml": "topic: T\nentries:\n  - {id: a, question: Was?, variants: [Was ist das?], answer: Das., source: s}\n",
    "sources.yaml": "sources:\n  - {id: s, kind: werkstatt, title: T, publisher: P, date: '2020'}\n",
}


def read(questions: str | None = None) -> KnowledgeBase:
    files = BASE | ({"offene-fragen.yaml": questions} if questions is not None else {})
    return parse({name: text.encode() for name, text in files.items()})


def test_the_file_is_read_and_is_no_topic() -> None:
    knowledge = read("questions:\n  - Wer war es?\n  - Und wann?\n")
    assert knowledge.open_questions == ("Wer war es?", "Und wann?")
    assert [topic.id for topic in knowledge.topics] == ["x"]
    assert read().open_questions == read("questions: []").open_questions == ()


def test_an_open_question_changes_answers_and_so_the_version() -> None:
    assert read().version != read("questions: [Wer war es?]").version


@pytest.mark.parametrize(
    ("questions", "says"),
    [
        (
            "questions:\n  - Wer?\n  - was ist das\n",
            "offene-fragen.yaml:3: Die Formulierung „was ist das“ gibt es schon (x.yaml:3).",
        ),
        (
            "questions: [Wer war es?, wer war es]",
            "offene-fragen.yaml:1: Die Formulierung „wer war es“ gibt es schon (offene-fragen.yaml:1).",
        ),
        ("questions: ['?!']", "offene-fragen.yaml:1: "),
        (f"questions: [{'x' * 201}]", "offene-fragen.yaml:1: "),
        ("fragen: [Wer war es?]", "offene-fragen.yaml:1: "),
        ("questions:\n  - {question: Wer war es?}\n", "offene-fragen.yaml:2: "),
        ("", "offene-fragen.yaml:1: Die Datei ist leer."),
    ],
)
def test_mistakes_are_told_with_their_line(questions: str, says: str) -> None:
    with pytest.raises(KnowledgeError) as error:
        read(questions)
    assert says in str(error.value)

"""What a curator is told about pruefsteine.yaml, and that answering does not depend on it."""

from __future__ import annotations

import pytest

from bot.knowledge import KnowledgeBase, KnowledgeError, parse

BASE = {
    "x.yaml": "topic: T\nentries:\n  - {id: a, question: Was?, answer: Das., source: s, former_ids: [b]}\n",
    "sources.yaml": "sources:\n  - {id: s, kind: werkstatt, title: T, publisher: P, date: '2020'}\n",
    "smalltalk.yaml": "entries:\n  - {id: smalltalk-hallo, question: Hallo, answer: Hallo!}\n",
}
TOUCHSTONES = """\
touchstones:
  - question: Was denn?
    expected: a
  - question: Und das Wetter?
    expected: nichts
"""


def read(touchstones: str | None = None) -> KnowledgeBase:
    files = BASE | ({"pruefsteine.yaml": touchstones} if touchstones is not None else {})
    return parse({name: text.encode() for name, text in files.items()})


def test_the_file_is_read_and_is_no_topic() -> None:
    knowledge = read(TOUCHSTONES)
    assert [(t.question, t.expected) for t in knowledge.touchstones] == [("Was denn?", "a"), ("Und das Wetter?", None)]
    assert [topic.id for topic in knowledge.topics] == ["x"]
    assert read().touchstones == ()
    assert read("touchstones: []").touchstones == ()


@pytest.mark.parametrize("written", ["nichts", "null", "~"])
def test_a_question_that_must_stay_unanswered(written: str) -> None:
    assert read(TOUCHSTONES.replace("nichts", written)).touchstones[1].expected is None


def test_a_courtesy_can_be_expected() -> None:
    assert read(TOUCHSTONES.replace("nichts", "smalltalk-hallo")).touchstones[1].expected == "smalltalk-hallo"


def test_a_changed_touchstone_is_no_reason_to_calibrate_again() -> None:
    assert read().version == read(TOUCHSTONES).version == read(TOUCHSTONES.replace("denn", "nun")).version


@pytest.mark.parametrize(
    ("touchstones", "says"),
    [
        (TOUCHSTONES.replace("expected: a", "expected: aa"), "pruefsteine.yaml:3: Einen Eintrag „aa“ gibt es nicht."),
        (
            TOUCHSTONES.replace("expected: a", "expected: b"),
            "pruefsteine.yaml:3: Der Eintrag „b“ hat inzwischen eine andere Kennung. Hinweis: Bitte schreiben Sie „a“",
        ),
        (
            TOUCHSTONES.replace("Und das Wetter?", "was denn"),
            "pruefsteine.yaml:4: Die Frage „was denn“ ist schon ein Prüfstein (pruefsteine.yaml:2).",
        ),
        (TOUCHSTONES.replace("    expected: a\n", ""), "pruefsteine.yaml:2: „expected“ fehlt."),
        (TOUCHSTONES.replace("expected: a", "expected:"), "pruefsteine.yaml:3: „expected“"),
        (TOUCHSTONES.replace("Was denn", "x" * 201), "pruefsteine.yaml:2: „question“ ist zu lang"),
        (TOUCHSTONES.replace("Was denn?", "„?“"), "pruefsteine.yaml:2: „question“"),
        (TOUCHSTONES.replace("expected: a", "entry: a"), "pruefsteine.yaml:"),
        ("", "pruefsteine.yaml:1: Die Datei ist leer."),
    ],
)
def test_each_mistake_is_said_in_german_with_its_line(touchstones: str, says: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        read(touchstones)
    assert str(caught.value).splitlines()[0].startswith(says)
    assert "Hinweis: " in str(caught.value)


def test_entries_of_an_unreadable_file_are_not_reported_missing() -> None:
    files = BASE | {
        "pruefsteine.yaml": TOUCHSTONES,
        "x.yaml": "topic: T\nentries:\n  - {id: [\n",
        "y.yaml": BASE["x.yaml"],
    }
    files["y.yaml"] = files["y.yaml"].replace("id: a", "id: c")
    with pytest.raises(KnowledgeError) as caught:
        parse({name: text.encode() for name, text in files.items()})
    assert not any(problem.file == "pruefsteine.yaml" for problem in caught.value.problems)

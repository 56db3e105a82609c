"""What a curator is told about umfrage.yaml, and that answering does not depend on it."""

from __future__ import annotations

import pytest

from bot.knowledge import KnowledgeBase, KnowledgeError, parse

BASE = {
    "x.yaml": "topic: T\nentries:\n  - {id: a, question: Was?, answer: Das., source: s}\n",
    "sources.yaml": "sources:\n  - {id: s, kind: werkstatt, title: T, publisher: P, date: '2020'}\n",
}
POLL = """\
title: Probe
closed:
  question: Wie weit?
  answers: [Nah, Fern]
open:
  - {label: Wer, question: Wer macht mit?}
"""
LONG = [f"Antwort {number}" for number in range(11)]


def read(poll: str | None = None) -> KnowledgeBase:
    files = BASE | ({"umfrage.yaml": poll} if poll is not None else {})
    return parse({name: text.encode() for name, text in files.items()})


def test_the_file_is_read_and_is_no_topic() -> None:
    knowledge = read(POLL)
    assert knowledge.poll
    assert (knowledge.poll.closed.answers, knowledge.poll.open[0].label) == (("Nah", "Fern"), "Wer")
    assert [topic.id for topic in knowledge.topics] == ["x"]
    assert read().poll is None


def test_a_changed_poll_is_no_reason_to_calibrate_again() -> None:
    assert read().version == read(POLL).version == read(POLL.replace("Wer", "Wo")).version


@pytest.mark.parametrize(
    ("poll", "says"),
    [
        (
            POLL.replace("Wie weit?", "x" * 301),
            "umfrage.yaml:3: „question“ ist zu lang: 301 Zeichen, erlaubt sind 300.",
        ),
        (POLL.replace("Fern", "x" * 56), "umfrage.yaml:4: „answers“ (Nr. 2) ist zu lang: 56 Zeichen, erlaubt sind 55."),
        (POLL.replace("[Nah, Fern]", str(LONG)), "umfrage.yaml:4: „answers“ hat zu viele Werte: 11"),
        (POLL.replace(", Fern", ""), "umfrage.yaml:4: „answers“ hat zu wenige Werte: 1"),
        (POLL.replace("Fern", "nah!"), "umfrage.yaml:4: Die Antwort „nah!“ steht zweimal in der Umfrage."),
        (POLL.replace("label: Wer", f"label: {'x' * 46}"), "umfrage.yaml:6: „label“ ist zu lang: 46 Zeichen"),
        (POLL.replace("Wer macht mit?", "x" * 101), "umfrage.yaml:6: „question“ ist zu lang: 101 Zeichen"),
        (POLL + POLL.splitlines(keepends=True)[-1] * 5, "umfrage.yaml:5: „open“ hat zu viele Werte: 6"),
        (POLL.replace("title: Probe\n", ""), "umfrage.yaml:1: „title“ fehlt."),
        (POLL.replace("closed:", "close:"), "umfrage.yaml:2: Den Schlüssel „close“ gibt es hier nicht."),
        ("", "umfrage.yaml:1: Die Datei ist leer."),
    ],
)
def test_each_mistake_is_said_in_german_with_its_line(poll: str, says: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        read(poll)
    (told,) = str(caught.value).splitlines()
    assert told.startswith(says)
    assert "Hinweis: " in told

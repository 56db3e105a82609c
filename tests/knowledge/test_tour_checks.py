"""What a curator is told about the files of the tour and the quiz, and that answering does not depend on them."""

from __future__ import annotations

import pytest

from bot.knowledge import KnowledgeBase, KnowledgeError, parse
from bot.knowledge.tour_model import MAX_STATIONS

BASE = {
    "x.yaml": "topic: T\nentries:\n"
    "  - {id: a, question: Was?, answer: Das., source: s, former_ids: [alt]}\n"
    "  - {id: b, question: Wer?, answer: Der., source: s}\n",
    "sources.yaml": "sources:\n  - {id: s, kind: werkstatt, title: T, publisher: P, date: '2020'}\n",
}
TOUR = """\
stations:
  - id: eins
    title: Anfang
    text: Hier geht es los.
    entries: [a]
    deeper: [a, b]
"""
QUIZ = """\
questions:
  - id: eins
    question: Was stimmt?
    right: Das hier
    wrong: [Das da, Jenes]
    why: So steht es dort.
    entry: b
"""


def read(**files: str) -> KnowledgeBase:
    """The knowledge in the base and these files."""
    everything = BASE | {f"{name}.yaml": text for name, text in files.items()}
    return parse({name: text.encode() for name, text in everything.items()})


def report(**files: str) -> list[str]:
    """What is said about them."""
    with pytest.raises(KnowledgeError) as caught:
        read(**files)
    return str(caught.value).splitlines()


def test_both_files_are_read_and_neither_is_needed() -> None:
    knowledge = read(einstieg=TOUR, quiz=QUIZ)
    assert [station.title for station in knowledge.tour] == ["Anfang"]
    assert [question.right for question in knowledge.quiz] == ["Das hier"]
    assert [topic.id for topic in knowledge.topics] == ["x"]
    assert read().tour == read().quiz == ()


def test_the_version_that_the_calibration_belongs_to_does_not_change_with_them() -> None:
    assert read().version == read(einstieg=TOUR, quiz=QUIZ).version
    assert read().version != read(weiteres=BASE["x.yaml"].replace("id: ", "id: z").replace("?", " denn?")
                                  .replace("alt", "zalt")).version  # fmt: skip


@pytest.mark.parametrize(
    ("tour", "says"),
    [
        (TOUR.replace("[a, b]", "[a, c]"), "einstieg.yaml:6: Einen Eintrag „c“ gibt es nicht."),
        (TOUR.replace("[a, b]", "[b, alt]"), "einstieg.yaml:6: Der Eintrag „alt“ hat inzwischen eine andere Kennung."),
        (TOUR.replace("[a, b]", "[b, b]"), "einstieg.yaml:6: Der Eintrag „b“ steht zweimal unter „deeper“."),
        (TOUR.replace("[a, b]", "[a]"), "einstieg.yaml:6: „deeper“ hat zu wenige Werte: 1, nötig sind mindestens 2."),
        (TOUR.replace("[a, b]", "[a, b, a]"), "einstieg.yaml:6: „deeper“ hat zu viele Werte: 3"),
        (TOUR.replace("entries: [a]", "entries: [zz]"), "einstieg.yaml:5: Einen Eintrag „zz“ gibt es nicht."),
        (TOUR.replace("    entries: [a]\n", ""), "einstieg.yaml:2: „entries“ fehlt."),
        (TOUR.replace("Anfang", "x" * 71), "einstieg.yaml:3: „title“ ist zu lang: 71 Zeichen, erlaubt sind 70."),
        (TOUR.replace("Hier", "x" * 700), "einstieg.yaml:4: „text“ ist zu lang: 713 Zeichen, erlaubt sind 700."),
        (TOUR.replace("text: Hier", "text: |\n      Ja.\n      Hier"), "„text“ darf nur eine einzige Zeile haben"),
        (TOUR + TOUR.partition("\n")[2], "einstieg.yaml:7: Die Kennung „eins“ ist schon vergeben (einstieg.yaml:2)."),
        ("stations: []\n", "einstieg.yaml:1: „stations“ hat zu wenige Werte: 0"),
        ("stationen: []\n", "einstieg.yaml:1: Den Schlüssel „stationen“ gibt es hier nicht."),
        ("", "einstieg.yaml:1: Die Datei ist leer."),
    ],
)
def test_each_mistake_in_the_tour_is_told_once_with_its_line(tour: str, says: str) -> None:
    told = report(einstieg=tour)
    assert len(told) == 1
    assert says in told[0] and "Hinweis: " in told[0]


def test_more_stations_than_anyone_walks_through_are_too_many() -> None:
    one = TOUR.partition("\n")[2]
    many = "stations:\n" + "".join(one.replace("eins", f"s{n}") for n in range(MAX_STATIONS + 1))
    assert [f"höchstens {MAX_STATIONS}" in told for told in report(einstieg=many)] == [True]


@pytest.mark.parametrize(
    ("quiz", "says"),
    [
        (QUIZ.replace("entry: b", "entry: bb"), "quiz.yaml:7: Einen Eintrag „bb“ gibt es nicht."),
        (QUIZ.replace("Das da", "das hier!"), "quiz.yaml:5: Die Antwort „das hier!“ steht zweimal bei dieser Frage."),
        (QUIZ.replace("Jenes", "Das da"), "quiz.yaml:5: Die Antwort „Das da“ steht zweimal bei dieser Frage."),
        (QUIZ.replace("[Das da, Jenes]", "[]"), "quiz.yaml:5: „wrong“ hat zu wenige Werte: 0"),
        (QUIZ.replace("Jenes", "Jenes, 3, 4, 5"), "quiz.yaml:5: „wrong“ hat zu viele Werte: 5"),
        (QUIZ.replace("Jenes", "x" * 121), "quiz.yaml:5: „wrong“ (Nr. 2) ist zu lang: 121 Zeichen, erlaubt sind 120."),
        (QUIZ.replace("    why: So steht es dort.\n", ""), "quiz.yaml:2: „why“ fehlt."),
        (QUIZ + QUIZ.partition("\n")[2], "quiz.yaml:8: Die Kennung „eins“ ist schon vergeben (quiz.yaml:2)."),
    ],
)
def test_each_mistake_in_the_quiz_is_told_once_with_its_line(quiz: str, says: str) -> None:
    told = report(quiz=quiz)
    assert len(told) == 1
    assert says in told[0] and "Hinweis: " in told[0]


def test_what_an_unreadable_topic_may_hold_is_not_reported_missing() -> None:
    assert [told.partition(":")[0] for told in report(einstieg=TOUR.replace("[a, b]", "[a, c]"), y="[")] == ["y.yaml"]

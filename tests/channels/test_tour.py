"""The tour in the terminal: each key, a screen's size, the chat around it, and the real program over a pipe."""

from __future__ import annotations

import itertools
import os
import re
import sys
import textwrap
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Bundle
from bot.channels.lines import Line, reply_lines
from bot.channels.terminal import Chat
from bot.channels.tour import Tour
from bot.journal import Journal
from bot.knowledge import Entry, KnowledgeBase, Source, Topic
from bot.knowledge.model import MAX_QUESTION, MAX_TITLE
from bot.knowledge.tour_model import (
    MAX_QUIZ_ANSWER,
    MAX_QUIZ_QUESTION,
    MAX_STATION_TEXT,
    MAX_STATION_TITLE,
    MAX_WHY,
    MAX_WRONG,
    QuizQuestion,
    Station,
)
from bot.offers import picked
from bot.tour import task

from ..conftest import ROOT, TODAY, Run

pexpect: Any = pytest.importorskip("pexpect")

SHIPPED = {"IKZ_BOT_KNOWLEDGE": str(ROOT / "knowledge")}


class Walk:
    """A tour whose screens are plain text; a line that is no step is None."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        numbers = itertools.count()
        self.tour = Tour(
            knowledge,
            lambda entry: reply_lines(knowledge, picked(knowledge, entry, TODAY), TODAY),
            lambda number: f"Zurück zu {number}.",
            "Fragen Sie dort.",
            lambda: next(numbers),
        )

    def show(self) -> str:
        return _text(self.tour.show())

    def __call__(self, typed: str) -> str | None:
        lines = self.tour.respond(typed)
        return None if lines is None else _text(lines)


def _text(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines)


@pytest.fixture
def walk(knowledge: KnowledgeBase) -> Walk:
    return Walk(knowledge)


def _answer_to(knowledge: KnowledgeBase, number: int, right: bool) -> str:
    """The key for a right or a wrong answer in the first round."""
    asked = task(knowledge, number, 0)
    return str(next(n for n, c in enumerate(asked.choices, 1) if (c == asked.question.right) is right))


def test_enter_leads_through_all_stations_and_the_quiz_to_the_end(knowledge: KnowledgeBase, walk: Walk) -> None:
    shown = walk.show()
    for number, station in enumerate(knowledge.tour, 1):
        assert shown.startswith(f"Station {number} von {len(knowledge.tour)}: {station.title}\n{station.text}")
        assert "Quelle: Protokoll der Fachwerkstatt der regiopolREGION Paderborn, November 2020" in shown
        shown = walk("") or ""
    for number, question in enumerate(knowledge.quiz, 1):
        assert shown.startswith(f"Quiz, Frage {number} von {len(knowledge.quiz)}: {question.question}")
        told = walk(_answer_to(knowledge, number, right=number % 2 == 0)) or ""
        assert told.startswith("Richtig: " if number % 2 == 0 else "Das stimmt nicht: ")
        assert question.right in told and question.why in told and "\nQuelle: " in told
        shown = walk("") or ""
    assert "Das war der Rundgang" in shown and "Fragen Sie dort." in shown
    assert not re.search(r"\d", shown), "no score is kept"
    assert walk("") is None
    assert walk.show().startswith("Station 1 ")


@pytest.mark.parametrize("word", ["weiter", "Weiter", " WEITER ", "w", ""])
@pytest.mark.parametrize("back", ["zurück", "zuru\u0308ck", "zurueck", "Zurück", "z"])
def test_on_and_back(walk: Walk, word: str, back: str) -> None:
    walk.show()
    assert (walk(word) or "").startswith("Station 2 ")
    assert (walk(back) or "").startswith("Station 1 ")
    assert (walk(back) or "").startswith("Station 1 ")


def test_each_number_goes_deeper_and_leads_on_from_there(knowledge: KnowledgeBase, walk: Walk) -> None:
    walk.show()
    for number, name in enumerate(knowledge.tour[0].deeper, 1):
        entry = knowledge.entry(name)
        assert entry
        told = walk(str(number)) or ""
        assert told.startswith(f"{entry.question}\n{entry.answer}") and "Quelle: " in told
    assert (walk("zurück") or "").startswith("Station 1 "), "back from an entry leads to its station"
    assert (walk("") or "").startswith("Station 2 ")
    walk("1")
    assert (walk("") or "").startswith("Station 3 ")


@pytest.mark.parametrize(("typed", "number"), [("station 4", 4), ("Station 99", 10), ("station 0", 1)])
def test_a_station_can_be_jumped_to(walk: Walk, typed: str, number: int) -> None:
    walk.show()
    assert (walk(typed) or "").startswith(f"Station {number} ")


@pytest.mark.parametrize("typed", ["hilfe", "?"])
def test_the_keys_are_told_on_request(walk: Walk, typed: str) -> None:
    walk.show()
    told = walk(typed) or ""
    assert "Eingabetaste: weiter" in told and "verstehe" not in told


def test_the_quiz_can_be_begun_and_left_anywhere(knowledge: KnowledgeBase, walk: Walk) -> None:
    walk.show()
    walk("")
    asked = walk("quiz") or ""
    assert asked.startswith("Quiz, Frage 1 ")
    assert walk("") == asked, "a question is not skipped by accident"
    walk(_answer_to(knowledge, 1, right=True))
    entry = knowledge.entry(knowledge.quiz[0].entry)
    assert entry and "m: mehr dazu" in (walk("hilfe") or "")
    told = walk("m") or ""
    assert told.startswith(entry.question) and "m: mehr dazu" not in told
    assert (walk("") or "").startswith("Quiz, Frage 2 ")
    assert (walk("zurück") or "").startswith("Quiz, Frage 1 ")
    assert (walk("zurück") or "").startswith("Station 2 "), "the station from which the quiz was begun"
    walk("quiz")
    assert walk("ende") == "Gut, hier ist Schluss. Zurück zu 2. Das Quiz beginnt dann von vorn."


def test_an_answer_can_be_written_out(knowledge: KnowledgeBase, walk: Walk) -> None:
    walk.show()
    walk("quiz")
    assert (walk(knowledge.quiz[0].right.upper()) or "").startswith("Richtig: ")


def test_it_goes_on_where_it_was_left(walk: Walk) -> None:
    walk.show()
    here = walk("weiter")
    assert walk("ende") == "Gut, hier ist Schluss. Zurück zu 2."
    assert walk("weiter") is None
    assert walk.show() == here


@pytest.mark.parametrize("typed", ["7", "0", "9" * 6000, "٣", "²"])
def test_a_number_without_meaning_is_explained_and_changes_nothing(walk: Walk, typed: str) -> None:
    walk.show()
    told = walk(typed)
    assert told is None or "verstehe ich hier nicht" in told
    assert (walk("") or "").startswith("Station 2 ")


@given(st.lists(st.sampled_from(["", "1", "2", "3", "z", "quiz", "ende", "x"]) | st.text(max_size=5), max_size=40))
def test_whatever_is_typed_the_tour_stands_somewhere(knowledge: KnowledgeBase, typed: list[str]) -> None:
    walk = Walk(knowledge)
    walk.show()
    for line in typed:
        walk(line)
    assert walk.show().startswith(("Station ", "Quiz, Frage "))


def test_the_longest_station_question_and_feedback_fit_one_screen() -> None:
    word = "w" * 11 + " "
    entries = tuple(
        Entry(id=name, question=(word * 99)[:MAX_QUESTION].strip(), answer="Ja.", source=f"s{name}") for name in "abc"
    )
    sources = {
        f"s{name}": Source(id=f"s{name}", kind="werkstatt", title="t" * MAX_TITLE, publisher="p", date="2020")
        for name in "abc"
    }
    knowledge = KnowledgeBase(
        topics=(Topic("t", "T", "", entries),),
        sources=sources,
        tour=(
            Station(
                id="s",
                title="T" * MAX_STATION_TITLE,
                text=(word * 99)[:MAX_STATION_TEXT],
                entries=("a", "b", "c"),
                deeper=("a", "b"),
            ),
        ),
        quiz=(
            QuizQuestion(
                id="q",
                question="q" * MAX_QUIZ_QUESTION,
                right="r" * MAX_QUIZ_ANSWER,
                wrong=tuple(f"{n}" * MAX_QUIZ_ANSWER for n in range(MAX_WRONG)),
                why=(word * 99)[:MAX_WHY],
                entry="a",
            ),
        ),
    )
    walk = Walk(knowledge)
    screens = [walk.show(), walk("") or "", walk("1") or ""]
    for screen in screens:
        rows = [row for line in screen.split("\n") for row in textwrap.wrap(line, 80) or [""]]
        # One row is the blank one behind, one the prompt.
        assert len(rows) + 2 <= 24, screen


def test_in_the_chat_a_question_interrupts_and_the_tour_goes_on(knowledge: KnowledgeBase, bundle: Bundle) -> None:
    chat = Chat(knowledge, lambda: bundle, TODAY, Journal.open(None, 90))

    def say(typed: str) -> str:
        return _text(chat.respond(typed))

    assert "/einstieg" in say("/hilfe")
    assert say("/einstieg").startswith("Station 1 ")
    second = say("weiter")
    assert second.startswith("Station 2 ")
    deeper = knowledge.entry(knowledge.tour[1].deeper[0])
    assert deeper and deeper.answer in say("1")
    assert "Abschnitt Inhaltliche Einführung" in say("/quelle"), "the sources of what was shown last"
    assert "12. November 2020" in say("Wann war die Werkstatt?")
    assert not say("1").startswith(deeper.question), "the number now belongs to the answer"
    assert "ist leer" in say("")
    assert say("/einstieg") == second
    assert "/einstieg führt Sie hier weiter" in say("ende")
    assert not chat.ended
    say("/ende")
    assert chat.ended


def test_over_a_pipe_the_tour_is_plain_text(run: Run) -> None:
    done = run("tour", stdin="weiter\r\n1\nzurück\nzurück\nquatsch\nende\nweiter\n".encode(), env=SHIPPED)
    text = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert re.findall(r"^Station \d+", text, re.MULTILINE) == ["Station 1", "Station 2", "Station 2", "Station 1"]
    assert "Das verstehe ich hier nicht" in text
    assert text.rstrip().endswith("Hier geht es weiter: ikz-bot tour --station 1")
    assert "\x1b" not in text and "> " not in text


@pytest.mark.parametrize("key", ["c", "d"])
def test_in_a_terminal_a_station_fits_and_a_key_combination_ends_it(key: str) -> None:
    env = {**os.environ, **SHIPPED, "TERM": "xterm"}
    child = pexpect.spawn(
        sys.executable, ["-m", "bot", "tour"], dimensions=(24, 80), encoding="utf-8", cwd=ROOT, env=env, timeout=20
    )
    child.expect("> $")
    assert "Station 1 von " in child.before and child.before.count("\n") < 24
    child.sendline("")
    child.expect("Station 2 von ")
    child.expect("> $")
    child.sendcontrol(key)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0 and "Traceback" not in child.before and child.before.endswith("\n")


def test_over_a_pipe_it_begins_at_a_station_and_ends_with_the_input(run: Run) -> None:
    done = run("tour", "--station", "3", stdin=b"\n\xff\xfe\n", env=SHIPPED)
    assert done.returncode == 0
    assert re.findall(r"^Station \d+", done.stdout.decode(), re.MULTILINE) == ["Station 3", "Station 4"]


@pytest.mark.parametrize("station", ["0", "99", "-1", "x", "", "1.5"])
def test_a_station_that_is_none_is_refused(run: Run, station: str) -> None:
    done = run("tour", f"--station={station}", env=SHIPPED)
    assert done.returncode == 2 and done.stdout == b""
    assert "eine Zahl von 1 bis " in done.stderr.decode()


def test_knowledge_without_a_tour_says_so(run: Run, small_folder: Path) -> None:
    done = run("tour", "--knowledge", str(small_folder))
    assert done.returncode == 2
    assert "hat keinen Rundgang" in done.stderr.decode() and "einstieg.yaml" in done.stderr.decode()
    chat = run("chat", stdin=b"/einstieg\nweiter\n", env={"IKZ_BOT_KNOWLEDGE": str(small_folder)})
    assert "hat keinen Rundgang" in chat.stdout.decode()


def _edited(knowledge: KnowledgeBase, **fields: object) -> KnowledgeBase:
    return replace(knowledge, **fields)  # type: ignore[arg-type]


def test_a_tour_goes_on_where_it_was_when_the_knowledge_changes(walk: Walk, knowledge: KnowledgeBase) -> None:
    walk.show()
    walk("weiter")
    before = walk("weiter") or ""
    assert before.startswith("Station 3 von")
    new = knowledge.tour[0].model_copy(update={"id": "ganz-neu", "title": "Ganz neu"})
    walk.tour.renew(_edited(knowledge, tour=(new, *knowledge.tour)))
    assert (walk("weiter") or "").startswith(f"Station 5 von {len(knowledge.tour) + 1}: {knowledge.tour[3].title}")
    walk.tour.renew(knowledge)
    assert (walk("zurück") or "").startswith("Station 3 von")


def test_numbers_on_the_screen_never_mean_something_else(walk: Walk, knowledge: KnowledgeBase) -> None:
    walk.show()
    first = knowledge.tour[0]
    turned = first.model_copy(update={"deeper": tuple(reversed(first.deeper))})
    walk.tour.renew(_edited(knowledge, tour=(turned, *knowledge.tour[1:])))
    told = walk("1") or ""
    assert told.startswith("Diese Stelle des Rundgangs wurde eben geändert.")
    assert f"1  {_question(knowledge, turned.deeper[0])}" in told
    assert (walk("1") or "").startswith(_question(knowledge, turned.deeper[0]))


def _question(knowledge: KnowledgeBase, entry_id: str) -> str:
    entry = knowledge.entry(entry_id)
    assert entry
    return entry.question


def test_a_station_that_is_gone_gives_way_to_the_nearest(walk: Walk, knowledge: KnowledgeBase) -> None:
    walk.show()
    walk("weiter")
    walk.tour.renew(_edited(knowledge, tour=(knowledge.tour[0], *knowledge.tour[2:])))
    assert f"Station 2 von {len(knowledge.tour) - 1}: {knowledge.tour[2].title}" in (walk("weiter") or "")


def test_a_quiz_question_that_was_changed_is_asked_again(walk: Walk, knowledge: KnowledgeBase) -> None:
    walk.show()
    walk("quiz")
    asked = knowledge.quiz[0].model_copy(update={"right": "Etwas ganz anderes"})
    walk.tour.renew(_edited(knowledge, quiz=(asked, *knowledge.quiz[1:])))
    told = walk("1") or ""
    assert told.startswith("Diese Stelle") and "Etwas ganz anderes" in told
    assert "Richtig" in (walk("Etwas ganz anderes") or "")
    walk.tour.renew(_edited(knowledge, quiz=()))
    assert (walk("") or "").startswith("Diese Stelle")  # without a quiz the last station is the nearest
    walk.tour.renew(_edited(knowledge, quiz=(), tour=()))
    assert walk("") is None and "keinen Rundgang" in walk.show()
    walk.tour.renew(knowledge)
    assert walk.show().startswith("Station 1 von")


def test_an_answered_question_stays_answered(walk: Walk, knowledge: KnowledgeBase) -> None:
    walk.show()
    walk("quiz")
    walk("1")
    walk.tour.renew(_edited(knowledge, quiz=tuple(reversed(knowledge.quiz))))
    assert (walk("m") or "").startswith(_question(knowledge, knowledge.quiz[0].entry))
    assert "Das war der Rundgang" in (walk("") or "")

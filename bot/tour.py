"""The tour for newcomers and its quiz: where someone is, what comes next, and whether an answer is right.

Pure functions of the knowledge and a place in it, so that a channel keeps no more than the id of a station, or of a
question and the seed of the round.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from typing import NamedTuple

from bot.knowledge.model import Entry, KnowledgeBase, month_and_year
from bot.knowledge.tour_model import QuizQuestion, Station
from bot.origins import is_background, stand, workshops


class Stop(NamedTuple):
    """A station, its number among all (from 1), and the entries that go deeper."""

    station: Station
    number: int
    total: int
    deeper: tuple[Entry, ...]

    @property
    def progress(self) -> str:
        """„Station 3 von 9“."""
        return f"Station {self.number} von {self.total}"

    @property
    def is_first(self) -> bool:
        """Whether nothing comes before it."""
        return self.number == 1

    @property
    def is_last(self) -> bool:
        """Whether nothing but the quiz comes after it."""
        return self.number == self.total


def stop(knowledge: KnowledgeBase, number: int) -> Stop:
    """The station with this number, or the nearest there is.

    Raises:
        IndexError: where the knowledge has no tour.
    """
    total = len(knowledge.tour)
    number = min(max(1, number), total)
    station = knowledge.tour[number - 1]
    return Stop(station, number, total, tuple(_entries(knowledge, station.deeper)))


def stop_named(knowledge: KnowledgeBase, station_id: str) -> Stop | None:
    """The station with this id; None where it no longer exists."""
    numbers = (n for n, station in enumerate(knowledge.tour, 1) if station.id == station_id)
    return next((stop(knowledge, number) for number in numbers), None)


def origin(knowledge: KnowledgeBase, entry_ids: Iterable[str]) -> str:
    """One line that says where what these entries state comes from, and from when the oldest of each kind is.

    „Quelle: Protokoll der Werkstatt, November 2020 · Hintergrund, Stand Juni 2023“.
    """
    entries = list(_entries(knowledge, entry_ids))
    background = [entry for entry in entries if is_background(knowledge, entry)]
    told = [entry for entry in entries if entry not in background]
    parts = []
    if told:
        names = list(dict.fromkeys(s.short or s.title for entry in told for s in workshops(knowledge, entry)))
        # One name leaves room for the station itself; the entries name all their sources.
        others = f" und {len(names) - 1} weitere" if len(names) > 1 else ""
        parts.append(f"{names[0]}{others}, {month_and_year(min(map(knowledge.as_of, told)))}")
    if background:
        parts.append(stand(knowledge, min(background, key=knowledge.as_of)))
    return f"Quelle: {' · '.join(parts)}"


class Task(NamedTuple):
    """A question of the quiz, its number among all (from 1), and its answers in the order of this round."""

    question: QuizQuestion
    number: int
    total: int
    seed: int
    choices: tuple[str, ...]

    @property
    def progress(self) -> str:
        """„Frage 3 von 9“."""
        return f"Frage {self.number} von {self.total}"

    @property
    def is_last(self) -> bool:
        """Whether no question comes after it."""
        return self.number == self.total


def task(knowledge: KnowledgeBase, number: int, seed: int) -> Task:
    """The question with this number, or the nearest there is; ``seed`` is that of the round.

    Raises:
        IndexError: where the knowledge has no quiz.
    """
    total = len(knowledge.quiz)
    number = min(max(1, number), total)
    question = knowledge.quiz[number - 1]
    choices = [question.right, *question.wrong]
    random.Random(f"{seed}:{question.id}").shuffle(choices)
    return Task(question, number, total, seed, tuple(choices))


def task_named(knowledge: KnowledgeBase, question_id: str, seed: int) -> Task | None:
    """The question with this id; None where it no longer exists."""
    numbers = (n for n, question in enumerate(knowledge.quiz, 1) if question.id == question_id)
    return next((task(knowledge, number, seed) for number in numbers), None)


def choice_key(choice: str) -> str:
    """A short name for an answer: an answer that a curator has changed meanwhile is another one."""
    return hashlib.sha256(choice.encode()).hexdigest()[:12]


def choice_named(asked: Task, key: str) -> str | None:
    """The answer that :func:`choice_key` named so; None where it no longer exists."""
    return next((choice for choice in asked.choices if choice_key(choice) == key), None)


def verdict(asked: Task, chosen: str) -> str:
    """Whether an answer is right, and if not, which one is."""
    if chosen == asked.question.right:
        return f"Richtig: {chosen}"
    return f"Das stimmt nicht: „{chosen}“\nRichtig ist: „{asked.question.right}“"


def _entries(knowledge: KnowledgeBase, entry_ids: Iterable[str]) -> Iterable[Entry]:
    return (entry for name in entry_ids if (entry := knowledge.entry(name)))

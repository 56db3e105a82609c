"""The tour for newcomers and its quiz: the format of ``einstieg.yaml`` and ``quiz.yaml``.

The lengths are such that a station or a question fits one screen of 80 × 24 characters, and a message of Discord.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.knowledge.fields import Id, Model, line

TOUR, QUIZ = "einstieg.yaml", "quiz.yaml"

MAX_STATIONS = 20
MAX_STATION_TITLE = 70
MAX_STATION_TEXT = 700
MAX_QUIZ_QUESTION = 150
MAX_QUIZ_ANSWER = 120
MAX_WHY = 400
MAX_WRONG = 4
"""With the right answer these are as many buttons as Discord puts side by side."""


class Station(Model):
    """One screen of the tour."""

    id: Id = Field(description="Kennung der Station, bleibt für immer gleich")
    title: Annotated[str, line(MAX_STATION_TITLE)] = Field(description="Worum es an dieser Station geht")
    text: Annotated[str, line(MAX_STATION_TEXT)] = Field(description="Was an dieser Station steht")
    entries: Annotated[tuple[Id, ...], Field(min_length=1)] = Field(
        description="Einträge, aus denen der Text stammt; sie sagen Quelle und Stand"
    )
    deeper: Annotated[tuple[Id, ...], Field(min_length=2, max_length=2)] = Field(
        description="Zwei Einträge zum Weiterlesen"
    )


class TourFile(Model):
    """The content of ``knowledge/einstieg.yaml``."""

    stations: Annotated[
        tuple[Station, ...],
        Field(min_length=1, max_length=MAX_STATIONS, description="Die Stationen in ihrer Reihenfolge"),
    ]


class QuizQuestion(Model):
    """One question of the quiz, with the right answer and some that the sources contradict."""

    id: Id = Field(description="Kennung der Frage, bleibt für immer gleich")
    question: Annotated[str, line(MAX_QUIZ_QUESTION)] = Field(description="Die Frage")
    right: Annotated[str, line(MAX_QUIZ_ANSWER)] = Field(description="Die richtige Antwort")
    wrong: Annotated[tuple[Annotated[str, line(MAX_QUIZ_ANSWER)], ...], Field(min_length=1, max_length=MAX_WRONG)] = (
        Field(description="Antworten, die nach den Quellen falsch sind")
    )
    why: Annotated[str, line(MAX_WHY)] = Field(description="Warum die richtige Antwort stimmt")
    entry: Id = Field(description="Der Eintrag, in dem das steht")


class QuizFile(Model):
    """The content of ``knowledge/quiz.yaml``."""

    questions: Annotated[tuple[QuizQuestion, ...], Field(min_length=1, description="Die Fragen in ihrer Reihenfolge")]

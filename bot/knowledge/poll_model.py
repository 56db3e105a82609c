"""The flash poll as it is written: one question to choose an answer to, and some to answer in own words.

The lengths are those of Discord's polls (question, answers) and forms (label, description, number of fields).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.knowledge.fields import Model, line

POLL = "umfrage.yaml"

MAX_POLL_TITLE = 100
MAX_CLOSED_QUESTION = 300
MAX_POLL_ANSWER = 55
MAX_POLL_ANSWERS = 10
MAX_POLL_LABEL = 45
MAX_OPEN_QUESTION = 100
MAX_OPEN_QUESTIONS = 5


class ClosedQuestion(Model):
    """A question with answers to choose one from."""

    question: Annotated[str, line(MAX_CLOSED_QUESTION)] = Field(description="Die Frage")
    answers: Annotated[
        tuple[Annotated[str, line(MAX_POLL_ANSWER)], ...], Field(min_length=2, max_length=MAX_POLL_ANSWERS)
    ] = Field(description="Die Antworten zur Auswahl")


class OpenQuestion(Model):
    """A question that people answer in their own words."""

    label: Annotated[str, line(MAX_POLL_LABEL)] = Field(description="Überschrift des Feldes im Formular")
    question: Annotated[str, line(MAX_OPEN_QUESTION)] = Field(description="Die Frage")


class PollFile(Model):
    """The content of ``knowledge/umfrage.yaml``."""

    title: Annotated[str, line(MAX_POLL_TITLE)] = Field(description="Name der Umfrage")
    closed: ClosedQuestion = Field(description="Die Frage mit Antworten zur Auswahl")
    open: Annotated[tuple[OpenQuestion, ...], Field(min_length=1, max_length=MAX_OPEN_QUESTIONS)] = Field(
        description="Die Fragen, die alle in eigenen Worten beantworten"
    )

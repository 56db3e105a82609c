"""The outcome of a flash poll: what was answered, without whose answer is whose, and the file that tells it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.knowledge.poll_model import PollFile
from bot.origins import full_date

NO_VOTES = "Das Ergebnis der Abstimmung ließ sich nicht lesen."
NO_ANSWERS = "Dazu hat niemand etwas geschrieben."


@dataclass(frozen=True, slots=True)
class Outcome:
    """A poll that has ended.

    ``votes`` are the numbers of votes in the order of the answers, None where they could not be read; ``answers`` are
    those to each open question; ``people`` is how many filled in the form.
    """

    questions: PollFile
    day: date
    votes: tuple[int, ...] | None
    answers: tuple[tuple[str, ...], ...]
    people: int


def outcome(questions: PollFile, day: date, votes: Sequence[int] | None, forms: Iterable[Sequence[str]]) -> Outcome:
    """What came of a poll; ``forms`` are the texts each person wrote, one for each open question, some of them empty.

    The answers are put into the order of the alphabet, so that none shows which others are by the same person.
    """
    forms = list(forms)
    columns = zip(*forms, strict=True) if forms else [()] * len(questions.open)
    answers = tuple(tuple(sorted(filter(None, map(_one_line, column)), key=str.casefold)) for column in columns)
    return Outcome(questions, day, tuple(votes) if votes is not None else None, answers, len(forms))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def results(told: Outcome) -> list[tuple[str, list[str]]]:
    """Each question with the lines that answer it."""
    closed = told.questions.closed
    votes = told.votes if told.votes is not None else ()
    counted = [f"{answer}: {_votes(number)}" for answer, number in zip(closed.answers, votes, strict=False)]
    asked = zip(told.questions.open, told.answers, strict=True)
    return [
        (closed.question, counted or [NO_VOTES]),
        *((question.question, list(answers) or [NO_ANSWERS]) for question, answers in asked),
    ]


def heading(told: Outcome) -> str:
    """One line that says which poll it was, when it ended and how many wrote something."""
    people = "1 Person" if told.people == 1 else f"{told.people} Personen"
    return f"{told.questions.title} – beendet am {full_date(told.day.isoformat())}, offene Antworten von {people}"


def as_markdown(told: Outcome) -> str:
    """The file for everyone: title, date, each question as a heading and its answers as a list."""
    parts = [f"# {told.questions.title}", f"Datum: {full_date(told.day.isoformat())}"]
    for question, lines in results(told):
        parts += [f"## Frage: {question}", "\n".join(f"- {line}" for line in lines)]
    return "\n\n".join(parts) + "\n"


def file_name(told: Outcome) -> str:
    """What the file is called."""
    return f"umfrage-{told.day.isoformat()}.md"


def _votes(number: int) -> str:
    return "1 Stimme" if number == 1 else f"{number} Stimmen"

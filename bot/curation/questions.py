"""Labelled questions: what someone asked, and which entries answer it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import UserError
from bot.typed_text import quoted_path


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with the ids of all entries that answer it; none where it is out of scope.

    ``kind`` is ``in``, ``near_oos`` (sounds like the domain), ``far_oos`` or ``labelled_oos``.
    """

    question: str
    expected: frozenset[str]
    kind: str

    @property
    def in_scope(self) -> bool:
        """Whether the knowledge holds an answer."""
        return bool(self.expected)


def read_questions(path: Path) -> list[LabelledQuestion]:
    """The questions of a JSON-lines file with ``question``, ``expected`` (an id, several, or none) and ``kind``.

    Raises:
        UserError: with a German sentence, where the file cannot be read, has no line, or a line is no such object.
    """
    questions = [_labelled(line, where) for line, where in json_lines(path)]
    if not questions:
        raise UserError(f"Die Datei {quoted_path(path)} enthält keine Frage.")
    return questions


def json_lines(path: Path) -> Iterator[tuple[str, str]]:
    """The lines of a file that are not blank, each with its place for messages, as in ``fragen.jsonl:7``.

    Raises:
        UserError: with a German sentence, where the file cannot be read.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UserError(f"Die Datei {quoted_path(path)} lässt sich nicht lesen.") from None
    # Only a line feed ends a line of JSON; other marks, such as U+2028, may stand inside a question.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield line, f"{path.name}:{number}"


def _labelled(line: str, where: str) -> LabelledQuestion:
    try:
        row = json.loads(line)
        expected = row["expected"] or []
        ids = [expected] if isinstance(expected, str) else expected
        return LabelledQuestion(str(row["question"]), frozenset(ids), str(row["kind"]))
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise UserError(f"{where}: Hier fehlt eine Frage mit question, expected und kind.") from error

"""Labelled questions: what someone asked, and which entries answer it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from bot.errors import UserError
from bot.typed_text import quoted


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
        UserError: with a German sentence, where the file cannot be read or a line is no such object.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UserError(f"Die Datei {quoted(str(path))} lässt sich nicht lesen.") from None
    return [_labelled(line, f"{path.name}:{number}") for number, line in enumerate(lines, 1) if line]


def _labelled(line: str, where: str) -> LabelledQuestion:
    try:
        row = json.loads(line)
        expected = row["expected"] or []
        ids = [expected] if isinstance(expected, str) else expected
        return LabelledQuestion(str(row["question"]), frozenset(ids), str(row["kind"]))
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise UserError(f"{where}: Hier fehlt eine Frage mit question, expected und kind.") from error

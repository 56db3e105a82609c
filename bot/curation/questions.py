"""Labelled questions: what someone asked, and which entries answer it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


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
        ValueError: with a German sentence naming the line, where a line is no such object.
    """
    return [
        _labelled(line, f"{path.name}:{n}") for n, line in enumerate(path.read_text("utf-8").splitlines(), 1) if line
    ]


def _labelled(line: str, where: str) -> LabelledQuestion:
    try:
        row = json.loads(line)
        expected = row["expected"] or []
        ids = [expected] if isinstance(expected, str) else expected
        return LabelledQuestion(str(row["question"]), frozenset(ids), str(row["kind"]))
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise ValueError(f"{where}: Hier fehlt eine Frage mit question, expected und kind.") from error

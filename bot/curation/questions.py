"""Labelled questions: what someone asked, and which entries answer it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import UserError
from bot.knowledge.problems import nearest
from bot.typed_text import quoted, quoted_path

IN_SCOPE = "in"
KINDS = (IN_SCOPE, "near_oos", "far_oos", "labelled_oos")
"""What a question can be by its label: in scope, or out of it in one of three ways."""


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


def read_questions(path: Path, known: Collection[str] | None = None) -> list[LabelledQuestion]:
    """The questions of a JSON-lines file with ``question``, ``expected`` (an id, several, or none) and ``kind``.

    ``known`` are the ids that may be expected, where they are to be checked.

    Raises:
        UserError: with a German sentence, where the file cannot be read, has no line, or a line is no such object, has
            no kind that exists, or expects what does not.
    """
    questions = []
    for line, where in json_lines(path):
        labelled = _labelled(line, where)
        _check_label(labelled, known, where)
        questions.append(labelled)
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
        return LabelledQuestion(str(row["question"]), frozenset(map(str, ids)), str(row["kind"]))
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise UserError(f"{where}: Hier fehlt eine Frage mit question, expected und kind.") from error


def _check_label(labelled: LabelledQuestion, known: Collection[str] | None, where: str) -> None:
    if labelled.kind not in KINDS:
        raise UserError(f"{where}: Die Art {quoted(labelled.kind)} gibt es nicht. Möglich sind: {', '.join(KINDS)}.")
    if labelled.in_scope is not (labelled.kind == IN_SCOPE):
        raise UserError(
            f"{where}: Unter „expected“ muss eine Kennung stehen, wenn „kind“ „{IN_SCOPE}“ ist, und sonst keine."
        )
    for wanted in sorted(labelled.expected - set(labelled.expected if known is None else known)):
        meant = nearest(wanted, known or ())
        hint = f" Meinten Sie {quoted(meant)}?" if meant else ""
        raise UserError(f"{where}: Die Kennung {quoted(wanted)} gibt es nicht.{hint}")

"""What is wrong with the knowledge files, in words a curator understands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rapidfuzz import fuzz, process

_NEAR_ENOUGH = 70
_LONGEST_EXCERPT = 50


class Level(StrEnum):
    """How bad a problem is: an error must be mended, at a notice somebody should look."""

    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One finding: where it stands (``line`` counts from 1), what is wrong and how to mend it.

    ``code`` names its kind for programs and never changes; ``entry`` is the id of the entry, source or question that
    it is about, where there is one.
    """

    file: str
    line: int
    message: str
    hint: str
    code: str = field(default="unusable", compare=False)
    level: Level = Level.ERROR
    entry: str | None = field(default=None, compare=False)

    @property
    def is_error(self) -> bool:
        """Whether it must be mended."""
        return self.level is Level.ERROR

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} Hinweis: {self.hint}"


class KnowledgeError(Exception):
    """The knowledge cannot be used; ``problems`` tells everything that is wrong, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def coded(code: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems as ones of a kind."""
    return (replace(problem, code=code) for problem in problems)


def quoted(text: str) -> str:
    """``text`` in German quotation marks, on one line and not too long to read."""
    line = " ".join(text.split())
    if len(line) > _LONGEST_EXCERPT:
        line = line[: _LONGEST_EXCERPT - 1].rstrip() + "…"
    return f"„{line}“"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that ``word`` was probably meant to be; None where none is near enough."""
    found = process.extractOne(word.casefold(), sorted(known), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    return found[0] if found else None

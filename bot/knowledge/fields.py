"""What the knowledge files have in common: ids, single lines of text, and models that refuse unknown keys."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from bot.text import words

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LINE_PATTERN = r"^[^\n\r]*$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
"""An id: lower-case ASCII letters, digits and single hyphens."""


def line(longest: int) -> StringConstraints:
    """A single line of text between 1 and ``longest`` characters."""
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest, pattern=LINE_PATTERN)


def of_words(text: str) -> str:
    """``text``, which must hold a word.

    Raises:
        PydanticCustomError: where it holds none.
    """
    if not words(text):
        raise PydanticCustomError("no_word", "holds no word")
    return text


MAX_PHRASING = 200

Phrasing = Annotated[str, line(MAX_PHRASING), AfterValidator(of_words)]
"""A way to ask something."""


class Model(BaseModel):
    """Immutable, and without keys that nobody defined."""

    model_config = ConfigDict(frozen=True, extra="forbid")

"""What the knowledge files have in common: ids, single lines of text, places in a source, and models that refuse
unknown keys.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from bot.text import words

# A full stop ends a sentence unless it stands behind a number or a short form as in „e. V.“, „z. B.“, „Abs. 3“.
SENTENCE_END = re.compile(
    r"(?<=[.!?…])(?<!\d\.)(?<!\b\w\.)(?<!\b(?:ca|Nr)\.)(?<!\b(?:bzw|ggf|Abs|Art|Urt)\.)[“\"»)]*\s+(?=[„\"»(A-ZÄÖÜ0-9])"
)

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


def of_sentences(text: str, most: int) -> str:
    """``text``, which may have up to ``most`` sentences.

    Raises:
        PydanticCustomError: where it has more.
    """
    sentences = len(SENTENCE_END.split(" ".join(text.split())))
    if sentences > most:
        raise PydanticCustomError("too_many_sentences", "too many sentences", {"sentences": sentences, "most": most})
    return text


MAX_PHRASING = 200

Phrasing = Annotated[str, line(MAX_PHRASING), AfterValidator(of_words)]
"""A way to ask something."""


class Model(BaseModel):
    """Immutable, and without keys that nobody defined."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceRef(Model):
    """Where in a source a statement stands."""

    id: Id = Field(description="Kennung einer Quelle aus sources.yaml")
    section: Annotated[str, line(120)] | None = Field(None, description="Abschnitt der Quelle")
    speaker: Annotated[str, line(80)] | None = Field(None, description="Wer es gesagt hat")

"""Touchstones: questions whose right answer is settled, and the format of ``pruefsteine.yaml``.

They say what must hold after every change. No figure of quality counts them, because the knowledge is changed until
they hold.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from bot.knowledge.fields import Id, Model, Phrasing

TOUCHSTONES = "pruefsteine.yaml"

UNANSWERED = "nichts"
"""Stands in the place of an id where a question must stay unanswered."""

NO_ENTRY = frozenset({UNANSWERED, "null", "~"})
"""All ways to write that; the last two are YAML's own."""


def _entry_or_nothing(written: object) -> object:
    return None if isinstance(written, str) and written in NO_ENTRY else written


class Touchstone(Model):
    """A question and the id of what must answer it; None where it must stay unanswered."""

    question: Phrasing = Field(description="Die Frage")
    expected: Annotated[Id | None, BeforeValidator(_entry_or_nothing)] = Field(
        description="Kennung des Eintrags, der antworten soll; „nichts“, wenn die Frage unbeantwortet bleiben soll"
    )


class TouchstonesFile(Model):
    """The content of ``knowledge/pruefsteine.yaml``."""

    touchstones: tuple[Touchstone, ...] = Field(description="Fragen mit der Antwort, die feststeht")

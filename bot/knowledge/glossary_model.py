"""The glossary: the format of ``glossar.yaml``.

The lengths are such that a term fits a choice of Discord with one of its spellings behind it, and that its meaning can
be said aloud like the short line of an entry.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.knowledge.fields import Id, Model, SourceRef, line, of_sentences, of_words

GLOSSARY = "glossar.yaml"

MAX_TERM = 40
MAX_SPELLING = 57
MAX_SPELLINGS = 10
MAX_MEANING = 200
MAX_TERMS = 500
"""All of them are compared with what is typed, at each letter."""


class Term(Model):
    """A word that may need an explanation, what it means, and the entry that says more."""

    term: Annotated[str, line(MAX_TERM), AfterValidator(of_words)] = Field(description="Der Begriff")
    spellings: Annotated[
        tuple[Annotated[str, line(MAX_SPELLING), AfterValidator(of_words)], ...], Field(max_length=MAX_SPELLINGS)
    ] = Field((), description="Andere Schreibweisen, Abkürzungen und Wörter gleicher Bedeutung")
    meaning: Annotated[str, line(MAX_MEANING), AfterValidator(partial(of_sentences, most=1))] = Field(
        description="Was er bedeutet, in einem Satz"
    )
    entry: Id = Field(description="Der Eintrag, der mehr dazu sagt")
    sources: tuple[SourceRef, ...] = Field((), description="Quellen der Bedeutung; sonst die des Eintrags")

    @property
    def forms(self) -> tuple[str, ...]:
        """The term and its other spellings."""
        return (self.term, *self.spellings)


class GlossaryFile(Model):
    """The content of ``knowledge/glossar.yaml``."""

    terms: Annotated[
        tuple[Term, ...], Field(min_length=1, max_length=MAX_TERMS, description="Die Begriffe, in beliebiger Folge")
    ]

"""What speaks for an entry as the answer to a question, beyond the votes of its phrasings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bot.search.lexicon import PART, Lexicon, QueryWord
from bot.search.meaning import Meanings
from bot.search.vectors import Floats, Ints
from bot.text import aspects, is_function_word, stem, words

FULL_LENGTH = 5
"""From this many content words on, a question is as telling as it gets."""


class Evidence(NamedTuple):
    """What speaks for one candidate. All but ``lead`` lie between 0 and about 1.

    ``ridge``: the ranking's score; ``lead``: its distance to the best other entry; ``known``: share of the question
    the index has ever seen; ``length``: content words of the question, five being full; ``asked``: share of the kinds
    of thing asked for (when, who, a phone number …) that the entry states; ``strange``: share of the question's content
    that is persons and places the entry does not know; ``meaning``: cosine of the meanings of the question and the
    entry's closest phrasing; ``coverage``: share of the question's content words (by rarity) that the entry, its answer
    included, speaks of, each counting as much as its nearest word there.
    """

    ridge: float
    lead: float
    known: float
    length: float
    asked: float
    strange: float
    meaning: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Statement:
    """What one entry speaks of: terms of its phrasings and of its answer, its content words, the aspects it states."""

    terms: frozenset[str]
    answered: frozenset[str]
    words: Ints
    aspects: frozenset[str]

    def fit(self, word: QueryWord) -> float:
        """How well (0–1) a term of the entry fits a question's word; what only the answer says counts as a part."""
        own = max((fit for term, fit in word.meanings.items() if term in self.terms), default=0.0)
        told = max((fit for term, fit in word.meanings.items() if term in self.answered), default=0.0)
        return max(own, PART * (told or float(stem(word.word) in self.answered)))


class Statements:
    """What every entry speaks of; found out for an entry when first needed."""

    def __init__(
        self, texts: Sequence[Sequence[str]], answers: Sequence[Sequence[str]], lexicon: Lexicon, meanings: Meanings
    ) -> None:
        """``texts`` are the indexed texts of each entry as they are spelled, ``answers`` the words of its answer."""
        self._texts = texts
        self._answers = answers
        self._lexicon = lexicon
        self._meanings = meanings
        self._found: dict[int, Statement] = {}

    def __getitem__(self, number: int) -> Statement:
        found = self._found.get(number)
        if found is None:
            found = self._found[number] = self._statement(number)
        return found

    def _statement(self, number: int) -> Statement:
        texts, answer = self._texts[number], self._answers[number]
        typed = dict.fromkeys(word for text in texts for word in words(text)) | dict.fromkeys(answer)
        return Statement(
            self._lexicon.document_terms(number),
            frozenset(self._lexicon.terms(answer)),
            self._meanings.numbers([word for word in typed if not is_function_word(word)]),
            frozenset[str]().union(*map(aspects, texts)),
        )

    def coverage(
        self, query: Sequence[QueryWord], numbers: Sequence[int]
    ) -> list[tuple[float, float, tuple[str, ...]]]:
        """For each entry: ``coverage`` and ``strange`` of :class:`Evidence`, and the question's words it knows."""
        telling = [word for word in query if word.weight]
        if not telling:
            return [(0.0, 0.0, ())] * len(numbers)
        weights = np.array([word.weight for word in telling])
        rarities = np.array([word.rarity for word in telling])
        own = [self[number] for number in numbers]
        near = self._meanings.closest([word.word.split()[-1] for word in telling], [one.words for one in own])
        return [self._covered(telling, weights, rarities, *pair) for pair in zip(own, near, strict=True)]

    @staticmethod
    def _covered(
        telling: Sequence[QueryWord], weights: Floats, rarities: Floats, statement: Statement, near: Floats
    ) -> tuple[float, float, tuple[str, ...]]:
        fits = np.array([statement.fit(word) for word in telling])
        strange = np.array([word.is_name for word in telling]) & (fits == 0)
        return (
            float(weights @ np.maximum(fits, near) / weights.sum()),
            float(rarities @ strange / rarities.sum()),
            tuple(word.word for word, fit in zip(telling, fits, strict=True) if fit),
        )

"""What speaks for an entry as the answer to a question, beyond the votes of its phrasings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bot.search.lexicon import PART, Lexicon, QueryWord
from bot.search.meaning import Meanings
from bot.search.vectors import Ints
from bot.text import aspects, is_function_word, stem, words

MISSED = 0.4
"""A word that comes less near (0–1) to any of an entry's is missed there: so one is in 5 % of the right answers to
``dev``, in half of the wrong ones and a third of those to questions that nothing answers."""

FULL_LENGTH = 5
"""From this many content words on, a question is as telling as it gets."""


class Evidence(NamedTuple):
    """What speaks for one candidate. All but ``lead`` and ``open`` lie between 0 and about 1.

    ``ridge``: its score in the ranking; ``lead``: how far that is ahead of the best other entry; ``length``: content
    words of the question, five being full; ``asked``: share of the kinds of thing asked for (when, who, a phone number
    …) that the entry states; ``strange``: share of the question's content that is persons and places the entry does not
    know; ``meaning``: cosine of the meanings of the question and the entry's closest phrasing; ``coverage``: share of
    the question's content words (by rarity) that the entry, its answer included, speaks of, each counting as much as
    its nearest word there; ``open``: what the questions that are known to be open score together.
    """

    ridge: float
    lead: float
    length: float
    asked: float
    strange: float
    meaning: float
    coverage: float
    open: float


class Covered(NamedTuple):
    """What an entry knows of a question: two pieces of :class:`Evidence`, and the words it knows and misses."""

    coverage: float
    strange: float
    words: tuple[str, ...]
    missed: tuple[str, ...]


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

    def covered(self, query: Sequence[QueryWord], numbers: Sequence[int]) -> list[Covered]:
        """What some entries know of a question."""
        telling = [word for word in query if word.weight]
        if not telling:
            return [Covered(0.0, 0.0, (), ())] * len(numbers)
        own = [self[number] for number in numbers]
        near = np.array(
            self._meanings.closest(
                [self._lexicon.corrected(word.word.split()[-1]) for word in telling], [one.words for one in own]
            )
        )
        fits = np.array([[one.fit(word) for word in telling] for one in own])
        best = np.maximum(fits, near)
        weights = np.array([word.weight for word in telling])
        rarities = np.array([word.rarity for word in telling])
        names = np.array([word.is_name for word in telling])
        figures = zip(
            (best @ weights / weights.sum()).tolist(),
            ((names & (fits == 0)) @ rarities / rarities.sum()).tolist(),
            strict=True,
        )
        spelled = np.array([word.word for word in telling])
        return [
            Covered(*row, tuple(spelled[fit > 0].tolist()), tuple(spelled[near_by < MISSED].tolist()))
            for row, fit, near_by in zip(figures, fits, best, strict=True)
        ]

"""Questions that ask about the same matter: how alike they are, and which of them belong together.

Likeness is that of the index (:mod:`bot.search`): the character n-grams of the words and the meanings of the words, in
the same proportion. What tells apart two entries of one topic is „who“ and „when“; what tells apart two matters is
their rare words. So here every word counts by its rarity among the entries, and words without a subject not at all.

Groups are found by agglomerative clustering: two groups are as alike as their questions are on average (UPGMA: Sokal,
Michener 1958) of the squares, so that a few close ones count more than many distant ones. It goes along chains of
nearest neighbours (Murtagh 1983), and nothing in it is left to chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from bot.search.index import MEANING
from bot.search.lexicon import Lexicon
from bot.search.meaning import word_vector
from bot.search.vectors import Floats
from bot.text import grams

BELONG = 0.24
"""From this likeness on (0–1) two groups become one. On 420 questions about 37 matters that the knowledge does not
treat, 87 % of the questions then stand in a group of mostly their own matter, and a matter falls into two groups on
average; from 0.2 on the balance of both is the same, and a torn matter misleads less than a mixed group."""

_RARITY_POWER = 2
"""A word counts as much as its rarity to this power: „Nachbargemeinde“ little, „Friedhof“ much."""

_BUCKETS = 1024
"""The n-grams are hashed into so many numbers; the sign of each is hashed as well, so that clashes cancel out."""


def likeness(lexicon: Lexicon, questions: Sequence[str]) -> Floats:
    """How alike (about 0–1) each question is to each other one, as a square matrix."""
    told = [_telling(lexicon, question) for question in questions]
    numbers = {word: number for number, word in enumerate(dict.fromkeys(word for words in told for word in words))}
    parts = _unit(_letters(list(numbers))), _unit(np.array([word_vector(word) for word in (*numbers, "")]))
    vectors = [np.zeros((len(questions), part.shape[1]), np.float32) for part in parts]
    for row, words in enumerate(told):
        if words:
            own, weights = [numbers[word] for word in words], np.array(list(words.values()), np.float32)
            for vector, part in zip(vectors, parts, strict=True):
                vector[row] = weights @ part[own]
    shares = 1 - MEANING, MEANING
    whole = np.hstack([_unit(vector) * share**0.5 for vector, share in zip(vectors, shares, strict=True)])
    alike: Floats = whole @ whole.T
    return alike


def groups(alike: Floats, least: float = BELONG) -> list[list[int]]:
    """The numbers of the questions that belong together, each group and all groups in the order of the questions.

    ``alike`` is used up.
    """
    members = {number: [number] for number in range(len(alike))}
    done: list[list[int]] = []
    for row in alike:
        row *= np.abs(row)  # what points away from each other still does
    np.fill_diagonal(alike, -np.inf)
    chain: list[int] = []
    while members:
        chain = chain or [next(iter(members))]
        last = chain[-1]
        nearest = int(np.argmax(alike[last]))
        if len(chain) > 1 and alike[last, chain[-2]] >= alike[last, nearest]:
            nearest = chain[-2]
        if len(members) == 1 or alike[last, nearest] < least**2:
            done.append(members.pop(last))  # nothing that becomes of the others is any nearer
            alike[last, :] = alike[:, last] = -np.inf
            chain.pop()
        elif len(chain) > 1 and nearest == chain[-2]:
            gone, kept = members.pop(last), members[nearest]
            share = len(kept) / (len(kept) + len(gone))
            alike[nearest] = alike[:, nearest] = share * alike[nearest] + (1 - share) * alike[last]
            alike[last, :] = alike[:, last] = -np.inf
            kept += gone
            del chain[-2:]
        else:
            chain.append(nearest)
    return sorted(sorted(group) for group in done)


def _telling(lexicon: Lexicon, question: str) -> dict[str, float]:
    """The words of a question as the knowledge spells them, with what each counts; all words where none has a subject.

    A word that is said twice counts once.
    """
    found = {
        lexicon.corrected(part): word.weight**_RARITY_POWER
        for word in lexicon.question(question)
        if word.weight
        for part in word.word.split()
    }
    return found or dict.fromkeys(lexicon.typed(question), 1.0)


def _letters(words: Sequence[str]) -> Floats:
    counts = np.zeros((len(words), _BUCKETS), np.float32)
    for row, word in enumerate(words):
        for gram in grams(word):
            hashed = crc32(gram.encode())
            counts[row, hashed % _BUCKETS] += 1 if hashed >> 31 else -1
    return counts


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return unit.astype(np.float32)

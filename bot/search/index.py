"""The index over a knowledge base: question → candidates with evidence.

Ranking is kernel ridge regression over the cosine similarities of :mod:`bot.search.vectors`
(Saunders, Gammerman, Vovk 1998: ``scores = k(q) (K + λI)⁻¹ Y``), solved for each question among its nearest
phrasings only: every phrasing votes for its entry, and phrasings that say the same share one vote. Nothing has to be
trained, so an index is built in a moment and grows with the number of phrasings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from bot.knowledge.model import Entry, KnowledgeBase, SmallTalk
from bot.search.evidence import FULL_LENGTH, Evidence, Statements
from bot.search.lexicon import Lexicon, QueryWord
from bot.search.meaning import Meanings
from bot.search.vectors import Features, Floats, Ints, VectorSpace
from bot.text import aspects, grams, spelled, stem, words

RIDGE = 0.8
"""λ of the ridge regression; its effect is flat between 0.4 and 1.5 on four question bases."""

NEIGHBOURS = 48
"""So many phrasings vote; from 48 to all of them the ranking is equally good on four question bases."""

CANDIDATES = 5

MEANING = 0.4
"""How much of the likeness of two texts is that of their meanings; the rest is that of their letters and terms."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may answer the question: its best phrasing and how alike (0–1) it is, the question's words that it
    knows (``terms``) and those it has nothing near to (``missed``).
    """

    entry: Entry | SmallTalk
    phrasing: str
    likeness: float
    terms: tuple[str, ...]
    missed: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Findings:
    """What the index has to say about a question: the words as it understood them, and candidates, best first.

    ``open_question`` is the nearest of the questions known to be open, and ``open_likeness`` how alike (0–1) it is.
    """

    words: tuple[QueryWord, ...]
    candidates: tuple[Candidate, ...]
    open_question: str = ""
    open_likeness: float = 0.0

    def without(self, entry: Entry | SmallTalk | None) -> Findings:
        """The findings as if ``entry`` did not exist; as they are for None."""
        if entry is None:
            return self
        left = [candidate for candidate in self.candidates if candidate.entry != entry]
        scores = sorted((candidate.evidence.ridge for candidate in left), reverse=True)
        rivals = [*scores[:2], 0.0, 0.0]
        return replace(
            self,
            candidates=tuple(
                replace(c, evidence=c.evidence._replace(lead=c.evidence.ridge - rivals[c.evidence.ridge == rivals[0]]))
                for c in left
            ),
        )


Phrased = tuple[str, Entry | SmallTalk | None]
"""A phrasing and its entry, or an open question and None."""


class Index:
    """An immutable index; build a new one for new knowledge.

    ``phrasings_of`` are the numbers of the texts of each of the ``entries``: its phrasings, then its keywords as one.
    The open questions come last.
    """

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.entries: tuple[Entry | SmallTalk, ...] = (*knowledge.entries, *knowledge.smalltalk)
        self._texts: list[str] = []
        self.phrasings_of: list[range] = []
        owners: list[int] = []
        for entry in self.entries:
            first = len(self._texts)
            self._texts.extend(_indexed_texts(entry))
            self.phrasings_of.append(range(first, len(self._texts)))
            owners.extend([len(self.phrasings_of) - 1] * len(self.phrasings_of[-1]))
        self._open = range(len(self._texts), len(self._texts) + len(knowledge.open_questions))
        self._texts.extend(knowledge.open_questions)
        owners.extend([len(self.entries)] * len(self._open))
        self._owners = np.array(owners, dtype=np.int32)
        typed = [words(text) for text in self._texts]
        self.lexicon = Lexicon(
            [typed[own.start : own.stop] for own in (*self.phrasings_of, self._open) if own],
            knowledge.synonyms.groups,
            knowledge.synonyms.names,
        )
        self._phrased: dict[tuple[str, ...], list[Phrased]] = {}
        for entry, own in zip(self.entries, self.phrasings_of, strict=True):
            for text, key in zip(entry.phrasings, typed[own.start : own.stop], strict=False):
                self._phrased.setdefault(key, []).append((text, entry))
        for number in self._open:
            self._phrased.setdefault(typed[number], []).append((self._texts[number], None))
        self._single: dict[str, list[Phrased]] = {}
        for key, pairs in self._phrased.items():
            if len(key) == 1:
                self._single.setdefault(stem(key[0]), []).extend(pairs)
        terms = self.lexicon.text_terms
        self._space = VectorSpace([(typed, grams), (terms, _itself), (list(map(_pairs, terms)), _itself)])
        answers = [words(entry.answer) for entry in self.entries]
        self._meanings = Meanings(typed, [word for answer in answers for word in answer])
        texts = [self._texts[own.start : own.stop] for own in self.phrasings_of]
        self._statements = Statements(texts, answers, self.lexicon, self._meanings)

    def _question_features(self, typed: Sequence[str], query: Sequence[QueryWord]) -> Features:
        meant: dict[str, float] = {}
        for word in query:
            for term, fit in word.meanings.items() or ((word.word, 1.0),):
                meant[term] = max(meant.get(term, 0.0), fit)
        chars = Counter(gram for word in typed for gram in grams(word))
        return chars, meant, Counter(_pairs([_likeliest(word) for word in query]))

    def votes(self, similarities: Floats) -> tuple[Floats, float]:
        """The score of every entry for a text with these similarities, and of all open questions together.

        It is what the nearest phrasings say together.
        """
        count = min(NEIGHBOURS, len(similarities))
        near = np.argpartition(-similarities, count - 1)[:count].astype(np.int32)
        kernel = (1 - MEANING) * self._space.kernel(near) + MEANING * self._meanings.kernel(near)
        kernel[np.diag_indices_from(kernel)] += RIDGE
        votes = np.linalg.solve(kernel, similarities[near])
        scores = np.bincount(self._owners[near], votes, len(self.entries) + 1).astype(np.float32)
        return scores[:-1], float(scores[-1])

    def phrased(self, text: str) -> Phrased | None:
        """The phrasing or open question that has just these words; None where there is none or more than one.

        A misspelled word counts as the one the knowledge has, a single one in any form. Where only the spelling of an
        umlaut tells phrasings apart (fordern, fördern), it must be the same.
        """
        typed = words(text)
        if not typed:
            return None
        found = self._phrased.get(typed) or self._phrased.get(tuple(map(self.lexicon.corrected, typed)), [])
        if not found and len(typed) == 1:
            found = self._single.get(stem(self.lexicon.corrected(typed[0])), [])
        if len(found) > 1:
            found = [pair for pair in found if spelled(pair[0]) == spelled(text)]
        return found[0] if len(found) == 1 else None

    @property
    def owners(self) -> Ints:
        """The number of the entry that each phrasing belongs to."""
        return self._owners[: self._open.start]

    def text(self, number: int) -> str:
        """An indexed text: a phrasing, or all keywords of an entry."""
        return self._texts[number]

    def likeness(self, number: int) -> Floats:
        """How alike (0–1) an indexed text is to each of them; itself counts as not alike at all."""
        found = (1 - MEANING) * self._space.likeness(number) + MEANING * self._meanings.likeness(number)
        found[number] = -1.0
        return found

    def search(self, text: str, wanted: Entry | SmallTalk | None = None) -> Findings:
        """The best candidates for a question; ``wanted`` is the last of them where it is none of the best."""
        query = tuple(self.lexicon.question(text))
        typed = [self.lexicon.corrected(word) for word in self.lexicon.typed(text)]
        letters = self._space.similarities(self._question_features(typed, query))
        if not letters.any():
            return Findings(query, ())
        meanings = self._meanings.similarities(typed)
        similarities = (1 - MEANING) * letters + MEANING * meanings
        scores, open_score = self.votes(similarities)
        order = np.argsort(-scores, kind="stable")[:CANDIDATES].tolist()
        if wanted is not None and (number := self.entries.index(wanted)) not in order:
            order.append(number)
        rivals = [*(float(scores[number]) for number in order[:2]), 0.0]
        asked = aspects(text)
        length = min(1.0, len({word.word for word in query if word.weight}) / FULL_LENGTH)
        candidates = []
        for number, covered in zip(order, self._statements.covered(query, order), strict=True):
            own = self.phrasings_of[number]
            nearest = own.start + int(np.argmax(similarities[own.start : own.stop]))
            evidence = Evidence(
                ridge=float(scores[number]),
                lead=float(scores[number]) - rivals[number == order[0]],
                length=length,
                asked=len(asked & self._statements[number].aspects) / len(asked) if asked else 1.0,
                strange=covered.strange,
                meaning=float(meanings[own.start : own.stop].max()),
                coverage=covered.coverage,
                open=open_score,
            )
            entry, phrasing, likeness = self.entries[number], self._texts[nearest], float(similarities[nearest])
            candidates.append(Candidate(entry, phrasing, likeness, covered.words, covered.missed, evidence))
        if not self._open:
            return Findings(query, tuple(candidates))
        nearest = self._open.start + int(np.argmax(similarities[self._open.start :]))
        return Findings(query, tuple(candidates), self._texts[nearest], float(similarities[nearest]))


def _itself(unit: str) -> tuple[str]:
    return (unit,)


def _pairs(terms: Sequence[str]) -> list[str]:
    return [f"{left} {right}" for left, right in pairwise(["", *terms, ""])]


def _likeliest(word: QueryWord) -> str:
    return max(word.meanings, key=word.meanings.__getitem__, default=word.word)


def _indexed_texts(entry: Entry | SmallTalk) -> tuple[str, ...]:
    return (*entry.phrasings, " ".join(entry.keywords)) if entry.keywords else entry.phrasings

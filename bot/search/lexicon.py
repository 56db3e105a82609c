"""The words of the knowledge: which term a typed word means, however it is spelled.

A *term* is a stem of the knowledge or, where the curator listed synonyms, one name for the whole group.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.meaning import is_german
from bot.text import compound_parts, is_function_word, stem, words

SAME, PART = 1.0, 0.7
"""How well a word is matched by its own term and by a part of a compound."""

NAME_WEIGHT = 0.35
"""A person's or town's name says little about the topic of a question."""

LONGEST_PHRASE = 4


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word of a question: what it may mean, and how much it tells.

    ``meanings`` maps terms of the knowledge to how well they fit (0–1); empty where the knowledge has no such word.
    ``rarity`` is its idf among the entries; 0 for a word that only carries grammar.
    """

    word: str
    meanings: Mapping[str, float]
    rarity: float
    is_name: bool = False

    @property
    def weight(self) -> float:
        """How much the word tells about the topic."""
        return self.rarity * NAME_WEIGHT if self.is_name else self.rarity


class Lexicon:
    """The terms of a knowledge base."""

    def __init__(
        self,
        documents: Sequence[Iterable[Sequence[str]]],
        groups: Sequence[Sequence[str]],
        names: Iterable[str],
    ) -> None:
        """``documents`` are each entry's texts in words; ``groups`` the synonyms; ``names`` persons and places.

        ``text_terms`` are then the terms of every text, document by document.
        """
        self._phrases: dict[tuple[str, ...], str] = {}
        for group in groups:
            name = "=" + "_".join(map(stem, words(group[0])))
            for form in group:
                key = tuple(map(stem, words(form)))
                if key and len(key) <= LONGEST_PHRASE:
                    self._phrases.setdefault(key, name)
        self._names = {self._name(tuple(map(stem, words(name)))) for name in names}
        self._longest: dict[str, int] = {}
        for key in self._phrases:
            self._longest[key[0]] = max(len(key), self._longest.get(key[0], 1))
        by_document = [[self.terms(text) for text in texts] for texts in documents]
        self.text_terms = [terms for texts in by_document for terms in texts]
        self._document_terms = [frozenset(term for terms in texts for term in terms) for texts in by_document]
        self._entry_count = len(self._document_terms)
        counts: dict[str, int] = {}
        for terms in self._document_terms:
            for term in terms:
                counts[term] = counts.get(term, 0) + 1
        self._counts = counts
        self._stems = frozenset(t for t in counts if not t.startswith("=")) | {
            key[0] for key in self._phrases if len(key) == 1
        }
        spelled = {word for texts in documents for text in texts for word in text}
        spelled |= {
            found[0]
            for group in groups
            for form in group
            if len(found := words(form)) == 1 and self._canonical(stem(found[0])) in counts
        }
        self._spelled = sorted(word for word in spelled if len(word) >= 4 and not is_function_word(word))
        self._content = frozenset(self._spelled)
        self._parts: dict[str, tuple[str, ...]] = {}
        for known in self._stems:
            for part in compound_parts(known, self._stems):
                self._parts.setdefault(self._canonical(part), ())
                self._parts[self._canonical(part)] += (self._canonical(known),)
        self._add_caches()

    def _add_caches(self) -> None:
        self.meanings = lru_cache(maxsize=4096)(self._meanings)
        self._separated = lru_cache(maxsize=4096)(self._separate)
        self.corrected = lru_cache(maxsize=4096)(self._correct)

    def __getstate__(self) -> dict[str, object]:
        # Caches cannot be pickled, and are filled again soon enough.
        return {k: v for k, v in self.__dict__.items() if k not in ("meanings", "_separated", "corrected")}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._add_caches()

    def _canonical(self, word_stem: str) -> str:
        return self._phrases.get((word_stem,), word_stem)

    def _name(self, key: tuple[str, ...]) -> str:
        """The term of a person or place; several words (``Bad Sassendorf``) become one term."""
        if len(key) == 1:
            return self._canonical(key[0])
        return self._phrases.setdefault(key, "=" + "_".join(key))

    def terms(self, typed: Sequence[str]) -> tuple[str, ...]:
        """The terms of an indexed text's words: stems, with synonyms replaced by the name of their group."""
        stems = [stem(word) for word in typed]
        if all(self._longest.get(own, 1) == 1 for own in stems):  # no phrase begins here, as mostly
            return tuple([self._canonical(own) for own in stems])
        return tuple([term for term, _ in self._grouped(typed)])

    def _grouped(self, typed: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
        """Each term with the words it stands for; the longest synonym phrase wins."""
        stems = [stem(word) for word in typed]
        out: list[tuple[str, tuple[str, ...]]] = []
        at = 0
        while at < len(stems):
            for length in range(min(self._longest.get(stems[at], 1), len(stems) - at), 0, -1):
                name = self._phrases.get(tuple(stems[at : at + length]))
                if name or length == 1:
                    out.append((name or stems[at], tuple(typed[at : at + length])))
                    at += length
                    break
        return out

    def document_terms(self, number: int) -> frozenset[str]:
        """All terms of one document."""
        return self._document_terms[number]

    def knows(self, word: str) -> bool:
        """Whether a folded word, in any inflection, is one of the knowledge's."""
        return self._canonical(stem(word)) in self._counts

    def idf(self, term: str) -> float:
        """Rarity of a term among the entries: ``ln((1 + N) / (1 + n)) + 0.5``."""
        return math.log((1 + self._entry_count) / (1 + self._counts.get(term, 0))) + 0.5

    def question(self, text: str) -> list[QueryWord]:
        """The words of a question with what they mean here."""
        out: list[QueryWord] = []
        for term, parts in self._grouped(self.typed(text)):
            word = " ".join(parts)
            meanings = {term: SAME} if term in self._counts else self.meanings(parts[-1])
            out.append(self._query_word(word, term, meanings))
        return self._rejoined(out)

    def _query_word(self, word: str, term: str, meanings: Mapping[str, float]) -> QueryWord:
        if all(map(is_function_word, word.split())):
            return QueryWord(word, meanings, 0.0)
        rarity = max((self.idf(meaning) for meaning in meanings), default=self.idf(""))
        return QueryWord(word, meanings, rarity, is_name=bool(self._names & {*meanings, term}))

    def _rejoined(self, found: list[QueryWord]) -> list[QueryWord]:
        """Joins neighbours that the knowledge writes as one word (``fach werkstatt``)."""
        out: list[QueryWord] = []
        for word in found:
            if out and word.meanings.get(stem(word.word)) != SAME:
                whole = out[-1].word + word.word
                term = self._canonical(stem(whole))
                if len(whole) >= 7 and term in self._counts:
                    out[-1] = self._query_word(whole, term, {term: SAME})
                    continue
            out.append(word)
        return out

    def _meanings(self, word: str) -> Mapping[str, float]:
        """Terms an unknown word may mean: known parts, compounds that contain it, and likely misspellings."""
        own = stem(word)
        found: dict[str, float] = {}
        if self._canonical(own) in self._counts:
            return {self._canonical(own): SAME}
        if is_function_word(word):
            return {}
        for part in compound_parts(word, self._stems):
            if not is_function_word(part) and self._canonical(part) in self._counts:
                found[self._canonical(part)] = PART
        for compound in self._parts.get(self._canonical(own), ()):
            found[compound] = PART
        for known, likeness in self._misspelled(word):
            term = self._canonical(stem(known))
            if term in self._counts:
                found[term] = max(found.get(term, 0.0), likeness)
        return found

    def _misspelled(self, word: str) -> Sequence[tuple[str, float]]:
        """The words of the knowledge that an unknown one may be a misspelling of, likeliest first."""
        budget = typo_budget(word)
        if not budget or is_german(word):
            return ()
        near = process.extract(word, self._spelled, scorer=OSA.distance, score_cutoff=budget, limit=6)
        costs = [(distance + (known[0] != word[0]), known) for known, distance, _ in near]
        return [(known, 1.0 - cost / max(len(word), len(known))) for cost, known in sorted(costs) if cost <= budget]

    def typed(self, text: str) -> list[str]:
        """The words of a question; what is no German word, but two of the knowledge's in one, as these two."""
        return [part for word in words(text) for part in self._separated(word)]

    def _separate(self, word: str) -> tuple[str, ...]:
        if word not in self._content and (stem(word),) not in self._phrases and not is_german(word):
            for cut in range(len(word) - 4, 3, -1):
                head, tail = word[:cut], word[cut:]
                if tail in self._content and head in self._content:
                    return head, tail
        return (word,)

    def _correct(self, word: str) -> str:
        """A folded word as the knowledge spells it, where it is likely to be a misspelling; else as it is."""
        if self._canonical(stem(word)) in self._counts or is_function_word(word):
            return word
        found = self._misspelled(word)
        return found[0][0] if found else word


def typo_budget(word: str) -> int:
    """How many typing errors are forgiven: none below 5 letters or in numbers, one below 9, then two."""
    if len(word) < 5 or any(letter.isdigit() for letter in word):
        return 0
    return 1 if len(word) < 9 else 2

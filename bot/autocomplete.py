"""Suggestions while someone is still typing: beginnings of known phrasings first, then keywords, then what is near."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, takewhile, zip_longest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge.model import Entry, KnowledgeBase
from bot.text import LONGEST_WORD, is_function_word, words

MOST_WORDS = 12
"""Later words of a long text no longer change what is offered."""

NEAR_ENOUGH = 0.5
"""An entry is offered as near when it knows this share of what was typed, rare words counting more."""


class Autocomplete:
    """What to offer for each beginning of a question over one knowledge base; immutable."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._entries = tuple(knowledge.entries)
        self._hoisted = tuple(_first_of_each_topic(knowledge))
        phrases: list[tuple[str, int, int]] = []
        holders: dict[str, set[int]] = {}
        for number, entry in enumerate(self._entries):
            for place, text in enumerate((*entry.phrasings, *entry.keywords)):
                typed = words(text)
                phrases.append((" ".join(typed), place, number))
                for word in typed:
                    holders.setdefault(word, set()).add(number)
        self._phrases = sorted(phrases)
        self._own_words = [frozenset(words(entry.question)) for entry in self._entries]
        self._vocabulary = sorted(holders)
        self._holders = holders
        self._beginning = lru_cache(maxsize=4096)(self._holders_of_beginning)
        self._near = lru_cache(maxsize=4096)(self._holders_of_near)
        self._beginnings = lru_cache(maxsize=LONGEST_WORD)(self._all_cut_to)

    def offers(self, typed: str, limit: int) -> list[Entry]:
        """Up to ``limit`` different entries for what was typed so far, best first; the hoisted ones for nothing."""
        told = words(typed)[:MOST_WORDS]
        if not told:
            return list(self._hoisted[:limit])
        tiers = (self._exact(told), self._by_keyword(told), self._fuzzy(told))
        found: dict[int, None] = {}
        for tier in tiers:
            found.update(dict.fromkeys(tier))
            if len(found) >= limit:
                break
        return [self._entries[number] for number in list(found)[:limit]]

    def _exact(self, told: Sequence[str]) -> list[int]:
        """Entries one of whose phrasings or keywords begins with these words; their own question counts first."""
        start = " ".join(told)
        begin = bisect_left(self._phrases, (start,))
        matching = takewhile(
            lambda phrase: phrase[0].startswith(start), (self._phrases[i] for i in range(begin, len(self._phrases)))
        )
        return [number for _, number in sorted((min(place, 1), number) for _, place, number in matching)]

    def _by_keyword(self, told: Sequence[str]) -> list[int]:
        """Entries that have a word beginning with each content word; where it stands in the question counts first."""
        content = _content(told)
        if not content:
            return []
        common = frozenset[int].intersection(*map(self._beginning, content))
        return sorted(common, key=lambda number: (-self._in_question(number, content), number))

    def _in_question(self, number: int, content: Iterable[str]) -> int:
        return sum(any(own.startswith(word) for own in self._own_words[number]) for word in content)

    def _fuzzy(self, told: Sequence[str]) -> list[int]:
        """Entries that know most of the content words, mistyped or as a part of a longer word."""
        content = _content(told)
        known: dict[int, float] = {}
        total = 0.0
        for word in content:
            holders = self._beginning(word) | self._near(word)
            weight = math.log(1 + len(self._entries) / max(1, len(holders)))
            total += weight
            for number in holders:
                known[number] = known.get(number, 0.0) + weight
        near = [(-weight, number) for number, weight in known.items() if weight >= NEAR_ENOUGH * total]
        return [number for _, number in sorted(near)]

    def _holders_of_beginning(self, start: str) -> frozenset[int]:
        begin = bisect_left(self._vocabulary, start)
        matching = takewhile(
            lambda word: word.startswith(start), (self._vocabulary[i] for i in range(begin, len(self._vocabulary)))
        )
        return frozenset(chain.from_iterable(self._holders[word] for word in matching))

    def _all_cut_to(self, length: int) -> list[str]:
        return [known[:length] for known in self._vocabulary]

    def _holders_of_near(self, word: str) -> frozenset[int]:
        if len(word) < 4 or word.isdigit():
            return frozenset()
        slips = 1 if len(word) < 8 else 2
        # The word may be unfinished, so only the beginnings of the known ones are compared.
        near = process.extract(word, self._beginnings(len(word)), scorer=OSA.distance, score_cutoff=slips, limit=None)
        found = [self._vocabulary[place] for _, _, place in near]
        if len(word) >= 5:
            found += [known for known in self._vocabulary if word in known]
        return frozenset(chain.from_iterable(self._holders[known] for known in found))


def _content(told: Sequence[str]) -> list[str]:
    """The words that carry a subject. The last one may be unfinished, so it counts unless it is one already."""
    return [word for word in dict.fromkeys(told) if not is_function_word(word)]


def _first_of_each_topic(knowledge: KnowledgeBase) -> Iterator[Entry]:
    """The entries, the first of every topic before the second of any."""
    rounds = zip_longest(*(topic.entries for topic in knowledge.topics))
    return (entry for one_round in rounds for entry in one_round if entry is not None)

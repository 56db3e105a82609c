"""The glossary: which term someone means, and which terms occur in an answer."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.autocomplete import Autocomplete
from bot.knowledge.glossary_model import Term
from bot.knowledge.model import Entry, KnowledgeBase, Topic
from bot.search.lexicon import typo_budget
from bot.search.meaning import is_german
from bot.text import compound_parts, is_function_word, spelled, stem, words
from bot.typed_text import quoted

MOST_CANDIDATES = 5
"""So many terms are offered where it is not clear which one is meant."""

MOST_IN_AN_ANSWER = 3

COMMON = 0.25
"""What more than this share of all answers holds is looked up, but not offered below each of them: „Kommune“."""

SHORTEST_PART = 8
"""A term of fewer letters does not count as a part of a longer word: „Mandatsträger“ is not about a „Mandat“."""

NEAR_ENOUGH = 70.0
"""From this likeness (0–100) on, a term is offered for one that is not known."""

NO_GLOSSARY = "Dieses Wissen hat kein Glossar. Es steht in der Datei „glossar.yaml“."


class Found(NamedTuple):
    """The terms that what was typed may mean: one, or several to choose from.

    Where it is no known term at all, they are only near (``known`` is false), and there may be none.
    """

    terms: tuple[Term, ...]
    known: bool

    @property
    def term(self) -> Term | None:
        """The term that is meant; None where that is not clear."""
        return self.terms[0] if self.known and len(self.terms) == 1 else None


class _Form(NamedTuple):
    """A way to write a term, as words."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    term: Term


class Glossary:
    """The terms of one knowledge base; immutable, and built where it is first needed."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
        self._within = lru_cache(maxsize=16384)(self._part_of)

    def __reduce__(self) -> tuple[type[Glossary], tuple[KnowledgeBase]]:
        # The cache cannot be pickled; the rest is made from the knowledge where it is needed.
        return Glossary, (self._knowledge,)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """All terms in the order of a German dictionary."""
        return tuple(sorted(self._knowledge.glossary, key=lambda term: dictionary_key(term.term)))

    def prepare(self) -> None:
        """Build now what is otherwise built where it is first needed, so that nobody waits for it."""
        _ = (self._in_answers, self._spread, self._parts, self._part_stems, self._indices, self._autocomplete)

    def look_up(self, typed: str) -> Found:
        """The term that someone typed, however it is spelled; what it may be where that is not clear."""
        tiers: tuple[Callable[[str], Iterable[Term]], ...] = (
            *(partial(_by_key, keys, index) for keys, index in self._indices),
            self.terms_in,  # „Was ist ein Zweckverband?“
            self._mistyped,
        )
        for tier in tiers:
            if found := dict.fromkeys(tier(typed)):
                return Found(tuple(found)[:MOST_CANDIDATES], known=True)
        near = dict.fromkeys([*self._partly(typed), *self._like(typed)])
        return Found(tuple(near)[:MOST_CANDIDATES], known=False)

    def named(self, key: str) -> Term | None:
        """The term with this :func:`term_key`; None where it no longer exists."""
        return next((term for term in self.terms if term_key(term) == key), None)

    def offers(self, typed: str, limit: int) -> list[Term]:
        """Up to ``limit`` terms for what was typed so far, best first; the first of the alphabet for nothing."""
        found: dict[Term, None] = {}
        for tiers in self._autocomplete:
            found.update(dict.fromkeys(self.terms[int(card.id)] for card in tiers.offers(typed, limit)))
        return list(found)[:limit]

    def explaining(self, entry: Entry, besides: Iterable[Entry] = ()) -> list[tuple[Term, Entry]]:
        """The terms in an answer whose entries say more, at most three; a term that few answers hold comes first.

        What the entry explains itself is left out, and so is what leads to one of the entries ``besides``.
        """
        shown = {entry.id, *(other.id for other in besides)}
        found: list[tuple[Term, Entry]] = []
        rare = COMMON * len(self._in_answers)
        terms = [term for term in self._in_answers.get(entry.id, ()) if self._spread[term] <= max(1, rare)]
        for term in sorted(terms, key=self._spread.__getitem__):
            leads_to = self._knowledge.entry(term.entry)
            if leads_to and leads_to.id not in shown and len(found) < MOST_IN_AN_ANSWER:
                shown.add(leads_to.id)
                found.append((term, leads_to))
        return found

    @cached_property
    def _in_answers(self) -> Mapping[str, tuple[Term, ...]]:
        """The terms in each entry's answer."""
        return {entry.id: self.terms_in(entry.answer) for entry in self._knowledge.entries} if self.terms else {}

    @cached_property
    def _spread(self) -> Counter[Term]:
        """In how many answers a term occurs."""
        return Counter(term for terms in self._in_answers.values() for term in terms)

    def terms_in(self, text: str) -> tuple[Term, ...]:
        """The terms that occur in a text: as words in any inflection, or as a part of a compound; longest first."""
        told = words(text)
        stems = [stem(word) for word in told]
        found: dict[Term, None] = {}
        at = 0
        while at < len(told):
            forms = self._forms.get(stems[at], ())
            form = next((f for f in forms if _stands_at(f, at, told, stems)), None) if forms else None
            if form or (form := self._within(told[at])):
                found[form.term] = None
            at += len(form.words) if form else 1
        return tuple(found)

    @cached_property
    def _forms(self) -> Mapping[str, Sequence[_Form]]:
        """The ways to write terms by their first stem, longest first; a number alone means too many things."""
        forms: dict[str, list[_Form]] = {}
        for term in self.terms:
            for text in term.forms:
                typed = words(text)
                if not all(map(str.isdigit, typed)):
                    forms.setdefault(stem(typed[0]), []).append(_Form(typed, tuple(map(stem, typed)), term))
        return {first: sorted(those, key=lambda form: -len("".join(form.words))) for first, those in forms.items()}

    @cached_property
    def _parts(self) -> Mapping[str, _Form]:
        """The terms that count as a part of a compound, by their stem."""
        single = (form for forms in self._forms.values() for form in forms if len(form.words) == 1)
        return {form.stems[0]: form for form in single if len(form.words[0]) >= SHORTEST_PART}

    @cached_property
    def _part_stems(self) -> frozenset[str]:
        return frozenset(self._parts)

    def _part_of(self, word: str) -> _Form | None:
        """The longest term that a compound is made of."""
        if len(word) < SHORTEST_PART + 4 or not any(part in word for part in self._part_stems):
            return None
        parts = (self._parts[part] for part in compound_parts(word, self._part_stems))
        return max(parts, key=lambda form: len(form.words[0]), default=None)

    @cached_property
    def _indices(self) -> Sequence[tuple[Callable[[str], frozenset[str]], Mapping[str, Sequence[Term]]]]:
        """Ways to compare spellings, the strictest first: what makes two of them equal, and the terms by that."""
        return [(keys, self._index(keys)) for keys in (_as_spelled, _folded, _inflected)]

    def _index(self, keys: Callable[[str], frozenset[str]]) -> Mapping[str, Sequence[Term]]:
        index: dict[str, list[Term]] = {}
        for term in self.terms:
            for key in {key for form in term.forms for key in keys(form)}:
                index.setdefault(key, []).append(term)
        return index

    def _mistyped(self, typed: str) -> Iterable[Term]:
        """The terms that differ by the fewest typing errors; none for what is a German word of its own."""
        whole = "".join(_content(typed))
        budget = typo_budget(whole)
        if not budget or is_german(whole):
            return []
        known = self._indices[1][1]
        near = process.extract(whole, list(known), scorer=OSA.distance, score_cutoff=budget, limit=MOST_CANDIDATES)
        return [term for key, slips, _ in near if slips == near[0][1] for term in known[key]]

    def _partly(self, typed: str) -> Iterable[Term]:
        """The terms that hold every word that was typed, if only as a part of a word: „Akte“, „Verband“."""
        asked = [stem(word) for word in _content(typed)]
        if not asked or min(map(len, asked)) < 3:
            return []
        holding = (term for term in self.terms if any(_holds(form, asked) for form in term.forms))
        return sorted(holding, key=lambda term: len(term.term))

    def _like(self, typed: str) -> Iterable[Term]:
        """The terms whose letters are most like those that were typed."""
        known = self._indices[1][1]
        near = process.extract("".join(_content(typed)), list(known), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
        return [term for key, _, _ in near[:MOST_IN_AN_ANSWER] for term in known[key]]

    @cached_property
    def _autocomplete(self) -> tuple[Autocomplete, Autocomplete]:
        """The tiers of questions: among the spellings of the terms, then among the words of their meanings too."""
        cards = [
            Entry(id=str(number), question=term.term, variants=term.spellings, answer=term.meaning, source="s")
            for number, term in enumerate(self.terms)
        ]
        with_meanings = [card.model_copy(update={"keywords": words(card.answer)}) for card in cards]
        names, meanings = (
            KnowledgeBase(topics=(Topic("t", "T", "", tuple(those)),), sources={}) for those in (cards, with_meanings)
        )
        return Autocomplete(names), Autocomplete(meanings)


def dictionary_key(text: str) -> tuple[str, str]:
    """The place of a text in a German dictionary: umlauts count as their vowels, signs and case not at all."""
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text.casefold())))
    return plain, text


def term_key(term: Term) -> str:
    """A short name for a term that fits the id of a control."""
    return hashlib.sha256(term.term.encode()).hexdigest()[:12]


def also(term: Term) -> str:
    """Its other spellings: „Auch: IKZ, interkommunale Kooperation“; empty where there are none."""
    return f"Auch: {', '.join(term.spellings)}" if term.spellings else ""


def label(term: Term, typed: str) -> str:
    """A term as it is offered for what was typed: with the spelling that begins so, where it is another one."""
    begun = "".join(words(typed))
    forms = (form for form in term.forms if "".join(words(form)).startswith(begun))
    form = next(forms, term.term)
    return term.term if form == term.term else f"{term.term} ({form})"


def question_back(found: Found, typed: str) -> str:
    """What to say where it is not clear which term is meant; the terms of ``found`` are to be offered below."""
    if found.known:
        return f"{quoted(typed)} passt zu mehreren Begriffen; welchen meinen Sie?"
    if found.terms:
        return f"Den Begriff {quoted(typed)} erkläre ich nicht. Meinen Sie vielleicht einen von diesen?"
    return f"Den Begriff {quoted(typed)} erkläre ich nicht, und einen ähnlichen habe ich nicht gefunden."


def _by_key(keys: Callable[[str], frozenset[str]], index: Mapping[str, Sequence[Term]], typed: str) -> Iterable[Term]:
    return (term for key in sorted(keys(typed)) for term in index.get(key, ()))


def _as_spelled(text: str) -> frozenset[str]:
    return frozenset(filter(None, [spelled(text)]))


def _folded(text: str) -> frozenset[str]:
    return frozenset(filter(None, ["".join(words(text))]))


def _inflected(text: str) -> frozenset[str]:
    """The stems in one, and the stem of the whole, so that hyphens and spaces make no difference."""
    told = _content(text)
    return frozenset(filter(None, ["".join(map(stem, told)), stem("".join(told))])) if told else frozenset()


def _content(text: str) -> list[str]:
    """The words that name something, or all where none does; a lone letter can („E-Akte“)."""
    told = words(text)
    return [word for word in told if len(word) == 1 or not is_function_word(word)] or list(told)


def _stands_at(form: _Form, at: int, told: Sequence[str], stems: Sequence[str]) -> bool:
    """Whether a text says a term at this word."""
    end = at + len(form.words)
    return tuple(stems[at:end]) == form.stems and all(map(_inflection, form.words, told[at:end]))


def _inflection(word: str, other: str) -> bool:
    """Whether two words of one stem are inflections of one word: „Zuwendung“ and „Zuwendungen“, but not „zuwenden“."""
    if is_function_word(word):
        return word == other
    return other.startswith(word[:-1]) and len(other) <= len(word) + 3


def _holds(form: str, asked: Sequence[str]) -> bool:
    own = words(form)
    return all(any(part == stem(word) or (len(part) >= 4 and part in word) for word in own) for part in asked)

"""Words of the knowledge that do not fit together: synonyms without effect, names spelled in two ways."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.curation.written import Written
from bot.journal.names import FIRST_NAMES
from bot.knowledge.consistency import Item
from bot.knowledge.model import SYNONYMS, Entry, KnowledgeBase
from bot.knowledge.problems import Level, Problem, quoted
from bot.search.lexicon import LONGEST_PHRASE, typo_budget
from bot.search.meaning import is_german
from bot.text import fold, spelled, stem, words

_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]{2,})*")
_FULL_NAME = re.compile(r"\b([A-ZÄÖÜ]\w+)\s+((?:(?:von|van|zu|der|den|dem|de)\s+)*[A-ZÄÖÜ]\w{2,})")
_ENDINGS = frozenset({"", "s", "n", "en", "e", "es", "er", "em", "ern", "in", "innen"})
_SHORTEST = 5


def synonyms(knowledge: KnowledgeBase, written: Written) -> Iterator[Problem]:
    """Synonyms that change nothing: no question with one of them finds anything that it would not find without."""
    known = _phrases(
        text for entry in (*knowledge.entries, *knowledge.smalltalk) for text in (*entry.phrasings, *entry.keywords)
    )
    group_of: dict[tuple[str, ...], int] = {}
    names = [_key(group[0]) for group in knowledge.synonyms.groups]
    for number, group in enumerate(knowledge.synonyms.groups):
        keys = [_key(form) for form in group]
        if not known.intersection(keys):
            yield _in_synonyms(
                written,
                ("groups", number),
                "unused-synonyms",
                f"Keines der Wörter {', '.join(map(quoted, group))} kommt in einer Formulierung oder einem Stichwort"
                " vor; die Gruppe bewirkt nichts.",
                "Bitte löschen Sie die Gruppe, oder verwenden Sie eines der Wörter in einer Formulierung.",
            )
        for place, (form, key) in enumerate(zip(group, keys, strict=True)):
            if len(key) > LONGEST_PHRASE or not key:
                yield _in_synonyms(
                    written,
                    ("groups", number, place),
                    "unused-synonyms",
                    f"{quoted(form)} bewirkt nichts: Mehr als {LONGEST_PHRASE} Wörter erkennt der Bot nicht als eines.",
                    "Bitte nennen Sie nur das, worauf es ankommt.",
                )
            elif (earlier := group_of.setdefault(key, number)) != number and names[earlier] != names[number]:
                other = knowledge.synonyms.groups[earlier]
                yield _in_synonyms(
                    written,
                    ("groups", number, place),
                    "taken-synonym",
                    f"{quoted(form)} gehört wegen seines Wortstamms schon zur Gruppe"
                    f" {', '.join(map(quoted, other))} und wirkt hier nicht.",
                    "Bitte fassen Sie die beiden Gruppen zusammen, oder löschen Sie das Wort in einer davon.",
                )


def names(knowledge: KnowledgeBase, written: Written) -> Iterator[Problem]:
    """Names that are spelled in two ways in what the bot shows: by one letter, by a capital, in an umlaut."""
    uses = _uses(knowledge)
    listed = {fold(word) for name in knowledge.synonyms.names for word in _WORD.findall(name)}
    known = sorted(uses.keys() | listed)
    told: set[frozenset[str]] = set()
    for odd in sorted(uses):
        if len(odd) < _SHORTEST or odd in listed or _is_made_of_german(odd):
            continue
        for other, _, _ in process.extract(odd, known, scorer=OSA.distance, score_cutoff=typo_budget(odd), limit=4):
            pair = frozenset({odd, other})
            other_use = uses[other][0] if other in uses else None
            if pair not in told and len(other) >= _SHORTEST and _one_name(uses[odd][0].word, odd, other_use, other):
                told.add(pair)
                yield _two_spellings(written, uses[odd][0], other_use, other)
    yield from _letter_by_letter(uses, written)
    yield from _of_one_person(knowledge, written)


class _Use(NamedTuple):
    """A word as it is written, and the entry in which it is."""

    word: str
    entry: Entry


def _uses(knowledge: KnowledgeBase) -> dict[str, list[_Use]]:
    """Every word of what the bot shows, folded, with where it is used."""
    found: dict[str, list[_Use]] = defaultdict(list)
    for entry in knowledge.entries:
        for text in shown_texts(entry):
            for word in _WORD.findall(text):
                found[fold(word)].append(_Use(word, entry))
    return found


def shown_texts(entry: Entry) -> Iterator[str]:
    """The texts of an entry that users get to see."""
    yield from (entry.question, entry.answer, *([entry.short] if entry.short else ()))
    yield from (event.label for event in entry.events)
    yield from (duration.label for duration in entry.durations)
    for ref in entry.source_refs:
        yield from (part for part in (ref.section, ref.speaker) if part)


def _is_made_of_german(word: str) -> bool:
    """Whether a folded word is a German one, a form of one, or joined from two."""
    forms = [word, *(word.removesuffix(end) for end in _ENDINGS if end and word.endswith(end) and len(word) > 6)]
    cuts = range(_SHORTEST, len(word) - 2)
    return any(map(is_german, forms)) or any(is_german(word[:cut]) and is_german(word[cut:]) for cut in cuts)


def _one_name(word: str, odd: str, other_use: _Use | None, other: str) -> bool:
    """Whether two words that are spelled alike may be one name: no forms of a word, no short forms, no beginnings.

    Who mistypes a name hardly ever begins with another letter.
    """
    first = other_use.word[0] if other_use else other[0].upper() if word[0].isupper() else other[0]
    short_forms = word.isupper() and other_use is not None and other_use.word.isupper()
    begins = odd.startswith(other) or other.startswith(odd)
    return word[0] == first and not (short_forms or begins or _inflected(odd, other))


def _inflected(one: str, other: str) -> bool:
    """Whether two folded words are forms of one."""
    if stem(one) == stem(other):
        return True
    shorter, longer = sorted((one, other), key=len)
    return any(longer == shorter.removesuffix(cut) + end for cut in _ENDINGS for end in _ENDINGS if cut != end) and (
        longer[:4] == shorter[:4]
    )


def _letter_by_letter(uses: dict[str, list[_Use]], written: Written) -> Iterator[Problem]:
    """Names that only their capitals or umlauts tell apart."""
    for folded, found in uses.items():
        if len(folded) < _SHORTEST or is_german(folded):
            continue
        by_letters: dict[str, _Use] = {}
        for use in found:
            by_letters.setdefault(spelled(use.word), use)
        by_capitals: dict[str, _Use] = {}
        for use in found:
            if any(letter.isupper() for letter in use.word[1:]) and not use.word.isupper():
                by_capitals.setdefault(use.word, use)
        for different in (by_letters, by_capitals):
            for one, other in combinations(different.values(), 2):
                yield _two_spellings(written, other, one, one.word)


def _of_one_person(knowledge: KnowledgeBase, written: Written) -> Iterator[Problem]:
    """People with one first name and nearly the same last name."""
    people: dict[str, dict[str, _Use]] = defaultdict(dict)
    for entry in knowledge.entries:
        for text in shown_texts(entry):
            for first, last in _FULL_NAME.findall(text):
                if fold(first) in FIRST_NAMES:
                    people[fold(first)].setdefault(fold(last), _Use(f"{first} {last}", entry))
    for same_first in people.values():
        for (one, use), (other, other_use) in combinations(same_first.items(), 2):
            near = 0 < OSA.distance(one, other) <= 1 and {one, other} != {one, one + "s"} | {other, other + "s"}
            if near and not (one == f"{other}s" or other == f"{one}s"):
                yield _two_spellings(written, other_use, use, use.word)


def _two_spellings(written: Written, use: _Use, other: _Use | None, known: str) -> Problem:
    item = written.entry(use.entry.id)
    where = f" ({other.entry.id}, {written.entry(other.entry.id).where(_place_of(written, other))})" if other else ""
    return written.notice(
        item,
        _place_of(written, use)[len(item.place) :],
        "spelling",
        f"{quoted(use.word)} sieht aus wie {quoted(other.word if other else known.title())}{where}, ist aber anders"
        " geschrieben.",
        "Bitte prüfen Sie, welche Schreibweise stimmt. Sind beide richtig, nehmen Sie sie in synonyms.yaml unter"
        " „names“ auf.",
    )


def _place_of(written: Written, use: _Use) -> tuple[str | int, ...]:
    """Where a word stands in its entry."""
    item = written.entry(use.entry.id)
    return next((place for text, place in _all_texts(item) if use.word in text), item.place)


def _all_texts(item: Item) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    for key in ("answer", "question", "short"):
        yield from item.texts(key)
    for key in ("events", "durations", "sources"):
        listed = item.data.get(key)
        for number, part in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(part, dict):
                inner = Item(item.document, (*item.place, key, number), part)
                for name in ("label", "section", "speaker"):
                    yield from inner.texts(name)


def _key(text: str) -> tuple[str, ...]:
    return tuple(map(stem, words(text)))


def _phrases(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """All runs of stems that the lexicon could take for one term."""
    found: set[tuple[str, ...]] = set()
    for text in texts:
        stems: Sequence[str] = _key(text)
        for length in range(1, LONGEST_PHRASE + 1):
            found.update(tuple(stems[at : at + length]) for at in range(len(stems) - length + 1))
    return found


def _in_synonyms(written: Written, place: tuple[str | int, ...], code: str, message: str, hint: str) -> Problem:
    line = written.documents[SYNONYMS].line(place)
    return Problem(SYNONYMS, line, message, hint, code, Level.NOTICE)

"""Whether a source bears a text out: its numbers, dates, times and names must stand in the source as well."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.curation.quantities import Day, Quantity, quantities
from bot.journal.names import FIRST_NAMES, OFFICES, TITLES
from bot.search.meaning import is_german
from bot.text import fold, is_function_word

_NAME = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]{2,})*")
_LETTERS = re.compile(r"[^\W\d_]+")
_WHOLE_NAME = re.compile(r"\w+(?:[-./&+]\w+)*")
_ADDRESSED = re.compile(r"\b(?:Herrn?|Frau|Dr\.|Prof\.)\s+(?:(?:Dr|Prof)\.\s+)*$")
_FIRST_NAME = re.compile(r"([^\W\d_]+)\s+((?:von|van|vom|zu|zur|de|ten|ter)\s+(?:(?:der|den|dem)\s+)?)?$")
_LOOK_BACK = 60
_LINKS = ("", "s", "n", "en", "es", "er", "e")
_ENDINGS = ("", "s", "n", "en", "e", "es", "er", "ern", "em", "in", "innen")
_SHORTEST_PART = 4
_SHORT_PARTS = frozenset(
    "alt amt art auf aus bad bau bus ehe end gas gut hof mit neu not ort rad rat see tag tal tor uhr weg zug".split()
)
"""Of shorter words only these make up longer ones; else „Paderorn“ would be composed of three."""

_LONG_ENOUGH = 5
"""At the beginning of a longer word only a name of so many letters is found, at its end only a longer one."""


def unsupported(
    text: str, source_text: str, spellings: Iterable[Collection[str]] = (), names: Iterable[str] = ()
) -> tuple[str, ...]:
    """The numbers, dates, times and names in ``text`` that ``source_text`` does not hold, as they are written there.

    „zwei“ counts as 2, „18 Monate“ as eineinhalb Jahre, „ein Fünftel“ as 20 %; a date may be less exact than in the
    source, not more. A name is a capitalised word that is no ordinary German one, or one of ``names``. Each group of
    ``spellings`` counts as the same.
    """
    source = _read_source(source_text)
    known = frozenset(folded for folded in map(_joined, names) if not is_function_word(folded))
    figures, days = quantities(text)
    missing = [(one.start, one.end) for one in figures if one.stated and not source.holds_figure(one)]
    missing += {(one.start, one.end) for one in days if not source.holds_day(one)}
    missing += [span for span in _names(text, known) if not source.holds_name(_joined(text[slice(*span)]), known)]
    if missing:
        equal = list(_otherwise_spelled(text, source, spellings))
        missing = [(start, end) for start, end in missing if not any(a <= start and end <= b for a, b in equal)]
    return tuple(dict.fromkeys(" ".join(text[start:end].split()) for start, end in sorted(missing)))


@dataclass(frozen=True, slots=True)
class _Source:
    figures: Sequence[Quantity]
    days: Sequence[Day]
    words: frozenset[str]
    run_together: str

    def holds_figure(self, one: Quantity) -> bool:
        """Whether a figure stands here: the same value of the same kind, or of any kind for a mere number."""
        if one.kind == "number" and any(day.year == one.value and day.months is None for day in self.days):
            return True
        return any(_same_kind(one, other) and _same_value(one, other) for other in self.figures)

    def holds_day(self, one: Day) -> bool:
        """Whether a date stands here, at least as exactly."""
        if any(_bears_out(day, one) for day in self.days):
            return True
        if one.months is None and one.day is None:
            return any(figure.kind == "number" and figure.value == one.year for figure in self.figures)
        # A day without its year is still this day where the source tells the year elsewhere.
        year_told = any(day.year == one.year for day in self.days)
        return year_told and any(
            day.year is None and _bears_out(day, Day(0, 0, None, one.months, one.day)) for day in self.days
        )

    def holds_name(self, name: str, known: Collection[str]) -> bool:
        """Whether a folded name stands here, inflected or not, alone or in a compound."""
        forms = {name} if name in known else _forms(name)
        if any(form in self.words for form in forms):
            return True
        if any(len(form) >= _LONG_ENOUGH and f" {form}" in self.run_together for form in forms):
            return True
        return len(name) > _LONG_ENOUGH and f"{name} " in self.run_together

    def holds_wording(self, wording: str) -> bool:
        """Whether some words stand here one after the other, the last of them inflected or not."""
        found = re.escape(" ".join(filter(None, map(_joined, wording.split()))))
        return bool(found) and bool(re.search(rf"(?<!\w){found}(?:e?s|e?n|e)?(?!\w)", self.run_together))


@lru_cache(maxsize=64)
def _read_source(text: str) -> _Source:
    figures, days = quantities(text)
    folded = {_joined(word) for pattern in (_WHOLE_NAME, _NAME, _LETTERS) for word in pattern.findall(text)}
    run_together = f" {' '.join(filter(None, map(_joined, text.split())))} "
    forms = frozenset(form for word in folded for form in _forms(word))
    return _Source(figures, days, forms, run_together)


def _joined(word: str) -> str:
    """A folded word without hyphens, dots and the like."""
    return fold(re.sub(r"[\W_]", "", word))


def _same_kind(claim: Quantity, other: Quantity) -> bool:
    if claim.kind == other.kind:
        return True
    return claim.kind == "number" and other.kind not in {"percent", "clock"}


def _same_value(claim: Quantity, other: Quantity) -> bool:
    if claim.kind == "number":
        return claim.value == other.value / other.scale  # as it is written before its unit
    if claim.value == other.value:
        return True
    # „ein Drittel“ is no whole number of percent, and people round it.
    endless = claim.kind == "percent" and any(1000 % one.value.denominator for one in (claim, other))
    return endless and abs(claim.value - other.value) < 1


def _bears_out(source: Day, claim: Day) -> bool:
    if claim.weekday is not None:
        return source.weekday == claim.weekday or _weekday(source) == claim.weekday
    if source.weekday is not None:
        return False
    return (
        claim.year in (None, source.year)
        and (claim.months is None or (source.months is not None and source.months <= claim.months))
        and claim.day in (None, source.day)
    )


def _weekday(day: Day) -> int | None:
    if day.year is None or day.months is None or day.day is None:
        return None
    return date(day.year, min(day.months), day.day).weekday()


def _names(text: str, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where names stand in a text, part by part."""
    for found in _NAME.finditer(text):
        word, before = found.group(), text[max(0, found.start() - _LOOK_BACK) : found.start()]
        first = _FIRST_NAME.search(before)
        called = _joined(first[1]) if first else ""
        addressed = called in FIRST_NAMES or (called in known and not (first and first[2]))
        if _is_name(word, _joined(word), known, addressed or bool(_ADDRESSED.search(before))):
            yield found.span()


def _is_name(word: str, folded: str, known: frozenset[str], addressed: bool) -> bool:
    if len(word) < 2 or is_function_word(folded):
        return False
    forms = _forms(folded)
    if any(form in known for form in forms):
        return True
    if not any(letter.isupper() for letter in word):
        return False
    if any(letter.isupper() for letter in word[1:]):  # OZG, regiopolREGION
        return not (word.isupper() and len(word) > _LONG_ENOUGH and _is_ordinary(folded))
    if addressed:
        return folded not in OFFICES and folded not in TITLES
    return folded in FIRST_NAMES or not _is_ordinary(folded)


def _forms(folded: str) -> set[str]:
    """A name and what it may be an inflected form of: „Paderborns“, „Paderborner“."""
    return {folded} | {
        shorter
        for ending in ("s", "er", "ern", "ers", "es")
        if len(shorter := folded.removesuffix(ending)) >= 3 and shorter != folded
    }


@lru_cache(maxsize=16384)
def _is_ordinary(folded: str) -> bool:
    """Whether a folded word is a frequent German one, a form of one, or composed of such."""
    if any(is_german(folded.removesuffix(end)) for end in _ENDINGS if folded.endswith(end) and folded != end):
        return True
    heads = (cut for cut in range(3, len(folded) - 2) if _can_be_part(folded[:cut]) and is_german(folded[:cut]))
    return any(
        folded[cut:].startswith(link)
        and _can_be_part(folded[cut + len(link) :])
        and _is_ordinary(folded[cut + len(link) :])
        for cut in heads
        for link in _LINKS
    )


def _can_be_part(folded: str) -> bool:
    return len(folded) >= _SHORTEST_PART or folded in _SHORT_PARTS


def _otherwise_spelled(text: str, source: _Source, spellings: Iterable[Collection[str]]) -> Iterator[tuple[int, int]]:
    """Where the text has a spelling that counts as equal to one the source has."""
    for group in spellings:
        pattern = _any_of(tuple(group))
        found = [match.span() for match in pattern.finditer(text)]
        if found and any(source.holds_wording(spelling) for spelling in group):
            yield from found


@lru_cache(maxsize=1024)
def _any_of(group: tuple[str, ...]) -> re.Pattern[str]:
    options = "|".join(r"\s+".join(map(re.escape, one.split())) for one in sorted(group, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{options})(?:e?s|e?n|e)?(?!\w)", re.IGNORECASE)

"""German number words → their values: „zweihundertzwölf“, „anderthalb“, „zwei Drittel“ by its parts."""

from __future__ import annotations

import re
from fractions import Fraction

from bot.text import fold

_UNITS = {
    "ein": 1, "eins": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9,
}  # fmt: skip
_TEENS = {
    "zehn": 10, "elf": 11, "zwolf": 12, "dreizehn": 13, "vierzehn": 14, "funfzehn": 15, "sechzehn": 16,
    "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
}  # fmt: skip
_TENS = {
    "zwanzig": 20, "dreissig": 30, "vierzig": 40, "funfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80,
    "neunzig": 90,
}  # fmt: skip
_PARTS = {
    "halbe": 2, "halfte": 2, "drittel": 3, "viertel": 4, "funftel": 5, "sechstel": 6, "siebtel": 7, "achtel": 8,
    "neuntel": 9, "zehntel": 10, "zwanzigstel": 20, "hundertstel": 100,
}  # fmt: skip

MULTIPLES = {
    "dutzend": 12, "hundert": 100, "tausend": 1_000, "tsd": 1_000, "million": 1_000_000, "millionen": 1_000_000,
    "mio": 1_000_000, "milliarde": 1_000_000_000, "milliarden": 1_000_000_000, "mrd": 1_000_000_000,
}  # fmt: skip
"""Folded words that multiply the number before them."""

ARTICLES = frozenset("ein eine einen einem einer eines".split())
"""They can mean one, and mostly mean nothing."""


def _any(values: dict[str, int]) -> str:
    return "|".join(sorted(values, key=len, reverse=True))


_BELOW_100 = rf"(?:(?:(?:{_any(_UNITS)})und)?(?:{_any(_TENS)})|{_any(_TEENS)}|{_any(_UNITS)})"
_BELOW_1000 = rf"(?:(?:{_any(_UNITS)})?hundert(?:und)?{_BELOW_100}?|{_BELOW_100})"
_WHOLE = re.compile(rf"(?:(?P<thousands>{_BELOW_1000})?(?P<thousand>tausend)(?:und)?)?(?P<rest>{_BELOW_1000})?")
_COUNTED = re.compile(r"(?P<number>\w+?)(?:mal|fach\w*|erlei|kopfig\w*|teilig\w*|stellig\w*|stockig\w*|sprachig\w*)")
_INFLECTED = {"zweien": 2, "zweier": 2, "dreien": 3, "dreier": 3, "vieren": 4, "vierer": 4}


def number_word(word: str) -> Fraction | None:
    """The value of a word like „zwei“, „zwölfhundert“, „zweimal“ or „anderthalb“; None for any other.

    „ein“ and its forms are no number here.
    """
    folded = fold(word)
    if folded in ARTICLES or folded in MULTIPLES:
        return None
    if folded in {"anderthalb", "eineinhalb"}:
        return Fraction(3, 2)
    if folded.endswith("einhalb"):
        whole = _whole(folded.removesuffix("einhalb"))
        return whole + Fraction(1, 2) if whole else None
    counted = _COUNTED.fullmatch(folded)
    if counted and counted["number"] != "ein":
        folded = counted["number"]
    value = _INFLECTED.get(folded) or _whole(folded)
    return Fraction(value) if value else None


def part_word(word: str) -> Fraction | None:
    """The value of „Drittel“, „Hälfte“ and their like, also behind a number as in „Zweidrittel“; None for others."""
    folded = fold(word)
    for name, share in _PARTS.items():
        if folded == name:
            return Fraction(1, share)
        if folded.endswith(name) and (count := _whole(folded.removesuffix(name))):
            return Fraction(count, share)
    return None


def _whole(folded: str) -> int:
    found = _WHOLE.fullmatch(folded)
    if not found or not folded:
        return 0
    thousands = (_below_1000(found["thousands"]) or 1) * 1_000 if found["thousand"] else 0
    return thousands + _below_1000(found["rest"])


def _below_1000(text: str | None) -> int:
    if not text:
        return 0
    head, hundred, tail = text.rpartition("hundert")
    if hundred:
        return (_below_100(head) or 1) * 100 + _below_100(tail.removeprefix("und"))
    return _below_100(text)


def _below_100(text: str) -> int:
    if text in _UNITS | _TEENS | _TENS:
        return (_UNITS | _TEENS | _TENS)[text]
    unit, _, tens = text.rpartition("und")
    return _UNITS[unit] + _TENS[tens] if tens in _TENS else 0

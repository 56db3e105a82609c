"""What a German text states in figures: numbers, shares, spans of time, times of day and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bot.curation.number_words import ARTICLES, MULTIPLES, number_word, part_word
from bot.knowledge.model import MONTHS
from bot.text import fold, is_function_word

_PERCENT, _CLOCK = "percent", "clock"

# Folded unit → what it is measured in, and how many of these.
_UNITS = (
    (re.compile(r"%|prozent\w*|vh"), _PERCENT, 1),
    (re.compile(r"uhr"), _CLOCK, 60),
    (re.compile(r"jahre?[ns]?|jahrig\w*|jahres\w*"), "months", 12),
    (re.compile(r"monate?[ns]?|monatig\w*|monats\w*"), "months", 1),
    (re.compile(r"quartale?[ns]?"), "months", 3),
    (re.compile(r"wochen?|wochig\w*"), "days", 7),
    (re.compile(r"tage?[ns]?|tagig\w*"), "days", 1),
    (re.compile(r"stunden?|std|h|stundig\w*"), "minutes", 60),
    (re.compile(r"minuten?|min|minutig\w*"), "minutes", 1),
)
_BETWEEN = frozenset("bis und oder zu – — - /".split())

_TOKEN = re.compile(
    r"(?P<digits>(?<![\d.,])\d{1,3}(?:[.'’\s\u202f]\d{3})+(?:,\d+)?(?![\d]|[.,]\d)|\d+(?:[.,]\d+)?)"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>[%–—/|-])"
)
_COMPOUND = re.compile(r"(?P<number>\w+?)(?P<unit>(?:jahrig|monatig|wochig|tagig|stundig|minutig|jahres|monats)\w*)")

_MONTH_NAMES = {fold(name): number for number, name in enumerate(MONTHS, 1)} | {"janner": 1, "feber": 2}
_SHORT = {fold(name)[:3]: number for number, name in enumerate(MONTHS, 1)} | {"sept": 9, "mrz": 3}
SEASONS = {
    "anfang": (1, 2, 3, 4), "beginn": (1, 2, 3, 4), "jahresbeginn": (1, 2, 3), "jahresanfang": (1, 2, 3),
    "mitte": (5, 6, 7, 8), "jahresmitte": (5, 6, 7, 8), "ende": (9, 10, 11, 12), "jahresende": (10, 11, 12),
    "fruhjahr": (2, 3, 4, 5, 6), "fruhling": (2, 3, 4, 5, 6), "fruhsommer": (5, 6, 7), "sommer": (6, 7, 8, 9),
    "spatsommer": (8, 9), "herbst": (9, 10, 11, 12), "winter": (11, 12, 1, 2, 3),
    "1. halbjahr": range(1, 7), "2. halbjahr": range(7, 13), "1. quartal": (1, 2, 3), "2. quartal": (4, 5, 6),
    "3. quartal": (7, 8, 9), "4. quartal": (10, 11, 12), "q1": (1, 2, 3), "q2": (4, 5, 6), "q3": (7, 8, 9),
    "q4": (10, 11, 12),
}  # fmt: skip
_ORDINALS = ("erste", "zweite", "dritte", "vierte")
_ORDINAL = re.compile(rf"^({'|'.join(_ORDINALS)})[nrs]?\b")
_WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")

_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d|[.,]\d)"
_OF_YEAR = rf"(?:\s*(?:des\s+Jahres|im\s+Jahr|,)?\s*{_YEAR})"
_LETTERS = r"(?P<month>[^\W\d_]{3,9})\b\.?"
_DAYS = r"(?<![\d.,])(?P<days>\d{1,2}\.?(?:\s*(?:/|[-–]|und|bis|,)\s*\d{1,2}\.?){0,6})\s*"
_DATES = (
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)-(?P<days>\d\d)(?!\d)"),
    re.compile(
        r"(?<![\d.,])(?P<days>\d{1,2}\.(?:\s?(?:/|[-–]|und|bis)\s?\d{1,2}\.)*)\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d\d)(?![\d])"
    ),
    re.compile(rf"{_DAYS}{_LETTERS}{_OF_YEAR}?"),
    re.compile(rf"\b{_LETTERS}{_OF_YEAR}"),
    re.compile(rf"(?<![\d.,/])(?P<month>\d{{1,2}})/{_YEAR}"),
    re.compile(r"(?<![\d.,])(?P<days>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?!\d|\s?[A-Za-zäöü]*\d)"),
)
_SEASON = re.compile(
    rf"\b(?P<season>(?:[1-4]\.\s|(?:erste|zweite|dritte|vierte)[nrs]?\s)?[^\W\d_]+\d?)(?:\s+(?:des\s+Jahres|im\s+Jahr))?\s+{_YEAR}",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(rf"(?<![\w.,]){_YEAR}(?!\s?%)(?!\w)")
_TIME = re.compile(
    r"(?<![\d.,:])(?P<hour>[01]?\d|2[0-4])(?::(?P<m>[0-5]\d)(?![\d:])|\.(?P<mm>[0-5]\d)(?=\s*Uhr))(?:\s*Uhr)?"
)
_BARE_MONTH = re.compile(r"\b[^\W\d_]{3,9}\b")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure at a place of a text: ``kind`` says what ``value`` counts, ``number`` where no unit is known.

    As it is written it is the ``scale``-th part, as in „2 Jahre“ with 24 months. ``stated`` is false for what only may
    be meant as a number, as „ein“: it can bear out another text, no more.
    """

    start: int
    end: int
    kind: str
    value: Fraction
    scale: int = 1
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Day:
    """A date at a place of a text, as exact as it is: ``months`` are those it may lie in, None where any."""

    start: int
    end: int
    year: int | None
    months: frozenset[int] | None = None
    day: int | None = None
    weekday: int | None = None


def quantities(text: str) -> tuple[list[Quantity], list[Day]]:
    """All figures and all dates of a text, each in the order of their kinds of spelling."""
    days: list[Day] = []
    figures: list[Quantity] = []
    for pattern in (*_DATES, _SEASON, _YEAR_ALONE):
        text = _take(text, pattern, days)
    for found in _BARE_MONTH.finditer(text):
        name = fold(found.group())
        if found.group()[0].isupper() and name in _MONTH_NAMES:
            days.append(Day(*found.span(), None, frozenset({_MONTH_NAMES[name]})))
        elif name.removesuffix("s") in _WEEKDAYS and found.group()[0].isupper():
            days.append(Day(*found.span(), None, weekday=_WEEKDAYS.index(name.removesuffix("s"))))
    for found in _TIME.finditer(text):
        value = int(found["hour"]) * 60 + int(found["m"] or found["mm"])
        figures.append(Quantity(*found.span(), _CLOCK, Fraction(value)))
        text = _masked(text, found.span())
    figures += _figures(list(_TOKEN.finditer(text)))
    return figures, days


def _take(text: str, pattern: re.Pattern[str], days: list[Day]) -> str:
    """The text without the dates of one pattern, which are added to ``days``."""
    for found in pattern.finditer(text):
        read = _days(found)
        if read:
            days += read
            text = _masked(text, found.span())
    return text


def _masked(text: str, span: tuple[int, int]) -> str:
    return text[: span[0]] + "|" * (span[1] - span[0]) + text[span[1] :]


def _days(found: re.Match[str]) -> list[Day]:
    """The dates that a match of a pattern means; none where it is no date."""
    parts = found.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    if year is not None and year < 100:
        year += 2000 if year < 70 else 1900
    if season := parts.get("season"):
        months = SEASONS.get(_ORDINAL.sub(_numbered, " ".join(fold(season).split())))
        return [Day(*found.span(), year, frozenset(months))] if months else []
    if not parts.get("month"):
        return [Day(*found.span(), year)]
    month = _month(parts["month"], short=bool(parts.get("days") or year))
    if month is None:
        return []
    if not parts.get("days"):
        return [Day(*found.span(), year, frozenset({month}))]
    numbers = [int(number) for number in re.findall(r"\d+", parts["days"])]
    if not all(_exists(year, month, number) for number in numbers):
        return []
    return [Day(*found.span(), year, frozenset({month}), number) for number in numbers]


def _numbered(ordinal: re.Match[str]) -> str:
    return f"{_ORDINALS.index(ordinal[1]) + 1}."


def _month(written: str, short: bool) -> int | None:
    if written.isdigit():
        return int(written) if 1 <= int(written) <= 12 else None
    name = fold(written)
    return _MONTH_NAMES.get(name) or (_SHORT.get(name) if short and written[0].isupper() else None)


def _exists(year: int | None, month: int, day: int) -> bool:
    try:
        date(year or 2000, month, day)
    except ValueError:
        return False
    return True


def _figures(tokens: Sequence[re.Match[str]]) -> Iterator[Quantity]:
    units: dict[int, tuple[str, int]] = {}
    for at in range(
        len(tokens) - 1, -1, -1
    ):  # from the end, as in „18 bis 24 Monate“ the first has the unit of the last
        found = _number_at(tokens, at)
        if found is None:
            continue
        value, stop, stated, own = found
        unit = own or _unit_after(tokens, stop, units)
        if unit:
            units[at] = unit
        kind, scale = unit or ("number", 1)
        if value == Fraction(1, 2) and kind == "number":
            continue
        if unit and not own and stop < len(tokens) and _unit(tokens[stop].group()) == unit:
            stop += 1  # „20 %“ is told with its unit
        end = tokens[stop - 1].end()
        yield Quantity(tokens[at].start(), end, kind, value * scale, scale, stated)


def _number_at(tokens: Sequence[re.Match[str]], at: int) -> tuple[Fraction, int, bool, tuple[str, int] | None] | None:
    """The number that begins at a token: its value, the token behind it, whether it is meant as one, its own unit."""
    token = tokens[at]
    if token["digits"]:
        value = _digits(token["digits"])
        return _multiplied(tokens, at + 1, value, stated=True)
    if not token["word"]:
        return None
    word = fold(token["word"])
    if (share := part_word(word)) and (share.numerator > 1 or word in {"halfte", "zweidrittel"}):
        return share, at + 1, True, (_PERCENT, 100)
    if word.startswith("halb") and word[4:] in {"e", "es", "er", "en", "em"}:
        return Fraction(1, 2), at + 1, True, None
    if word in {"beide", "beiden", "beider", "beides"}:
        return Fraction(2), at + 1, False, None
    if word in ARTICLES:
        return _multiplied(tokens, at + 1, Fraction(1), stated=False)
    compound = _COMPOUND.fullmatch(word)
    if compound and (number := number_word(compound["number"])):
        return number, at + 1, True, _unit(compound["unit"])
    counted = number_word(word)
    # „außer Acht lassen“ counts nothing.
    if counted is None or (token["word"] == "Acht" and at and tokens[at - 1]["word"]):
        return None
    return _multiplied(tokens, at + 1, counted, stated=True)


def _multiplied(
    tokens: Sequence[re.Match[str]], at: int, value: Fraction, stated: bool
) -> tuple[Fraction, int, bool, tuple[str, int] | None]:
    """A number with the word behind it taken in where that multiplies or divides it."""
    following = fold(tokens[at]["word"] or "") if at < len(tokens) else ""
    if following in MULTIPLES:
        return value * MULTIPLES[following], at + 1, True, None
    if share := part_word(following):
        return value * share, at + 1, True, (_PERCENT, 100)
    if stated is False and following.startswith("halb"):
        return Fraction(1, 2), at + 1, True, None
    return value, at, stated, None


def _unit_after(tokens: Sequence[re.Match[str]], at: int, units: dict[int, tuple[str, int]]) -> tuple[str, int] | None:
    """The unit of the number before a token: the next word, one adjective further on, or that of a range's end."""
    ahead = tokens[at : at + 3]
    if not ahead:
        return None
    first = ahead[0].group()
    if unit := _unit(first):
        return unit
    if first.casefold() in _BETWEEN and len(ahead) > 1:
        if at + 1 in units:
            return units[at + 1]
        return _unit(ahead[1].group()) if first == "-" else None
    if first.islower() and first.endswith(("e", "en", "er")) and not is_function_word(fold(first)) and len(ahead) > 1:
        return _unit(ahead[1].group())
    return None


def _unit(word: str) -> tuple[str, int] | None:
    folded = fold(word) if word != "%" else word
    return next(((kind, scale) for pattern, kind, scale in _UNITS if pattern.fullmatch(folded)), None)


def _digits(written: str) -> Fraction:
    whole, comma, rest = written.partition(",")
    if not comma and re.fullmatch(r"\d+\.\d+", whole) and not re.fullmatch(r"\d{1,3}(?:\.\d{3})+", whole):
        whole, _, rest = whole.partition(".")
    return Fraction(f"{re.sub(r'[^0-9]', '', whole)}.{rest or 0}")

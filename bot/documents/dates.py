"""Days as Germans write them → partial ISO dates."""

from __future__ import annotations

import re
from datetime import date

from bot.knowledge.model import MONTHS

_NAMES = {name.casefold(): number for number, name in enumerate(MONTHS, start=1)} | {"jänner": 1, "maerz": 3}
_SHORT = {name[:3]: number for name, number in _NAMES.items() if name != "maerz"} | {"mrz": 3, "sept": 9}
_MONTH = "|".join(sorted({*_NAMES, *_SHORT}, key=len, reverse=True))
_RANGE = r"(?:\s*\.?\s*(?:/|[-–]|und|bis)\s*\d{1,2})?"

_LONG = re.compile(
    rf"\b(?P<day>\d{{1,2}}){_RANGE}\s*\.?\s*(?P<month>{_MONTH})\b\.?\s*(?P<year>\d{{4}})\b", re.IGNORECASE
)
_NUMBERS = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})(?![\d.])")
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")
_MONTH_ONLY = re.compile(rf"\b(?P<month>{_MONTH})\b\.?\s+(?P<year>\d{{4}})\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\w.,])(?P<year>(?:19|20)\d{2})\b")


def find_dates(text: str) -> list[str]:
    """All dates in a text, each as exact as it is written (``2020-11-12``, ``2020-11``, ``2020``), in its order.

    Of several days as in „12./13. November 2020“ it is the first.
    """
    found: list[tuple[int, str]] = []
    for pattern in (_LONG, _NUMBERS, _ISO, _MONTH_ONLY, _YEAR):
        rest = []
        for match in pattern.finditer(text):
            day = _partial(match.groupdict())
            if day:
                found.append((match.start(), day))
            rest.append(match.span())
        for start, end in rest:  # what is read once, or is no day at all, is not read again as something less exact
            text = text[:start] + " " * (end - start) + text[end:]
    return [day for _, day in sorted(found)]


def _partial(parts: dict[str, str]) -> str | None:
    year = int(parts["year"])
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    if "month" not in parts:
        return f"{year}"
    written = parts["month"].casefold()
    month = int(written) if written.isdigit() else _NAMES.get(written) or _SHORT[written]
    try:
        day = date(year, month, int(parts.get("day", 1)))
    except ValueError:
        return None
    return day.isoformat() if "day" in parts else f"{year:04}-{month:02}"

"""The sheet typeset by Typst as one A4 page: as large as it can be, and never too small to read.

typst belongs to the extra ``papers`` and is loaded only when a sheet is wanted; its fonts come with it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, NamedTuple

from bot.errors import UserError
from bot.sheet import HEADING, ONLY_UNTIL, Sheet, SheetLine, left_out_sentence

if TYPE_CHECKING:
    from typst import Compiler

NO_TYPST = "Für das Blatt fehlt das Paket typst. Wer den Bot betreibt, installiert es mit „ikz-bot[papers]“ nach."

SIZES = (13, 12, 11, 10.5, 10, 9.5, 9)
"""Of the type, in points; nobody has to read smaller ones in a meeting."""

PREVIEW_PPI = 110
"""Pixels per inch of the page as a picture."""


class Page(NamedTuple):
    """A typeset sheet, and which of its lines found no room on it."""

    content: bytes
    left_out: tuple[SheetLine, ...]


@lru_cache(maxsize=32)
def typeset(sheet: Sheet, kind: Literal["pdf", "png"]) -> Page:
    """The sheet on one page; the same sheet makes the same file.

    What does not fit is left out: first what another line already says, and always what stands last.

    Raises:
        UserError: where typst is not installed.
    """
    try:
        import typst  # noqa: F401
    except ImportError:
        raise UserError(NO_TYPST) from None
    size = next((size for size in SIZES if _fits(sheet, 0, size)), SIZES[-1])
    by_need = sorted(sheet.lines, key=lambda line: line.dispensable)
    kept = _most(sheet, by_need, size)
    left_out = tuple(line for line in sheet.lines if line in by_need[kept:])
    content = _compiler(_without(sheet, left_out), len(left_out), size).compile(format=kind, ppi=PREVIEW_PPI)
    assert isinstance(content, bytes)
    return Page(content, left_out)


def _most(sheet: Sheet, by_need: Sequence[SheetLine], size: float) -> int:
    """How many of the lines, most needed first, fit at this size."""
    fit, too_many = 0, len(by_need) + 1
    while too_many - fit > 1:
        count = (fit + too_many) // 2
        if _fits(_without(sheet, by_need[count:]), len(by_need) - count, size):
            fit = count
        else:
            too_many = count
    return fit


def _without(sheet: Sheet, lines: Sequence[SheetLine]) -> Sheet:
    """The sheet without some of its lines, and without the sources that only these name."""
    kept = tuple(line for line in sheet.lines if line not in lines)
    named = " ".join((sheet.usual, *(line.source for line in kept)))
    sources = tuple(source for source in sheet.sources if source.partition(" ")[0] in named)
    return sheet._replace(lines=kept, sources=sources)


def _fits(sheet: Sheet, left_out: int, size: float) -> bool:
    found = _compiler(sheet, left_out, size).query("<pages>", field="value", one=True)
    return bool(json.loads(found) == 1)


def _compiler(sheet: Sheet, left_out: int, size: float) -> Compiler:
    from typst import Compiler

    lines = [line._asdict() for line in sheet.lines]
    remark = " ".join(filter(None, (ONLY_UNTIL, left_out_sentence(left_out))))
    data = {**sheet._asdict(), "heading": HEADING, "lines": lines, "remark": remark}
    template = files(__package__).joinpath("sheet.typ").read_bytes()
    return Compiler(template, ignore_system_fonts=True, sys_inputs={"sheet": json.dumps(data), "size": str(size)})

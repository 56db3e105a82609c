"""PDF → blocks: places and sizes of the words tell what is a heading, how deep a bullet lies, where a page is torn."""

from __future__ import annotations

import logging
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from bot.documents.blocks import Block, Kind, is_finished, is_label, is_prose, joined_lines
from bot.documents.plain import bullet_end, running_heads
from bot.errors import UserError

MAX_PAGES = 300

_SURE_BULLETS = frozenset("•◦▪▫‣·●○")
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_LARGER = 1.1
"""From so much more than the text's size on, a line is a heading."""
_NEAR = 4.0
"""Points by which the left edges of lines may differ that stand below each other."""
_GAP = 1.25
"""Lines of one paragraph are no further apart than the usual distance times this."""
_RARE = 20
"""A distance of lines that is not one in so many is no usual one."""
_LONGEST_HEADING = 25
_FULL = 0.8
"""A line that reaches so far into the page goes on in the next one, unless it ends a sentence."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page. Lengths are in points; ``left`` is where it begins, ``text_left`` where its text does."""

    whole: str
    """The line as it stands, with a bullet or number before its ``text``."""
    text: str
    page: int
    top: float
    bottom: float
    left: float
    text_left: float
    right: float
    size: float
    bold: bool
    bullet: bool = False
    numbered: bool = False
    sure_bullet: bool = False
    """Its bullet is a sign for nothing else, as a plus or a dash may be."""

    @property
    def style(self) -> tuple[float, bool]:
        return self.size, self.bold


@dataclass(frozen=True, slots=True)
class _Usual:
    """What most of the text is like: size and weight, the distance of its lines, and how far to the right it goes."""

    size: float
    bold: bool
    step: float
    right: float


@dataclass(slots=True)
class _Piece:
    """Lines of one paragraph, bullet or heading."""

    lines: list[_Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        first, *rest = self.lines
        return joined_lines([first.text, *(line.whole for line in rest)])


def pdf_blocks(content: bytes) -> Iterator[Block]:
    """The blocks of a PDF.

    Raises:
        UserError: where it needs a password, has too many pages, or holds pictures instead of text.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of what does not matter here
    pages = _pages(content)
    if not any(pages):
        raise UserError(
            "Das PDF enthält keinen Text; wahrscheinlich sind die Seiten gescannt. Bitte lassen Sie zuerst eine"
            " Texterkennung (OCR) darüberlaufen oder nehmen Sie die ursprüngliche Datei."
        )
    yield from _blocks(list(_without_running_heads(pages)))


def _pages(content: bytes) -> list[list[_Line]]:
    try:
        with pdfplumber.open(BytesIO(content)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise UserError(f"Das PDF hat mehr als {MAX_PAGES} Seiten. Das ist für ein Protokoll zu viel.")
            found = []
            for number, page in enumerate(pdf.pages):
                words = page.extract_words(extra_attrs=["size", "fontname"], x_tolerance_ratio=0.2)
                found.append([_line(group, number) for group in _grouped(words)])
                page.close()
            return found
    except UserError:
        raise
    except Exception as error:
        if any(isinstance(reason, PDFPasswordIncorrect) for reason in (error, *error.args)):
            raise UserError(
                "Das PDF ist mit einem Kennwort geschützt. Bitte speichern Sie es ohne Kennwort und versuchen Sie es"
                " noch einmal."
            ) from None
        raise


def _grouped(words: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The words line by line, from left to right."""
    line: list[dict[str, Any]] = []
    for word in sorted(words, key=lambda word: (_middle(word), word["x0"])):
        if line and abs(_middle(word) - _middle(line[0])) > max(word["size"], line[0]["size"]) * 0.4:
            yield sorted(line, key=lambda word: float(word["x0"]))
            line = []
        line.append(word)
    if line:
        yield sorted(line, key=lambda word: float(word["x0"]))


def _middle(word: dict[str, Any]) -> float:
    return float(word["top"] + word["bottom"]) / 2


def _line(words: Sequence[dict[str, Any]], page: int) -> _Line:
    # What a PDF calls a soft hyphen is a hyphen on the page.
    texts = [str(word["text"]).replace("\u00ad", "-") for word in words]
    if len(texts) > 1 and _is_private(texts[0]):  # the bullets of symbol fonts
        texts[0] = "•"
    whole = " ".join(texts)
    end, numbered = bullet_end(whole)
    text_words = list(words)
    skipped = whole[:end].split()
    text_words = text_words[len(skipped) :] or text_words
    weights = Counter[tuple[float, bool]]()
    for word in text_words:
        bold = any(mark in str(word["fontname"]).casefold() for mark in _BOLD)
        weights[round(float(word["size"]), 1), bold] += len(word["text"])
    (size, bold), _ = weights.most_common(1)[0]
    return _Line(
        whole=whole,
        text=whole[end:],
        page=page,
        top=float(min(word["top"] for word in words)),
        bottom=float(max(word["bottom"] for word in words)),
        left=float(words[0]["x0"]),
        text_left=float(text_words[0]["x0"]),
        right=float(words[-1]["x1"]),
        size=size,
        bold=bold,
        bullet=bool(end),
        numbered=numbered,
        sure_bullet=texts[0] in _SURE_BULLETS,
    )


def _is_private(text: str) -> bool:
    return len(text) == 1 and unicodedata.category(text) == "Co"


def _without_running_heads(pages: list[list[_Line]]) -> Iterator[_Line]:
    left_out = running_heads(
        [[line.whole for line in page] for page in pages], [[round(line.top) for line in page] for page in pages]
    )
    for page, numbers in zip(pages, left_out, strict=True):
        yield from (line for number, line in enumerate(page) if number not in numbers)


def _blocks(lines: Sequence[_Line]) -> Iterator[Block]:
    if not lines:
        return
    body = _usual(lines)
    pieces = list(_pieces(lines, body))
    styles = sorted(
        {piece.lines[0].style for piece in pieces if _is_heading(piece, body)}, key=lambda style: (-style[0], -style[1])
    )
    title = _title(pieces, styles)
    if title:
        styles = [style for style in styles if style != title]
    lefts: list[float] = []
    for piece in pieces:
        first = piece.lines[0]
        kind: Kind = "paragraph"
        level = 0
        if _is_heading(piece, body):
            kind, level = ("title", 0) if first.style == title else ("heading", styles.index(first.style) + 1)
        elif first.bullet:
            while lefts and lefts[-1] > first.left + _NEAR:
                lefts.pop()
            if not lefts or lefts[-1] < first.left - _NEAR:
                lefts.append(first.left)
            kind, level = "item", len(lefts) - 1
        if kind != "item":
            lefts = []
        yield Block(kind, piece.text, level, first.numbered and kind == "item")


def _title(pieces: Sequence[_Piece], styles: Sequence[tuple[float, bool]]) -> tuple[float, bool] | None:
    """The style of the title: the largest, where it is used once and other headings follow."""
    if len(styles) < 2:
        return None
    used = [piece for piece in pieces if piece.lines[0].style == styles[0]]
    return styles[0] if len(used) == 1 and used[0].lines[0].page == 0 else None


def _usual(lines: Sequence[_Line]) -> _Usual:
    weights = Counter[tuple[float, bool]]()
    for line in lines:
        weights[line.style] += len(line.text)
    (size, bold), _ = weights.most_common(1)[0]
    steps = Counter(
        round(line.top - before.top)
        for before, line in pairwise(lines)
        if line.page == before.page and line.top > before.top and line.style == before.style == (size, bold)
    )
    # Lines of one paragraph are the closest, but for a few, as those of a formula.
    common = [step for step, count in steps.items() if count >= max(2, steps.total() / _RARE)]
    return _Usual(size, bold, min(common, default=size * 1.5), max(line.right for line in lines))


def _is_heading(piece: _Piece, body: _Usual) -> bool:
    first = piece.lines[0]
    larger = first.size >= body.size * _LARGER
    bolder = first.bold and not body.bold and first.size >= body.size * 0.95
    if first.bullet and not first.numbered:
        return False
    return (larger or bolder) and len(piece.text.split()) <= _LONGEST_HEADING and (larger or not is_prose(piece.text))


def _pieces(lines: Sequence[_Line], usual: _Usual) -> Iterator[_Piece]:
    current = _Piece()
    for line in lines:
        if current.lines and not _continues(current, line, usual):
            yield current
            current = _Piece()
        current.lines.append(line)
    if current.lines:
        yield current


def _continues(piece: _Piece, line: _Line, usual: _Usual) -> bool:
    """Whether a line belongs to the piece before it."""
    first, last = piece.lines[0], piece.lines[-1]
    full = last.right >= usual.right * _FULL
    unfinished = full and not is_finished(last.text)
    below = first.text_left if first.bullet else last.left
    beside = abs(line.left - below) <= _NEAR
    if line.size != last.size or (line.bold != last.bold and not (unfinished and line.bold == usual.bold)):
        return False
    if line.bullet and not (unfinished and beside and not line.sure_bullet):
        return False
    if not full and (is_label(line.text) or (not first.bullet and is_label(last.text))):
        return False
    if not beside and (first.bullet or len(piece.lines) > 1):
        return False
    if line.page != last.page:
        heading = (line.size, line.bold) != (usual.size, usual.bold) and not is_finished(last.text)
        return unfinished or heading or (first.bullet and line.left > first.left + _NEAR)
    return line.top - last.top <= usual.step * _GAP * max(1.0, line.size / usual.size)

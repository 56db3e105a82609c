"""Plain text → blocks: what is a bullet or a heading shows only in the lines themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.documents.blocks import Block, joined_lines

_BULLET = re.compile(r"^(?P<indent>\s*)(?P<markers>(?:[-*+•◦▪▫‣·●○–—>]|[o§])\s+)+(?=\S)")
_NUMBERED = re.compile(r"^(?P<indent>\s*)(?:\(?\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_RULE = re.compile(r"^\s*([=\-_*~])\1{2,}\s*$")
_PAGE_NUMBER = re.compile(r"^\W*(?:Seite\s+)?\d{1,3}(?:\s*(?:von|/)\s*\d{1,3})?\W*$", re.IGNORECASE)
_LONGEST_LABEL = 40


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together; ``indent`` is None where they are no bullet."""

    lines: list[str] = field(default_factory=list)
    indent: int | None = None
    underline: str = ""
    numbered: bool = False


def plain_blocks(text: str) -> Iterator[Block]:
    """The blocks of a text whose pages are divided by form feeds, if at all."""
    indents: list[int] = []
    for paragraph in _paragraphs(without_running_heads(text)):
        whole = joined_lines(paragraph.lines)
        if paragraph.indent is not None:
            while indents and indents[-1] > paragraph.indent:
                indents.pop()
            if not indents or indents[-1] < paragraph.indent:
                indents.append(paragraph.indent)
            yield Block("item", whole, len(indents) - 1, paragraph.numbered)
            continue
        if paragraph.underline:
            yield Block("heading", whole, 1 if paragraph.underline == "=" else 2)
        elif found := re.match(r"(#{1,6})\s+(.+)", whole):
            yield Block("heading", found[2], len(found[1]))
        else:
            yield Block("paragraph", whole)
        indents = []


def without_running_heads(text: str) -> list[str]:
    """The lines of a text without page numbers and the lines that stand at the edge of most pages."""
    pages = [page.split("\n") for page in text.split("\f")]
    return [line for page in without_edges(pages) for line in page]


def without_edges(pages: list[list[str]]) -> list[list[str]]:
    """Pages without what is no content: page numbers and what repeats at the top or bottom of most pages."""
    if len(pages) < 2:
        return pages
    repeated = _repeated(pages)
    return [
        [line for number, line in enumerate(page) if not (number in edge and _is_edge(line, repeated))]
        for page, edge in ((page, _edge(page)) for page in pages)
    ]


def _edge(page: list[str]) -> set[int]:
    """The numbers of the three topmost and bottommost lines with text."""
    filled = [number for number, line in enumerate(page) if line.strip()]
    return {*filled[:3], *filled[-3:]}


def _repeated(pages: list[list[str]]) -> set[str]:
    counts: dict[str, int] = {}
    for page in pages:
        for line in {_without_numbers(page[number]) for number in _edge(page)}:
            counts[line] = counts.get(line, 0) + 1
    return {line for line, count in counts.items() if count > 1 and count * 2 >= len(pages)}


def _is_edge(line: str, repeated: set[str]) -> bool:
    return bool(_PAGE_NUMBER.match(line)) or _without_numbers(line) in repeated


def _without_numbers(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _paragraphs(lines: list[str]) -> Iterator[_Paragraph]:
    current = _Paragraph()
    for line in lines:
        numbered = _NUMBERED.match(line)
        bullet = numbered or _BULLET.match(line)
        if _RULE.match(line):
            if len(current.lines) == 1 and current.indent is None:
                current.underline = line.strip()[0]
            yield from _ended(current)
            current = _Paragraph()
        elif not line.strip():
            yield from _ended(current)
            current = _Paragraph()
        elif bullet and not (numbered and current.lines and current.indent is None):
            yield from _ended(current)
            indent = len(bullet["indent"].expandtabs(4))
            current = _Paragraph([line[bullet.end() :]], indent, numbered=bool(numbered))
        else:
            if current.lines and current.indent is None and (_is_label(line) or _is_label(current.lines[-1])):
                yield from _ended(current)
                current = _Paragraph()
            current.lines.append(line)
    yield from _ended(current)


def _is_label(line: str) -> bool:
    """Whether a line is a pair as in „Datum: 3. März 2022“, which stands for itself."""
    label, colon, rest = line.partition(":")
    return bool(colon and rest.strip()) and len(label) <= _LONGEST_LABEL and len(label.split()) <= 3 and len(line) < 90


def _ended(paragraph: _Paragraph) -> Iterator[_Paragraph]:
    if paragraph.lines:
        yield paragraph

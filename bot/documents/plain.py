"""Plain text → blocks: what is a bullet or a heading shows only in the lines themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.documents.blocks import Block, is_label, is_prose, joined_lines

_BULLET = re.compile(r"^(?P<indent>\s*)(?P<markers>(?:[-*+•◦▪▫‣·●○–—>]|[o§])\s+)+(?=\S)")
_NUMBERED = re.compile(r"^(?P<indent>\s*)(?:\(?\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_RULE = re.compile(r"^\s*([=\-_*~])\1{2,}\s*$")
_FULL_LINE = 50
"""A line with so many characters goes on in the next one, unless it ends a sentence."""
_DASHES = re.compile(r"\s+[–—-]+$")
_PAGE_NUMBER = re.compile(r"^\W*(?:Seite\s+)?\d{1,3}(?:\s*(?:von|/)\s*\d{1,3})?\W*$", re.IGNORECASE)


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
    for paragraph in _paragraphs(_without_running_heads(text)):
        whole = _DASHES.sub("", joined_lines(paragraph.lines))
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


def _without_running_heads(text: str) -> list[str]:
    """The lines of a text without its running heads; a paragraph that a page tears apart is whole again."""
    pages = [page.split("\n") for page in text.split("\f")]
    lines: list[str] = []
    for page, left_out in zip(pages, running_heads(pages), strict=True):
        kept = [line for number, line in enumerate(page) if number not in left_out]
        while kept and not kept[0].strip():
            kept.pop(0)
        if lines and kept and not _goes_on(lines[-1], kept[0]):
            lines.append("")
        lines += kept
        while lines and not lines[-1].strip():
            lines.pop()
    return lines


def _goes_on(last: str, first: str) -> bool:
    """Whether the first line of a page goes on with the last one of the page before."""
    return len(last) >= _FULL_LINE and not is_prose(last) and not bullet_end(first)[0]


def running_heads(pages: Sequence[Sequence[str]]) -> list[set[int]]:
    """For each page the numbers of the lines that are no content: page numbers and what stands at most pages' edges."""
    if len(pages) < 2:
        return [set() for _ in pages]
    repeated = _repeated(pages)
    return [{number for number in _edge(page) if _is_running_head(page[number], repeated)} for page in pages]


def _edge(page: Sequence[str]) -> set[int]:
    """The numbers of the three topmost and bottommost lines with text."""
    filled = [number for number, line in enumerate(page) if line.strip()]
    return {*filled[:3], *filled[-3:]}


def _repeated(pages: Sequence[Sequence[str]]) -> set[str]:
    counts: dict[str, int] = {}
    for page in pages:
        for line in {_without_numbers(page[number]) for number in _edge(page)}:
            counts[line] = counts.get(line, 0) + 1
    return {line for line, count in counts.items() if count > 1 and count * 2 >= len(pages)}


def _is_running_head(line: str, repeated: set[str]) -> bool:
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
            if current.lines and current.indent is None and (is_label(line) or is_label(current.lines[-1])):
                yield from _ended(current)
                current = _Paragraph()
            current.lines.append(line)
    yield from _ended(current)


def bullet_end(line: str) -> tuple[int, bool]:
    """Where the text of a line begins behind its bullet or number (0 without one), and whether it is a number."""
    numbered = _NUMBERED.match(line)
    found = numbered or _BULLET.match(line)
    return (found.end() if found else 0), bool(numbered)


def _ended(paragraph: _Paragraph) -> Iterator[_Paragraph]:
    if paragraph.lines:
        yield paragraph

"""Plain text → blocks: what is a bullet or a heading shows only in the lines themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.documents.blocks import Block, is_finished, is_label, joined_lines

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
    return len(last) >= _FULL_LINE and not is_finished(last) and not bullet_end(first)[0]


def running_heads(pages: Sequence[Sequence[str]], places: Sequence[Sequence[int]] | None = None) -> list[set[int]]:
    """For each page the numbers of the lines that are no content: page numbers and what stands at most pages' edges.

    ``places`` tell where on its page each line stands; without them it is its number from the nearer edge.
    """
    if len(pages) < 2:
        return [set() for _ in pages]
    edges = [_edge(page) for page in pages]
    if places:
        edges = [{number: places[at][number] for number in edge} for at, edge in enumerate(edges)]
    counts = Counter(
        (_without_numbers(page[number]), place)
        for page, edge in zip(pages, edges, strict=True)
        for number, place in edge.items()
    )
    return [
        {
            number
            for number, place in edge.items()
            if _PAGE_NUMBER.match(page[number]) or counts[_without_numbers(page[number]), place] * 2 > len(pages)
        }
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edge(page: Sequence[str]) -> dict[int, int]:
    """The three topmost and bottommost lines with text: their numbers, and their place counted from that edge."""
    filled = [number for number, line in enumerate(page) if line.strip()]
    bottom = {number: -place for place, number in enumerate(reversed(filled[-3:]), start=1)}
    return bottom | {number: place for place, number in enumerate(filled[:3], start=1)}


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
        elif bullet and not (current.lines and current.indent is None and _is_text(line, current.lines[-1])):
            yield from _ended(current)
            indent = len(bullet["indent"].expandtabs(4))
            current = _Paragraph([line[bullet.end() :]], indent, numbered=bool(numbered))
        else:
            if current.lines and current.indent is None and (is_label(line) or is_label(current.lines[-1])):
                yield from _ended(current)
                current = _Paragraph()
            current.lines.append(line)
    yield from _ended(current)


def _is_text(line: str, before: str) -> bool:
    """Whether what looks like a bullet or a number is a plus, a dash or a date in the middle of a paragraph."""
    if _NUMBERED.match(line):
        return True
    return line.lstrip()[0] in "+–—" and len(before) >= _FULL_LINE and not is_finished(before)


def bullet_end(line: str) -> tuple[int, bool]:
    """Where the text of a line begins behind its bullet or number (0 without one), and whether it is a number."""
    numbered = _NUMBERED.match(line)
    found = numbered or _BULLET.match(line)
    return (found.end() if found else 0), bool(numbered)


def _ended(paragraph: _Paragraph) -> Iterator[_Paragraph]:
    if paragraph.lines:
        yield paragraph

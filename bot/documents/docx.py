"""DOCX → blocks: styles tell headings, numbering tells how deep a bullet lies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from bot.documents.blocks import Block, is_prose, paragraphs
from bot.documents.office import check_package, row_blocks
from bot.documents.plain import bullet_end

_HEADING = re.compile(r"^(?:heading|überschrift)\s*(\d)$", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|titel)$", re.IGNORECASE)
_LIST = re.compile(r"^(?:list|liste|aufzählung)\b.*?(\d?)$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:toc|inhaltsverzeichnis|verzeichnis)\b", re.IGNORECASE)
_TWIPS_A_STEP = 360
"""Word indents lists by half a centimetre or more for each step; half of the usual step is enough to tell."""


def docx_blocks(content: bytes) -> Iterator[Block]:
    """The blocks of a Word document; heads and feet of pages, footnotes and what was struck out are no part of it.

    Raises:
        UserError: where it needs a password or is an old .doc.
    """
    check_package(content, "[Content_Types].xml", "Word-Dokument (.docx)")
    document = docx.Document(BytesIO(content))
    indents: list[int] = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                yield from row_blocks([cell.text for cell in row.cells])
            continue
        for block in _paragraph_blocks(part, indents):
            if block.kind != "item":
                indents = []
            yield block


def _paragraph_blocks(paragraph: Paragraph, indents: list[int]) -> Iterator[Block]:
    style = paragraph.style.name or "" if paragraph.style is not None else ""
    lines = paragraphs(_text(paragraph).split("\n"))
    if not lines or _CONTENTS.match(style):
        return
    level = _outline(paragraph, style)
    if _TITLE.match(style):
        yield Block("title", " ".join(lines))
    elif level:
        yield Block("heading", " ".join(lines), level)
    elif (depth := _depth(paragraph, style)) is not None:
        yield Block("item", " ".join(lines), depth)
    else:
        yield from (_typed(paragraph, line, indents) for line in lines)


def _typed(paragraph: Paragraph, line: str, indents: list[int]) -> Block:
    """A paragraph without a style that says what it is: a typed bullet, a line in bold, or just text."""
    end, numbered = bullet_end(line)
    if end:
        left = _left(paragraph)
        while indents and indents[-1] > left + _TWIPS_A_STEP // 2:
            indents.pop()
        if not indents or indents[-1] < left - _TWIPS_A_STEP // 2:
            indents.append(left)
        return Block("item", line[end:], len(indents) - 1, numbered)
    if _is_bold(paragraph) and not is_prose(line):
        return Block("heading", line, 9)
    return Block("paragraph", line)


def _text(paragraph: Paragraph) -> str:
    """The text as it is read: with insertions, without deletions, field codes and note marks."""
    parts: list[str] = []
    for element in paragraph._p.iter():
        if element.tag == qn("w:t") and not _inside(element, "w:del", paragraph):
            parts.append(element.text or "")
        elif element.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif element.tag == qn("w:tab"):
            parts.append(" ")
        elif element.tag in {qn("w:br"), qn("w:cr")}:
            parts.append("\n")
    return "".join(parts)


def _inside(element: Any, tag: str, paragraph: Paragraph) -> bool:
    above = element.getparent()
    while above is not None and above is not paragraph._p:
        if above.tag == qn(tag):
            return True
        above = above.getparent()
    return False


def _outline(paragraph: Paragraph, style: str) -> int:
    """The level of a heading, from its style's name or its place in the outline; 0 where it is none."""
    named = _HEADING.match(style)
    if named:
        return int(named[1])
    value = _property(paragraph, "w:outlineLvl")
    return int(value) + 1 if value is not None and value.isdigit() and int(value) < 9 else 0


def _depth(paragraph: Paragraph, style: str) -> int | None:
    """How deep a bullet lies, from 0; None for a paragraph outside of lists."""
    number = _property(paragraph, "w:numPr/w:numId")
    level = _property(paragraph, "w:numPr/w:ilvl")
    named = _LIST.match(style)
    if number == "0" or (number is None and not named):
        return None
    by_name = int(named[1]) - 1 if named and named[1] else 0
    return max(int(level) if level and level.isdigit() else 0, by_name)


def _property(paragraph: Paragraph, path: str) -> str | None:
    """A property of a paragraph: its own, or that of the style it has or builds on."""
    found = _value(paragraph._p.pPr, path)
    style: Any = paragraph.style
    while found is None and style is not None:
        found = _value(style.element.pPr, path)
        style = style.base_style
    return found


def _value(properties: Any, path: str) -> str | None:
    for step in path.split("/"):
        properties = properties.find(qn(step)) if properties is not None else None
    value: str | None = properties.get(qn("w:val")) if properties is not None else None
    return value


def _left(paragraph: Paragraph) -> int:
    left = paragraph.paragraph_format.left_indent
    return int(left.twips) if left is not None else 0


def _is_bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)

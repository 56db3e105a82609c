"""ODT → blocks: the document says itself what is a heading, a list and a bullet inside a bullet."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import odfdo
from odfdo.element import Element

from bot.documents.blocks import Block, is_prose, paragraphs
from bot.documents.office import check_package, row_blocks
from bot.documents.plain import bullet_end
from bot.errors import UserError

_CONTAINERS = {"office:text", "text:section", "text:list-header"}
_LEFT_OUT = {"text:note", "office:annotation", "text:change", "text:bibliography-mark"}


def odt_blocks(content: bytes) -> Iterator[Block]:
    """The blocks of an OpenDocument text; heads and feet of pages, notes and what was struck out are no part of it.

    Raises:
        UserError: where it needs a password.
    """
    package = check_package(content, "content.xml", "OpenDocument-Text (.odt)")
    if "META-INF/manifest.xml" in package.namelist() and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise UserError(
            "Das Dokument ist mit einem Kennwort geschützt. Bitte speichern Sie es ohne Kennwort und versuchen Sie es"
            " noch einmal."
        )
    document = odfdo.Document(BytesIO(content))
    yield from _Walk(document).blocks(document.body, -1)


class _Walk:
    """Goes through the elements of one document."""

    def __init__(self, document: odfdo.Document) -> None:
        self._document = document

    def blocks(self, element: Element, depth: int) -> Iterator[Block]:
        """The blocks inside an element; ``depth`` is that of the bullets around it, -1 outside of lists."""
        for child in element.children:
            tag = child.tag
            if tag == "text:h":
                yield from (
                    Block("heading", " ".join(self._lines(child)), _level(child)) for _ in self._lines(child)[:1]
                )
            elif tag == "text:p":
                yield from self._paragraph(child, depth)
            elif tag == "text:list":
                for item in child.children:
                    yield from self.blocks(item, depth + 1)
            elif tag == "table:table":
                for row in child.xpath("descendant::table:table-row"):
                    cells = row.xpath("table:table-cell") if isinstance(row, Element) else []
                    yield from row_blocks([_text(cell) for cell in cells if isinstance(cell, Element)])
            elif tag in _CONTAINERS:
                yield from self.blocks(child, depth)

    def _paragraph(self, paragraph: Element, depth: int) -> Iterator[Block]:
        style = self._style_names(paragraph)
        lines = self._lines(paragraph)
        if not lines:
            return
        if "title" in style or "titel" in style:
            yield Block("title", " ".join(lines))
        elif depth >= 0:
            yield Block("item", " ".join(lines), depth)
        else:
            bold = self._is_bold(paragraph)
            for line in lines:
                end, numbered = bullet_end(line)
                if end:
                    yield Block("item", line[end:], 0, numbered)
                elif bold and not is_prose(line):
                    yield Block("heading", line, 9)
                else:
                    yield Block("paragraph", line)

    def _lines(self, paragraph: Element) -> list[str]:
        return paragraphs(_text(paragraph).split("\n"))

    def _style_names(self, paragraph: Element) -> set[str]:
        """The names of a paragraph's style and of those it builds on, in lower case."""
        names: set[str] = set()
        name = paragraph.get_attribute_string("text:style-name")
        while name and name.casefold() not in names:
            names.add(name.casefold())
            style = self._document.get_style("paragraph", name)
            name = style.get_attribute_string("style:parent-style-name") if style is not None else None
        return names

    def _is_bold(self, paragraph: Element) -> bool:
        """Whether the whole of a paragraph is bold."""
        spans = [span for span in paragraph.children if span.tag == "text:span" and _text(span).strip()]
        alone = spans and not (paragraph.text or "").strip() and not any((span.tail or "").strip() for span in spans)
        styles = [("text", span) for span in spans] if alone else [("paragraph", paragraph)]
        return all(self._has_bold_style(family, element) for family, element in styles)

    def _has_bold_style(self, family: str, element: Element) -> bool:
        name = element.get_attribute_string("text:style-name")
        style = self._document.get_style(family, name) if name else None
        if style is None:
            return False
        weights = style.xpath("style:text-properties/@fo:font-weight")
        return any(str(weight) in {"bold", "600", "700", "800", "900"} for weight in weights)


def _level(heading: Element) -> int:
    return heading.get_attribute_integer("text:outline-level") or 1


def _text(element: Element) -> str:
    """The text of an element as it is read, with a line break where one stands; paragraphs begin a new line."""
    parts = [element.text or ""]
    for child in element.children:
        if child.tag in {"text:line-break", "text:p"} and parts != [""]:
            parts.append("\n")
        if child.tag in {"text:tab", "text:s"}:
            parts.append(" ")
        elif child.tag not in _LEFT_OUT:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)

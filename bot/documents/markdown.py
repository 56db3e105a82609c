"""Markdown → blocks."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.documents.blocks import Block, joined_lines


def markdown_blocks(text: str) -> Iterator[Block]:
    """The blocks of a Markdown text; a bullet's depth is counted in the bullets above it that say something."""
    heading = 0
    depths: list[bool] = []  # for each open bullet, whether it has said something yet
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "heading_close":
            heading = 0
        elif token.type == "list_item_open":
            depths.append(False)
        elif token.type == "list_item_close":
            depths.pop()
        elif token.type == "inline":
            yield from _inline(token, heading, depths)
        elif token.type in {"fence", "code_block"}:
            yield from (Block("paragraph", " ".join(line.split())) for line in token.content.split("\n"))


def _inline(token: Token, heading: int, depths: list[bool]) -> Iterator[Block]:
    lines = _plain(token).split("\n")
    if heading:
        yield Block("heading", joined_lines(lines), heading)
    elif depths:
        kind_of_bullet = sum(depths[:-1])
        depths[-1] = True
        yield Block("item", joined_lines(lines), kind_of_bullet)
    else:
        yield Block("paragraph", joined_lines(lines))


def _plain(token: Token) -> str:
    """The text of a paragraph without its marks; what it links to stays, for it may be all a statement says."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type in {"text", "code_inline", "html_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
        elif child.type == "image":
            parts.append(child.content)
    return "".join(parts)

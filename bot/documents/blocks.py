"""What every reader makes of a file: headings, bullets and paragraphs in the order of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from bot.text import fold, is_function_word

Kind = Literal["title", "heading", "item", "paragraph"]

_FINISHED = re.compile(r"[.!?:;…][\"“”»)’'*\]]*$")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\u2011]$")
_KEPT_HYPHEN = re.compile(r"(?:und|oder|bzw\.?|sowie|bis)\b")
_LONG = 12
"""From so many words on, a text without an end is a sentence that was broken, not a heading."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document on one line. ``level`` is the depth of a heading (from 1) or of a bullet (from 0).

    ``numbered`` is true where a number stands before it, which bullets and headings both may have.
    """

    kind: Kind
    text: str
    level: int = 0
    numbered: bool = False


def joined_lines(lines: Iterable[str]) -> str:
    """Lines of one paragraph as one line; a word that a hyphen divides at a line's end is put together again."""
    whole = ""
    for line in (" ".join(line.split()) for line in lines):
        whole = _joined(whole, line)
    return whole.replace("\u00ad", "")


def _joined(left: str, right: str) -> str:
    if not left or not right:
        return left + right
    if not _HYPHEN.search(left) or _KEPT_HYPHEN.match(right):
        return f"{left} {right}"
    return (left[:-1] if right[0].islower() else left) + right


def mended(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, with those put together that a page break tore apart."""
    out: list[Block] = []
    for block in blocks:
        if not block.text:
            continue
        if out and _goes_on(out[-1], block):
            out[-1] = replace(out[-1], text=_joined(out[-1].text, block.text))
        else:
            out.append(block)
    return out


def _goes_on(block: Block, following: Block) -> bool:
    """Whether ``following`` is the rest of ``block``."""
    if block.kind not in {"item", "paragraph"} or following.kind != "paragraph" or _FINISHED.search(block.text):
        return False
    if _HYPHEN.search(block.text) or following.text[0].islower():
        return True
    last = re.findall(r"\w+", block.text)[-1:]
    if last and last[0].islower() and is_function_word(fold(last[0])):
        return True
    return len(block.text.split()) >= _LONG and bool(_FINISHED.search(following.text))


def is_prose(text: str) -> bool:
    """Whether a text is a finished sentence rather than a heading or an entry of an agenda."""
    return bool(re.search(r"[.!?…][\"“”»)’'*\]]*$", text)) and len(text.split()) >= 4

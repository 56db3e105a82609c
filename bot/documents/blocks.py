"""What every reader makes of a file: headings, bullets and paragraphs in the order of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from bot.documents.sentences import ends_sentence, sentences
from bot.text import fold, is_function_word

Kind = Literal["title", "heading", "item", "paragraph"]

_ANNOUNCES = re.compile(r"[:;][\"“”»)’'*\]]*$")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\u2011]$")
_KEPT_HYPHEN = re.compile(r"(?:und|oder|bzw\.?|sowie|bis)\b")
_LONGEST_LABEL, _LONGEST_PAIR = 3, 14
"""In words."""


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


def paragraphs(lines: Iterable[str]) -> list[str]:
    """The paragraphs that some lines make up; a pair as in „Ort: Rathaus“ is always one of its own."""
    groups: list[list[str]] = []
    for line in filter(str.strip, lines):
        if groups and not is_label(line) and not is_label(groups[-1][-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [joined_lines(group) for group in groups]


def is_label(line: str) -> bool:
    """Whether a line is a pair as in „Datum: 3. März 2022“, which stands for itself."""
    label, colon, rest = line.partition(":")
    words = len(label.split())
    return bool(colon and rest.strip()) and 0 < words <= _LONGEST_LABEL and len(line.split()) <= _LONGEST_PAIR


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
    if block.kind not in {"item", "paragraph"} or following.kind != "paragraph" or is_finished(block.text):
        return False
    if _HYPHEN.search(block.text) or following.text[0].islower():
        return True
    last = re.findall(r"\w+", block.text)[-1:]
    return bool(last) and last[0].islower() and is_function_word(fold(last[0]))


def is_finished(text: str) -> bool:
    """Whether a text ends with a sign that nothing of the same sentence can follow."""
    return ends_sentence(text) or bool(_ANNOUNCES.search(text))


def is_prose(text: str) -> bool:
    """Whether a text is sentences rather than a heading or an entry of an agenda."""
    if len(text.split()) < 4:
        return False
    return ends_sentence(text) or text.endswith(":") or len(sentences(text)) > 1

"""Questions and answers: which blocks answer which question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.documents.blocks import Block
from bot.documents.sentences import sentences

_WHO = r"(?:\s*\([^)]{1,60}\)|\s+(?:aus|von|vom|an|der|des|eines|einer|Nr\.?)\s+[^:?.]{1,60}|\s+\d+)?"
_QUESTION = re.compile(rf"^(?:(?:Publikums|Zuschauer|Nach|Rück|Zwischen|Zusatz)?[Ff]rage{_WHO}|F\d*)\s*:\s*(?=\S)")
_ANSWER = re.compile(r"^(?:Antwort(?P<by>[^:?.]{0,60})|A\d*)\s*:\s*(?=\S)")
_INLINE_ANSWER = re.compile(r"(?<=[?\"“»”])\s+(?=(?:Antwort[^:?.]{0,60}|A)\s*:)")
_QUOTES = "„“”\"»«‚‘'’"


def divided(block: Block) -> list[Block]:
    """A block that holds both a question and its answer as two."""
    return [replace(block, text=part) for part in _INLINE_ANSWER.split(block.text)]


def asked(text: str) -> str | None:
    """The question that a block consists of, without label and quotation marks; None where it is no question."""
    bare = _QUESTION.sub("", text, count=1)
    parts = sentences(text)
    if bare == text and not (parts and all(part.rstrip(_QUOTES).endswith("?") for part in parts)):
        return None
    return bare.strip(_QUOTES + " ")


def answer_text(text: str) -> tuple[str, str]:
    """The text of an answer without its label, and whom the label names („Antwort Herr Muster:“); else empty."""
    found = _ANSWER.match(text)
    return (text[found.end() :], (found["by"] or "").strip(" (),von")) if found else (text, "")


def questions(blocks: Sequence[Block]) -> list[int | None]:
    """For each block of a section the number of the block that asks what it answers; None where nothing does."""
    owners: list[int | None] = [None] * len(blocks)
    for number, block in enumerate(blocks):
        if asked(block.text) is not None:
            for answer in range(number + 1, _answered_until(blocks, number)):
                owners[answer] = number
    return owners


def _answered_until(blocks: Sequence[Block], number: int) -> int:
    question = blocks[number]
    end = number + 1
    if end == len(blocks):
        return end
    if _QUESTION.match(question.text) or _ANSWER.match(blocks[end].text):
        return _labelled_until(blocks, number)
    if question.kind == "item":
        if is_deeper(blocks[end], question):
            return _while_deeper(blocks, end, question)
        alone = number == 0 or asked(blocks[number - 1].text) is None
        # Where a converted document lost a step of the nesting, answers stand beside their question.
        while question.level and alone and end < len(blocks) and _beside(blocks[end], question):
            end = _while_deeper(blocks, end + 1, question)
        return end
    if asked(blocks[end].text) is not None:
        return end
    if blocks[end].kind == "paragraph":
        return end + 1
    while end < len(blocks) and blocks[end].kind == "item":
        end += 1
    return end


def _labelled_until(blocks: Sequence[Block], number: int) -> int:
    """The end of what follows a labelled question: all labelled answers, or the one block that has no label."""
    question, end = blocks[number], number + 1
    if asked(blocks[end].text) is not None and not _ANSWER.match(blocks[end].text):
        return end
    end = _while_deeper(blocks, end + 1, blocks[end])
    while end < len(blocks) and (_ANSWER.match(blocks[end].text) or is_deeper(blocks[end], question)):
        end = _while_deeper(blocks, end + 1, blocks[end])
    return end


def is_deeper(block: Block, other: Block) -> bool:
    """Whether a block is a bullet below another bullet or below a paragraph."""
    return block.kind == "item" and (other.kind != "item" or block.level > other.level)


def _while_deeper(blocks: Sequence[Block], end: int, above: Block) -> int:
    while end < len(blocks) and above.kind == "item" and is_deeper(blocks[end], above):
        end += 1
    return end


def _beside(block: Block, question: Block) -> bool:
    return block.kind == "item" and block.level == question.level and asked(block.text) is None

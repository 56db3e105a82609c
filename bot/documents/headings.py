"""Headings: which paragraphs of a plain text are some, and how an entry would cite them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.documents.blocks import Block, is_prose
from bot.documents.people import Talk, surname, talk
from bot.text import fold

LONGEST_NAME = 7
"""So many words of a heading are cited at most: eight in a row would be a quotation."""

_SHORT_WORD = 4
"""In a heading of capitals, words up to this length may be short forms that stay as they are."""

_AGENDA = re.compile(r"^(?:ablauf|tagesordnung|agenda|programm|inhalt|inhaltsverzeichnis|uberblick)\b")
_DISCUSSION = re.compile(
    r"^(?:anschliessende |gemeinsame |offene |kurze )?(?:diskussion|aussprache|ruckfragen|nachfragen|fragerunde"
    r"|fragen aus|austausch|erfahrungsaustausch|fragen und antworten)\b"
)
_ENDS = re.compile(r"[.!?;,…][\"“”»)’'*\]]*$")
_PARENTHESIS = re.compile(r"\s*\([^()]*\)$")
_NUMBER = re.compile(r"^(?:TOP\s*)?(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,4}\.)\s*[:–-]?\s+", re.IGNORECASE)
_CUT = re.compile(r"\s*(?:[:(|]|,\s|\s[–—-]\s)")
_FEMININE = {"Keynote", "Präsentation"}


def with_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; where a document marks no headings, paragraphs that look like some become some."""
    if sum(block.kind == "heading" for block in blocks) >= 2:
        return list(blocks)
    out: list[Block] = []
    in_agenda = False
    for number, block in enumerate(blocks):
        following = blocks[number + 1 :]
        if block.kind == "heading":
            in_agenda = is_agenda(block.text)
        elif _could_be(block) and _begins_something(following, only_prose=in_agenda):
            in_agenda = is_agenda(block.text)
            after_one = bool(out) and out[-1].kind == "heading"
            block = replace(block, kind="heading", level=2 if after_one and not talk(block.text) else 1)
        out.append(block)
    return out


def _could_be(block: Block) -> bool:
    text = block.text
    if block.kind == "title" or (block.kind == "item" and not block.numbered):
        return False
    label, colon, rest = text.partition(":")
    is_pair = bool(colon and rest) and len(label.split()) <= 2 and not (talk(text) or is_discussion(text))
    announces = bool(colon) and not rest and len(label.split()) > 3
    return (
        (text[0].isupper() or text[0].isdigit() or text[0] in '„"')
        and len(text.split()) <= 25
        and not _ENDS.search(_PARENTHESIS.sub("", text))
        and not (is_pair or announces)
        and any(character.isalpha() for character in text)
    )


def _begins_something(following: Sequence[Block], *, only_prose: bool) -> bool:
    """Whether text comes next; in an agenda, whose points look like headings, only sentences count."""
    for block in following:
        if block.kind == "heading":
            return False
        if is_prose(block.text):
            return True
        if only_prose or not _could_be(block):
            return not only_prose and block.kind == "item" and not block.numbered
    return False


def is_agenda(heading: str) -> bool:
    """Whether a heading announces the order of the day."""
    return bool(_AGENDA.match(fold(_NUMBER.sub("", heading))))


def is_discussion(heading: str) -> bool:
    """Whether a heading announces the talk that follows someone's talk."""
    return bool(_DISCUSSION.match(fold(heading)))


def cited(heading: str, after: Talk | None) -> str:
    """The name of a section in an entry: short, without the speaker's office; ``after`` is the talk before it.

    „Input Erika Muster, Stadt X – Die Akte im Netz“ → „Input Erika Muster“, the discussion behind it → „Diskussion
    zum Input Muster“.
    """
    text = _NUMBER.sub("", heading.replace("*", "").replace("_", " ").strip()).rstrip(": ")
    if text.isupper():
        text = " ".join(word.capitalize() if len(word) > _SHORT_WORD else word for word in text.split())
    given = talk(text)
    if given and given.speaker:
        return f"{given.kind} {given.speaker}"
    if after and is_discussion(text):
        speaker = f" {surname(after.speaker)}" if after.speaker else ""
        return f"Diskussion {'zur' if after.kind in _FEMININE else 'zum'} {after.kind}{speaker}"
    text = re.sub(r"\s*\((?:von|mit|durch)\s[^)]*\)?", "", text).strip()
    if len(text.split()) > LONGEST_NAME:
        text = _CUT.split(text, maxsplit=1)[0] or text
    return " ".join(text.split()[:LONGEST_NAME])[:100] or heading[:100]

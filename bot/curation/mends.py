"""Findings that mend themselves: what is untidy or wrong, and the one change to a file that puts it right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.curation import splice
from bot.curation.written import Written
from bot.knowledge.consistency import Item, entries_of, items
from bot.knowledge.model import SMALLTALK
from bot.knowledge.problems import Level, Problem, quoted
from bot.knowledge.yaml_lines import Document, Place

Change = Callable[[str, bytes], bytes]
"""File name and content → changed content."""

HINT = "Das behebt auch: ikz-bot check --fix"


@dataclass(frozen=True, slots=True)
class Mend:
    """Something untidy: what it is, what is done about it in a German sentence, and how."""

    problem: Problem
    done: str
    change: Change


def mend(item: Item, place: Place, code: str, message: str, done: str, change: Change) -> Mend:
    """A mend of something at a place of an item."""
    line = item.document.line(place)
    return Mend(Problem(item.document.file, line, message, HINT, code, Level.NOTICE, item.id or None), done, change)


def around(document: Document, place: Place) -> Item:
    """The entry, source or the like in which a place lies, or the whole file."""
    data = document.data
    for step in place[:2]:
        data = data[step]  # type: ignore[index]
    return Item(document, place[:2], data if isinstance(data, dict) else {})


def spelling(document: Document, place: Place, old: str, new: str, code: str) -> Mend:
    """A mend of a word that must be another one."""
    return mend(
        around(document, place),
        place,
        code,
        f"{quoted(old)} muss {quoted(new)} heißen.",
        f"{quoted(old)} heißt jetzt {quoted(new)}.",
        lambda file, content: splice.respell(file, content, place, lambda text: text.replace(old, new)),
    )


def dropped(item: Item, key: str, number: int, message: str, code: str) -> Mend:
    """One item less in a list; the key goes with the last."""
    listed = item.data[key]
    place = (*item.place, key)
    value = listed[number] if isinstance(listed, list) else listed

    def change(file: str, content: bytes) -> bytes:
        if isinstance(listed, list) and len(listed) > 1:
            return splice.drop(file, content, place, number)
        return splice.remove(file, content, item.place, key)

    return mend(
        item,
        (*place, number) if isinstance(listed, list) else place,
        code,
        message,
        f"{said(value)} ist unter „{key}“ gelöscht: {message}",
        change,
    )


def said(value: object) -> str:
    """A value in quotation marks; of a mapping what stands in it."""
    return quoted(", ".join(map(str, value.values())) if isinstance(value, dict) else str(value))


def listed(item: Item, key: str) -> list[tuple[int, str]]:
    """The texts of one of an item's lists, each with its number."""
    listed = item.data.get(key)
    return [(n, text) for n, text in enumerate(listed) if isinstance(text, str)] if isinstance(listed, list) else []


def askable(written: Written) -> list[Item]:
    """Whatever looks like an entry or a courtesy."""
    smalltalk = written.documents.get(SMALLTALK)
    return [*entries_of(written.documents), *(items(smalltalk) if smalltalk else ())]

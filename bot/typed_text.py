"""What someone typed → a question that can be answered, or a sentence that says why not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from bot.errors import UserError

MAX_CHARACTERS = 1000

MAX_BYTES = 8 * MAX_CHARACTERS
"""More than the longest question can have in UTF-8."""

MAX_QUOTED = 80

_LINE_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")


class UnusableQuestion(UserError):  # noqa: N818 - the name says what it is about
    """The text cannot be a question; the message is a German sentence for the one who typed it."""


def usable_question(typed: str) -> str:
    """The question in ``typed``, without what nobody can see: tabs become spaces, zero-width characters go.

    Raises:
        UnusableQuestion: where the text is empty, too long, broken, or holds no word at all.
    """
    text = _LINE_BREAKS.sub("\n", typed).replace("\t", " ")
    kinds = {character: unicodedata.category(character) for character in set(text)}
    if "Cs" in kinds.values():
        raise UnusableQuestion(
            "Ihre Eingabe ist kein gültiger UTF-8-Text. Bitte tippen Sie die Frage neu ein oder stellen Sie die"
            " Zeichenkodierung auf UTF-8 um."
        )
    if any(kind == "Cc" and character != "\n" for character, kind in kinds.items()):
        raise UnusableQuestion("Ihre Eingabe enthält unsichtbare Steuerzeichen. Bitte tippen Sie die Frage neu ein.")
    text = "".join(character for character in text if kinds[character] != "Cf").strip()
    if not text:
        raise UnusableQuestion("Ihre Eingabe ist leer. Bitte schreiben Sie eine Frage.")
    if len(text) > MAX_CHARACTERS:
        raise UnusableQuestion(
            f"Ihre Eingabe ist mit {_thousands(len(text))} Zeichen zu lang; höchstens {_thousands(MAX_CHARACTERS)} sind"
            " möglich. Bitte fassen Sie die Frage kürzer."
        )
    if not any(character.isalnum() for character in text):
        raise UnusableQuestion("Ihre Eingabe enthält kein Wort. Bitte stellen Sie Ihre Frage in Worten.")
    return text


def bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream. Of a line that is far too long for a question only the beginning is kept."""
    while line := stream.readline(MAX_BYTES):
        rest = line
        while not rest.endswith(b"\n") and len(rest) == MAX_BYTES:
            rest = stream.readline(MAX_BYTES)
        yield line


def printable(text: str) -> str:
    """``text`` without anything that could steer a terminal or could not be written out."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _steers(character) else character for character in text)


def quoted(text: str) -> str:
    """``text`` in German quotation marks, safe to print and no longer than a line."""
    one_line = printable(" ".join(text.split()))
    return f"„{one_line if len(one_line) <= MAX_QUOTED else one_line[: MAX_QUOTED - 1] + '…'}“"


def quoted_path(path: PurePath) -> str:
    """A path in German quotation marks, safe to print and no longer than a line; of a long one the end is kept."""
    one_line = printable(" ".join(str(path).split()))
    return f"„{one_line if len(one_line) <= MAX_QUOTED else '…' + one_line[1 - MAX_QUOTED :]}“"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: „1 Eintrag“, „2 Einträge“."""
    return f"{number} {one if number == 1 else many}"


def percent(share: float) -> str:
    """A share (0–1) in whole percents: „37 %“."""
    return f"{share:.0%}".replace("%", " %")


def _steers(character: str) -> bool:
    return character not in "\n\t" and unicodedata.category(character) in {"Cc", "Cs"}


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")

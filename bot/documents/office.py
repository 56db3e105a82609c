"""What office documents have in common: the package they come in, and their tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from bot.documents.blocks import Block, joined_lines
from bot.errors import UserError

MAX_UNPACKED = 300_000_000
"""Bytes; a package that unpacks to more was made to do harm."""

_OLD_FORMAT = bytes.fromhex("d0cf11e0a1b11ae1")


def check_package(content: bytes, needed: str, kind: str) -> ZipFile:
    """The package of an office document that holds the file ``needed``.

    Raises:
        UserError: where it is none, is broken, too large or in the older format that Word uses for locked files too.
    """
    if content.startswith(_OLD_FORMAT):
        raise UserError(
            "Das Dokument ist mit einem Kennwort geschützt oder in einem alten Format gespeichert. Bitte speichern Sie"
            f" es ohne Kennwort als {kind}."
        )
    try:
        package = ZipFile(BytesIO(content))
        names = {item.filename: item.file_size for item in package.infolist()}
    except (BadZipFile, ValueError, OSError):
        raise UserError(f"Die Datei ist beschädigt oder kein {kind}.") from None
    if needed not in names:
        raise UserError(f"Die Datei ist beschädigt oder kein {kind}.")
    if sum(names.values()) > MAX_UNPACKED:
        raise UserError("Das Dokument ist ausgepackt zu groß. Bitte speichern Sie es ohne Bilder.")
    return package


def row_blocks(cells: Sequence[str]) -> Iterator[Block]:
    """The blocks of a table's row: question and answer, a pair, or all cells on one line."""
    texts = [joined_lines(cell.split("\n")) for cell in dict.fromkeys(cells)]  # merged cells come several times
    filled = [text for text in texts if text]
    if len(filled) == 2 and filled[0].endswith("?"):
        yield Block("paragraph", f"Frage: {filled[0]}")
        yield Block("paragraph", f"Antwort: {filled[1]}")
    elif len(filled) == 2:
        yield Block("paragraph", f"{filled[0].rstrip(':')}: {filled[1]}")
    elif filled:
        yield Block("paragraph", " – ".join(filled))

"""A file on disk → a document, or a German sentence that says why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from bot.documents.blocks import Block
from bot.documents.markdown import markdown_blocks
from bot.documents.model import Document
from bot.documents.plain import plain_blocks
from bot.documents.structure import build
from bot.errors import UserError
from bot.typed_text import printable, quoted, quoted_path

MAX_BYTES = 50_000_000
"""No protocol is larger; what is, was given by mistake."""

Reader = Callable[[bytes], Iterable[Block]]


def read_document(path: Path) -> Document:
    """The document in a file; what kind it is, its suffix tells.

    Raises:
        UserError: where it cannot be read, is of no known kind, holds no text, or lacks an extra to be read.
    """
    kind = path.suffix.lower()
    reader = _READERS.get(kind)
    if reader is None:
        raise UserError(f"{quoted(path.name)} kann ich nicht lesen. Möglich sind: {', '.join(SUFFIXES)}.")
    content = _content(path)
    if not content.strip():
        raise UserError(f"{quoted(path.name)} ist leer.")
    try:
        document = build(reader(content))
    except UserError as error:
        raise UserError(f"{quoted(path.name)} lässt sich nicht einlesen. {error}") from None
    except ImportError:
        raise UserError(
            f"Zum Lesen von {kind}-Dateien fehlt ein Zusatz. Bitte installieren Sie ihn mit:\n"
            "  pip install 'ikz-bot[import]'"
        ) from None
    except Exception as error:  # what the readers of others say to a broken file is beyond counting
        if kind in _TEXT:
            raise
        raise UserError(
            f"{quoted(path.name)} lässt sich nicht einlesen. Die Datei ist beschädigt oder keine {kind}-Datei"
            f" ({type(error).__name__})."
        ) from None
    if not document.passages:
        raise UserError(f"{quoted(path.name)} enthält keinen Text.")
    return document


def _content(path: Path) -> bytes:
    name = quoted_path(path)
    try:
        if not path.exists():
            raise UserError(f"Die Datei {name} gibt es nicht. Bitte prüfen Sie den Namen und den Pfad.")
        if not path.is_file():
            raise UserError(f"{name} ist keine gewöhnliche Datei. Bitte nennen Sie ein Dokument.")
        if path.stat().st_size > MAX_BYTES:
            raise UserError(f"{name} ist größer als {MAX_BYTES // 1_000_000} MB. Das ist für ein Protokoll zu viel.")
        return path.read_bytes()
    except OSError:
        raise UserError(f"{name} lässt sich nicht lesen. Bitte prüfen Sie die Zugriffsrechte.") from None


def _decoded(content: bytes) -> str:
    """Text in UTF-8, or else as older Windows programs write it."""
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return "\f".join(map(printable, text.replace("\r\n", "\n").replace("\r", "\n").split("\f")))
    raise UserError("Die Datei ist kein Text. Bitte speichern Sie das Dokument als Text in der Kodierung UTF-8.")


def _markdown(content: bytes) -> Iterable[Block]:
    return markdown_blocks(_decoded(content))


def _plain(content: bytes) -> Iterable[Block]:
    return plain_blocks(_decoded(content))


def _pdf(content: bytes) -> Iterable[Block]:
    from bot.documents.pdf import pdf_blocks

    return pdf_blocks(content)


def _docx(content: bytes) -> Iterable[Block]:
    from bot.documents.docx import docx_blocks

    return docx_blocks(content)


def _odt(content: bytes) -> Iterable[Block]:
    from bot.documents.odt import odt_blocks

    return odt_blocks(content)


_TEXT = {".md": _markdown, ".markdown": _markdown, ".txt": _plain}
_READERS: dict[str, Reader] = {".pdf": _pdf, ".docx": _docx, ".odt": _odt, **_TEXT}
SUFFIXES = tuple(_READERS)

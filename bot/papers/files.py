"""Writing a paper to a file: as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection
from pathlib import Path

from bot.errors import UserError
from bot.typed_text import quoted


def kind_of(path: Path, kinds: Collection[str]) -> str:
    """The format that the suffix of a file asks for, one of ``kinds``; its folder is looked at as well.

    Raises:
        UserError: where the suffix is another one, or nothing can be written there.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in kinds:
        *others, last = (f".{known}" for known in kinds)
        raise UserError(
            f"{quoted(str(path))} hat keine Endung, die ich kenne; bitte nennen Sie eine Datei mit der Endung"
            f" {', '.join(others)} oder {last}."
        )
    try:
        is_folder, has_folder = path.is_dir(), path.parent.is_dir()
    except OSError:  # a name that is too long for the file system
        raise _unwritable(path) from None
    if is_folder:
        raise UserError(f"{quoted(str(path))} ist ein Ordner; bitte nennen Sie eine Datei.")
    if not has_folder:
        raise UserError(f"Den Ordner {quoted(str(path.parent))} gibt es nicht; bitte legen Sie ihn zuerst an.")
    return kind


def save(path: Path, content: bytes) -> None:
    """Write a file; whoever looks sees the old one or the whole new one.

    Raises:
        UserError: where that is not possible; then nothing is changed.
    """
    unfinished: str | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as new:
            unfinished = new.name
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        Path(unfinished).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(unfinished).replace(path)
    except OSError:
        if unfinished:
            Path(unfinished).unlink(missing_ok=True)
        raise _unwritable(path) from None


def _unwritable(path: Path) -> UserError:
    return UserError(
        f"{quoted(str(path))} lässt sich nicht schreiben. Bitte prüfen Sie den Pfad, die Zugriffsrechte und den freien"
        " Platz."
    )

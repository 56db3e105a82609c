"""Writing a file as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from bot.errors import UserError
from bot.typed_text import quoted_path

READABLE = 0o644


def save(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write a file; whoever looks sees the old one or the whole new one.

    It keeps the rights it had, or may be read by all; with ``mode`` it gets those.

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
        rights = path.stat().st_mode & 0o777 if path.exists() else READABLE
        Path(unfinished).chmod(rights if mode is None else mode)
        Path(unfinished).replace(path)
        _sync_folder(path.parent)
    except BaseException as error:  # who interrupts it must not find half a file, either
        if unfinished:
            Path(unfinished).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise unwritable(path) from None
        raise


def _sync_folder(folder: Path) -> None:
    """Let the new name of a file outlive a loss of power; where a system cannot do that, it is as safe as it was."""
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def unwritable(path: Path) -> UserError:
    """What to tell where a file cannot be written."""
    return UserError(
        f"{quoted_path(path)} lässt sich nicht schreiben. Bitte prüfen Sie den Pfad, die Zugriffsrechte und den freien"
        " Platz."
    )

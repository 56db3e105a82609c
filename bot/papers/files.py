"""Which kind of file a paper becomes."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from bot.errors import UserError
from bot.typed_text import quoted_path
from bot.whole_file import unwritable


def kind_of(path: Path, kinds: Collection[str]) -> str:
    """The format that the suffix of a file asks for, one of ``kinds``; its folder is looked at as well.

    Raises:
        UserError: where the suffix is another one, or nothing can be written there.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in kinds:
        *others, last = (f".{known}" for known in kinds)
        raise UserError(
            f"{quoted_path(path)} hat keine Endung, die ich kenne; bitte nennen Sie eine Datei mit der Endung"
            f" {', '.join(others)} oder {last}."
        )
    try:
        is_folder, has_folder = path.is_dir(), path.parent.is_dir()
    except OSError:  # a name that is too long for the file system
        raise unwritable(path) from None
    if is_folder:
        raise UserError(f"{quoted_path(path)} ist ein Ordner; bitte nennen Sie eine Datei.")
    if not has_folder:
        raise UserError(f"Den Ordner {quoted_path(path.parent)} gibt es nicht; bitte legen Sie ihn zuerst an.")
    return kind

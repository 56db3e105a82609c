"""What stands in a knowledge folder at one moment: the bytes of its files, and what could not be read."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import NamedTuple

from bot.knowledge.calibration import FILE as CALIBRATION
from bot.knowledge.problems import Problem

MAX_FILE_BYTES = 2_000_000
"""About twenty times the longest file of the shipped knowledge; more would keep everyone waiting while it is read."""


class Contents(NamedTuple):
    """What stands in a knowledge folder: the files by name, what could not be read, and the calibration if any.

    ``unusable`` says why there is no folder to read.
    """

    folder: str
    files: Mapping[str, bytes] = MappingProxyType({})
    unreadable: tuple[Problem, ...] = ()
    calibration: bytes | None = None
    unusable: Problem | None = None


def read(folder: Path) -> Contents:
    """What stands in ``folder`` now; whatever cannot be read is among the problems."""
    name = folder.name or str(folder)
    try:
        if not folder.is_dir():
            return Contents(name, unusable=_no_folder(folder, folder.exists()))
        paths = sorted(path for path in folder.iterdir() if is_knowledge(path.name))
    except OSError:
        problem = Problem(
            printable_name(str(folder)),
            1,
            "Der Ordner lässt sich nicht lesen.",
            "Bitte prüfen Sie die Zugriffsrechte des Ordners.",
        )
        return Contents(name, unusable=problem)
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            files[path.name] = _content(path)
        except OSError as error:
            problems.append(_unreadable(path.name, error))
    try:
        calibration = _content(folder / CALIBRATION)
    except OSError:
        calibration = None
    return Contents(name, files, tuple(problems), calibration)


def _content(path: Path) -> bytes:
    # Anything but a plain file could block for ever, as a pipe does.
    if not path.is_file():
        path.lstat()  # raises where there is nothing at all
        raise IsADirectoryError
    if path.stat().st_size > MAX_FILE_BYTES:
        raise OSError(errno.EFBIG, "too large")
    return path.read_bytes()


def _no_folder(folder: Path, exists: bool) -> Problem:
    name = printable_name(str(folder))
    if exists:
        return Problem(
            name, 1, "Das ist eine Datei und kein Ordner.", "Bitte geben Sie den Ordner mit den Wissensdateien an."
        )
    return Problem(name, 1, "Diesen Ordner gibt es nicht.", "Bitte prüfen Sie den Pfad zum Ordner knowledge.")


def _unreadable(name: str, error: OSError) -> Problem:
    if isinstance(error, PermissionError):
        hint = "Bitte geben Sie dem Programm das Recht, die Datei zu lesen."
    elif isinstance(error, IsADirectoryError):
        return Problem(
            printable_name(name),
            1,
            "Das ist keine gewöhnliche Datei.",
            "Bitte benennen Sie es um oder verschieben Sie es; Namen auf „.yaml“ sind für Wissensdateien.",
        )
    elif error.errno == errno.EFBIG:
        return Problem(
            printable_name(name),
            1,
            f"Die Datei ist größer als {MAX_FILE_BYTES // 1_000_000} MB.",
            "Bitte verteilen Sie die Einträge auf mehrere Dateien.",
        )
    else:
        hint = "Bitte prüfen Sie, ob die Datei beschädigt ist oder gerade verschoben wurde."
    return Problem(printable_name(name), 1, "Die Datei lässt sich nicht lesen.", hint)


def is_knowledge(name: str) -> bool:
    """Whether a file of this name belongs to the knowledge."""
    return not name.startswith((".", "_")) and PurePath(name).suffix.lower() in {".yaml", ".yml"}


def printable_name(name: str) -> str:
    """A file name for a report: on one line, and without bytes that are no text."""
    return " ".join(name.encode("utf-8", "replace").decode().split())

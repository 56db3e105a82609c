"""Bundles kept in the user's cache, so that nobody waits for an index that was built before.

What the same program built from the same files is read back in a tenth of the time; anything else is built anew. The
files are pickles, which can run code: they are read only where nobody but the user can have written them, or put them
there.

Only what a program starts with is kept. What it builds after a save, for a check or a running chat, is not: a curator
saves often, and each time would write 50 MB for an index that the next save replaces.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import sys
import time
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

import platformdirs

from bot import __version__
from bot.answers import Bundle
from bot.knowledge.contents import Contents, read
from bot.knowledge.load import knowledge_in
from bot.whole_file import save

WORTH_KEEPING = 2_000
"""With fewer phrasings, building is as fast as reading back."""

MOST_KEPT = 3
"""So many stay, the last used; one of the shipped knowledge takes 50 MB."""

UNFINISHED = 3600.0
"""So many seconds after it was begun, a file that is not finished yet never will be."""

MINE_ALONE = 0o600
LIBRARIES = ("PyStemmer", "numpy", "pydantic", "PyYAML")
"""What an index is made with: another version may read or stem the same files differently."""

_CODE = Path(__file__).parent


def bundle_in(folder: Path) -> Bundle:
    """The bundle of the knowledge in a folder as it is now.

    Raises:
        KnowledgeError: with every problem found, where the knowledge cannot be used.
    """
    contents = read(folder)
    found = kept(contents)
    if found is None:
        found = Bundle.build(knowledge_in(contents))
        keep(contents, found)
    return found


def kept(contents: Contents) -> Bundle | None:
    """The bundle that was kept for these contents of a folder; None where there is none."""
    try:
        path = _path(contents)
        found = _loaded(path)
    except Exception:  # no place to keep it, no such file, or a damaged pickle, which can raise anything
        return None
    with suppress(OSError):  # what cannot be marked as used is as good, and may be gone by now
        os.utime(path)
    return found if isinstance(found, Bundle) else None


def keep(contents: Contents, bundle: Bundle) -> None:
    """Keep what was built from these contents. Where that is not possible, it is built again the next time."""
    if len(bundle.index.owners) < WORTH_KEEPING:
        return
    with suppress(Exception):  # whatever goes wrong here, what somebody waits for is already built
        path = _path(contents)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_others(path.parent.lstat())
        save(path, pickle.dumps(bundle, pickle.HIGHEST_PROTOCOL), MINE_ALONE)
        _tidy(path.parent)


def _tidy(folder: Path) -> None:
    """Delete all but the bundles last used, and what a process that was ended left unfinished."""
    bundles = sorted(folder.glob("*.bundle"), key=_last_used)
    unfinished = [path for path in folder.glob(".*") if _last_used(path) < time.time() - UNFINISHED]
    for old in [*bundles[:-MOST_KEPT], *unfinished]:
        old.unlink(missing_ok=True)


def _last_used(path: Path) -> float:
    return path.stat().st_mtime


def _path(contents: Contents) -> Path:
    """Where the bundle of these contents is kept by this program: the name is a fingerprint of both.

    Raises:
        RuntimeError: where there is no home folder, and so no place.
    """
    folder = platformdirs.user_cache_path("ikz-bot", appauthor=False)
    if not folder.is_absolute():  # older releases of platformdirs give „~/.cache“ as it is where there is no home
        raise RuntimeError(folder)
    fingerprint = hashlib.sha256(_program().encode("utf-8", "surrogateescape"))
    for name, content in sorted(contents.files.items()):
        fingerprint.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    fingerprint.update(repr((contents.unreadable, contents.calibration, contents.unusable)).encode())
    return folder / f"{fingerprint.hexdigest()[:32]}.bundle"


@cache
def _program() -> str:
    """What tells one state of the program from another: versions, and its files with their sizes and times."""
    code = sorted(path for path in _CODE.rglob("*") if path.suffix in {".py", ".npy"})
    states = ((path, path.stat()) for path in code)
    files = (f"{path}\0{state.st_size}\0{state.st_mtime_ns}" for path, state in states)
    return "\0".join([sys.version, __version__, *map(metadata.version, LIBRARIES), *files])


def _loaded(path: Path) -> object:
    """What was kept in a file.

    Raises:
        OSError: where it cannot be read, or is not the user's alone.
    """
    _refuse_others(path.parent.lstat())  # who may write in the folder could have put any file of the user's there
    with open(path, "rb", opener=_opened_but_no_link) as file:
        _refuse_others(os.fstat(file.fileno()))
        found: object = pickle.load(file)
        return found


def _opened_but_no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


def _refuse_others(state: os.stat_result) -> None:
    """Go on only where nobody but the user, and the system's administrator, can have written a file or in a folder.

    Raises:
        PermissionError: where others can.
    """
    if not hasattr(os, "getuid"):
        return  # where the system keeps other users out of the folder by itself
    if state.st_uid != os.getuid() or state.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError

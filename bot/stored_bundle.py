"""Bundles kept in the user's cache, so that nobody waits for an index that was built before.

What the same program built from the same files is read back in a tenth of the time; anything else is built anew. The
files are pickles, which can run code: they are read only where nobody but their owner can have written them.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

import platformdirs

from bot.answers import Bundle
from bot.errors import UserError
from bot.knowledge.contents import Contents, read
from bot.knowledge.load import knowledge_in
from bot.whole_file import save

WORTH_KEEPING = 2_000
"""With fewer phrasings, building is as fast as reading back."""

MOST_KEPT = 3
"""So many stay, the last used; one of the shipped knowledge takes 50 MB."""

MINE_ALONE = 0o600
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
    path = _path(contents)
    try:
        with path.open("rb") as file:
            if not _is_mine_alone(file.fileno()):
                return None
            found = pickle.load(file)
        path.touch()
    except Exception:  # a damaged pickle can raise anything; it is as good as none
        return None
    return found if isinstance(found, Bundle) else None


def keep(contents: Contents, bundle: Bundle) -> None:
    """Keep what was built from these contents. Where there is no place for it, it is built again the next time."""
    if len(bundle.index.owners) < WORTH_KEEPING:
        return
    path = _path(contents)
    with suppress(OSError, UserError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        save(path, pickle.dumps(bundle, pickle.HIGHEST_PROTOCOL), MINE_ALONE)
        others = sorted(path.parent.glob("*.bundle"), key=lambda other: other.stat().st_mtime)
        for old in others[:-MOST_KEPT]:
            old.unlink(missing_ok=True)


def _path(contents: Contents) -> Path:
    """Where the bundle of these contents is kept by this program: the name is a fingerprint of both."""
    fingerprint = hashlib.sha256(_program().encode("utf-8", "surrogateescape"))
    for name, content in sorted(contents.files.items()):
        fingerprint.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    fingerprint.update(repr((contents.unreadable, contents.calibration, contents.unusable)).encode())
    return platformdirs.user_cache_path("ikz-bot", appauthor=False) / f"{fingerprint.hexdigest()[:32]}.bundle"


@cache
def _program() -> str:
    """What tells one state of the program from another: its files, their sizes and times."""
    code = sorted(path for path in _CODE.rglob("*") if path.suffix in {".py", ".npy"})
    states = ((path, path.stat()) for path in code)
    return "\0".join([sys.version, *(f"{path}\0{state.st_size}\0{state.st_mtime_ns}" for path, state in states)])


def _is_mine_alone(file: int) -> bool:
    """Whether nobody but the user, and the system's administrator, can have written an open file."""
    state = os.fstat(file)
    if not hasattr(os, "getuid"):
        return True  # where the system keeps other users out of the folder by itself
    return state.st_uid == os.getuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)

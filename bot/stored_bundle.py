"""The bundle of a knowledge folder, kept in the user's cache, so that a single question need not wait for the index.

What the same program built from the same files is read back in a tenth of the time; anything else is built anew. The
file is a pickle, which can run code: it is read only where nobody but its owner can have written it.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import sys
from contextlib import suppress
from pathlib import Path

import platformdirs

from bot.answers import Bundle
from bot.errors import UserError
from bot.knowledge.contents import Contents, read
from bot.knowledge.load import knowledge_in
from bot.whole_file import save

WORTH_KEEPING = 2_000
"""With fewer phrasings, building is as fast as reading back."""

MINE_ALONE = 0o600
_CODE = Path(__file__).parent


def bundle_in(folder: Path) -> Bundle:
    """The bundle of the knowledge in a folder as it is now.

    Raises:
        KnowledgeError: with every problem found, where the knowledge cannot be used.
    """
    contents = read(folder)
    key, path = _key(contents), _path(folder)
    if (kept := _kept(path, key)) is not None:
        return kept
    bundle = Bundle.build(knowledge_in(contents))
    if len(bundle.index.owners) >= WORTH_KEEPING:
        # Without a place to keep it, it is built again the next time.
        with suppress(OSError, UserError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            save(path, key + pickle.dumps(bundle, pickle.HIGHEST_PROTOCOL), MINE_ALONE)
    return bundle


def _path(folder: Path) -> Path:
    name = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return platformdirs.user_cache_path("ikz-bot", appauthor=False) / f"{name}.bundle"


def _key(contents: Contents) -> bytes:
    """A fingerprint of the files, and of the program that reads them."""
    fingerprint = hashlib.sha256(sys.version.encode())
    for path in sorted(path for path in _CODE.rglob("*") if path.suffix in {".py", ".npy"}):
        state = path.stat()
        fingerprint.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
    for name, content in sorted(contents.files.items()):
        fingerprint.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    fingerprint.update(repr((contents.unreadable, contents.calibration, contents.unusable)).encode())
    return fingerprint.digest()


def _kept(path: Path, key: bytes) -> Bundle | None:
    """What was kept under this key, if anything."""
    try:
        with path.open("rb") as file:
            if not _is_mine_alone(file.fileno()) or file.read(len(key)) != key:
                return None
            found = pickle.load(file)
    except Exception:  # a damaged pickle can raise anything; it is as good as none
        return None
    return found if isinstance(found, Bundle) else None


def _is_mine_alone(file: int) -> bool:
    """Whether nobody but the user, and the system's administrator, can have written an open file."""
    state = os.fstat(file)
    if not hasattr(os, "getuid"):
        return True  # where the system keeps other users out of the folder by itself
    return state.st_uid == os.getuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)

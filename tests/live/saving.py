"""How editors and tools save a file, and the whole folder."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

Save = Callable[[Path, str], None]


def at_once(path: Path, text: str) -> None:
    """Write over what is there."""
    path.write_text(text, "utf-8")


def by_rename(path: Path, text: str) -> None:
    """Write beside it and put that in its place, as most editors do."""
    beside = path.with_name(f".{path.name}.swp")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def with_backup(path: Path, text: str) -> None:
    """Put the old one aside and write anew."""
    if path.exists():
        path.replace(path.with_name(f"{path.name}~"))
    path.write_text(text, "utf-8")


def in_two_steps(path: Path, text: str) -> None:
    """Empty it, write one half, and a little later the other."""
    half = len(text) // 2
    with path.open("w", encoding="utf-8") as file:
        file.flush()
        time.sleep(0.05)
        file.write(text[:half])
        file.flush()
        time.sleep(0.1)
        file.write(text[half:])


def among_others(path: Path, text: str) -> None:
    """Save three other files before it, one after the other."""
    for other in sorted(path.parent.glob("[a-m]*.yaml"))[:3]:
        by_rename(other, f"# \n{other.read_text('utf-8')}")
        time.sleep(0.06)
    at_once(path, text)


def with_the_folder(path: Path, text: str) -> None:
    """Put a new folder in the place of the old one, as a deployment does."""
    folder = path.parent
    new, old = folder.with_name("neu"), folder.with_name("alt")
    shutil.copytree(folder, new)
    (new / path.name).write_text(text, "utf-8")
    folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old)


SAVES: dict[str, Save] = {
    save.__name__: save for save in (at_once, by_rename, with_backup, in_two_steps, among_others, with_the_folder)
}

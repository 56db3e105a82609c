"""What can happen to a knowledge folder: hypothesis draws what is done to which file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

Corruption = Callable[[Path, int, bytes], None]
"""Does something to a file; a number says where or how much, bytes say what with."""


def cut(path: Path, number: int, _: bytes) -> None:
    """Keep the beginning."""
    content = path.read_bytes()
    path.write_bytes(content[: number % (len(content) + 1)])


def insert(path: Path, number: int, noise: bytes) -> None:
    """Put random bytes in."""
    content = path.read_bytes()
    spot = number % (len(content) + 1)
    path.write_bytes(content[:spot] + noise + content[spot:])


def swap_lines(path: Path, number: int, _: bytes) -> None:
    """Let two lines that follow each other change places."""
    lines = path.read_bytes().split(b"\n")
    spot = number % max(1, len(lines) - 1)
    lines[spot : spot + 2] = reversed(lines[spot : spot + 2])
    path.write_bytes(b"\n".join(lines))


def indent(path: Path, number: int, _: bytes) -> None:
    """Indent one line more, or less."""
    lines = path.read_bytes().split(b"\n")
    spot = number % len(lines)
    lines[spot] = b"  " + lines[spot] if number % 2 else lines[spot].lstrip()
    path.write_bytes(b"\n".join(lines))


def delete(path: Path, number: int, _: bytes) -> None:
    """Remove the file."""
    path.unlink()


def rename_ids(path: Path, number: int, _: bytes) -> None:
    """Give every id another end."""
    path.write_bytes(path.read_bytes().replace(b"-", b"-x" if number % 2 else b"_"))


def mark_order(path: Path, number: int, _: bytes) -> None:
    """Put a byte order mark before it, of UTF-8 or of an encoding that it is not in."""
    path.write_bytes([b"\xef\xbb\xbf", b"\xff\xfe"][number % 2] + path.read_bytes())


def nul(path: Path, number: int, _: bytes) -> None:
    """Turn a stretch into zeros, as a crashed file system does."""
    content = path.read_bytes()
    spot = number % (len(content) + 1)
    path.write_bytes(content[:spot] + bytes(64) + content[spot + 64 :])


def huge_line(path: Path, number: int, _: bytes) -> None:
    """Add a line without an end, within or beyond what is read."""
    path.write_bytes(path.read_bytes() + b"x" * (300_000 if number % 4 else 3_000_000))


def link_in_a_circle(path: Path, *_: object) -> None:
    """Let it be a link to itself."""
    path.unlink()
    path.symlink_to(path.name)


def link_to_nowhere(path: Path, *_: object) -> None:
    """Let it be a link to what does not exist."""
    path.unlink()
    path.symlink_to("gibt-es-nicht")


def make_a_folder(path: Path, *_: object) -> None:
    """Let it be a folder."""
    path.unlink()
    path.mkdir()


def forbid(path: Path, *_: object) -> None:
    """Let nobody read it (for root it stays readable)."""
    path.chmod(0)


def fill_up(path: Path, number: int, noise: bytes) -> None:
    """Let nothing but noise be in it."""
    path.write_bytes(noise * (number % 50))


CORRUPTIONS: list[Corruption] = [
    cut, insert, swap_lines, indent, delete, rename_ids, mark_order, nul, huge_line, link_in_a_circle, link_to_nowhere,
    make_a_folder, forbid, fill_up,
]  # fmt: skip

drawn = st.tuples(
    st.sampled_from(CORRUPTIONS), st.integers(0, 1_000), st.integers(0, 10**6), st.binary(min_size=1, max_size=40)
)
"""A corruption, which file it befalls, and its number and bytes."""


def corrupt(folder: Path, what: tuple[Corruption, int, int, bytes]) -> str:
    """Do something to a file of the folder; returns what, for a report."""
    corruption, file, number, noise = what
    paths = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix in {".yaml", ".json"})
    if not paths:
        return "nothing is left"
    path = paths[file % len(paths)]
    corruption(path, number, noise)
    return f"{corruption.__name__} {path.name}"


def restore(folder: Path, whole: Path) -> None:
    """Make the folder a copy of ``whole`` again."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    shutil.copytree(whole, folder, dirs_exist_ok=True)

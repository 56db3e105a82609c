"""What every check of a request body is made of."""

from __future__ import annotations

from typing import Any, NamedTuple

Path = tuple[str | int, ...]


class Problem(NamedTuple):
    """One thing Discord would refuse: where in the body, its code, and in words."""

    path: Path
    code: str
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path))}: {self.message}"


def length(value: Any, path: Path, most: int, least: int = 0) -> list[Problem]:
    """Whether a text that is there has ``least`` to ``most`` characters."""
    if value is None and not least:
        return []
    if not isinstance(value, str):
        return [Problem(path, "BASE_TYPE_REQUIRED" if value is None else "STRING_TYPE_CONVERT", "A text is required.")]
    # Discord counts code points; blanks alone count as nothing.
    if len(value) > most or len(value.strip()) < least:
        return [
            Problem(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length; is {len(value)}.")
        ]
    return []


def count(items: Any, path: Path, most: int, least: int = 0) -> list[Problem]:
    """Whether a list has ``least`` to ``most`` items."""
    if not isinstance(items, list):
        return [Problem(path, "LIST_TYPE_CONVERT", "A list is required.")]
    if not least <= len(items) <= most:
        return [Problem(path, "BASE_TYPE_BAD_LENGTH", f"Must have {least} to {most} items; has {len(items)}.")]
    return []

"""What is shown on standard error while something is measured; the results go to standard output."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import track

Item = TypeVar("Item")


def tracked(items: Sequence[Item], description: str) -> Iterable[Item]:
    """The items, with a bar that shows how many are done and vanishes in the end; only in a terminal."""
    console = _stderr()
    return track(items, description, transient=True, console=console, disable=not console.is_terminal)


def mention(text: str) -> None:
    """Say something that does not stop the measurement."""
    _stderr().print(text, markup=False)


def _stderr() -> Console:
    return Console(stderr=True, highlight=False)

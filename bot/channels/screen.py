"""Where lines are written: coloured and wrapped in a terminal, as they are anywhere else."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.typed_text import printable

if TYPE_CHECKING:
    from rich.console import Console

    from bot.channels.lines import Line


class Screen:
    """Standard output. Nothing in a text is ever read as markup or steers the terminal."""

    def __init__(self) -> None:
        self._console = _console() if sys.stdout and sys.stdout.isatty() else None

    def write(self, lines: Iterable[Line]) -> None:
        """Write the lines at once."""
        for line in lines:
            text = printable(line.text)
            if self._console:
                from rich.text import Text

                self._console.print(Text(text, style=line.look.value))
            else:
                print(text)
        if sys.stdout:
            sys.stdout.flush()


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


def set_up_streams() -> None:
    """Let no character that the terminal cannot show or that is no UTF-8 end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")

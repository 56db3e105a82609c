"""What comes in on standard input, line by line: typed by a person or piped in."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from bot.errors import UserError
from bot.typed_text import bounded_lines

PROMPT = "> "


def is_person() -> bool:
    """Whether a person is typing."""
    return sys.stdin is not None and sys.stdin.isatty()


def lines_in() -> Iterator[str]:
    """The lines until the input ends; with a prompt only where a person is typing."""
    return _typed() if is_person() else _piped()


def line_in(prompt: str, present: str = "") -> str:
    """One line of input, behind a prompt; a person finds what is ``present`` there and edits it.

    Raises:
        EOFError: where the input has ended.
    """
    if not is_person():
        print(prompt, flush=True)
        line = next(_piped(), None)
        if line is None:
            raise EOFError
        return line.rstrip("\r\n")
    with _prefilled(present):
        return input(prompt)


def agrees(question: str, unheard: str) -> bool:
    """Whether the person says yes to a question.

    Raises:
        UserError: with the sentence ``unheard`` where nobody answers.
    """
    reply = reply_to(question)
    if reply is None:
        raise UserError(unheard)
    return reply.casefold() in {"j", "ja", "y", "yes"}


def reply_to(question: str) -> str | None:
    """What is answered to a question on the same line; None where the input has ended."""
    print(question, end="", flush=True)
    line = sys.stdin.readline() if sys.stdin else ""
    if not line:
        print()
    return line.strip() if line else None


@contextlib.contextmanager
def _prefilled(text: str) -> Iterator[None]:
    try:
        import readline
    except ImportError:
        yield
        return
    readline.set_startup_hook(lambda: readline.insert_text(text))
    try:
        yield
    finally:
        readline.set_startup_hook()


def _typed() -> Iterator[str]:
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - input() then edits the line and knows the earlier ones
    with contextlib.suppress(EOFError):
        while True:
            yield input(PROMPT)


def _piped() -> Iterator[str]:
    for line in bounded_lines(sys.stdin.buffer) if sys.stdin else ():
        yield line.decode("utf-8", "surrogateescape")

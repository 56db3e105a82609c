"""Questions from the command line or a pipe: each gets its reply, and that is all."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from typing import Any

from bot.answers import Bundle, answer
from bot.channels.as_json import reply_as_dict
from bot.channels.lines import ask_lines
from bot.channels.screen import Screen
from bot.typed_text import MAX_CHARACTERS, UnusableQuestion, bounded_lines, usable_question

_LINE_ENDS = {ord(character): f"\\u{ord(character):04x}" for character in "\x85\u2028\u2029"}


def answer_once(bundle: Bundle, question: str, today: date, *, as_json: bool) -> None:
    """Print the reply to one question, as text or as one JSON object."""
    if as_json:
        _print_json(_as_dict(bundle, question, today), indent=2)
    else:
        Screen().write(ask_lines(bundle.knowledge, answer(bundle, question, today), today))


def answer_stream(bundle: Bundle, today: date) -> None:
    """Print one JSON object for each line of standard input, as soon as the line is there."""
    for line in bounded_lines(sys.stdin.buffer) if sys.stdin else ():
        _print_json(_answer_line(bundle, line, today))


def _answer_line(bundle: Bundle, line: bytes, today: date) -> dict[str, Any]:
    try:
        question = usable_question(line.decode("utf-8", "surrogateescape"))
    except UnusableQuestion as unusable:
        typed = line.decode("utf-8", "replace").rstrip("\r\n")[:MAX_CHARACTERS]
        return {"question": typed, "status": "error", "error": str(unusable)}
    return _as_dict(bundle, question, today)


def _as_dict(bundle: Bundle, question: str, today: date) -> dict[str, Any]:
    """The reply with the whole message as its question, so that a program finds its own line again."""
    return reply_as_dict(bundle, answer(bundle, question, today), today) | {"question": question}


def _print_json(found: dict[str, Any], indent: int | None = None) -> None:
    """Print JSON, which is always UTF-8 whatever the terminal's encoding is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    text = json.dumps(found, ensure_ascii=False, indent=indent)
    # Some programs take these for the end of a line.
    print(text.translate(_LINE_ENDS), flush=True)

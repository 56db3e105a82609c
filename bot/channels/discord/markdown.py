"""Plain text → text that Discord shows as it was written, within a length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MENTION = re.compile(r"<(?:@[!&]?|#|/[^:>]{1,100}:|a?:\w{1,40}:|t:|id:)\d+(?::\w)?>")
"""A mention of a person, role, channel or command, an emoji of a server or a time, as it stands in a message."""

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]„“\"]+[^\s<>()\[\]„“\".,;:!?]")
_ANYWHERE = re.compile(r"([\\`*_~|<@\[\]])")
_AT_LINE_START = re.compile(r"^(\s*)([-+#>]|\d+(?=[.)]\s))", re.MULTILINE)


def length(text: str) -> int:
    """The length as strict clients count it: in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, longest: int) -> str:
    """``text`` in at most ``longest`` units, cut with „…“."""
    if length(text) <= longest:
        return text
    room, kept = longest - 1, []
    for character in text:
        room -= length(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def one_line(text: str, longest: int) -> str:
    """``text`` without line breaks in at most ``longest`` units, for places where Discord reads no markup."""
    return cut(" ".join(text.split()), longest)


def escaped(text: str) -> str:
    """``text`` with every character that Discord reads as markup made harmless; addresses stay usable."""
    parts, at = [], 0
    for address in _ADDRESS.finditer(text):
        parts += [_escaped(text[at : address.start()]), address.group()]
        at = address.end()
    return "".join([*parts, _escaped(text[at:])])


def _escaped(text: str) -> str:
    text = _ANYWHERE.sub(r"\\\1", text)
    return _AT_LINE_START.sub(_plain_start, text)


def _plain_start(found: re.Match[str]) -> str:
    """A line start that makes no list, heading or quotation; a number is kept from its dot by an invisible space."""
    number = found[2].isdigit()
    return f"{found[1]}{found[2]}\N{ZERO WIDTH SPACE}" if number else f"{found[1]}\\{found[2]}"


def code_block(text: str) -> str:
    """``text`` in a box that is easy to copy from; nothing in it can close the box."""
    harmless = text.replace("`", "\N{MODIFIER LETTER GRAVE ACCENT}")
    return f"```\n{harmless}\n```"


def fitting(lines: Sequence[str], longest: int, more: str = "… und {} weitere") -> str:
    """As many whole lines as fit into ``longest`` units; the others are counted, so that nothing is lost unseen."""
    for count in range(len(lines), 0, -1):
        shown = [*lines[:count], *_rest(len(lines) - count, more)]
        if length(text := "\n".join(shown)) <= longest:
            return text
    if not lines:
        return ""
    rest = "".join(f"\n{text}" for text in _rest(len(lines) - 1, more))
    return cut(lines[0], longest - length(rest)) + rest


def _rest(count: int, more: str) -> Iterable[str]:
    return [more.format(count)] if count > 0 else []

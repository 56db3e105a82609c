"""New pieces of YAML in the style of the knowledge files: an entry, a key with its value, an item of a list."""

from __future__ import annotations

import io
import itertools
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString, LiteralScalarString

from bot.knowledge.model import DATE_PATTERN
from bot.knowledge.yaml_lines import Plain

WIDTH = 120
"""Characters in a line, where a new piece can be broken."""

Style: TypeAlias = Callable[[str], str]
"""How a text on one line is written."""

_DATE = re.compile(DATE_PATTERN)
_ENDLESS = 1_000_000
_ITEM = 20
"""The length of an item of a list in brackets, about."""

_OF_ITS_OWN = frozenset({"question", "title"})
"""Keys of what is written with a line for each key; other mappings stand in brackets."""

_ONE_ITEM_A_LINE = frozenset({"variants"})
_FOLDED = frozenset({"answer", "short"})


def pairs(value: Mapping[str, Plain], column: int, style: Style) -> str:
    """A mapping as lines that begin at a column: an entry, a source, or the top of a file."""
    return "".join(_shifted(_pair(key, part, WIDTH - column, style), column) for key, part in value.items())


def items(values: Sequence[Plain], column: int, style: Style) -> str:
    """A list as lines whose dashes stand at a column."""
    lines = []
    for value in values:
        if isinstance(value, dict) and value.keys() & _OF_ITS_OWN:
            lines.append(f"{' ' * column}- {pairs(value, column + 2, style).lstrip(' ')}")
        else:
            lines.append(f"{' ' * column}- {flow(value, style)}\n")
    return "".join(lines)


def _pair(key: str, value: Plain, width: int, style: Style) -> str:
    """A key and its value as lines that begin at the first column."""
    if isinstance(value, list) and (key in _ONE_ITEM_A_LINE or any(not isinstance(item, str) for item in value)):
        return f"{key}:\n{items(value, 2, style)}"
    if isinstance(value, str) and key in _FOLDED and style is not DoubleQuotedScalarString:
        return _dumped({key: _long(value, width, len(key), style)}, _ENDLESS)
    # The writer breaks a line behind the item that goes beyond its width.
    return _dumped({key: _inline(value, style)}, _ENDLESS if isinstance(value, str) else width - _ITEM)


def flow(value: Plain, style: Style) -> str:
    """A value on one line, lists and mappings in brackets."""
    return _dumped([_inline(value, style)], _ENDLESS).strip()[2:]


def _long(text: str, width: int, key: int, style: Style) -> object:
    if "\n" in text:
        return LiteralScalarString(text)
    if len(text) + key + 2 <= width:
        return style(text)
    folded = FoldedScalarString(text)
    ends = itertools.accumulate(len(line) + 1 for line in textwrap.wrap(text, width - 2, break_on_hyphens=False))
    folded.fold_pos = [end - 1 for end in ends][:-1]
    return folded


def _inline(value: Plain, style: Style) -> object:
    if isinstance(value, str):
        return style(value)
    found: CommentedMap | CommentedSeq
    if isinstance(value, dict):
        found = CommentedMap({key: _inline(part, style) for key, part in value.items()})
    else:
        found = CommentedSeq([_inline(part, style) for part in value])
    found.fa.set_flow_style()
    return found


def simple(text: str) -> str:
    """A text as it stands, in double quotes where it needs them; dates always have them."""
    quotes = _DATE.fullmatch(text) or _dumped(CommentedSeq([text]), _ENDLESS).lstrip().startswith("- '")
    return DoubleQuotedScalarString(text) if quotes else text


def _dumped(value: object, width: int) -> str:
    writer = YAML()
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.width = width
    out = io.StringIO()
    writer.dump(value, out)
    return out.getvalue()


def _shifted(lines: str, columns: int) -> str:
    shifted = (" " * columns + line for line in lines.removesuffix("\n").split("\n"))
    return "".join(f"{line}\n" if line.strip() else "\n" for line in shifted)


STYLES: tuple[Style, ...] = (simple, DoubleQuotedScalarString)
"""How to write a text, the most readable way first; the last one suits every text."""

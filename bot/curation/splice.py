"""Changing one value in a YAML text and not a single byte beside it.

The parser that also loads the knowledge says where a value begins and ends. The result is read again:
where anything else in it would mean something else, nothing is changed.
"""

from __future__ import annotations

import copy
import itertools
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence

import yaml

from bot.curation.yaml_pieces import STYLES, WIDTH, Style, flow, items, pairs, simple
from bot.errors import UserError
from bot.knowledge.yaml_lines import Place, Plain, read_yaml
from bot.typed_text import printable, quoted

_BREAK = re.compile("\r\n|\r|\n")
_EMPTY_LINE = re.compile(r"(\r\n|\r|\n)[ \t]*(\r\n|\r|\n)")
_LOADER: type[yaml.BaseLoader | yaml.CBaseLoader] = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader


def append(file: str, content: bytes, place: Place, value: Plain) -> bytes:
    """Add ``value`` at the end of the list at ``place``.

    Raises:
        UserError: where the file cannot be read or the list cannot be changed without changing more.
    """

    def expect(data: Plain) -> None:
        found = _at(data, place)
        assert isinstance(found, list)
        found.append(value)

    return _proved(file, content, expect, lambda text, style: text.appended(text.node(place), value, style))


def put(file: str, content: bytes, place: Place, key: str, value: Plain, order: Sequence[str] = ()) -> bytes:
    """Write ``key: value`` into the mapping at ``place``, in the stead of what stood there under this key.

    A new key comes behind the last of those that stand before it in ``order``. A list that only grows keeps its lines.

    Raises:
        UserError: where the file cannot be read or the value cannot be changed without changing more.
    """
    return replace(file, content, place, key, key, value, order)


def replace(
    file: str, content: bytes, place: Place, key: str, new_key: str, value: Plain, order: Sequence[str] = ()
) -> bytes:
    """As :func:`put`, where the key changes its name as well."""

    def expect(data: Plain) -> None:
        found = _at(data, place)
        assert isinstance(found, dict)
        found.pop(key, None)
        found[new_key] = value

    return _proved(
        file, content, expect, lambda text, style: text.written(text.node(place), key, new_key, value, order, style)
    )


def remove(file: str, content: bytes, place: Place, key: str) -> bytes:
    """Delete a key and its value from the mapping at ``place``, which has others; nothing where it is not there.

    Raises:
        UserError: where the file cannot be read or the key cannot be deleted without changing more.
    """

    def expect(data: Plain) -> None:
        found = _at(data, place)
        assert isinstance(found, dict)
        found.pop(key, None)

    return _proved(file, content, expect, lambda text, style: text.removed(text.node(place), key))


def remark(file: str, content: bytes, place: Place, comment: str) -> bytes:
    """Write a comment above the line on which the value at ``place`` begins.

    Raises:
        UserError: where the file cannot be read or has no room for a comment there.
    """
    return _proved(file, content, lambda data: None, lambda text, style: text.remarked(text.node(place), comment))


def whole(head: str, value: Mapping[str, Plain], newline: str = "\n") -> bytes:
    """A new file: a comment line and a mapping."""
    return (f"{head}\n{pairs(value, 0, simple)}").replace("\n", newline).encode()


def _proved(
    file: str, content: bytes, expect: Callable[[Plain], None], change: Callable[[_Text, Style], bytes]
) -> bytes:
    """What ``change`` makes of ``content``, if that says what ``expect`` makes of its data and nothing else."""
    text = _Text(file, content)
    wanted = copy.deepcopy(text.data)
    expect(wanted)
    for style in STYLES:
        changed = change(text, style)
        document = read_yaml(file, changed)
        if not document.problems and _stripped(document.data) == _stripped(wanted):
            return changed
    raise UserError(
        f"{quoted(file)} ist so geschrieben, dass sich diese Stelle nicht ändern lässt, ohne anderes zu berühren. Bitte"
        " ändern Sie die Datei im Editor."
    )


def _stripped(data: Plain | None) -> object:
    """Data without what the loader takes away from texts anyway."""
    if isinstance(data, dict):
        return {key: _stripped(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_stripped(value) for value in data]
    return data.strip() if data is not None else None


def _at(data: Plain, place: Place) -> Plain:
    for step in place:
        data = data[step]  # type: ignore[index]
    return data


class _Text:
    """A YAML text and the places of its values."""

    def __init__(self, file: str, content: bytes) -> None:
        document = read_yaml(file, content)
        if document.problems or document.data is None:
            problems = "\n".join(map(str, document.problems)) or f"{file}:1: Die Datei ist leer."
            raise UserError(f"{quoted(file)} lässt sich nicht ändern:\n{printable(problems)}")
        self.data: Plain = document.data
        self._mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
        self._text = content.decode("utf-8-sig")
        breaks = list(_BREAK.finditer(self._text))
        self._starts = [0, *(found.end() for found in breaks)]
        self._newline = breaks[0].group() if breaks else "\n"
        root = yaml.compose(_BREAK.sub("\n", self._text), Loader=_LOADER)
        assert root is not None
        self._root = root

    def node(self, place: Place) -> yaml.Node:
        """The value at a place."""
        node: yaml.Node = self._root
        for step in place:
            node = node.value[step] if isinstance(step, int) else dict(_named(node))[step]
        return node

    def appended(self, node: yaml.Node, value: Plain, style: Style) -> bytes:
        """The text with ``value`` at the end of a list."""
        assert isinstance(node, yaml.SequenceNode)
        if self._is_flow(node):
            return self._into_flow(node, node.value[-1] if node.value else None, flow(value, style))
        column = node.start_mark.column
        at = self._behind_comments(self._line_end(self._end(node)), column)
        item = items([value], column, style)
        between = [
            self._text[self._end(one) : self._offset(two.start_mark)] for one, two in itertools.pairwise(node.value)
        ]
        # Entries stand apart from each other, where the file does so.
        if between and all(_EMPTY_LINE.search(gap) for gap in between):
            item = "\n" + item
        return self._with_lines(at, item)

    def written(
        self, node: yaml.Node, key: str, new_key: str, value: Plain, order: Sequence[str], style: Style
    ) -> bytes:
        """The text with a key and its value in a mapping, in the stead of ``key`` where that is there."""
        assert isinstance(node, yaml.MappingNode)
        there = dict(_named(node))
        if key not in there:
            return self._inserted(node, new_key, value, order, style)
        old = there[key]
        start = self._offset(next(name for name, found in node.value if found is old).start_mark)
        grown = self._grown(old, value) if key == new_key else None
        if grown is not None:
            return self.appended(old, grown, style)
        if self._is_flow(node):
            return self._spliced(start, self._end(old), flow({new_key: value}, style)[1:-1])
        first, _, rest = pairs({new_key: value}, node.start_mark.column, style).lstrip().partition("\n")
        end = self._end(old)
        # What stands behind the value on its line, or behind the „>-“ of a folded text, is a comment.
        header = re.match(r"[|>][-+0-9]*", self._text[self._offset(old.start_mark) :]) if self._is_block(old) else None
        comment = self._offset(old.start_mark) + header.end() if header else end
        tail = self._text[comment : self._line_end(comment)].rstrip("\r\n")
        rest = rest.rstrip("\n")
        written = f"{first}{tail}\n{rest}" if rest else f"{first}{tail}"
        stop = end if header else comment + len(tail)
        return self._spliced(start, stop, written.replace("\n", self._newline))

    def removed(self, node: yaml.Node, key: str) -> bytes:
        """The text without a key of a mapping, and without the lines that are empty then."""
        found = [(name, value) for name, value in node.value if name.value == key]
        if not found:
            return self._spliced(0, 0, "")
        start, end = self._offset(found[0][0].start_mark), self._end(found[0][1])
        line = self._starts[found[0][0].start_mark.line]
        if not self._text[line:start].strip() and not self._is_flow(node):
            return self._spliced(line, self._line_end(end), "")
        comma = re.match(r"\s*,\s*", self._text[end:])
        return self._spliced(start, end + comma.end() if comma else end, "")

    def remarked(self, node: yaml.Node, comment: str) -> bytes:
        """The text with a comment above a value, as far to the right as its line."""
        at = self._starts[node.start_mark.line]
        indent = re.match(r" *", self._text[at:]).group()  # type: ignore[union-attr]
        lines = textwrap.wrap(" ".join(comment.split()), WIDTH - len(indent) - 2)
        return self._with_lines(at, "".join(f"{indent}# {line}\n" for line in lines))

    def _grown(self, old: yaml.Node, value: Plain) -> Plain | None:
        """The one new last item of a list; None where more has changed than that."""
        if not isinstance(old, yaml.SequenceNode) or not isinstance(value, list) or len(value) != len(old.value) + 1:
            return None
        return value[-1] if [_plain(item) for item in old.value] == value[:-1] else None

    def _inserted(self, node: yaml.MappingNode, key: str, value: Plain, order: Sequence[str], style: Style) -> bytes:
        earlier = set(order[: order.index(key)] if key in order else ())
        before = [found for name, found in _named(node) if name in earlier]
        after = before[-1] if before else node.value[-1][1] if node.value else None
        if self._is_flow(node):
            return self._into_flow(node, after, flow({key: value}, style)[1:-1])
        assert after is not None
        return self._with_lines(self._line_end(self._end(after)), pairs({key: value}, node.start_mark.column, style))

    def _into_flow(self, node: yaml.Node, after: yaml.Node | None, piece: str) -> bytes:
        """The text with a piece in a list or mapping in brackets."""
        if after is None:
            at = self._offset(node.start_mark) + 1
            return self._spliced(at, at, piece)
        at = self._end(after)
        first = node.value[0][0] if isinstance(node, yaml.MappingNode) else node.value[0]
        column = at - self._starts[after.end_mark.line]
        if column + len(piece) + len(", ]") > WIDTH > first.start_mark.column + len(piece):
            return self._spliced(at, at, f",{self._newline}{' ' * first.start_mark.column}{piece}")
        return self._spliced(at, at, f", {piece}")

    def _with_lines(self, at: int, lines: str) -> bytes:
        """The text with whole lines at the beginning of a line, or at its end."""
        lines = lines.replace("\n", self._newline)
        if at and self._text[at - 1] not in "\r\n":
            lines = self._newline + lines.removesuffix(self._newline)
        return self._spliced(at, at, lines)

    def _spliced(self, start: int, end: int, piece: str) -> bytes:
        return self._mark + (self._text[:start] + piece + self._text[end:]).encode()

    def _offset(self, mark: yaml.Mark) -> int:
        return self._starts[mark.line] + mark.column

    def _end(self, node: yaml.Node) -> int:
        """Behind the last character of a value; the parser also counts empty lines and comments behind it."""
        if self._is_block(node):
            start, end = self._offset(node.start_mark), self._offset(node.end_mark)
            body = self._text[start:end]
            keeps = "+" in body.split("\n", 1)[0].split("#", 1)[0]
            return start + len(body.rstrip("\r\n") if keeps else body.rstrip())
        if isinstance(node, yaml.CollectionNode) and not self._is_flow(node) and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        return self._offset(node.end_mark)

    def _line_end(self, offset: int) -> int:
        """Behind the end of the line on which an offset lies."""
        found = _BREAK.search(self._text, offset)
        return found.end() if found else len(self._text)

    def _behind_comments(self, at: int, column: int) -> int:
        """Behind the comments that follow and, by their indentation, belong to what stands before them."""
        end = at
        while at < len(self._text):
            line = self._text[at : self._line_end(at)]
            text = line.strip()
            if text and not (text.startswith("#") and len(line) - len(line.lstrip()) >= column):
                break
            at += len(line)
            end = at if text else end
        return end

    def _is_flow(self, node: yaml.Node) -> bool:
        return self._text[self._offset(node.start_mark)] in "[{" and isinstance(node, yaml.CollectionNode)

    @staticmethod
    def _is_block(node: yaml.Node) -> bool:
        return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")


def _named(node: yaml.Node) -> list[tuple[str, yaml.Node]]:
    return [(key.value, value) for key, value in node.value]


def _plain(node: yaml.Node) -> Plain:
    if isinstance(node, yaml.MappingNode):
        return {key: _plain(value) for key, value in _named(node)}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    assert isinstance(node.value, str)
    return node.value

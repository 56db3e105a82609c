"""YAML text → plain texts, lists and mappings, with the line each of them stands on.

Every scalar stays the text that was written: ``no``, ``10:00`` and ``007`` are never turned into something
else. Nothing is ever repeated or constructed: anchors, aliases and tags are refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias

import yaml

from bot.knowledge.explain import syntax_mistake
from bot.knowledge.problems import Problem, quoted

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
Place: TypeAlias = tuple[str | int, ...]
"""The way to a value from the top of a file: ``("entries", 3, "question")``."""

MAX_DEPTH = 20
"""Deeper than any knowledge file needs, and shallow enough for everything that walks the data recursively."""

# The parser in C is about twenty times as fast; where it was not built, the one in Python reads the same.
_LOADER: type[yaml.BaseLoader | yaml.CBaseLoader] = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader

# Control characters and the line separators that YAML counts as line breaks but no editor does.
_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029\ufeff]")


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML file says.

    ``data`` is None where the file is empty or cannot be read to its end (then ``broken`` is true).
    """

    file: str
    data: Plain | None
    lines: Mapping[Place, int]
    problems: tuple[Problem, ...] = ()
    broken: bool = False

    def line(self, place: Place) -> int:
        """The line on which the value at ``place`` begins, or the nearest thing around it that exists."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_yaml(file: str, content: bytes) -> Document:
    """Read a YAML file; whatever the bytes, the mistakes are in the document's ``problems``."""
    content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = Problem(
            file,
            line,
            "Die Datei ist nicht in der Kodierung UTF-8 gespeichert.",
            "Bitte speichern Sie die Datei im Editor als UTF-8.",
        )
        return Document(file, None, {}, (problem,), broken=True)
    return _Composer(file, text).compose()


class _BrokenError(Exception):
    """The rest of the file cannot be understood; the reason is among the composer's problems."""


@dataclass(slots=True)
class _Frame:
    """A list or mapping whose end has not been read yet."""

    place: Place
    into: list[Plain] | dict[str, Plain]
    key: str | None = None
    """The key of a mapping whose value comes next."""
    repeated: bool = False
    """The key has been there before, so its value is dropped."""


@dataclass(slots=True)
class _Composer:
    file: str
    text: str
    problems: list[Problem] = field(default_factory=list)
    lines: dict[Place, int] = field(default_factory=dict)
    root: Plain | None = None
    stack: list[_Frame] = field(default_factory=list)
    last_line: int = 1

    def compose(self) -> Document:
        self.last_line = max(1, self.text.count("\n") + (not self.text.endswith("\n")))
        for number, line in enumerate(self.text.split("\n"), start=1):
            self._check_characters(line, number)
        broken = False
        try:
            self._read_events(_FORBIDDEN.sub(" ", self.text))
        except yaml.YAMLError as error:
            self._syntax(error)
            broken = True
        except _BrokenError:
            broken = True
        return Document(self.file, None if broken else self.root, self.lines, tuple(self.problems), broken)

    def _read_events(self, text: str) -> None:
        for event in yaml.parse(text, Loader=_LOADER):
            line = self._line(event.start_mark)
            if isinstance(event, yaml.NodeEvent):
                self._refuse_anchor_and_tag(event, line)
            if isinstance(event, yaml.ScalarEvent):
                self._add(self._scalar(event, line), line)
            elif isinstance(event, yaml.AliasEvent):
                self._add(f"*{event.anchor}", line)
            elif isinstance(event, yaml.MappingStartEvent):
                self._open({}, line)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._open([], line)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop()
            elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                self._stop(
                    line,
                    "Hier beginnt ein zweites Dokument in derselben Datei („---“).",
                    "Bitte löschen Sie die Zeile „---“ oder verteilen Sie den Inhalt auf zwei Dateien.",
                )

    def _open(self, into: list[Plain] | dict[str, Plain], line: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self._stop(
                line,
                "Hier ist der Inhalt zu tief verschachtelt.",
                "Bitte prüfen Sie Klammern, Spiegelstriche und Einrückung.",
            )
        self.stack.append(_Frame(self._add(into, line), into))

    def _add(self, value: Plain, line: int) -> Place:
        """Put a value, or a collection that begins, where it belongs; returns its place."""
        if not self.stack:
            self.root = value
            self.lines[()] = line
            return ()
        frame = self.stack[-1]
        if isinstance(frame.into, list):
            place = (*frame.place, len(frame.into))
            frame.into.append(value)
            self.lines.setdefault(place, line)
            return place
        if frame.key is None:
            self._begin_key(frame, frame.into, value, line)
            return frame.place
        place = (*frame.place, frame.key)
        if not frame.repeated:
            frame.into[frame.key] = value
        frame.key = None
        return place

    def _begin_key(self, frame: _Frame, mapping: dict[str, Plain], key: Plain, line: int) -> None:
        if not isinstance(key, str):
            self._stop(
                line,
                "Vor dem Doppelpunkt steht kein einfaches Wort.",
                "Beginnt ein Text mit einer Klammer, setzen Sie bitte den ganzen Text in Anführungszeichen.",
            )
        place = (*frame.place, key)
        frame.key, frame.repeated = key, key in mapping
        if frame.repeated:
            self._report(
                line,
                f"Der Schlüssel {quoted(key)} steht hier zum zweiten Mal, zuerst in Zeile {self.lines[place]}.",
                "Bitte löschen Sie eine der beiden Angaben. Beginnt hier etwas Neues, fehlt davor ein Spiegelstrich.",
            )
        self.lines.setdefault(place, line)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> str:
        value: str = event.value
        if event.style == '"':  # an escape such as "\x07" can write what the file itself must not contain
            self._check_characters(value, line)
            value = _FORBIDDEN.sub(" ", value)
        return value

    def _refuse_anchor_and_tag(self, event: yaml.NodeEvent, line: int) -> None:
        tag = getattr(event, "tag", None)
        if event.anchor is None and tag is None:
            return
        sign = "!" if tag is not None else "*" if isinstance(event, yaml.AliasEvent) else "&"
        self._report(
            line,
            f"Ein Wert beginnt mit „{sign}“; das hat in YAML eine besondere Bedeutung und ist hier nicht erlaubt.",
            "Bitte setzen Sie den ganzen Wert in Anführungszeichen.",
        )

    def _syntax(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        problem = f"{getattr(error, 'context', '')}: {getattr(error, 'problem', '')}"
        message, hint = syntax_mistake(problem, self._character(mark))
        # These two the parser notices far too late: the mistake is where the quote or the key began.
        if "end of stream" in problem or "could not find expected ':'" in problem:
            mark = getattr(error, "context_mark", None) or mark
        self._report(self._line(mark), message, hint)

    def _line(self, mark: Any) -> int:
        """The line of a parser's mark; the parser can stand behind the last line."""
        return min(mark.line + 1, self.last_line) if mark else self.last_line

    def _character(self, mark: Any) -> str:
        return self.text[mark.index : mark.index + 1] if mark else ""

    def _check_characters(self, text: str, line: int) -> None:
        found = _FORBIDDEN.search(text)
        if found:
            self._report(
                line,
                f"Hier steht ein unsichtbares Zeichen, das nicht erlaubt ist (U+{ord(found.group()):04X}).",
                "Bitte löschen Sie das Zeichen; oft hilft es, die Zeile neu zu tippen.",
            )

    def _report(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self.file, line, message, hint, code="yaml"))

    def _stop(self, line: int, message: str, hint: str) -> NoReturn:
        self._report(line, message, hint)
        raise _BrokenError

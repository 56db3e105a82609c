"""Asking for the values of a draft or a source, field by field, with what stands there now as the default."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

import click

from bot.channels.adopt_lines import mistake_lines
from bot.channels.keyboard import is_person, line_in
from bot.channels.lines import Line, aside
from bot.channels.screen import Screen
from bot.knowledge.fields import MAX_PHRASING
from bot.knowledge.model import MAX_ANSWER, MAX_QUESTION, MAX_SHORT
from bot.knowledge.yaml_lines import Plain

_HOW: Mapping[str, str] = {
    "question": f"höchstens {MAX_QUESTION} Zeichen",
    "answer": f"ein bis vier Sätze in eigenen Worten, höchstens {MAX_ANSWER} Zeichen",
    "short": f"eine Zeile zum Vorlesen, höchstens {MAX_SHORT} Zeichen",
    "keywords": "mit Komma getrennt",
    "topic": "Name der Datei ohne „.yaml“",
    "as_of": "JJJJ, JJJJ-MM oder JJJJ-MM-TT; ohne Angabe gilt das Datum der Quelle",
    "date": "JJJJ, JJJJ-MM oder JJJJ-MM-TT",
    "kind": "werkstatt oder hintergrund",
}
_LISTS = frozenset({"keywords"})

Mistakes = Callable[[str, Plain], Sequence[str]]
"""Key and value → why it cannot be so, in German sentences."""
Store = Callable[[str, Plain], None]
"""Keeps a value for good."""


class _LeaveRestError(Exception):
    """The fields that were not asked for yet stay as they are."""


class Fields:
    """Asks for fields one after the other; each value is kept as soon as it is right."""

    def __init__(self, screen: Screen, labels: Mapping[str, str], mistakes: Mistakes, store: Store) -> None:
        self._screen = screen
        self._labels = labels
        self._mistakes = mistakes
        self._store = store

    def ask(self, present: Mapping[str, Plain]) -> None:
        """Ask for all fields that have a label; ``present`` is what stands there.

        Raises:
            EOFError: where the input ends.
            UserError: where a value cannot be kept.
        """
        how = "Enter lässt, was da steht; - löscht es; ein Punkt allein lässt auch alles Weitere, wie es ist."
        self._screen.write(aside([how]))
        try:
            for key in self._labels:
                if key == "variants":
                    self._phrasings([text for text in present.get(key, []) if isinstance(text, str)])
                else:
                    self._field(key, present.get(key, ""))
            for key in ("events", "durations"):
                self._times(key, present.get(key, []))
        except _LeaveRestError:
            return

    def _field(self, key: str, present: Plain) -> None:
        shown = ", ".join(map(str, present)) if isinstance(present, list) else str(present)
        typed = shown
        while True:
            how = f" ({_HOW[key]})" if key in _HOW else ""
            typed = self._line(f"{self._labels[key]}{how}: ", typed, editor=key == "answer")
            if typed in ("", shown):
                return
            cleared = "" if typed == "-" else typed
            value: Plain = [part.strip() for part in cleared.split(",") if part.strip()] if key in _LISTS else cleared
            if self._keeps(key, value):
                return

    def _phrasings(self, known: list[str]) -> None:
        self._screen.write(aside([f"{number}  {text}" for number, text in enumerate(known, 1)]))
        while True:
            how = f"höchstens {MAX_PHRASING} Zeichen; Enter: keine mehr" + ("; -2 löscht Nr. 2" if known else "")
            typed = self._line(f"Weitere Formulierung ({how}): ")
            if not typed:
                return
            if typed.startswith("-") and typed[1:].isdecimal():
                number = int(typed[1:])
                if 0 < number <= len(known):
                    del known[number - 1]
                    self._store("variants", list(known))
                    self._screen.write(aside([f"{number}  {text}" for number, text in enumerate(known, 1)]))
                else:
                    self._screen.write([Line(f"Eine Formulierung Nr. {number} gibt es nicht.")])
            elif self._keeps("variants", [*known, typed]):
                known.append(typed)

    def _times(self, key: str, present: Plain) -> None:
        """Ask whether what is proposed for the timeline stays."""
        kept = list(present)
        for one in present:
            assert isinstance(one, dict)
            when = one.get("date") or f"{one['months']} Monate"
            if self._line(f"In die Zeitleiste: {one['label']} ({when})? (Enter: ja, n: nein): ").casefold() == "n":
                kept.remove(one)
                self._store(key, kept)

    def _keeps(self, key: str, value: Plain) -> bool:
        wrong = self._mistakes(key, value)
        if wrong:
            self._screen.write(mistake_lines(wrong))
            return False
        self._store(key, value)
        return True

    def _line(self, prompt: str, present: str = "", editor: bool = False) -> str:
        """One line of input without the spaces around it; nothing typed means what is ``present``."""
        can_open = editor and is_person() and bool(os.environ.get("VISUAL") or os.environ.get("EDITOR"))
        if can_open:
            self._screen.write(aside(["e öffnet Ihren Editor."]))
        typed = " ".join(line_in(prompt, present).split())
        if typed == ".":
            raise _LeaveRestError
        return self._edited(present) if can_open and typed == "e" else typed

    def _edited(self, present: str) -> str:
        try:
            text = click.edit(present, extension=".txt")
        except click.ClickException:
            self._screen.write(mistake_lines(["Der Editor ließ sich nicht starten. Bitte prüfen Sie EDITOR."]))
            return present
        return " ".join((text or "").split())

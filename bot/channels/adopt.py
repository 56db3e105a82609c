"""The dialogue in which drafts become entries: draft by draft, in a terminal or line by line from a pipe.

Every step is on disk at once, so that the dialogue can end anywhere and go on later.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from bot.answers import Bundle
from bot.channels.adopt_fields import Fields
from bot.channels.adopt_lines import (
    draft_lines,
    flip_lines,
    lost_open_lines,
    mistake_lines,
    opening,
    preview_lines,
    proposal_lines,
)
from bot.channels.keyboard import line_in
from bot.channels.lines import BLANK, Line, Look, aside
from bot.channels.screen import Screen
from bot.curation.adoption import (
    LABELS,
    SOURCE_LABELS,
    WITHOUT_ENTRY,
    Way,
    adopted,
    doubts,
    field_mistakes,
    invisible_mistakes,
    mistakes,
    related_entry,
    shape_mistakes,
    told,
    ways,
)
from bot.curation.drafts import Draft
from bot.curation.edit import Files
from bot.curation.flips import flips, near_flips
from bot.curation.open_drafts import OpenDrafts
from bot.curation.undo import carry_out, change_of
from bot.errors import UserError
from bot.knowledge import KnowledgeBase, KnowledgeError, parse
from bot.knowledge.calibration import calibration_in
from bot.knowledge.contents import read
from bot.knowledge.load import read_files
from bot.knowledge.model import Source, TopicFile
from bot.knowledge.yaml_lines import Plain
from bot.typed_text import printable, quoted_path

_WORDS: Mapping[str, tuple[str, ...]] = {
    "ü": ("u", "ue", "übernehmen", "uebernehmen", "ubernehmen"),
    "b": ("bearbeiten",),
    "s": ("überspringen", "ueberspringen", "uberspringen"),
    "d": ("quelle",),
    "w": ("weiter",),
    "z": ("zurück", "zurueck", "zuruck"),
    "e": ("ende", "schluss"),
}
_LETTERS = {word: letter for letter, words in _WORDS.items() for word in (letter, *words)}
_NAMES = {
    "ü": "übernehmen",
    "b": "bearbeiten",
    "s": "überspringen",
    "d": "Angaben zur Quelle",
    "w": "weiter",
    "z": "zurück",
    "e": "Ende",
}


class Dialogue:
    """One pass through the drafts of a file."""

    def __init__(self, folder: Path, drafts: OpenDrafts, today: date, screen: Screen) -> None:
        self._folder = folder
        self._drafts = drafts
        self._today = today
        self._screen = screen
        self._files: Files = {}
        self._knowledge: KnowledgeBase
        self.adopted = 0
        """So many drafts became part of the knowledge."""

    def run(self) -> None:
        """Show draft after draft until none is left open or the curator leaves.

        Raises:
            EOFError: where the input ends.
        """
        self._read()
        self._screen.write(opening(self._drafts.file, self._is_registered(), self._drafts.missing))
        number = self._next_open(0)
        while number is not None:
            number = self._one(number)

    def _one(self, number: int) -> int | None:
        """Show a draft and do what is wanted with it; returns which comes next, None for the end."""
        self._read()
        self._show(number)
        try:
            match self._choice(self._drafts.file.drafts[number]):
                case "ü":
                    return self._next_open(number + 1) if self._adopt(number) else number
                case "b":
                    self._edit_draft(number)
                case "d":
                    self._edit_source()
                case "s":
                    self._drafts.change(("drafts", number), "state", "skipped")
                    return self._next_open(number + 1)
                case "w":
                    return self._next_open(number + 1)
                case "z":
                    return max(0, number - 1)
                case _:
                    return None
        except UserError as error:
            self._screen.write([Line(str(error), Look.NOTICE), BLANK])
            self._drafts.reload()
        return number if number < len(self._drafts.file.drafts) else self._next_open(0)

    def _choice(self, draft: Draft) -> str:
        """The letter of what the curator wants with a draft."""
        letters = "wze" if draft.state == "adopted" else "übsze" if self._is_registered() else "übsdze"
        offered = ", ".join(f"{letter} {_NAMES[letter]}" for letter in letters)
        while True:
            typed = unicodedata.normalize("NFC", line_in(f"{offered}: ")).strip().casefold()
            letter = _LETTERS.get(typed, "?")
            if letter in letters:
                return letter
            self._screen.write([Line("Bitte tippen Sie einen der Buchstaben.")])

    def _show(self, number: int) -> None:
        content, knowledge = self._drafts.file, self._knowledge
        draft = content.drafts[number]
        wording = self._drafts.wordings[number] if number < len(self._drafts.wordings) else ""
        lines = [*draft_lines(content, number, wording, related_entry(knowledge, draft)), BLANK]
        if draft.state != "adopted":
            way = ways(knowledge, draft)[0]
            lines += self._proposal(draft, way)
        self._screen.write(lines)

    def _proposal(self, draft: Draft, way: Way) -> list[Line]:
        """What a draft would become in the likeliest way, and what is wrong or doubtful about it."""
        wrong = self._mistakes(draft, way)
        lines: list[Line] = []
        if not wrong:
            try:
                _, after = self._after(draft, way)
                shown = after.entry(draft.entry or "" if way in WITHOUT_ENTRY else draft.id)
                assert shown is not None
                lines += preview_lines(after, shown, way, self._today)
            except UserError as error:
                wrong = [str(error)]
        if wrong:
            lines += [Line(draft.question, Look.HEADING), Line(draft.answer or "(noch keine Antwort)")]
        if way not in WITHOUT_ENTRY:
            lines += proposal_lines(self._knowledge, draft)
        return [*lines, *mistake_lines([*wrong, *self._doubts(draft, way)]), BLANK]

    def _adopt(self, number: int) -> bool:
        """Make a draft part of the knowledge; returns whether that was done."""
        draft = self._drafts.file.drafts[number]
        way = self._way(draft)
        wrong = self._mistakes(draft, way)
        if wrong:
            self._screen.write([Line("So lässt er sich noch nicht übernehmen:"), *mistake_lines(wrong), BLANK])
            return False
        doubtful = self._doubts(draft, way)
        remark = (
            f"{self._today:%d.%m.%Y}, Quelle {self._drafts.file.source.id}, trotz des Hinweises: {' '.join(doubtful)}"
        )
        remark = remark if doubtful else ""
        after, knowledge = self._after(draft, way, self._title(draft, way), remark)
        lost = lost_open_lines(self._files, after)
        told_about = [*mistake_lines(doubtful), *lost, *self._consequences(knowledge, draft, way)]
        self._screen.write(told_about)
        if told_about and not self._yes("So übernehmen? (j/n): "):
            return False
        self._carry_out(number, told(self._knowledge, draft, way), after)
        return True

    def _carry_out(self, number: int, title: str, after: Files) -> None:
        drafts = self._drafts
        new_draft = drafts.with_value(("drafts", number), "state", "adopted")
        carry_out(self._folder, change_of(title, self._files, after, drafts.path.name, drafts.content, new_draft))
        drafts.reload()
        self.adopted += 1
        self._screen.write([Line(f"Übernommen: {title}.", Look.HEADING), BLANK])

    def _way(self, draft: Draft) -> Way:
        possible = ways(self._knowledge, draft)
        if len(possible) == 1:
            return possible[0]
        self._screen.write([Line(f"{number}  {way.value}", Look.CHOICE) for number, way in enumerate(possible, 1)])
        while True:
            typed = line_in("Wie übernehmen? (Enter: 1): ").strip() or "1"
            if typed.isdecimal() and 0 < int(typed) <= len(possible):
                return possible[int(typed) - 1]
            self._screen.write([Line(f"Bitte tippen Sie eine Zahl von 1 bis {len(possible)}.")])

    def _title(self, draft: Draft, way: Way) -> str | None:
        """The name of a topic that is new; None for one that exists."""
        if way in WITHOUT_ENTRY or any(topic.id == draft.topic for topic in self._knowledge.topics):
            return None
        while True:
            prompt = f"Das Thema „{draft.topic}“ ist neu. Wie soll es heißen? (höchstens 60 Zeichen): "
            title = " ".join(line_in(prompt, (draft.topic or "").replace("-", " ").title()).split())
            title = title or (draft.topic or "").replace("-", " ").title()
            wrong = shape_mistakes(TopicFile, {"topic": title}, "topic", "Name des Themas")
            wrong = invisible_mistakes([title], "Name des Themas") or wrong
            if not wrong:
                return title
            self._screen.write(mistake_lines(wrong))

    def _yes(self, prompt: str) -> bool:
        while True:
            typed = line_in(prompt).strip().casefold()
            if typed in ("j", "ja", "n", "nein"):
                return typed.startswith("j")
            self._screen.write([Line("Bitte tippen Sie j oder n.")])

    def _edit_draft(self, number: int) -> None:
        def wrong(key: str, value: Plain) -> list[str]:
            return field_mistakes(
                self._knowledge, self._drafts.file.drafts[number], key, value, self._drafts.whole_text
            )

        present = self._drafts.file.drafts[number].model_dump(mode="json", exclude_none=True)
        Fields(self._screen, LABELS, wrong, partial(self._drafts.change, ("drafts", number))).ask(present)

    def _edit_source(self) -> None:
        present = self._drafts.file.source.model_dump(mode="json", exclude_none=True)

        def wrong(key: str, value: Plain) -> list[str]:
            label = SOURCE_LABELS[key]
            shape = shape_mistakes(Source, {**present, key: value or None}, key, label)
            return invisible_mistakes([str(value)], label) or shape

        Fields(self._screen, SOURCE_LABELS, wrong, partial(self._drafts.change, ("source",))).ask(present)

    def _mistakes(self, draft: Draft, way: Way) -> list[str]:
        return [] if way in WITHOUT_ENTRY else mistakes(self._knowledge, draft, self._drafts.whole_text)

    def _doubts(self, draft: Draft, way: Way) -> list[str]:
        entry = related_entry(self._knowledge, draft) if way in WITHOUT_ENTRY else draft
        texts = (entry.answer, entry.short) if entry else ()
        source = self._drafts.file.source
        return doubts(self._knowledge, texts, draft.section, self._drafts.passage(draft), source)

    def _after(
        self, draft: Draft, way: Way, title: str | None = None, remark: str = ""
    ) -> tuple[dict[str, bytes], KnowledgeBase]:
        """The knowledge with a draft adopted: its files, and what they say.

        Raises:
            UserError: where that would be no usable knowledge.
        """
        after = adopted(self._files, self._knowledge, self._drafts.file.source, draft, way, title, remark)
        try:
            return after, replace(parse(after), calibration=self._knowledge.calibration)
        except KnowledgeError as error:
            raise UserError(f"So lässt sich das Wissen nicht verwenden:\n{printable(str(error))}") from None

    def _consequences(self, after: KnowledgeBase, draft: Draft, way: Way) -> list[Line]:
        """What the curator must know before a draft is adopted, beyond what the preview of the draft showed."""
        shown = after.entry(draft.entry or "" if way in WITHOUT_ENTRY else draft.id)
        assert shown is not None
        likeliest = way is ways(self._knowledge, draft)[0]
        lines = [] if likeliest else preview_lines(after, shown, way, self._today)
        if way in WITHOUT_ENTRY:
            return lines
        self._screen.write(aside(["Ich stelle die bekannten Fragen …"]))
        old, new = Bundle.build(self._knowledge), Bundle.build(after)
        questions = [touchstone.question for touchstone in self._knowledge.touchstones]
        settled = flips(old, new, questions, self._today)
        near = near_flips(old, new, shown.phrasings, shown.id, self._today)
        if not (settled or near):
            self._screen.write(aside(["Keine von ihnen bekommt eine andere Antwort."]))
        return [
            *lines,
            *flip_lines(after, "Diese Prüfsteine bekommen eine andere Antwort:", settled),
            *flip_lines(after, "Wer fast so fragt wie hier, bekommt etwas anderes:", near),
        ]

    def _next_open(self, number: int) -> int | None:
        """The next draft that is still open, from ``number`` on; None where there is none."""
        drafts = self._drafts.file.drafts
        return next((later for later in range(number, len(drafts)) if drafts[later].state == "open"), None)

    def _is_registered(self) -> bool:
        return self._drafts.file.source.id in self._knowledge.sources

    def _read(self) -> None:
        """Look at the knowledge as it is on disk now."""
        try:
            self._files = read_files(self._folder)
            self._knowledge = replace(parse(self._files), calibration=calibration_in(read(self._folder).calibration))
        except KnowledgeError as error:
            folder = quoted_path(self._folder)
            raise UserError(f"Das Wissen in {folder} lässt sich nicht verwenden:\n{printable(str(error))}") from None

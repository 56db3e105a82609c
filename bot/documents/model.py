"""What a document holds once it is read: its head, and its statements with the section each stands in."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.text import words

_SAME_WORD = 85
"""From this likeness (0–100) on, two words of the names of sections are the same, inflected or misspelled."""

HEAD = "Kopfdaten"
"""The name of what stands before the first heading."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a document, on one line and without hyphens at line ends.

    ``section`` are the names of the headings above it as an entry would cite them, outermost first; ``question`` is
    the one it answers; ``context`` is what must be known to understand it: the bullets above a nested one, and the
    sentence before one that points back (as in „Diese entscheiden …“).
    """

    text: str
    section: tuple[str, ...]
    speaker: str | None = None
    question: str | None = None
    context: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The section as an entry cites it: the innermost heading's name."""
        return self.section[-1] if self.section else HEAD


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document's wording and the names of the headings above it; a heading is under itself."""

    text: str
    section: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its readers see it. ``date`` is a partial ISO date; ``passages`` are its whole wording."""

    title: str | None
    date: str | None
    place: str | None
    speakers: tuple[str, ...]
    publisher: str | None
    statements: tuple[Statement, ...]
    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        """All wording, a line for each piece."""
        return "\n".join(passage.text for passage in self.passages)

    def section_text(self, section: str) -> str:
        """All wording under the heading that an entry cites as ``section``; empty where there is none like it.

        The name need not be that of the heading to the letter: „Blitzumfrage“ finds „Blitzumfrage aller Teilnehmenden“.
        „Ganzes Protokoll“ and the like mean the whole document.
        """
        if words(section)[:1] in {("ganzes",), ("gesamtes",)}:
            return self.text
        names = dict.fromkeys(name for passage in self.passages for name in passage.section or (HEAD,))
        meant = max(names, key=lambda name: _likeness(name, section), default="")
        if not meant or not _likeness(meant, section):
            return ""
        found = [passage.text for passage in self.passages if meant in (passage.section or (HEAD,))]
        return "\n".join(found)


def _likeness(name: str, cited: str) -> float:
    """How alike (0–1) two names of sections are; 0 where one has a word more than a longer or shorter form explains."""
    shorter, longer = sorted((words(name), words(cited)), key=len)
    if not shorter:
        return 0.0
    if shorter == longer:
        return 1.0
    if not all(any(fuzz.ratio(word, other) >= _SAME_WORD for other in longer) for word in shorter):
        return 0.0
    begins = longer[: len(shorter)] == shorter
    return (1 + begins + len(shorter) / len(longer)) / 4

"""What a curator is told when the folder changes: what is wrong, what is mended, and which entries are others now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.knowledge import KnowledgeBase, Problem
from bot.live.knowledge import State
from bot.search.defaults import is_calibrated
from bot.typed_text import counted, quoted

NAMED = 2
"""So many entries of a kind are named on one line."""

SAME = "Es ist dasselbe wie vor dem Fehler."

CALIBRATION = (
    "Die Kalibrierung ist älter als dieses Wissen; sie gilt weiter, bis jemand ausführt: ikz-bot check --calibrate"
)


@dataclass(frozen=True, slots=True)
class Changes:
    """How one knowledge differs from the one before: the questions of the entries, and what else is another."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def groups(self) -> list[tuple[str, Sequence[str]]]:
        """Each kind of change that there is, with its count in words, and what it concerns."""
        kinds = [
            (counted(len(self.added), "Eintrag neu", "Einträge neu"), self.added),
            (counted(len(self.changed), "Eintrag geändert", "Einträge geändert"), self.changed),
            (counted(len(self.removed), "Eintrag entfernt", "Einträge entfernt"), self.removed),
        ]
        return [(title, questions) for title, questions in kinds if questions]

    @property
    def line(self) -> str:
        """All of it on one line."""
        groups = [f"{title} ({_some(questions)})" for title, questions in self.groups]
        others = [f"geändert: {', '.join(self.others)}"] if self.others else []
        return "; ".join([*groups, *others]) or "die Einträge sind dieselben"


@dataclass(frozen=True, slots=True)
class News:
    """What someone has not been told yet; ``changes`` is None where the same knowledge is in force."""

    changes: Changes | None
    mended: bool
    problems: tuple[Problem, ...]
    outdated_calibration: bool

    @property
    def sentences(self) -> list[str]:
        """The news for one line of a terminal or a log."""
        told = []
        if self.mended and self.changes:
            told.append(f"Das Wissen ist wieder in Ordnung und gilt: {self.changes.line}.")
        elif self.mended:
            told.append(f"Das Wissen ist wieder in Ordnung. {SAME}")
        elif self.changes:
            told.append(f"Neues Wissen gilt: {self.changes.line}.")
        if self.problems:
            more = " Alle Fehler zeigt: ikz-bot check" if len(self.problems) > 1 else ""
            told.append(f"{broken(self.problems)} {self.problems[0]}{more}")
        return [*told, *([CALIBRATION] if self.outdated_calibration else [])]


class Reader:
    """Someone who is told everything once."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        """``knowledge`` is the one that was in force when they came."""
        self._knowledge = knowledge
        self._problems: tuple[Problem, ...] = ()
        self._knows_of_calibration = False

    def news(self, state: State) -> News | None:
        """What they have not heard yet; None where that is nothing."""
        knowledge = state.shelf.bundle.knowledge
        known = {_mistake(problem) for problem in self._problems}
        news = News(
            changes=changes(self._knowledge, knowledge) if knowledge is not self._knowledge else None,
            mended=bool(self._problems and not state.problems),
            problems=state.problems if any(_mistake(problem) not in known for problem in state.problems) else (),
            outdated_calibration=_is_outdated(knowledge)
            and knowledge is not self._knowledge
            and not self._knows_of_calibration,
        )
        return news if news.changes or news.mended or news.problems else None

    def heard(self, state: State) -> None:
        """They have been told everything up to this state."""
        knowledge = state.shelf.bundle.knowledge
        if knowledge is not self._knowledge:
            self._knows_of_calibration = _is_outdated(knowledge)
        self._knowledge, self._problems = knowledge, state.problems


def changes(before: KnowledgeBase, after: KnowledgeBase) -> Changes:
    """How ``after`` differs from ``before``; an entry with a new id is the same one where it names its former id."""
    kept = {entry.id: now for entry in before.entries if (now := after.entry(entry.id))}
    same = {now.id for now in kept.values()}
    return Changes(
        added=tuple(entry.question for entry in after.entries if entry.id not in same),
        changed=tuple(kept[old.id].question for old in before.entries if kept.get(old.id, old) != old),
        removed=tuple(entry.question for entry in before.entries if entry.id not in kept),
        others=tuple(_others(before, after)),
    )


def broken(problems: Sequence[Problem]) -> str:
    """That the knowledge in the folder cannot be used."""
    return f"Das Wissen hat {len(problems)} Fehler; das bisherige bleibt in Kraft."


def _others(before: KnowledgeBase, after: KnowledgeBase) -> Iterable[str]:
    pairs = {
        "Themen": (_topics(before), _topics(after)),
        "Quellen": (before.sources, after.sources),
        "Synonyme": (before.synonyms, after.synonyms),
        "Höflichkeiten": (before.smalltalk, after.smalltalk),
        "Rundgang": (before.tour, after.tour),
        "Quiz": (before.quiz, after.quiz),
        "Umfrage": (before.poll, after.poll),
        "Glossar": (before.glossary, after.glossary),
        "Prüfsteine": (before.touchstones, after.touchstones),
        "Kalibrierung": (before.calibration, after.calibration),
    }
    return [name for name, (old, new) in pairs.items() if old != new]


def _topics(knowledge: KnowledgeBase) -> list[tuple[str, str, str]]:
    return [(topic.id, topic.title, topic.description) for topic in knowledge.topics]


def _is_outdated(knowledge: KnowledgeBase) -> bool:
    return knowledge.calibration is not None and not is_calibrated(knowledge)


def _mistake(problem: Problem) -> tuple[str, str]:
    """What makes a mistake the same one, though lines were added above it."""
    return problem.file, problem.message


def _some(questions: Sequence[str]) -> str:
    named = ", ".join(quoted(question) for question in questions[:NAMED])
    return f"{named} und {len(questions) - NAMED} weitere" if len(questions) > NAMED else named

"""One evaluation from beginning to end: the answers, the same questions roughened, and other ways of ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.answers import Bundle
from bot.curation.calibrate import calibrate
from bot.curation.compare import OWN, Comparison, compare, own_ranker
from bot.curation.evaluate import Outcome, Quality, quality, replay
from bot.curation.left_out import LeftOut, left_out
from bot.curation.peers import PEERS, Builder, MissingPeer
from bot.curation.progress import mention, tracked
from bot.curation.questions import LabelledQuestion, read_questions
from bot.curation.roughen import roughen
from bot.knowledge import KnowledgeBase
from bot.search.defaults import fits


@dataclass(frozen=True, slots=True)
class Roughened:
    """The figures of the questions that a way of spoiling changes, before and after."""

    before: Quality
    after: Quality


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was found out on one file of questions; what was not asked for is empty or None."""

    outcomes: Sequence[Outcome]
    quality: Quality
    roughened: Mapping[str, Roughened]
    left_out: LeftOut | None
    comparisons: Sequence[Comparison]


def read_sets(files: Sequence[str], knowledge: KnowledgeBase) -> Mapping[str, list[LabelledQuestion]]:
    """The questions of each file, by the shortest name that tells the files apart; what they expect must be there.

    Raises:
        UserError: where a file cannot be used.
    """
    stems = [Path(file).stem for file in files]
    names = stems if len(set(stems)) == len(set(files)) else files
    known = {entry.id for entry in (*knowledge.entries, *knowledge.smalltalk)}
    return {name: read_questions(Path(file), known) for name, file in zip(names, files, strict=True)}


def measure(
    knowledge: KnowledgeBase,
    sets: Mapping[str, Sequence[LabelledQuestion]],
    today: date,
    *,
    robust: bool,
    without: bool,
    peers: bool,
) -> Mapping[str, Measured]:
    """Measures every set of questions; ``without``: also with entries left out.

    Knowledge that brings no calibration is calibrated first.
    """
    bundle = Bundle.build(knowledge, None if fits(knowledge.calibration) else calibrate(knowledge))
    compared = _compared(bundle, sets) if peers else []
    found = {}
    for name, questions in sets.items():
        outcomes = replay(bundle, questions, today)
        found[name] = Measured(
            outcomes,
            quality(outcomes),
            roughened=_roughened(bundle, outcomes, today) if robust else {},
            left_out=left_out(bundle, questions, today) if without else None,
            comparisons=[row[name] for row in compared],
        )
    return found


def _roughened(bundle: Bundle, outcomes: Sequence[Outcome], today: date) -> Mapping[str, Roughened]:
    found = {}
    ways = roughen(bundle.knowledge, [outcome.labelled for outcome in outcomes])
    for name in tracked(list(ways), "Entstellte Fragen"):
        spoiled = ways[name]
        after = quality(replay(bundle, list(spoiled.values()), today))
        found[name] = Roughened(quality([outcomes[number] for number in spoiled]), after)
    return found


def _compared(bundle: Bundle, sets: Mapping[str, Sequence[LabelledQuestion]]) -> Sequence[Mapping[str, Comparison]]:
    """Each way of ranking on every set; one whose package is missing is named and left out."""
    builders: dict[str, Builder] = {OWN: own_ranker(bundle.knowledge, bundle.confidence), **PEERS}
    found: list[Mapping[str, Comparison]] = []
    for name in tracked(list(builders), "Andere Verfahren"):
        try:
            found.extend(compare(bundle.knowledge, sets, {name: builders[name]}))
        except MissingPeer as absent:
            mention(str(absent))
    return found

"""One evaluation from beginning to end: the answers, the same questions roughened, and other ways of ranking."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rich.progress import track

from bot.answers import Bundle
from bot.curation import report
from bot.curation.calibrate import calibrate
from bot.curation.compare import OWN, Comparison, compare, own_ranker
from bot.curation.evaluate import quality, replay
from bot.curation.peers import PEERS, Builder, MissingPeer
from bot.curation.perturb import perturbations
from bot.curation.questions import LabelledQuestion
from bot.knowledge import KnowledgeBase
from bot.text import words

SEED = 20201112
"""The roughened questions are the same in every run."""


def run(
    knowledge: KnowledgeBase,
    questions: Sequence[LabelledQuestion],
    today: date,
    *,
    as_json: bool,
    misses: bool,
    robust: bool,
    peers: bool,
) -> None:
    """Measure and print."""
    bundle = Bundle.build(knowledge)
    outcomes = replay(bundle, questions, today)
    figures = {OWN: quality(outcomes)}
    if robust:
        figures |= {name: quality(replay(bundle, some, today)) for name, some in roughen(knowledge, questions).items()}
    compared = list(_compared(knowledge, questions)) if peers else []
    if as_json:
        data: dict[str, Any] = {"quality": {name: report.as_data(found) for name, found in figures.items()}}
        data["peers"] = {row.name: report.as_data(row) for row in compared}
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return
    report.write(report.quality_table(figures[OWN]))
    if robust:
        report.write(report.robustness_table(figures))
    if peers:
        report.write(report.comparison_table(compared))
    for line in report.miss_lines(outcomes) if misses else ():
        print(line)


def roughen(knowledge: KnowledgeBase, questions: Sequence[LabelledQuestion]) -> Mapping[str, list[LabelledQuestion]]:
    """The in-scope questions in each of the ways people spoil them; only those that a way changes."""
    known = frozenset(word for entry in knowledge.entries for text in entry.phrasings for word in words(text))
    inside = [q for q in questions if q.in_scope]
    roughened = {}
    for name, spoil in perturbations(known).items():
        rng = random.Random(f"{SEED}:{name}")  # of its own, so that one way does not shift the others
        spoiled = [replace(q, question=spoil(q.question, rng)) for q in inside]
        roughened[name] = [new for new, old in zip(spoiled, inside, strict=True) if new != old]
    return roughened


def _compared(knowledge: KnowledgeBase, questions: Sequence[LabelledQuestion]) -> Iterator[Comparison]:
    builders: dict[str, Builder] = {OWN: own_ranker(knowledge, calibrate(knowledge)), **PEERS}
    for name in track(builders, description="Andere Verfahren", transient=True, console=report.stderr()):
        try:
            yield from compare(knowledge, questions, {name: builders[name]})
        except MissingPeer as missing:
            report.stderr().print(str(missing))

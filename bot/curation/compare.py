"""ikz-bot and what one would otherwise pick: the same phrasings, the same questions, thresholds found the same way."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bot.answers import Bundle
from bot.curation.bases import with_phrasings
from bot.curation.blind import blind_threshold
from bot.curation.peers import Builder, Phrasings, Ranker
from bot.curation.questions import LabelledQuestion
from bot.curation.shares import Share, auroc, share
from bot.knowledge import KnowledgeBase
from bot.search.confidence import Confidence
from bot.search.defaults import DEFAULT_CONFIDENCE

OWN = "ikz-bot"

UNRANKED = 1_000_000


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one way of ranking does.

    ``top``, ``among_three``: in-scope questions whose right entry comes first, or third at the worst.
    ``joint``: in-scope questions answered right or out-of-scope ones left silent, with a threshold found blindly;
    ``oracle``: the same with the best threshold there is for these questions. ``auroc``: of the first score, in scope
    against out of scope. These three are None where one of the two kinds is missing.
    ``ms``: median time a question; ``build``: seconds to build the index.
    """

    name: str
    top: Share
    among_three: Share
    joint: Share | None
    oracle: float | None
    auroc: float | None
    ms: float
    build: float


def own_ranker(knowledge: KnowledgeBase, confidence: Confidence = DEFAULT_CONFIDENCE) -> Builder:
    """The builder of ikz-bot's own ranking over some of the phrasings of ``knowledge``; scores are probabilities."""

    def build(phrasings: Phrasings) -> Ranker:
        kept: dict[str, list[str]] = {}
        for entry_id, text in phrasings:
            kept.setdefault(entry_id, []).append(text)
        bundle = Bundle.build(with_phrasings(knowledge, kept), confidence)

        def rank(question: str) -> list[tuple[str, float]]:
            ranked = bundle.confidence.ranked(bundle.index.search(question).candidates)
            return [(candidate.entry.id, probability) for probability, candidate in ranked]

        return rank

    return build


def compare(
    knowledge: KnowledgeBase, sets: Mapping[str, Sequence[LabelledQuestion]], builders: Mapping[str, Builder]
) -> Iterator[Mapping[str, Comparison]]:
    """Each way of ranking on all sets of questions, by the name of the set, as soon as it is measured.

    It is built once, and its threshold found once.
    """
    phrasings = [(entry.id, text) for entry in knowledge.entries for text in entry.phrasings]
    for name, build in builders.items():
        start = time.perf_counter()
        rank = build(phrasings)
        built = time.perf_counter() - start
        threshold = blind_threshold(build, phrasings)
        yield {file: _measure(name, rank, questions, threshold, built) for file, questions in sets.items()}


def _measure(
    name: str, rank: Ranker, questions: Sequence[LabelledQuestion], threshold: float, built: float
) -> Comparison:
    places, firsts, times = [], [], []
    for labelled in questions:
        start = time.perf_counter()
        ranked = rank(labelled.question)
        times.append((time.perf_counter() - start) * 1000)
        place = next((n for n, (entry_id, _) in enumerate(ranked) if entry_id in labelled.expected), UNRANKED)
        places.append(place)
        firsts.append(ranked[0][1] if ranked else float("-inf"))
    inside = [number for number, labelled in enumerate(questions) if labelled.in_scope]
    outside = [number for number, labelled in enumerate(questions) if not labelled.in_scope]
    both = bool(inside and outside)

    def joint(at: float) -> Share:
        told = [firsts[n] >= at and places[n] == 0 for n in inside]
        return share(told + [firsts[n] < at for n in outside])

    return Comparison(
        name=name,
        top=share([places[n] == 0 for n in inside]),
        among_three=share([places[n] < 3 for n in inside]),
        joint=joint(threshold) if both else None,
        oracle=max(joint(at).value for at in {*firsts, float("inf")}) if both else None,
        auroc=auroc([firsts[n] for n in inside], [firsts[n] for n in outside]) if both else None,
        ms=median(times),
        build=built,
    )

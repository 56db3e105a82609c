"""How time and memory grow with the number of phrasings, for ikz-bot and for what one would otherwise pick.

Bases and questions are generated with a seed. Every measurement runs in a process of its own, so that no method pays
for, or profits from, the memory of another.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from bot.curation.bases import base_of
from bot.curation.compare import OWN, own_ranker
from bot.curation.generate import generated_base, generated_questions
from bot.curation.peers import PEERS, Builder

SEED = 20201112
QUESTIONS = 300
WARM_UP = 20

LARGEST = {"linear_svm": 1_000, "embedding": 1_000}
"""Beyond these sizes a method takes minutes or gigabytes to build, and is left out."""


@dataclass(frozen=True, slots=True)
class Run:
    """One method on one size: seconds to build, milliseconds a question (median, 99 of 100), megabytes at the peak."""

    name: str
    phrasings: int
    build: float
    p50: float
    p99: float
    megabytes: float


def runs(sizes: Sequence[int], peers: bool) -> Iterator[Run]:
    """The measurements, one after the other."""
    names = [OWN, *PEERS] if peers else [OWN]
    for size in sizes:
        for name in names:
            if size <= LARGEST.get(name, size):
                with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
                    yield fresh.submit(measure, name, size).result()


def measure(name: str, size: int) -> Run:
    """One measurement in this process.

    Raises:
        MissingPeer: where the method's package is not installed.
    """
    base = generated_base(size, SEED)
    questions = generated_questions(base, QUESTIONS + WARM_UP, SEED)
    build: Builder = own_ranker(base_of(base)) if name == OWN else PEERS[name]
    phrasings = [(entry_id, text) for entry_id, texts in base for text in texts]
    before = _megabytes()
    start = time.perf_counter()
    rank = build(phrasings)
    built = time.perf_counter() - start
    times = []
    for question in questions:
        start = time.perf_counter()
        rank(question)
        times.append((time.perf_counter() - start) * 1000)
    ordered = sorted(times[WARM_UP:])
    p50, p99 = ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100]
    return Run(name, len(phrasings), built, p50, p99, _megabytes() - before)


def _megabytes() -> float:
    """The most memory this process ever held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)

"""How time and memory grow with the number of phrasings, for ikz-bot and for what one would otherwise pick.

Bases and questions are generated with a seed. Every measurement runs in a process of its own, so that no method pays
for, or profits from, the memory of another; the base is made outside of it.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from bot.curation.bases import base_of
from bot.curation.compare import OWN, own_ranker
from bot.curation.generate import GeneratedBase, generated_base, generated_questions
from bot.curation.peers import PEERS, Builder, MissingPeer
from bot.curation.progress import mention, tracked

SEED = 20201112
QUESTIONS = 300
WARM_UP = 20

LARGEST = {"linear_svm": 1_000, "embedding": 1_000}
"""Beyond these sizes a method takes minutes or gigabytes to build, and is left out."""


@dataclass(frozen=True, slots=True)
class Run:
    """One method on one size.

    ``build``: seconds to build, its libraries loaded before; ``p50``, ``p99``: milliseconds a question, median and
    what 99 of 100 stay below. The rest is the memory of the whole process in megabytes (2²⁰ bytes of RAM, None where
    the system does not tell), interpreter, libraries and phrasings included: ``before`` the build, ``resident`` after
    it, and at the highest while building (``peak_build``) and while answering (``peak_asking``).
    """

    name: str
    phrasings: int
    build: float
    p50: float
    p99: float
    before: float | None
    resident: float | None
    peak_build: float | None
    peak_asking: float | None


def runs(sizes: Sequence[int], peers: bool) -> Iterator[Run]:
    """The measurements, one after the other; a method whose package is missing is named and left out."""
    names = [OWN, *PEERS] if peers else [OWN]
    planned = [(size, name) for size in sizes for name in names if size <= LARGEST.get(name, size)]
    absent: set[str] = set()
    base: GeneratedBase = []
    made = 0
    for size, name in tracked(planned, "Messung"):
        if size != made:
            base, made = generated_base(size, SEED), size
        if name not in absent:
            try:
                with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
                    yield fresh.submit(measure, name, base).result()
            except MissingPeer as missing:
                absent.add(name)
                mention(str(missing))


def measure(name: str, base: GeneratedBase) -> Run:
    """One measurement in this process.

    Raises:
        MissingPeer: where the method's package is not installed.
    """
    questions = generated_questions(base, QUESTIONS + WARM_UP, SEED)
    phrasings = [(entry_id, text) for entry_id, texts in base for text in texts]
    build: Builder = own_ranker(base_of(base)) if name == OWN else PEERS[name]
    few = phrasings[: len(base[0][1]) + 1]
    (own_ranker(base_of(base[:1])) if name == OWN else build)(few)(questions[0])  # loads libraries and models
    gc.collect()
    before = _resident()
    _forget_peak()
    start = time.perf_counter()
    rank = build(phrasings)
    built = time.perf_counter() - start
    peak_build = _peak()
    gc.collect()
    resident = _resident()
    _forget_peak()
    times = []
    for question in questions:
        start = time.perf_counter()
        rank(question)
        times.append((time.perf_counter() - start) * 1000)
    ordered = sorted(times[WARM_UP:])
    p50, p99 = ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100]
    return Run(name, len(phrasings), built, p50, p99, before, resident, peak_build, _peak())


def _resident() -> float | None:
    """The memory this process holds now, in megabytes."""
    return _status("VmRSS")


def _peak() -> float | None:
    """The most memory this process held since the last :func:`_forget_peak`, in megabytes."""
    return _status("VmHWM")


def _status(key: str) -> float | None:
    """A figure of Linux' own account; not ``getrusage``, whose peak is inherited from the starting process."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
            if line.startswith(f"{key}:"):
                return int(line.split()[1]) / 1024
    return None


def _forget_peak() -> None:
    """Let the peak start anew; where the system refuses, it stays that of the whole process, never too low."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")

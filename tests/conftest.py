"""What many tests need: the shipped knowledge, a tiny one that loads at once, and the program as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answers import Bundle
from bot.knowledge import KnowledgeBase, load

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 23)

SOURCES = """\
sources:
  - {id: workshop, kind: werkstatt, title: Protokoll der „Runde“, publisher: Verein e. V., date: 2020-11-12}
  - {id: paper, kind: hintergrund, title: Papier, publisher: Amt, date: "2018", address: "https://example.org/p"}
"""
TOPIC = """\
topic: Geld
description: Was es kostet.
entries:
  - id: money-grant
    question: Welche Förderung gibt es für Kooperationen?
    variants: [Fördertopf, Zuschüsse vom Land]
    answer: "Das Land zahlt [bold]wenig[/bold]. Genaueres blieb offen."
    sources:
      - {id: workshop, section: Blitzumfrage, speaker: Erika Muster}
      - {id: workshop, section: Input Erika Muster, speaker: Erika Muster}
      - {id: paper}
    related: [money-savings]
    former_ids: [grant]
    superseded_by: money-savings
    review_by: 2025-03
  - id: money-savings
    question: Spart Zusammenarbeit Kosten?
    variants: [Wird es billiger?]
    answer: Ja, ein wenig.
    short: Ein wenig.
    source: paper
    as_of: 2026-01-31
    contradicts: [money-grant]
"""
SMALLTALK = "entries:\n  - {id: smalltalk-hello, question: Hallo, variants: [Guten Tag], answer: Guten Tag!}\n"


@pytest.fixture(scope="session", autouse=True)
def _no_traces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing a test does, in this process or another, reaches the journal or cache of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        # All workers share one cache, in the folder that holds theirs; without workers that one is not ours.
        own = tmp_path_factory.getbasetemp()
        shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
        patch.setenv("XDG_CACHE_HOME", str(shared / "cache"))
        patch.setenv("IKZ_BOT_JOURNAL", str(tmp_path_factory.mktemp("journal") / "journal.sqlite"))
        yield


@pytest.fixture(scope="session")
def knowledge() -> KnowledgeBase:
    """The shipped knowledge."""
    return load(ROOT / "knowledge")


@pytest.fixture(scope="session")
def bundle(knowledge: KnowledgeBase) -> Bundle:
    """Everything needed to answer from the shipped knowledge."""
    return Bundle.build(knowledge)


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two entries that use every field that shows in an answer."""
    folder = tmp_path_factory.mktemp("small")
    for name, text in (("geld", TOPIC), ("sources", SOURCES), ("smalltalk", SMALLTALK)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small(small_folder: Path) -> Bundle:
    """Everything needed to answer from the small folder."""
    return Bundle.build(load(small_folder))


Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="session")
def run(small_folder: Path) -> Run:
    """Run the program as a process of its own on the small knowledge; returns its bytes and exit code."""

    def run_process(
        *args: str | bytes, stdin: bytes = b"", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *args],
            input=stdin,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "IKZ_BOT_KNOWLEDGE": str(small_folder), **(env or {})},
            timeout=30,
        )

    return run_process

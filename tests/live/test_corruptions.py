"""Whatever is done to the files, every question is answered: from the old knowledge, or from what is whole."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers import answer
from bot.live import Live, Reader

from ..conftest import ROOT, TODAY
from .corruptions import CORRUPTIONS, Corruption, corrupt, drawn, restore

GRANT = "Fördertopf"
DURATION = "Wie lange dauert eine Kooperation, bis sie steht?"

Damage = tuple[Corruption, int, int, bytes]


def check(live: Live, whole: Path, question: str, done: list[Damage], outcomes: Counter[str]) -> None:
    """Damage the folder, look, ask; then mend it, look, ask."""
    opening = live.state.shelf.bundle.knowledge
    reader = Reader(opening)
    before = answer(live.state.shelf.bundle, question, TODAY)
    what = [corrupt(live.folder, one) for one in done]
    state = live.look()
    outcomes["kept" if state.problems else "taken"] += 1
    told = answer(state.shelf.bundle, question, TODAY)
    state.shelf.autocomplete.offers(question[:5], 25)
    if state.problems:
        assert state.shelf.bundle.knowledge is opening, what
        assert told == before, what
        news = reader.news(state)
        assert news and news.problems, what
        assert "bleibt in Kraft" in news.sentences[0] and "\n" not in news.sentences[0]
        reader.heard(state)
    restore(live.folder, whole)
    mended = live.look()
    assert not mended.problems, what
    assert answer(mended.shelf.bundle, question, TODAY) == before, what
    if state.problems:
        news = reader.news(mended)
        assert news and news.mended, what


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(drawn, min_size=1, max_size=3))
def test_200_corruptions_of_a_small_folder_stop_no_answer(
    small_folder: Path, tmp_path: Path, done: list[Damage]
) -> None:
    folder = tmp_path / "wissen"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(small_folder, folder)
    check(Live(folder), small_folder, GRANT, done, Counter())


@pytest.mark.slow
def test_200_corruptions_of_the_shipped_files_stop_no_answer(tmp_path: Path) -> None:
    folder, whole, outcomes = tmp_path / "wissen", ROOT / "knowledge", Counter[str]()
    shutil.copytree(whole, folder)
    live = Live(folder)

    @settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(drawn, min_size=1, max_size=2))
    def run(done: list[Damage]) -> None:
        check(live, whole, DURATION, done, outcomes)

    run()
    print(outcomes)
    assert outcomes["kept"] > 50 and outcomes["taken"] > 5


@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=lambda corruption: corruption.__name__)
def test_each_corruption_once(folder: Path, small_folder: Path, corruption: Corruption) -> None:
    for file in range(3):
        check(Live(folder), small_folder, GRANT, [(corruption, file, 100, b"\x00: [")], Counter())

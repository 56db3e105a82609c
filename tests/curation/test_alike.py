"""Which questions ask about the same matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Bundle
from bot.curation.alike import groups, likeness

MATTERS = {
    "Friedhof": ["Wie hoch sind die Friedhofsgebühren?", "friedhof", "friedhofsgebueren", "Wer pflegt die Friedhöfe?"],
    "Wohngeld": ["Wo beantrage ich Wohngeld?", "wohngeld antrag", "Wer zahlt Wohngeld", "wohngelt beantragen"],
    "Bauhof": ["Kann man den Bauhof zusammenlegen?", "bauhöfe fusionieren", "gemeinsamer bauhof", "bauhoff"],
    "Grundsteuer": ["Wie hoch ist die Grundsteuer?", "grundsteuerbescheid", "grundsteuer hebesatz"],
}
QUESTIONS = [question for questions in MATTERS.values() for question in questions]


def test_each_matter_is_one_group_with_all_its_spellings(bundle: Bundle) -> None:
    found = groups(likeness(bundle.index.lexicon, QUESTIONS))
    assert [[QUESTIONS[number] for number in group] for group in found] == list(MATTERS.values())


def test_the_order_of_the_questions_changes_nothing(bundle: Bundle) -> None:
    backwards = QUESTIONS[::-1]
    found = groups(likeness(bundle.index.lexicon, backwards))
    assert {frozenset(backwards[number] for number in group) for group in found} == set(
        map(frozenset, MATTERS.values())
    )


def test_likeness_is_a_cosine(bundle: Bundle) -> None:
    alike = likeness(bundle.index.lexicon, [*QUESTIONS, "Grundsteuer, wie hoch ist die?", "und"])
    assert alike == pytest.approx(alike.T, abs=1e-5)
    assert np.diag(alike) == pytest.approx(np.ones(len(alike)), abs=1e-4)
    same = QUESTIONS.index("Wie hoch ist die Grundsteuer?")
    assert alike[same, len(QUESTIONS)] == pytest.approx(1, abs=1e-4), "only what has a subject counts"


def test_nothing_to_compare(bundle: Bundle) -> None:
    assert groups(likeness(bundle.index.lexicon, [])) == []
    assert groups(likeness(bundle.index.lexicon, ["Friedhof"])) == [[0]]
    assert groups(likeness(bundle.index.lexicon, ["und?", "und?"])) == [[0, 1]]


@given(st.lists(st.lists(st.floats(-1, 1), min_size=3, max_size=3), min_size=1, max_size=12), st.floats(0.05, 0.95))
def test_groups_are_those_of_merging_the_nearest_again_and_again(rows: list[list[float]], least: float) -> None:
    vectors = np.array(rows, np.float64) + 1e-3
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    alike = (vectors @ vectors.T).astype(np.float32)
    squares = alike.astype(np.float64) * np.abs(alike)
    parts = [[number] for number in range(len(rows))]

    def nearness(left: list[int], right: list[int]) -> float:
        return float(np.mean(squares[np.ix_(left, right)]))

    while len(parts) > 1:
        pairs = [(nearness(a, b), i, j) for i, a in enumerate(parts) for j, b in enumerate(parts) if i < j]
        best, i, j = max(pairs)
        if any(abs(other - best) < 1e-4 for other, *ij in pairs if ij != [i, j]) or abs(best - least**2) < 1e-4:
            return  # a tie can be broken either way
        if best < least**2:
            break
        parts[i] += parts.pop(j)
    assert groups(alike, least) == sorted(sorted(part) for part in parts)

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.vectors import VectorSpace


def units(text):
    """Letters, words, and pairs of letters."""
    return list(text), text.split(), [left + right for left, right in zip(" " + text, text + " ", strict=True)]


def space_of(texts):
    return VectorSpace([([units(text)[group] for text in texts], lambda unit: (unit,)) for group in range(3)])


def features(text):
    return tuple(map(Counter, units(text)))


TEXTS = ["abba ab", "bcab ba", "xyz zyx", "ab"]


def test_a_text_is_like_itself_and_unlike_what_shares_nothing():
    space = space_of(TEXTS)
    similar = space.similarities(features("abba ab"))
    assert similar[0] == pytest.approx(1, abs=1e-5)
    assert similar[0] > similar[1] > similar[2]


def test_what_was_never_seen_is_like_nothing():
    assert not space_of(TEXTS).similarities(features("QQQ")).any()


@given(st.lists(st.text(alphabet="abcd", min_size=1, max_size=12), min_size=1, max_size=40))
def test_the_kernel_is_what_asking_with_each_text_gives(texts):
    space = space_of(texts)
    asked = np.stack([space.similarities(features(t)) for t in texts])
    some = np.arange(0, len(texts), 2, dtype=np.int32)
    assert space.kernel(some) == pytest.approx(asked[some][:, some], abs=1e-4)


def test_an_empty_text_does_no_harm():
    space = space_of(["", "ab"])
    assert space.similarities(features("ab")).tolist() == pytest.approx([0, 1])
    assert np.isfinite(space.kernel(np.array([0, 1], dtype=np.int32))).all()

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.vectors import VectorSpace

EXTRACTORS = (
    Counter,
    lambda text: Counter(text.split()),
    lambda text: Counter(zip(" " + text, text + " ", strict=True)),
)


def features(text):
    return tuple(extract(text) for extract in EXTRACTORS)


TEXTS = ["abba ab", "bcab ba", "xyz zyx", "ab"]


def test_a_text_is_like_itself_and_unlike_what_shares_nothing():
    space = VectorSpace(TEXTS, EXTRACTORS)
    similar, known = space.similarities(features("abba ab"))
    assert similar[0] == pytest.approx(1, abs=1e-5)
    assert known == pytest.approx(1)
    assert similar[0] > similar[1] > similar[2]


def test_what_was_never_seen_is_reported():
    space = VectorSpace(TEXTS, EXTRACTORS)
    similar, known = space.similarities(features("QQQ"))
    assert not similar.any() and known == 0
    assert 0 < space.similarities(features("abQ"))[1] < 1


@given(st.lists(st.text(alphabet="abcd", min_size=1, max_size=12), min_size=1, max_size=40))
def test_the_kernel_is_what_asking_with_each_text_gives(texts):
    space = VectorSpace(texts, EXTRACTORS)
    asked = np.stack([space.similarities(features(t))[0] for t in texts])
    some = np.arange(0, len(texts), 2, dtype=np.int32)
    assert space.kernel(some) == pytest.approx(asked[some][:, some], abs=1e-4)


def test_an_empty_text_does_no_harm():
    space = VectorSpace(["", "ab"], EXTRACTORS)
    assert space.similarities(features("ab"))[0].tolist() == pytest.approx([0, 1])
    assert np.isfinite(space.kernel(np.array([0, 1], dtype=np.int32))).all()

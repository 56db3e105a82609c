from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.vectors import FREQUENT, VectorSpace


def features(text):
    return Counter(text), Counter(text.split()), Counter(zip(text, text[1:], strict=False))


TEXTS = ["abba ab", "bcab ba", "xyz zyx", "ab"]


def test_a_text_is_like_itself_and_unlike_what_shares_nothing():
    space = VectorSpace([features(t) for t in TEXTS])
    similar, known = space.similarities(features("abba ab"))
    assert similar[0] == pytest.approx(1, abs=1e-5)
    assert known == pytest.approx(1)
    assert similar[0] > similar[1] > similar[2]


def test_what_was_never_seen_is_reported():
    space = VectorSpace([features(t) for t in TEXTS])
    similar, known = space.similarities(features("QQQ"))
    assert not similar.any() and known == 0
    assert 0 < space.similarities(features("abQ"))[1] < 1


@given(st.lists(st.text(alphabet="abcd ", min_size=1, max_size=12), min_size=1, max_size=FREQUENT + 20))
def test_the_kernel_is_what_asking_with_each_text_gives(texts):
    space = VectorSpace([features(t) for t in texts])
    asked = np.stack([space.similarities(features(t))[0] for t in texts])
    assert space.kernel() == pytest.approx(asked, abs=1e-4)


def test_an_empty_text_does_no_harm():
    space = VectorSpace([features(""), features("ab")])
    assert space.similarities(features("ab"))[0].tolist() == pytest.approx([0, 1])
    assert np.isfinite(space.kernel()).all()

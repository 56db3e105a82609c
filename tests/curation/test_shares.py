import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.curation.shares import Share, auroc, share


def test_share_has_wilsons_interval():
    # Newcombe 1998, table I: 81 of 263.
    share = Share(81, 263)
    assert share.value == pytest.approx(0.308, abs=5e-4)
    assert share.interval == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_nothing_counted_is_nothing_known():
    assert Share(0, 0).value == 0
    assert Share(0, 0).interval == (0, 1)


def test_a_share_counts_what_is_true():
    assert share([True, False, True]) == Share(2, 3)


def test_auroc_counts_pairs_and_halves_ties():
    assert auroc([3, 2], [1, 2]) == pytest.approx((1 + 1 + 1 + 0.5) / 4)
    assert auroc([], [1]) == auroc([1], []) == 0.5


@given(st.lists(st.integers(0, 5), min_size=1), st.lists(st.integers(0, 5), min_size=1))
def test_auroc_is_what_counting_all_pairs_gives(higher, lower):
    wins = sum((h > low) + (h == low) / 2 for h in higher for low in lower)
    assert auroc(higher, lower) == pytest.approx(wins / (len(higher) * len(lower)))

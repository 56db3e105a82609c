import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.confidence import Confidence
from bot.search.defaults import DEFAULT_CONFIDENCE
from bot.search.index import Candidate, Evidence

NOTHING = Evidence(ridge=0, lead=0, likeness=0, coverage=0, known=0, length=0, asked=0, named=0, strange=0, beside=0)


def test_no_evidence_gives_the_bias_alone():
    assert Confidence(NOTHING, 0.0, 0.5, 0.1, 0.2).probability(NOTHING) == 0.5


@pytest.mark.parametrize("name", ["ridge", "lead", "likeness", "coverage", "known", "asked"])
@given(value=st.floats(0, 0.9))
def test_more_evidence_never_makes_an_answer_less_likely(name, value):
    less = NOTHING._replace(**{name: value})
    more = NOTHING._replace(**{name: value + 0.1})
    assert DEFAULT_CONFIDENCE.probability(more) > DEFAULT_CONFIDENCE.probability(less)


def test_the_most_probable_candidate_comes_first():
    weak, strong = NOTHING._replace(ridge=0.1), NOTHING._replace(ridge=0.6)
    candidates = [Candidate(None, "schwach", (), weak), Candidate(None, "stark", (), strong)]
    assert [c.phrasing for _, c in DEFAULT_CONFIDENCE.ranked(candidates)] == ["stark", "schwach"]


def test_thresholds_are_in_order():
    assert 0 < DEFAULT_CONFIDENCE.suggest_at < DEFAULT_CONFIDENCE.answer_at < 1

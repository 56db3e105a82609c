import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import Calibration
from bot.search.confidence import Confidence
from bot.search.defaults import DEFAULT_CONFIDENCE, confidence_of
from bot.search.evidence import Evidence
from bot.search.index import Candidate

NOTHING = Evidence(*[0.0] * len(Evidence._fields))
MEASURED = Calibration(
    knowledge="1", answer_at=0.4, margin=0.1, suggest_at=0.2, bias=-3, weights=dict.fromkeys(Evidence._fields, 1.5)
)


def test_no_evidence_gives_the_bias_alone():
    assert Confidence(NOTHING, 0.0, 0.5, 0.1, 0.2).probability(NOTHING) == 0.5


@pytest.mark.parametrize("name", ["ridge", "lead", "asked", "meaning", "coverage", "length"])
@given(value=st.floats(0, 0.9))
def test_more_evidence_never_makes_an_answer_less_likely(name, value):
    less = NOTHING._replace(**{name: value})
    more = NOTHING._replace(**{name: value + 0.1})
    assert DEFAULT_CONFIDENCE.probability(more) > DEFAULT_CONFIDENCE.probability(less)


@pytest.mark.parametrize("name", ["strange", "open"])
def test_foreign_names_and_open_questions_make_it_less_likely(name):
    assert DEFAULT_CONFIDENCE.probability(NOTHING._replace(**{name: 0.5})) < DEFAULT_CONFIDENCE.probability(NOTHING)


def test_the_most_probable_candidate_comes_first():
    weak, strong = NOTHING._replace(lead=0.1), NOTHING._replace(lead=0.6)
    candidates = [Candidate(None, "schwach", 0.5, (), (), weak), Candidate(None, "stark", 0.5, (), (), strong)]
    assert [c.phrasing for _, c in DEFAULT_CONFIDENCE.ranked(candidates)] == ["stark", "schwach"]


def test_thresholds_are_in_order():
    assert 0 < DEFAULT_CONFIDENCE.suggest_at < DEFAULT_CONFIDENCE.answer_at < 1


def test_a_calibration_is_used_as_it_was_measured():
    found = confidence_of(MEASURED)
    assert (found.answer_at, found.margin, found.suggest_at, found.bias) == (0.4, 0.1, 0.2, -3)
    assert set(found.weights) == {1.5}


@pytest.mark.parametrize("calibration", [None, MEASURED.model_copy(update={"weights": {"lead": 1.0}})])
def test_without_a_fitting_calibration_the_defaults_apply(calibration):
    assert confidence_of(calibration) == DEFAULT_CONFIDENCE

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.answers import Bundle
from bot.curation.bases import base_of
from bot.curation.calibrate import calibrate, calibration, can_calibrate, fit_defaults, logistic_regression
from bot.curation.generate import generated_base
from bot.curation.questions import LabelledQuestion
from bot.knowledge import load
from bot.search.defaults import DEFAULT_CONFIDENCE

ROOT = Path(__file__).parents[2]
BUECHEREI = load(ROOT / "tests" / "data" / "buecherei")


def regression(features, labels, expected=(), penalty=0.1):
    known = np.array(expected or [0.0] * (features.shape[1] + 1))
    return logistic_regression(features, labels, np.ones(len(labels)), penalty, known)


def test_the_weights_of_a_known_model_are_found_again():
    rng = np.random.default_rng(7)
    features = rng.normal(size=(20_000, 2))
    probability = 1 / (1 + np.exp(-(2 * features[:, 0] - 1 * features[:, 1] + 0.5)))
    labels = (rng.random(20_000) < probability).astype(float)
    assert regression(features, labels) == pytest.approx([2, -1, 0.5], abs=0.1)


def test_a_perfectly_separable_set_keeps_finite_weights():
    features = np.array([[0.0], [0.1], [0.9], [1.0]])
    weights = regression(features, np.array([0.0, 0.0, 1.0, 1.0]))
    assert np.isfinite(weights).all()
    assert weights[0] > 0


def test_few_questions_hardly_move_the_expected_weights():
    features, labels = np.array([[0.2], [0.8]]), np.array([1.0, 0.0])
    assert regression(features, labels, (5.0, -2.0), penalty=100)[0] == pytest.approx(5, abs=0.1)


def test_fitted_confidence_tells_answerable_from_foreign_questions():
    inside = [
        LabelledQuestion(f"{opening} {phrasing}", frozenset({entry.id}), "in")
        for entry in BUECHEREI.entries
        for phrasing in entry.phrasings
        for opening in ("Sagen Sie mal:", "kurze Frage,")
    ]
    foreign = [
        LabelledQuestion(text, frozenset(), "far_oos")
        for text in ("Wie wird das Wetter?", "Rezept für Apfelkuchen", "Wer wurde Weltmeister?", "Mein Drucker spinnt")
    ]
    bundle = Bundle.build(BUECHEREI, fit_defaults(BUECHEREI, inside + foreign))

    def best(text):
        ranked = bundle.confidence.ranked(bundle.index.search(text).candidates)
        return ranked[0][0] if ranked else 0.0

    assert best("Bitte: wie lang ist die Leihfrist?") > 0.8
    assert best("Rezept für Pfannkuchen") < 0.2


def test_too_few_phrasings_leave_the_defaults():
    assert not can_calibrate(BUECHEREI)
    assert calibrate(BUECHEREI) == DEFAULT_CONFIDENCE


def test_a_base_is_calibrated_by_its_own_phrasings_always_the_same_way():
    knowledge = base_of(generated_base(300, seed=3))
    found = calibrate(knowledge)
    assert found != DEFAULT_CONFIDENCE
    assert found == calibrate(knowledge)
    assert 0 < found.suggest_at <= found.answer_at < 1
    assert found.margin >= 0.05


def test_more_open_questions_than_may_be_answered_raise_the_threshold():
    knowledge = base_of(generated_base(300, seed=3))
    near = [f"{entry.question} bei uns" for entry in knowledge.entries][:200]
    found, harder = calibrate(knowledge), calibrate(replace(knowledge, open_questions=tuple(near)))
    assert harder.answer_at > found.answer_at


def test_the_shipped_calibration_is_that_of_the_shipped_knowledge(knowledge):
    assert knowledge.calibration is not None
    assert knowledge.calibration.knowledge == knowledge.version, "Bitte führen Sie aus: ikz-bot check --calibrate"


@pytest.mark.slow
def test_the_shipped_calibration_is_what_this_matcher_measures(knowledge):
    found, shipped = calibration(replace(knowledge, calibration=None)), knowledge.calibration
    assert found.weights == pytest.approx(shipped.weights, abs=0.05)
    for name in ("bias", "answer_at", "margin", "suggest_at"):
        assert getattr(found, name) == pytest.approx(getattr(shipped, name), abs=0.051), name

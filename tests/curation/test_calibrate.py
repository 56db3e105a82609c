from pathlib import Path

import numpy as np
import pytest

from bot.curation.calibrate import fit, logistic_regression
from bot.curation.questions import LabelledQuestion
from bot.knowledge import load
from bot.search.index import Index

BUECHEREI = load(Path(__file__).parents[1] / "data" / "buecherei")


def test_the_weights_of_a_known_model_are_found_again():
    rng = np.random.default_rng(7)
    features = rng.normal(size=(20_000, 2))
    probability = 1 / (1 + np.exp(-(2 * features[:, 0] - 1 * features[:, 1] + 0.5)))
    labels = (rng.random(20_000) < probability).astype(float)
    assert logistic_regression(features, labels) == pytest.approx([2, -1, 0.5], abs=0.1)


def test_a_perfectly_separable_set_keeps_finite_weights():
    features = np.array([[0.0], [0.1], [0.9], [1.0]])
    weights = logistic_regression(features, np.array([0.0, 0.0, 1.0, 1.0]))
    assert np.isfinite(weights).all()
    assert weights[0] > 0


def test_fitted_confidence_tells_answerable_from_foreign_questions():
    index = Index(BUECHEREI)
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
    confidence = fit(index, inside + foreign)

    def best(text):
        ranked = confidence.ranked(index.search(text).candidates)
        return ranked[0][0] if ranked else 0.0

    assert best("Bitte: wie lang ist die Leihfrist?") >= confidence.answer_at > best("Rezept für Pfannkuchen")

"""The confidence a knowledge base starts with; fitted by ``python -m bot.curation.calibrate``."""

from bot.search.confidence import Confidence
from bot.search.index import Evidence

DEFAULT_CONFIDENCE = Confidence(
    weights=Evidence(
        ridge=5.10,
        lead=3.25,
        likeness=0.54,
        coverage=3.91,
        known=4.67,
        length=2.94,
        asked=3.04,
        named=-1.77,
        strange=-5.01,
    ),
    bias=-14.02,
    answer_at=0.55,
    margin=0.12,
    suggest_at=0.10,
)

"""The confidence a knowledge base starts with; fitted by ``python -m bot.curation.calibrate``."""

from bot.search.confidence import Confidence
from bot.search.index import Evidence

DEFAULT_CONFIDENCE = Confidence(
    weights=Evidence(
        ridge=4.57,
        lead=3.37,
        likeness=1.83,
        coverage=3.75,
        known=4.65,
        length=2.98,
        asked=3.29,
        named=-2.21,
        strange=-3.10,
    ),
    bias=-14.54,
    answer_at=0.60,
    margin=0.20,
    suggest_at=0.08,
)

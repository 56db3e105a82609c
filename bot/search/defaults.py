"""The confidence a knowledge base starts with; fitted by ``python -m bot.curation.calibrate``."""

from bot.search.confidence import Confidence
from bot.search.index import Evidence

DEFAULT_CONFIDENCE = Confidence(
    weights=Evidence(
        ridge=6.62,
        lead=3.1,
        likeness=0.33,
        coverage=3.22,
        known=5.4,
        length=2.55,
        asked=2.98,
        named=-0.67,
        strange=-7.34,
        beside=-4.04,
    ),
    bias=-14.2,
    answer_at=0.60,
    margin=0.15,
    suggest_at=0.10,
)

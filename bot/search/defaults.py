"""The confidence a knowledge base starts with; fitted by ``python -m bot.curation.calibrate``."""

from bot.search.confidence import Confidence
from bot.search.index import Evidence

DEFAULT_CONFIDENCE = Confidence(
    weights=Evidence(
        ridge=4.57, lead=3.42, likeness=1.88, coverage=3.81, known=4.51, length=2.95, asked=3.29, named=-2.16
    ),
    bias=-14.52,
    answer_at=0.60,
    margin=0.20,
    suggest_at=0.08,
)

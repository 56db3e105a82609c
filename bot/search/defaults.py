"""The confidence a knowledge base starts with; fitted by ``python -m bot.curation.calibrate``."""

from bot.search.confidence import Confidence
from bot.search.index import Evidence

DEFAULT_CONFIDENCE = Confidence(
    weights=Evidence(ridge=3.35, lead=5.29, likeness=1.45, coverage=2.96, known=4.89, length=3.02, asked=3.58),
    bias=-14.13,
    answer_at=0.60,
    margin=0.2,
    suggest_at=0.07,
)

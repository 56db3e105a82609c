"""The confidence a knowledge base starts with; fitted by ``python -m bot.curation.calibrate``."""

from bot.search.confidence import Confidence
from bot.search.evidence import Evidence

DEFAULT_CONFIDENCE = Confidence(
    weights=Evidence(ridge=5.0, lead=4.0, known=0.0, length=2.0, asked=2.5, strange=-6.0, meaning=4.0, coverage=8.0),
    bias=-17.0,
    answer_at=0.60,
    margin=0.15,
    suggest_at=0.10,
)

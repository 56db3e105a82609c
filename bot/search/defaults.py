"""The confidence a knowledge base starts with: the weights by ``python -m bot.curation.calibrate``."""

from bot.knowledge.calibration import Calibration
from bot.knowledge.model import KnowledgeBase
from bot.search.confidence import Confidence
from bot.search.evidence import Evidence

DEFAULT_CONFIDENCE = Confidence(
    weights=Evidence(
        ridge=6.55,
        lead=1.32,
        length=1.31,
        asked=1.96,
        strange=-11.33,
        meaning=3.58,
        coverage=7.51,
        open=-7.65,
    ),
    bias=-13.72,
    answer_at=0.65,
    margin=0.2,
    suggest_at=0.07,
)


def fits(calibration: Calibration | None) -> bool:
    """Whether there is a calibration, and one of this matcher."""
    return calibration is not None and set(calibration.weights) == set(Evidence._fields)


def is_calibrated(knowledge: KnowledgeBase) -> bool:
    """Whether the knowledge has a calibration that was measured on it as it is, with this matcher."""
    known = knowledge.calibration
    return known is not None and known.knowledge == knowledge.version and fits(known)


def confidence_of(calibration: Calibration | None) -> Confidence:
    """The confidence a knowledge folder was calibrated to; the default without one, or with one of another matcher."""
    if calibration is None or not fits(calibration):
        return DEFAULT_CONFIDENCE
    return Confidence(
        Evidence(**calibration.weights),
        calibration.bias,
        calibration.answer_at,
        calibration.margin,
        calibration.suggest_at,
    )

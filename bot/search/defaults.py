"""The confidence a knowledge base starts with: the weights by ``python -m bot.curation.calibrate``."""

from bot.knowledge.calibration import Calibration
from bot.search.confidence import Confidence
from bot.search.evidence import Evidence

DEFAULT_CONFIDENCE = Confidence(
    weights=Evidence(
        ridge=3.22, lead=4.07, known=-0.19, length=1.97, asked=2.48, strange=-7.58, meaning=3.98, coverage=8.56
    ),
    bias=-14.94,
    answer_at=0.65,
    margin=0.2,
    suggest_at=0.1,
)


def confidence_of(calibration: Calibration | None) -> Confidence:
    """The confidence a knowledge folder was calibrated to; the default without one, or where it fits another matcher."""
    if calibration is None or set(calibration.weights) != set(Evidence._fields):
        return DEFAULT_CONFIDENCE
    return Confidence(
        Evidence(**calibration.weights),
        calibration.bias,
        calibration.answer_at,
        calibration.margin,
        calibration.suggest_at,
    )

"""How sure the bot must be with this knowledge: ``calibration.json``, written by ``ikz-bot check --calibrate``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

FILE = "calibration.json"

NOTE = "Diese Datei schreibt ikz-bot check --calibrate; bitte ändern Sie sie nicht von Hand."

Probability = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=-100, le=100)]


class Calibration(BaseModel):
    """Thresholds and weights, and the version of the knowledge they were measured on.

    What the numbers mean is said at :class:`bot.search.confidence.Confidence`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    note: str = NOTE
    knowledge: str
    answer_at: Probability
    margin: Probability
    suggest_at: Probability
    bias: Weight
    weights: Mapping[str, Weight]


def calibration_in(content: bytes | None) -> Calibration | None:
    """The calibration in the content of the file; None where there is none that can be used.

    It never keeps knowledge from being served: without it the defaults apply.
    """
    try:
        return Calibration.model_validate_json(content) if content is not None else None
    except ValidationError:
        return None


def calibration_text(calibration: Calibration) -> bytes:
    """What stands in the file."""
    return (calibration.model_dump_json(indent=2) + "\n").encode()

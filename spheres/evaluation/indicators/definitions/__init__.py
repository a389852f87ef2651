"""Which figures does the programme count? Every definition, component by component."""

from __future__ import annotations

from typing import Final

from spheres.evaluation.indicators.definitions import (
    awareness,
    concerted_action,
    follow_up,
    quality,
    training,
    worker_support,
)
from spheres.evaluation.indicators.definitions.indicator import Indicator, Shape
from spheres.evaluation.indicators.models import Measure

__all__ = ["INDICATORS", "Indicator", "Shape"]

INDICATORS: Final[dict[Measure, Indicator]] = {
    one.measure: one
    for part in (concerted_action, training, awareness, worker_support, follow_up, quality)
    for one in part.INDICATORS
}

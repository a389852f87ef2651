"""What is counted of the training of partners?"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.evaluation.indicators.definitions.indicator import (
    OUR_DESK,
    Indicator,
    Shape,
    month,
    within,
)
from spheres.evaluation.indicators.models import Measure
from spheres.evaluation.theory.models import Component
from spheres.training.attestations.models import Attestation

INDICATORS: Final = (
    Indicator(
        Measure.TRAININGS, 1, Component.TRAINING, Shape.MONTHS,
        counts=_("Trainings given whose list was closed that month."),
        unit=_("A training, on one day"),
        unknowns=_("A training whose list nobody closed is not counted yet."),
        records=_("The lists of trainings."),
        query=f"""
        select {month("s.closed_at")}, s.host_id, '{Measure.TRAININGS}', '', count(*)
          from sessions_trainingsession s where {within("s.closed_at")} group by 1, 2""",
        reads={"sessions_trainingsession": ("host_id", "closed_at")},
        is_of_people=False,
        listed="outreach",
    ),
    Indicator(
        Measure.TRAINED, 1, Component.TRAINING, Shape.MONTHS,
        counts=_("Attestations from the lists of trainings closed that month."),
        unit=_("A person trained in a topic, on a day"),
        unknowns=_(
            "Trainings of earlier years that were brought in, and papers that were shown, are not "
            "in it: they were given before, or by others."
        ),
        records=_("Attestations."),
        query=f"""
        select {month("a.said_at")}, {OUR_DESK}, '{Measure.TRAINED}', '', count(*)
          from attestations_attestation a
          where a.source = '{Attestation.Source.SESSION}' and {within("a.said_at")} group by 1""",
        reads={"attestations_attestation": ("source", "said_at")},
        listed="outreach",
    ),
)  # fmt: skip

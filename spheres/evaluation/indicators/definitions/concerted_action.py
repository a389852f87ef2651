"""What is counted of what partners do together? Meetings and commitments: of nobody."""

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
from spheres.partners.committees.models import PromiseStatus

INDICATORS: Final = (
    Indicator(
        Measure.MEETINGS, 1, Component.CONCERTED_ACTION, Shape.MONTHS,
        counts=_("Meetings of committees whose attendance was noted that month."),
        unit=_("A meeting"),
        unknowns=_("A meeting whose attendance nobody noted is not counted."),
        records=_("The attendance of committees."),
        query=f"""
        select {month("r.noted_at")}, {OUR_DESK}, '{Measure.MEETINGS}', '', count(*)
          from (
            select meeting_id, min(noted_at) as noted_at from committees_roll group by 1
          ) r where {within("r.noted_at")} group by 1""",
        reads={"committees_roll": ("meeting_id", "noted_at")},
        is_of_people=False,
        listed="partnership",
    ),
    Indicator(
        Measure.PROMISED, 1, Component.CONCERTED_ACTION, Shape.MONTHS,
        counts=_("What organisations took on in committees that month."),
        unit=_("A commitment"),
        unknowns=_("What partners promise each other elsewhere is not counted."),
        records=_("The commitments of committees."),
        query=f"""
        select {month("p.written_at")}, p.organisation_id, '{Measure.PROMISED}', '', count(*)
          from committees_promise p where {within("p.written_at")} group by 1, 2""",
        reads={"committees_promise": ("organisation_id", "written_at")},
        is_of_people=False,
        listed="partnership",
    ),
    Indicator(
        Measure.KEPT, 1, Component.CONCERTED_ACTION, Shape.MONTHS,
        counts=_("Commitments of committees that were said to be kept that month."),
        unit=_("A commitment"),
        unknowns=_(
            "Those of other months are in it too: kept and taken on, in one month, are not the "
            "same commitments."
        ),
        records=_("The commitments of committees."),
        query=f"""
        select {month("s.status_at")}, p.organisation_id, '{Measure.KEPT}', '', count(*)
          from committees_promisestatus s join committees_promise p on p.id = s.id
          where s.status = '{PromiseStatus.Status.KEPT}' and {within("s.status_at")}
          group by 1, 2""",
        reads={
            "committees_promisestatus": ("id", "status", "status_at"),
            "committees_promise": ("id", "organisation_id"),
        },
        is_of_people=False,
        listed="partnership",
    ),
)  # fmt: skip

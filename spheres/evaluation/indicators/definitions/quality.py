"""What is counted of the figures themselves: what came late, what nobody said, what cannot be?

Of the whole programme, never of a worker or an organisation: it shows where to make noting easier.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.evaluation.indicators.definitions.awareness import EVENTS, HELD, TOLD_ON
from spheres.evaluation.indicators.definitions.follow_up import FIRST_MET, FIRST_READS, NOTES
from spheres.evaluation.indicators.definitions.indicator import (
    HOLDERS,
    OUR_DESK,
    Indicator,
    Shape,
    month,
    within,
    within_days,
)
from spheres.evaluation.indicators.models import Measure
from spheres.evaluation.theory.models import Component

LATE_DAYS: Final = 7

INDICATORS: Final = (
    Indicator(
        Measure.UNCLOSED, 1, Component.TRAINING, Shape.MONTHS,
        counts=_(
            "Trainings that were over that month, and whose list nobody had closed when it was "
            "counted."
        ),
        unit=_("A training, on one day"),
        unknowns=_(
            "Whether they were held: a training that was called off may not have been said."
        ),
        records=_("The lists of trainings."),
        query=f"""
        select {month("s.ends_at")}, s.host_id, '{Measure.UNCLOSED}', '', count(*)
          from sessions_trainingsession s
          where {within("s.ends_at")} and s.cancelled_at is null
            and (s.closed_at is null or s.closed_at >= {{until_at}}) group by 1, 2""",
        reads={"sessions_trainingsession": ("host_id", "ends_at", "closed_at", "cancelled_at")},
        is_of_people=False,
        is_of_quality=True,
    ),
    Indicator(
        Measure.UNSEEN, 1, Component.AWARENESS, Shape.MONTHS,
        counts=_("Events of which nobody noted how many people were present."),
        unit=_("An event"),
        unknowns=_("An event that nobody noted is not counted."),
        records=_("The events of awareness."),
        query=f"""
        select {TOLD_ON}, {OUR_DESK}, '{Measure.UNSEEN}', '', count(*)
          from {HELD}
          where {within_days("e.told_on")} and array_remove(e.heads, null) = '{{{{}}}}'
          group by 1""",
        reads=EVENTS,
        is_of_people=False,
        is_of_quality=True,
    ),
    Indicator(
        Measure.LATE, 1, Component.FOLLOW_UP, Shape.MONTHS,
        counts=_(
            "Contacts noted more than a week after they took place: they stand in the month in "
            "which they were noted, sometimes the next one."
        ),
        unit=_("A contact"),
        unknowns=_("Why: some weeks leave no time to write, and that is no fault."),
        records=NOTES,
        query=f"""
        select {month("n.written_at")}, f.holder_id, '{Measure.LATE}', '', count(*)
          from notes_note n join participants_file f on f.id = n.file_id
          where {within("n.written_at")} and n.corrects_id is null
            and (n.written_at at time zone {{zone}})::date
              - (n.occurred_at at time zone {{zone}})::date > {LATE_DAYS}
          group by 1, 2""",
        reads={
            "notes_note": ("file_id", "written_at", "occurred_at", "corrects_id"),
            **HOLDERS,
        },
        is_of_quality=True,
    ),
    Indicator(
        Measure.BACKWARDS, 1, Component.FOLLOW_UP, Shape.MONTHS,
        counts=_(
            "First contacts whose day is before that of the referral: one of the two days is "
            "wrong, or the person was met before somebody referred them."
        ),
        unit=_("A referral"),
        unknowns=_("Which of the two days is wrong."),
        records=_("The day a referral was received, and the day of the first contact noted."),
        query=f"""
        select {month("t.written_at")}, t.holder_id, '{Measure.BACKWARDS}', '', count(*)
          from {FIRST_MET} t where t.met_on < t.received_on group by 1, 2""",
        reads=FIRST_READS,
        is_of_quality=True,
    ),
)  # fmt: skip

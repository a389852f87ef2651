"""What is counted of how the programme is made known?"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.evaluation.indicators.definitions.indicator import (
    OUR_DESK,
    Indicator,
    Shape,
    within_days,
)
from spheres.evaluation.indicators.models import Measure
from spheres.evaluation.theory.models import Component
from spheres.outreach.events.queries import KINDS
from spheres.outreach.heard.models import Heard

# An event is counted once it was held and noted: the later of the two days.
HELD: Final = """(
  select e.kind, e.heads, greatest(e.held_on, (e.noted_at at time zone {zone})::date) as told_on
  from events_event e where e.cancelled_at is null or e.cancelled_at >= {until_at}
) e"""
EVENTS: Final = {"events_event": ("kind", "heads", "held_on", "noted_at", "cancelled_at")}
TOLD_ON: Final = "date_trunc({span}, e.told_on)::date"

INDICATORS: Final = (
    Indicator(
        Measure.EVENTS, 1, Component.AWARENESS, Shape.KINDS_BY_MONTH,
        counts=_(
            "Events at which the programme was spoken of, by kind, in the month in which they were "
            "held, or noted when that came later. What was called off is not counted."
        ),
        unit=_("An event"),
        unknowns=_("An event that nobody noted is not counted."),
        records=_("The events of awareness."),
        query=f"""
        select {TOLD_ON}, {OUR_DESK}, '{Measure.EVENTS}', e.kind::text, count(*)
          from {HELD} where {within_days("e.told_on")} group by 1, 4""",
        reads=EVENTS,
        vocabulary=KINDS,
        is_of_people=False,
        listed="outreach",
    ),
    Indicator(
        Measure.REACHED, 1, Component.AWARENESS, Shape.MONTHS,
        counts=_("How many people were present at these events, where it was noted."),
        unit=_("A person present, once by event"),
        unknowns=_("Audiences whose number nobody noted; whoever came to several events."),
        records=_("The events of awareness."),
        query=f"""
        select {TOLD_ON}, {OUR_DESK}, '{Measure.REACHED}', '', sum(h.number)::bigint
          from {HELD} cross join lateral unnest(e.heads) as h(number)
          where h.number is not null and {within_days("e.told_on")} group by 1""",
        reads=EVENTS,
        listed="outreach",
    ),
    Indicator(
        Measure.HEARD, 1, Component.AWARENESS, Shape.KINDS,
        counts=_(
            "What professionals who sent a referral answered, when they wished to, to one "
            "question: how they had heard of the programme. The answer is kept apart from the "
            "referral, by quarter."
        ),
        unit=_("An answer"),
        unknowns=_("Whoever did not answer, or sent no referral."),
        records=_("The answers, kept without a name."),
        query=f"""
        select date_trunc({{span}}, s.starts_on)::date, s.organisation_id, '{Measure.HEARD}',
            s.how::text, count(*)
          from heard_heard s where {within_days("s.starts_on")} group by 1, 2, 4""",
        reads={"heard_heard": ("organisation_id", "starts_on", "how")},
        choices=Heard.How.choices,
        listed="desk",
    ),
)  # fmt: skip

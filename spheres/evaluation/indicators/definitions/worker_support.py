"""What is counted of the advice that professionals ask for? Of the support between workers,
nothing: it is theirs."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.evaluation.indicators.definitions.indicator import (
    FIRST_DESK,
    HANDLERS,
    Indicator,
    Shape,
    month,
    within,
    within_days,
)
from spheres.evaluation.indicators.models import Measure
from spheres.evaluation.theory.models import Component
from spheres.worker_support.intervention_support.models import AdviceFeedback, AdviceWord
from spheres.worker_support.intervention_support.queries import OUTCOMES

AFTERWARDS: Final = _("What professionals said afterwards, without a name.")
UNSAID: Final = _("Most professionals say nothing afterwards.")
ANSWERS: Final = _("What was written of each answer, without its text.")


def _said_afterwards(measure: Measure, column: str) -> Indicator:
    """What professionals said of one question: of a month, for nothing finer is kept."""
    return Indicator(
        measure, 1, Component.WORKER_SUPPORT, Shape.KINDS_BY_MONTH,
        counts=AFTERWARDS,
        unit=_("An answer"),
        unknowns=UNSAID,
        records=_("The answers, kept without a name."),
        query=f"""
        select date_trunc({{span}}, s.starts_on)::date, s.organisation_id, '{measure}',
            s.{column}::text, count(*)
          from intervention_support_advicefeedback s
          where {within_days("s.starts_on")} group by 1, 2, 4""",
        reads={
            "intervention_support_advicefeedback": ("organisation_id", "starts_on", column),
        },
        choices=AdviceFeedback.Answer.choices,
    )  # fmt: skip


INDICATORS: Final = (
    Indicator(
        Measure.ADVICE, 1, Component.WORKER_SUPPORT, Shape.MONTHS,
        counts=_("Questions from professionals, about someone they do not name."),
        unit=_("A request for advice"),
        unknowns=_("Advice given in passing, without a request, is not counted."),
        records=_("The requests for advice as they arrived."),
        query=f"""
        select {month("a.received_at")}, d.organisation_id, '{Measure.ADVICE}', '', count(*)
          from intervention_support_advicerequest a {FIRST_DESK.format(matter="a.id")}
          where {within("a.received_at")} group by 1, 2""",
        reads={"intervention_support_advicerequest": ("id", "received_at"), **HANDLERS},
    ),
    Indicator(
        Measure.ADVICE_SPEED, 1, Component.WORKER_SUPPORT, Shape.KINDS_BY_MONTH,
        counts=_(
            "Each question of a professional that was answered that month, by the time it waited."
        ),
        unit=_("An answer"),
        unknowns=_("Questions that still wait are not in it."),
        records=ANSWERS,
        query=f"""
        select {month("w.written_at")}, d.organisation_id, '{Measure.ADVICE_SPEED}',
            w.speed::text, count(*)
          from intervention_support_adviceword w {FIRST_DESK.format(matter="w.request_id")}
          where {within("w.written_at")} and w.speed <> '' group by 1, 2, 4""",
        reads={
            "intervention_support_adviceword": ("request_id", "written_at", "speed"),
            **HANDLERS,
        },
        choices=AdviceWord.Speed.choices,
    ),
    Indicator(
        Measure.ADVICE_GAVE, 1, Component.WORKER_SUPPORT, Shape.KINDS_BY_MONTH,
        counts=_("Answers given that month; one answer may bring several things."),
        unit=_("One thing that an answer brought"),
        unknowns=_("What it changed afterwards, for whoever it was about."),
        records=ANSWERS,
        query=f"""
        select {month("w.written_at")}, d.organisation_id, '{Measure.ADVICE_GAVE}', o.code::text,
            count(*)
          from intervention_support_adviceword w {FIRST_DESK.format(matter="w.request_id")}
          cross join lateral unnest(w.outcomes) as o(code)
          where {within("w.written_at")} group by 1, 2, 4""",
        reads={
            "intervention_support_adviceword": ("request_id", "written_at", "outcomes"),
            **HANDLERS,
        },
        vocabulary=OUTCOMES,
    ),
    _said_afterwards(Measure.ADVICE_CLEAR, "clearer"),
    _said_afterwards(Measure.ADVICE_EQUIP, "equipped"),
)  # fmt: skip

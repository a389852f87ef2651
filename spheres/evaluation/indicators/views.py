"""What does the page of figures show of a quarter?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spheres.accounts.requests import PageRequest
from spheres.evaluation.indicators import drawing, policy, queries
from spheres.evaluation.indicators.models import DEFINITIONS, Measure, Wait
from spheres.evaluation.indicators.queries import Published, Quarter, Row
from spheres.outreach.heard.models import Heard
from spheres.regions import queries as regions
from spheres.ui import moments, navigation
from spheres.worker_support.intervention_support.models import AdviceFeedback, AdviceWord
from spheres.worker_support.intervention_support.queries import OUTCOMES


@dataclass(frozen=True)
class Section:
    """A picture, its table, and what each of its words means."""

    picture: drawing.Picture
    columns: list[str]
    lines: list[list[str]]
    about: str
    definitions: list[tuple[str, str]]
    numbers: tuple[int, ...] = (2, 3, 4, 5)  # the columns that hold figures


@require_GET
def figures(request: PageRequest) -> HttpResponse:
    """One fixed quarter: a sentence, then pictures with their tables."""
    policy.can_see_figures(request.actor).or_raise()
    within = queries.published(actor=request.actor)
    doors = navigation.doors("figures", actor=request.actor)
    if within is None:
        return render(request, "indicators/figures.html", {"quarter": None, "doors": doors})
    start = asked_for(request.GET.get("quarter", ""), within)
    quarter = queries.quarter(start, within, actor=request.actor)
    return render(
        request,
        "indicators/figures.html",
        {
            "quarter": quarter,
            "least": queries.smallest_group(),
            "way_in": section(quarter, quarter.rows, MEASURES),
            "contacts": section(quarter, quarter.contacts, KINDS),
            "advice": section(quarter, quarter.advice, ADVICE) if quarter.advice else None,
            "heard": alone(quarter, quarter.heard, HEARD) if quarter.heard else None,
            "waited": alone(quarter, quarter.waited, WAITED) if quarter.waited else None,
            "people_defined": DEFINITIONS[Measure.PEOPLE],
            "doors": doors,
        },
    )


def asked_for(words: str, within: Published) -> date:
    """The quarter that begins in this month (2026-07); without a word, the last one."""
    if not words:
        return within.last
    found = re.fullmatch(r"([1-9]\d{3})-(01|04|07|10)", words, re.ASCII)
    start = date(int(found[1]), int(found[2]), 1) if found else None
    if start is None or not within.first <= start <= within.last:
        raise Http404
    return start


@dataclass(frozen=True)
class Words:
    """What the rows of a section are called, and what is counted in each."""

    of: Callable[[], str]
    name: Callable[[str], str]
    define: Callable[[str], str]
    about: Callable[[], str] = str


def kind_help(code: str) -> str:
    return next((word.help for word in regions.words("contact_kinds") if word.code == code), "")


def advice_name(code: str) -> str:
    """One thing that is said of advice: what is asked, and the answer."""
    measure, kind = code.split(" ", 1)
    if measure == Measure.ADVICE_GAVE:
        said = regions.label(OUTCOMES, kind)
    elif measure == Measure.ADVICE_SPEED:
        said = str(AdviceWord.Speed(kind).label)
    else:
        said = str(AdviceFeedback.Answer(kind).label)
    if measure in {Measure.ADVICE_SPEED, Measure.ADVICE_GAVE}:
        return said
    return f"{Measure(measure).label} · {said}"


ADVICE = Words(
    lambda: _("Advice"),
    advice_name,
    lambda code: str(DEFINITIONS[Measure(code.split(" ", 1)[0])]),
)
MEASURES = Words(
    lambda: _("Measure"),
    lambda code: str(Measure(code).label),
    lambda code: str(DEFINITIONS[Measure(code)]),
)
KINDS = Words(
    lambda: _("Kind of contact"),
    lambda code: regions.label("contact_kinds", code),
    kind_help,
    lambda: str(DEFINITIONS[Measure.CONTACTS]),
)


HEARD = Words(
    lambda: _("How they heard of us"),
    lambda code: str(Heard.How(code).label),
    lambda code: "",
    lambda: str(DEFINITIONS[Measure.HEARD]),
)


WAITED = Words(
    lambda: _("Time until the first appointment"),
    lambda code: str(Wait(code).label),
    lambda code: "",
    lambda: str(DEFINITIONS[Measure.THERAPY_WAIT]),
)


def alone(quarter: Quarter, rows: Iterable[Row], words: Words) -> Section:
    """A quarter, without its months."""
    found = section(quarter, rows, words)
    return replace(found, columns=[words.of(), _("Quarter")], numbers=(2,))


def section(quarter: Quarter, rows: Iterable[Row], words: Words) -> Section:
    """Some rows of a quarter, ready to be drawn, listed and explained."""
    rows = list(rows)
    defined = [(words.name(row.code), words.define(row.code)) for row in rows]
    return Section(
        drawing.picture(rows, words.name),
        [words.of(), _("Quarter"), *(moments.month_name(month) for month in quarter.months)],
        drawing.lines(rows, words.name),
        words.about(),
        [(name, said) for name, said in defined if said],
    )

"""What does the page of figures show of a quarter, and how does it leave as a table?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spheres.accounts.queries import door
from spheres.accounts.requests import PageRequest
from spheres.core import context
from spheres.core.actor import Actor
from spheres.evaluation.indicators import drawing, policy, queries
from spheres.evaluation.indicators.definitions import INDICATORS, Indicator
from spheres.evaluation.indicators.models import Measure
from spheres.evaluation.indicators.queries import OwnRow, Published, Quarter, Row
from spheres.evaluation.theory.models import Component
from spheres.records.spreadsheets import Cell, as_sheet
from spheres.ui import moments, navigation

AREAS = dict(zip(Component, ("sky", "sage", "teal", "sage", "plum"), strict=True))


@dataclass(frozen=True)
class Section:
    """A picture, its table, and what each of its numbers means."""

    name: str
    title: str
    caption: str  # of the picture and the table: no two of a page are called alike
    picture: drawing.Picture
    columns: list[str]
    lines: list[list[str]]
    indicators: list[Indicator]
    numbers: tuple[int, ...]  # the columns that hold figures
    none: list[str]  # the kinds of which there was none, said in one line
    ways: list[navigation.Way]  # to what is counted, one by one, as far as the reader may see it


@dataclass(frozen=True)
class Table:
    """Some numbers of one organisation, and what each of them means."""

    title: str
    caption: str
    rows: list[list[str]]
    hidden: list[str]  # what of it is hidden, said in one line
    indicators: list[Indicator]
    ways: list[navigation.Way]


@dataclass(frozen=True)
class Part:
    """What is counted of one component of the programme."""

    code: str
    title: str
    area: str
    sections: list[Section]
    nothing: list[str]  # what of it was counted, and was nought


@require_GET
def figures(request: PageRequest) -> HttpResponse:
    """One fixed quarter: a sentence, then each component with its pictures and tables."""
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
            "parts": [
                part
                for component in Component
                if (part := part_of(component, quarter, request.actor))
            ],
            "people": INDICATORS[Measure.PEOPLE],
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


def part_of(component: Component, quarter: Quarter, actor: Actor) -> Part | None:
    """Numbers that stand alone share one picture; each that has kinds has its own."""
    told = [
        rows
        for measure, rows in quarter.rows.items()
        if INDICATORS[measure].component == component
        and measure != Measure.PEOPLE
        and not INDICATORS[measure].is_of_quality
    ]
    if not told:
        return None
    alone = [rows[0] for rows in told if not rows[0].has_kinds]
    groups = [rows for rows in told if rows[0].has_kinds]
    sections = []
    if alone:
        counted = section(alone[0].words, f"{component}-all", alone, quarter, actor)
        if len(alone) > 1:
            caption = _("%(component)s: how many") % {"component": component.label}
            counted = replace(counted, title=_("How many"), caption=caption)
        sections.append(counted)
    sections += [
        section(rows[0].indicator.name, rows[0].indicator.measure.lower(), rows, quarter, actor)
        for rows in groups
        if any(row.total != 0 for row in rows)
    ]
    return Part(
        component.value,
        str(component.label),
        AREAS[component],
        sections,
        [rows[0].indicator.name for rows in groups if all(row.total == 0 for row in rows)],
    )


def section(title: str, name: str, rows: Sequence[Row], quarter: Quarter, actor: Actor) -> Section:
    """Some rows of a quarter, ready to be drawn, listed and explained."""
    shown = [row for row in rows if row.total != 0] if rows[0].has_kinds else rows
    indicators = list({row.indicator.measure: row.indicator for row in rows}.values())
    months = [] if indicators[0].shape.is_quarterly else list(quarter.months)
    named = _("Measure") if len(indicators) > 1 else _("What is told")
    return Section(
        name,
        title,
        title,
        drawing.picture(shown),
        [named, _("Quarter"), *(moments.month_name(month) for month in months)],
        drawing.lines(shown),
        indicators,
        tuple(range(2, len(months) + 3)),
        [row.words for row in rows if row not in shown],
        ways_to(indicators, actor),
    )


def ways_to(indicators: Sequence[Indicator], actor: Actor) -> list[navigation.Way]:
    """Where what is counted stands, one by one: the lists that this reader has anyway."""
    known = context.memory("ways to what is counted")  # thirty sections lead to four lists
    slugs = dict.fromkeys(one.listed for one in indicators if one.listed)
    for slug in slugs.keys() - known.keys():
        known[slug] = navigation.way(slug, actor=actor)
    return [known[slug] for slug in slugs if known[slug]]


@require_GET
def ours(request: PageRequest) -> HttpResponse:
    """One fixed quarter of the reader's own organisation, beside the one before and the whole."""
    policy.can_see_figures(request.actor).or_raise()
    within = queries.published(actor=request.actor)
    name = door.organisation_named(request.actor.organisation_id)
    if within is None:
        return render(request, "indicators/ours.html", {"quarter": None, "name": name})
    start = asked_for(request.GET.get("quarter", ""), within)
    own = queries.own(start, actor=request.actor)
    words = {
        "quarter": queries.three(start, within),
        "name": name,
        "least": queries.smallest_group(),
        "columns": [_("Measure"), _("With us"), _("Before"), _("All together")],
        "numbers": (2, 3, 4),
        "parts": [
            (component, AREAS[component], *tables_of(component, own, request.actor))
            for component in Component
            if any(INDICATORS[measure].component == component for measure in own)
        ],
    }
    return render(request, "indicators/ours.html", words)


def tables_of(
    component: Component, own: Mapping[Measure, list[OwnRow]], actor: Actor
) -> tuple[list[Table], list[str]]:
    """Numbers that stand alone in one table; what has kinds, each in its own. Then what is hidden
    whole, by its name."""
    told = [
        (INDICATORS[m], rows) for m, rows in own.items() if INDICATORS[m].component == component
    ]
    alone = [row for one, rows in told if not one.shape.has_kinds for row in rows]
    caption = _("%(component)s: how many") % {"component": component.label}
    tables = [
        _table(_("How many"), caption, alone, actor),
        *(
            _table(one.name, one.name, rows, actor)
            for one, rows in told
            if one.shape.has_kinds and any(row.number is not None for row in rows)
        ),
    ]
    hidden = [
        one.name
        for one, rows in told
        if one.shape.has_kinds and all(row.number is None for row in rows)
    ]
    return [table for table in tables if table.rows or table.hidden], hidden


def _table(title: str, caption: str, rows: Sequence[OwnRow], actor: Actor) -> Table:
    counted = list({row.indicator.measure: row.indicator for row in rows}.values())
    return Table(
        title,
        caption,
        [
            [row.name, *(drawing.in_words(n) for n in (row.number, row.before, row.whole))]
            for row in rows
            if row.number is not None
        ],
        [row.name for row in rows if row.number is None],
        counted,
        ways_to(counted, actor),
    )


@require_GET
def our_sheet(request: PageRequest) -> HttpResponse:
    """The same numbers as the page of one's organisation, to keep."""
    policy.can_see_figures(request.actor).or_raise()
    within = queries.published(actor=request.actor)
    if within is None:
        raise Http404
    start = asked_for(request.GET.get("quarter", ""), within)
    columns = [
        _("Component"), _("Measure"), _("Kind"), _("With us"), _("Before"), _("All together"),
    ]  # fmt: skip
    lines = (
        [
            str(row.indicator.component.label), row.indicator.name, row.words,
            *(_in_cell(number) for number in (row.number, row.before, row.whole)),
        ]
        for rows in queries.own(start, actor=request.actor).values()
        for row in rows
    )  # fmt: skip
    name = _("our-figures-%(quarter)s") % {"quarter": start.strftime("%Y-%m")}
    return as_sheet(name, columns, lines, kind=request.GET.get("kind", ""))


@require_GET
def quality(request: PageRequest) -> HttpResponse:
    """What the figures of a quarter miss: what came late, what nobody said, what cannot be."""
    policy.can_see_figures(request.actor).or_raise()
    within = queries.published(actor=request.actor)
    if within is None:
        return render(request, "indicators/quality.html", {"quarter": None})
    start = asked_for(request.GET.get("quarter", ""), within)
    quarter = queries.quarter(start, within, actor=request.actor)
    rows = [rows[0] for measure, rows in quarter.rows.items() if INDICATORS[measure].is_of_quality]
    whole = section(_("What was missed"), "quality", rows, quarter, request.actor) if rows else None
    return render(request, "indicators/quality.html", {"quarter": quarter, "section": whole})


@require_GET
def definitions(request: PageRequest) -> HttpResponse:
    """What every figure counts, and what it does not know: in one place."""
    policy.can_see_figures(request.actor).or_raise()
    by_component = [
        (component, [one for one in INDICATORS.values() if one.component == component])
        for component in Component
    ]
    return render(request, "indicators/definitions.html", {"parts": by_component})


@require_GET
def sheet(request: PageRequest) -> HttpResponse:
    """One quarter, to keep: the same numbers as the page, and hidden where they are hidden."""
    policy.can_see_figures(request.actor).or_raise()
    within = queries.published(actor=request.actor)
    if within is None:
        raise Http404
    start = asked_for(request.GET.get("quarter", ""), within)
    quarter = queries.quarter(start, within, actor=request.actor)
    columns = [
        _("Component"), _("Measure"), _("Kind"), _("Version of the definition"), _("Quarter"),
        *(moments.month_name(month) for month in quarter.months),
    ]  # fmt: skip
    name = _("figures-%(quarter)s") % {"quarter": start.strftime("%Y-%m")}
    return as_sheet(name, columns, _in_cells(quarter), kind=request.GET.get("kind", ""))


def _in_cells(quarter: Quarter) -> Iterator[Sequence[Cell]]:
    for rows in quarter.rows.values():
        for row in rows:
            one = row.indicator
            months = row.months or ("",) * len(quarter.months)
            kind = row.words if row.has_kinds else ""
            numbers = [_in_cell(number) for number in (row.total, *months)]
            yield [str(one.component.label), one.name, kind, one.version, *numbers]


def _in_cell(number: int | str | None) -> Cell:
    return number if isinstance(number, int) or number == "" else drawing.in_words(number)

"""What is shown of whom trainings reached? One year on the picture, the last five in the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spheres.accounts.requests import PageRequest
from spheres.records.between import measured
from spheres.records.spreadsheets import Cell, as_sheet
from spheres.training.reach import policy, queries
from spheres.training.reach.queries import Line, Number
from spheres.ui import quebec

BY_PEOPLE = "people"
HEARD = "heard"  # among the figures: how referrals heard of the programme


@require_GET
def reach(request: PageRequest) -> HttpResponse:
    """By region of Québec and by environment; sorted by name or by the people of the year."""
    policy.can_look(request.actor).or_raise()
    found = queries.reach(actor=request.actor)
    if found is None:
        return render(request, "reach/reach.html", {"found": None})
    said = request.GET.get("year", str(found.years[0]))
    if said not in map(str, found.years):
        raise Http404
    place = [str(year) for year in found.years].index(said)
    by_people = request.GET.get("sort") == BY_PEOPLE
    heard = measured.measured(HEARD)
    words = {
        "found": found,
        "year": said,
        "whole": found.whole[place],
        "by_people": by_people,
        "picture": quebec.picture(
            (one.code, one.label, one.numbers[place].people) for one in found.regions
        ),
        "years": [str(year) for year in found.years],
        "numbers": tuple(range(2, len(found.years) + 2)),
        "region_columns": [_("Administrative region"), *map(str, found.years)],
        "environment_columns": [_("Environment"), *map(str, found.years)],
        "regions": rows(found.regions, place, by_people=by_people, numbered=True),
        "regions_left": left(found.regions, numbered=True),
        "environments": rows(found.environments, place, by_people=by_people),
        "environments_left": left(found.environments),
        "heard": heard.numbers_url_for(request.actor) if heard else "",
    }
    return render(request, "reach/reach.html", words)


def rows(
    lines: Sequence[Line], place: int, *, by_people: bool, numbered: bool = False
) -> list[list[str]]:
    """Those from where somebody came, in the order of the region’s files, or those with most people
    first; what was not said stands last."""
    lines = [one for one in lines if one.has_somebody]
    if by_people:
        lines = sorted(lines, key=lambda one: (not one.code, -one.numbers[place].people))
    return [
        [_named(one, numbered=numbered), *(in_words(number) for number in one.numbers)]
        for one in lines
    ]


def left(lines: Sequence[Line], *, numbered: bool = False) -> list[str]:
    """From where nobody came in these years."""
    return [_named(one, numbered=numbered) for one in lines if not one.has_somebody]


def _named(one: Line, *, numbered: bool) -> str:
    return f"{one.code[-2:]}\u00a0{one.label}" if numbered and one.code else one.label


def in_words(number: Number) -> str:
    """People, and in brackets their organisations."""
    return f"{number.people}\u00a0({number.organisations})" if number.people else "0"


@require_GET
def sheet(request: PageRequest) -> HttpResponse:
    """All the lines, to keep: each region and environment, year by year."""
    policy.can_look(request.actor).or_raise()
    found = queries.reach(actor=request.actor)
    if found is None:
        raise Http404
    columns = [_("Counted by"), _("Code"), _("Name")]
    for year in found.years:
        columns += [_("%(year)s: people") % {"year": year}]
        columns += [_("%(year)s: organisations") % {"year": year}]
    kind = request.GET.get("kind", "")
    return as_sheet(_("reach-of-trainings"), columns, _in_cells(found), kind=kind)


def _in_cells(found: queries.Reach) -> Iterator[Sequence[Cell]]:
    whole = Line("", _("All together"), found.whole)
    for title, lines in (
        ("", [whole]),
        (_("Administrative region"), found.regions),
        (_("Environment"), found.environments),
    ):
        for one in lines:
            cells = [cell for each in one.numbers for cell in (each.people, each.organisations)]
            yield [title, one.code, one.label, *cells]

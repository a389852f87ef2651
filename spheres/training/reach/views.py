"""What is shown of whom trainings reached? One year on the picture, the last five in the tables."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spheres.accounts.requests import PageRequest
from spheres.training.reach import drawing, policy, queries
from spheres.training.reach.queries import Line, Number

BY_PEOPLE = "people"


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
    words = {
        "found": found,
        "year": said,
        "whole": found.whole[place],
        "by_people": by_people,
        "picture": drawing.picture(found.regions, place),
        "years": [str(year) for year in found.years],
        "numbers": tuple(range(2, len(found.years) + 2)),
        "region_columns": [_("Administrative region"), *map(str, found.years)],
        "environment_columns": [_("Environment"), *map(str, found.years)],
        "regions": rows(found.regions, place, by_people=by_people, numbered=True),
        "environments": rows(found.environments, place, by_people=by_people),
    }
    return render(request, "reach/reach.html", words)


def rows(
    lines: Sequence[Line], place: int, *, by_people: bool, numbered: bool = False
) -> list[list[str]]:
    """The lines of a table, in the order of the region’s files, or those with most people first."""
    if by_people:
        lines = sorted(lines, key=lambda one: -one.numbers[place].people)
    return [
        [
            f"{one.code[-2:]} {one.label}" if numbered and one.code else one.label,
            *(in_words(number) for number in one.numbers),
        ]
        for one in lines
    ]


def in_words(number: Number) -> str:
    """People, and in brackets their organisations."""
    return f"{number.people} ({number.organisations})" if number.people else "0"

"""What does she see of several sheets together, when she asks: two voices, needs over time?

Only what was asked for is opened; of somebody who came back, what was filled since, until she asks
for the rest. Each picture stands beside a table that says the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from spheres.accounts.requests import PageRequest
from spheres.followup.exercises import drawing, queries, voices
from spheres.followup.exercises.over_time import needs_over_time
from spheres.followup.exercises.queries import Exercise
from spheres.followup.exercises.sheet import Pen, Sheet
from spheres.participants import queries as participants
from spheres.records.views import asks_earlier
from spheres.vault import actions as vault

# What she may ask to see, and to put away again.
WAYS: Final = {
    "earlier": (
        _("I ask to open what was written before I came back"),
        _("Close again what was written before I came back"),
    ),
    "worker": (
        _("I ask to see my worker’s part too"),
        _("Put away your worker’s part"),
    ),
    "older": (_("I ask to see the days before too"), _("Put away the days before")),
}


@require_GET
def overlaid(request: PageRequest, file_id: UUID, exercise_id: UUID) -> HttpResponse:
    """Her spheres; the worker's part and the older days over them, each only when she asks."""
    exercise, found, since = _standing(request, file_id, exercise_id, queries.SPHERES)
    shown = voices.since(found, since)
    hers = [sheet for sheet in shown if sheet.pen in voices.HERS]
    asked = {name for name in WAYS if request.GET.get(name) == "yes"}
    chosen = voices.chosen(shown, worker="worker" in asked and bool(hers), older="older" in asked)
    vault.open([sheet for _voice, sheet in chosen], by=request.actor)
    wheels = voices.wheels(
        (voice, sheet.occurred_at, queries.told(sheet, queries.version_of(sheet)))
        for voice, sheet in chosen
    )
    offered = {
        "earlier": len(shown) < len(found) or "earlier" in asked,
        "worker": bool(hers) and any(sheet.pen == Pen.WORKER for sheet in shown),
        "older": len(hers) > 1,
    }
    words = {
        "file_id": file_id,
        "exercise": exercise,
        "wheels": [(each, drawing.overlaid(each)) for each in wheels],
        "is_folded": len(shown) < len(found),
        "ways": _ways(asked, [name for name, is_so in offered.items() if is_so]),
    }
    return render(request, "exercises/overlaid.html", words)


@require_GET
def needs(request: PageRequest, file_id: UUID, exercise_id: UUID) -> HttpResponse:
    """In which pile each need was, day after day: those that mattered one day or another."""
    exercise, found, since = _standing(request, file_id, exercise_id, queries.NEEDS)
    shown = voices.since(found, since)
    newest = shown[: voices.MOST_DAYS]
    asked = {"earlier"} if asks_earlier(request.GET) else set()
    vault.open(newest, by=request.actor)
    days = [(sheet, queries.version_of(sheet)) for sheet in reversed(newest)]
    told = needs_over_time(
        [
            (sheet.occurred_at, asked.asks, queries.answers(sheet))
            for sheet, asked in days
            if asked is not None
        ]
    )
    words = {
        "file_id": file_id,
        "exercise": exercise,
        "needs": told,
        "picture": drawing.over_time(told) if told else "",
        "legend": drawing.legend(told) if told else [],
        "are_older": len(shown) > len(newest),
        "is_folded": len(shown) < len(found),
        "ways": _ways(asked, ["earlier"] if asked or len(shown) < len(found) else []),
    }
    return render(request, "exercises/over_time.html", words)


def _standing(
    request: PageRequest, file_id: UUID, exercise_id: UUID, purpose: str
) -> tuple[Exercise, list[Sheet], datetime | None]:
    """The sheets of one exercise that stand, newest first, still locked; since when they are shown.

    404 when out of reach.
    """
    exercise = queries.exercise(exercise_id)
    if exercise is None or exercise.asks.purpose != purpose or not exercise.is_drawn:
        raise Http404
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    if exercise.section not in queries.opened(file_id, actor=request.actor).to_read:
        raise Http404
    found = queries.sheets_of(exercise, file_id, actor=request.actor)
    since = known.open_since(earlier=asks_earlier(request.GET))
    return exercise, queries.standing_only(found), since


def _ways(asked: set[str], offered: Iterable[str]) -> list[tuple[Any, str]]:
    """One line for each: to see it too, or to put it away; what was asked besides stays asked."""
    return [
        (WAYS[name][name in asked], "?" + "&".join(f"{one}=yes" for one in sorted(asked ^ {name})))
        for name in offered
    ]

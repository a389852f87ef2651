"""What does she see of several sheets together, when she asks: two voices, needs over time?

Only what was asked for is opened. Each picture stands beside a table that says the same.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from spheres.accounts.requests import PageRequest
from spheres.followup.exercises import drawing, queries, voices
from spheres.followup.exercises.over_time import needs_over_time
from spheres.followup.exercises.queries import Exercise
from spheres.followup.exercises.sheet import Pen, Sheet
from spheres.participants import queries as participants
from spheres.vault import actions as vault


@require_GET
def overlaid(request: PageRequest, file_id: UUID, exercise_id: UUID) -> HttpResponse:
    """Her spheres; the worker's part and the older days over them, each only when she asks."""
    exercise, found = _standing(request, file_id, exercise_id, queries.SPHERES)
    hers = [sheet for sheet in found if sheet.pen in voices.HERS]
    worker = bool(request.GET.get("worker"))
    older = bool(request.GET.get("older"))
    chosen = voices.chosen(found, worker=worker and bool(hers), older=older)
    vault.open([sheet for _voice, sheet in chosen], by=request.actor)
    wheels = voices.wheels(
        (voice, sheet.occurred_at, queries.told(sheet, queries.version_of(sheet)))
        for voice, sheet in chosen
    )
    words = {
        "file_id": file_id,
        "exercise": exercise,
        "wheels": [(each, drawing.overlaid(each)) for each in wheels],
        "has_worker": bool(hers) and any(sheet.pen == Pen.WORKER for sheet in found),
        "has_older": len(hers) > 1,
        "worker": worker,
        "older": older,
    }
    return render(request, "exercises/overlaid.html", words)


@require_GET
def needs(request: PageRequest, file_id: UUID, exercise_id: UUID) -> HttpResponse:
    """In which pile each need was, day after day: those that mattered one day or another."""
    exercise, found = _standing(request, file_id, exercise_id, queries.NEEDS)
    newest = found[: voices.MOST_DAYS]
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
        "are_older": len(found) > len(newest),
    }
    return render(request, "exercises/over_time.html", words)


def _standing(
    request: PageRequest, file_id: UUID, exercise_id: UUID, purpose: str
) -> tuple[Exercise, list[Sheet]]:
    """The sheets of one exercise that stand, newest first, still locked; 404 when out of reach."""
    exercise = queries.exercise(exercise_id)
    if exercise is None or exercise.asks.purpose != purpose or not exercise.is_drawn:
        raise Http404
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    if exercise.section not in queries.opened(file_id, actor=request.actor).to_read:
        raise Http404
    found = queries.sheets_of(exercise, file_id, actor=request.actor)
    return exercise, queries.standing_only(found)

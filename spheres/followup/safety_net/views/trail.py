"""How did her safety come to be: days without a word opened, then one change at a time?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from spheres.accounts.requests import PageRequest
from spheres.followup.safety_net import drawing_trail as drawing
from spheres.followup.safety_net import history
from spheres.followup.safety_net.views.sheets import beside, named
from spheres.vault import actions as vault


@require_GET
def trail(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Every version of the three sheets by day, and what came just before; nothing is opened."""
    known, ways = beside(request, file_id)
    vault.open(known.rows if known else [], by=request.actor)
    person = named(known, file_id)
    if not ways.reads:
        return render(request, "safety_net/closed.html", {"person": person})
    found = history.trail(file_id, actor=request.actor)
    words = {
        "person": person,
        "trail": found,
        "picture": drawing.trail(found) if found.steps else "",
    }
    return render(request, "safety_net/trail.html", words)


@require_GET
def changes(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """What came and what went between one version and the one before it: both in one event."""
    known, ways = beside(request, file_id)
    pair = history.pair(file_id, record_id, actor=request.actor) if ways.reads else []
    if not pair:
        raise Http404
    vault.open([*(known.rows if known else []), *pair], by=request.actor)
    words = {
        "person": named(known, file_id),
        "sheet": pair[0],
        "has_before": len(pair) > 1,
        "changes": history.changes(*pair) if len(pair) > 1 else [],
    }
    return render(request, "safety_net/changes.html", words)

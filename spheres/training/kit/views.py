"""How is the trainer’s kit shown, and given to keep?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.regions import queries as regions
from spheres.training.kit import packing, policy, queries


@require_GET
def kit(request: PageRequest) -> HttpResponse:
    """What it holds, to read before it is given."""
    policy.can_take(request.actor).or_raise()
    return render(request, "kit/kit.html", {"kit": queries.kit(actor=request.actor)})


@require_GET
def take(request: PageRequest) -> HttpResponse:
    """One zip, of nobody."""
    policy.can_take(request.actor).or_raise()
    found = queries.kit(actor=request.actor)
    content = packing.packed(found, regions.region(), clock.today())
    answer = HttpResponse(content, content_type="application/zip")
    name = _("trainers-kit.zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

"""What does one read of the theory of change?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from spheres.accounts.requests import PageRequest
from spheres.evaluation.theory import drawing, policy, queries


@require_GET
def page(request: PageRequest) -> HttpResponse:
    """The chain as a picture, then step by step, each with what shows it."""
    policy.can_read(request.actor).or_raise()
    chain = queries.chain(actor=request.actor)
    picture = drawing.picture(chain) if chain else None
    return render(request, "theory/page.html", {"chain": chain, "picture": picture})

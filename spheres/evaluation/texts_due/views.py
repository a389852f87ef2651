"""What does the coordination see of the texts that wait to be reviewed?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.evaluation.texts_due import policy, queries


@require_GET
def page(request: PageRequest) -> HttpResponse:
    """Each with why; where they are changed."""
    policy.can_look(request.actor).or_raise()
    texts, lines = queries.due(actor=request.actor, on=clock.today())
    return render(request, "texts_due/page.html", {"texts": texts, "lines": lines})

"""What does whoever guards privacy see first?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from spheres.accounts.requests import PageRequest
from spheres.privacy.office import policy
from spheres.records.between import places
from spheres.ui import navigation

SLUG = "privacy"


@require_GET
def page(request: PageRequest) -> HttpResponse:
    """What waits, with its day; then every way of this work. No name, no file."""
    policy.can_hold(request.actor).or_raise()
    words = {
        "first": places.first_for(request.actor),
        "handed": places.handed_to(request.actor),
        "ways": navigation.kept_at(SLUG, actor=request.actor),
    }
    return render(request, "office/page.html", words)

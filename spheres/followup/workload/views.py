"""What does whoever leads workers see of what each carries?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from spheres.accounts.requests import PageRequest
from spheres.followup.workload import policy, queries
from spheres.records.between import places


@require_GET
def team(request: PageRequest) -> HttpResponse:
    """Counts by worker, in the order of the names; before them, what cannot wait."""
    policy.can_see_workload(request.actor).or_raise()
    says = {
        "teams": queries.teams(actor=request.actor),
        "first": places.first_for(request.actor),
        "handed": places.handed_to(request.actor),
        "told": places.told_to_leads(request.actor),
    }
    return render(request, "workload/team.html", says)

"""What is seen of the catalogue: all that is taught, and one topic?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from spheres.accounts.requests import PageRequest
from spheres.training.catalogue import policy, queries


@require_GET
def index(request: PageRequest) -> HttpResponse:
    """All that is taught: what everybody begins with, then what is recommended."""
    policy.can_look(request.actor).or_raise()
    taught = queries.topics(actor=request.actor)
    words = {
        "topics": [one for one in taught if not one.row.is_recommended],
        "recommended": [one for one in taught if one.row.is_recommended],
    }
    return render(request, "catalogue/list.html", words)


@require_GET
def topic(request: PageRequest, topic_id: UUID) -> HttpResponse:
    """One topic: what one will be able to do, how long it takes, and what comes before it."""
    policy.can_look(request.actor).or_raise()
    found = queries.topic(topic_id, actor=request.actor)
    if found is None:
        raise Http404
    return render(request, "catalogue/topic.html", {"topic": found})

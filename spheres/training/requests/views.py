"""What does the coordination see of the requests for training, and how does it answer?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.records.between import engaged
from spheres.regions import queries as regions
from spheres.training.requests import actions, policy, queries
from spheres.training.requests.forms import AnswerForm, WriteForm
from spheres.training.requests.models import TrainingRequest

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def listed(request: PageRequest) -> HttpResponse:
    """Those that wait, by the day to answer; then what was answered, by environment."""
    policy.can_see_requests(request.actor).or_raise()
    found = queries.requests(actor=request.actor)
    waiting = sorted((one for one in found if one.last is None), key=lambda one: one.row.due_on)
    on = clock.today()
    words = {
        "waiting": [(one, one.is_late(on)) for one in waiting],
        "places": queries.by_environment([one for one in found if one.last]),
    }
    return render(request, "requests/list.html", words)


@require_http_methods(READ_AND_WRITE)
def one(request: PageRequest, training_request_id: UUID) -> HttpResponse:
    """One request, what was answered, and the letter to copy."""
    actor = request.actor
    policy.can_see_requests(actor).or_raise()
    form = AnswerForm(request.POST or None)
    asked = queries.request(training_request_id, actor=actor)
    if asked is None:
        raise Http404
    if form.is_bound and form.is_valid() and not form.findings():
        said = form.cleaned_data
        may = policy.can_answer_it(actor, said["outcome"], asked.last)
        if may:
            given = actions.Given(
                form.record_id, said["outcome"], said["words"], said["proposed_on"]
            )
            actions.answer(given, training_request_id, by=actor, at=clock.now())
            return redirect("requests:one", training_request_id)
        form.add_error("outcome", str(may.reason))
    words = {
        "asked": asked,
        "form": form,
        "is_late": asked.is_late(clock.today()),
        "region": regions.region(),
    }
    return render(request, "requests/one.html", words, status=422 if form.is_bound else 200)


@require_http_methods(READ_AND_WRITE)
def begin(request: PageRequest, engaged_id: UUID) -> HttpResponse:
    """A request that an organisation made by voice: what is known of it already stands there."""
    actor = request.actor
    policy.can_write_down(actor).or_raise()
    known = engaged.find(engaged_id, actor=actor)
    if known is None:
        raise Http404
    begun = {
        "organisation": known.organisation,
        "environment": known.environment,
        "language": get_language(),
        "place": TrainingRequest.Place.THERE,
    }
    form = WriteForm(request.POST or None, initial=begun)
    if form.is_bound and form.is_valid() and not form.findings():
        sent = form.sent(actions.number_of(form.record_id))
        actions.write_down(sent, desk=regions.desk(), by=actor)
        return render(request, "requests/begun.html", {"form": form, "sent": sent})
    status = 422 if form.is_bound else 200
    return render(request, "requests/begin.html", {"form": form}, status=status)

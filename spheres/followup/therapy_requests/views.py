"""What does one see of asking for a psychotherapy: with her, and where it is answered?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts.requests import PageRequest, serves
from spheres.core import clock
from spheres.core.actor import SHARED
from spheres.followup.therapy_requests import actions, policy, queries
from spheres.followup.therapy_requests.forms import AskForm, DayForm
from spheres.participants import queries as participants


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PageRequest, file_id: UUID, consent_id: UUID) -> HttpResponse:
    """Write with her what the partner will read, and send it."""
    person = participants.header(file_id, actor=request.actor)
    consent = queries.live_consent(consent_id, actor=request.actor, at=clock.now())
    if person is None or consent is None or consent.file_id != file_id:
        raise Http404
    policy.can_ask(request.actor).or_raise()
    if queries.is_asked(consent_id, actor=request.actor):
        return redirect("dossier:file", file_id)  # asked already
    form = AskForm(request.POST or None)
    if form.is_bound and form.is_valid():
        summary = form.cleaned_data["summary"]
        actions.ask(file_id, consent_id, summary=summary, by=request.actor, at=clock.now())
        return redirect("dossier:file", file_id)
    words = {"person": person, "form": form, "partner": queries.partner(consent)}
    status = 422 if form.is_bound else 200
    return render(request, "therapy_requests/ask.html", words, status=status)


@serves(SHARED)
@require_GET
def to_us(request: PageRequest) -> HttpResponse:
    """What is asked of us now, and the days of each."""
    policy.can_answer(request.actor).or_raise()
    found = queries.asked_of_us(actor=request.actor)
    return render(request, "therapy_requests/to_us.html", {"found": found})


@serves(SHARED)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: PageRequest, consent_id: UUID) -> HttpResponse:
    """What she approved, and the way to say a day; no longer agreed is the same as never there."""
    policy.can_answer(request.actor).or_raise()
    row = queries.requests(actor=request.actor).filter(pk=consent_id).first()
    if row is None:
        raise Http404
    form = DayForm(request.POST or None, asked=clock.day_of(row.written_at))
    if form.is_bound and form.is_valid():
        actions.say_day(
            form.record_id,
            consent_id,
            what=form.cleaned_data["what"],
            on=form.cleaned_data["on"],
            by=request.actor,
            at=clock.now(),
        )
        return redirect("therapy_requests:answer", consent_id)
    found = queries.asked(consent_id, actor=request.actor)
    if found is None:
        raise Http404
    words = {"one": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "therapy_requests/answer.html", words, status=status)

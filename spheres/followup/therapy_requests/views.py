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
from spheres.followup.therapy_requests.models import TherapyRequestDay
from spheres.participants import queries as participants
from spheres.sharing.rules import CONTACT


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
        said = form.cleaned_data
        actions.ask(
            file_id,
            consent_id,
            summary=said["summary"],
            opens_there=said["opens_there"],
            by=request.actor,
            at=clock.now(),
        )
        return redirect("dossier:file", file_id)
    words = {
        "person": person,
        "form": form,
        "partner": queries.partner(consent),
        "shows_ways": CONTACT in consent.sections,
    }
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
    form = DayForm(request.POST or None, days=queries.days_of(row))
    if form.is_bound and form.is_valid():
        return say(request, consent_id, form)
    found = queries.asked(consent_id, actor=request.actor)
    if found is None:
        raise Http404
    words = {"one": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "therapy_requests/answer.html", words, status=status)


def say(request: PageRequest, consent_id: UUID, form: DayForm) -> HttpResponse:
    """Keep the day; said yes, and agreed to, the page that follows is that of her own file."""
    what, on, now = form.cleaned_data["what"], form.cleaned_data["on"], clock.now()
    if what != TherapyRequestDay.What.ACCEPTED:
        actions.say_day(form.record_id, consent_id, what=what, on=on, by=request.actor, at=now)
        return redirect("therapy_requests:answer", consent_id)
    file_id = actions.accept(form.record_id, consent_id, on=on, by=request.actor, at=now)
    if file_id is None:
        return redirect("therapy_requests:answer", consent_id)
    return redirect("dossier:file", file_id)

"""What does each see when a partner leaves: its manager, the coordination, its workers?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.accounts.views.proving import step_up
from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.followup.departure import actions, policy, queries
from spheres.followup.departure.forms import AskForm, CopyForm, EndForm, SayForm
from spheres.participants import queries as participants
from spheres.records.between import places
from spheres.sharing.models import Departure
from spheres.ui.forms import Form
from spheres.vault import actions as vault

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def ours(request: PageRequest) -> HttpResponse:
    """What leaving would mean, in numbers; or how far it is."""
    policy.can_lead_out(request.actor).or_raise()
    departure = queries.ours(actor=request.actor)
    says = _numbers(request, request.actor.organisation_id, departure)
    return render(request, "departure/ours.html", says)


@require_http_methods(READ_AND_WRITE)
@step_up
def ask(request: PageRequest) -> HttpResponse:
    """The last day; what follows is read before it is asked."""
    policy.can_lead_out(request.actor).or_raise()
    form = AskForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.ask(form.record_id, form.cleaned_data["last_on"], by=request.actor)
            return redirect("departure:ours")
        except NotAllowed as refusal:
            form.add_error("last_on", str(refusal.reason))
    status = 422 if form.is_bound else 200
    return render(request, "departure/ask.html", {"form": form}, status=status)


@require_POST
@step_up
def receive(request: PageRequest) -> HttpResponse:
    """They hold what is theirs."""
    policy.can_lead_out(request.actor).or_raise()
    departure = queries.ours(actor=request.actor)
    if departure is None:
        raise Http404
    actions.receive(departure, by=request.actor)
    return redirect("departure:ours")


@require_GET
def all_of_them(request: PageRequest) -> HttpResponse:
    """To the coordination: who asks to leave, who is leaving, who has left."""
    policy.can_see_to(request.actor).or_raise()
    says = {"found": queries.with_names(actor=request.actor)}
    return render(request, "departure/all.html", says)


@require_GET
def one(request: PageRequest, departure_id: UUID) -> HttpResponse:
    """To the coordination: the numbers, a line for each who is not settled, and the proof."""
    policy.can_see_to(request.actor).or_raise()
    departure = _found(request, departure_id)
    says = _numbers(request, departure.organisation_id, departure)
    return render(request, "departure/one.html", says)


@require_POST
@step_up
def confirm(request: PageRequest, departure_id: UUID) -> HttpResponse:
    """The second person says yes."""
    policy.can_see_to(request.actor).or_raise()
    actions.confirm(_found(request, departure_id), by=request.actor)
    return redirect("departure:one", departure_id)


@require_http_methods(READ_AND_WRITE)
@step_up
def call_off(request: PageRequest, departure_id: UUID) -> HttpResponse:
    """It does not leave: what stays is said first."""
    departure = _found(request, departure_id)
    mine = departure.organisation_id == request.actor.organisation_id
    if not mine:
        policy.can_see_to(request.actor).or_raise()
    policy.can_call_off(request.actor, departure).or_raise()
    if request.method == "POST":
        actions.call_off(departure, by=request.actor)
        return redirect("departure:ours") if mine else redirect("dossier:my_day")
    says = {"departure": departure, "organisation": queries.organisation(departure.organisation_id)}
    return render(request, "departure/call_off.html", says | {"form": Form(), "mine": mine})


@require_http_methods(READ_AND_WRITE)
@step_up
def end(request: PageRequest, departure_id: UUID) -> HttpResponse:
    """The last press; what ends is read first."""
    departure = _found(request, departure_id)
    if departure.ended_at is not None:
        policy.can_see_to(request.actor).or_raise()
        return redirect("departure:one", departure_id)
    says = _numbers(request, departure.organisation_id, departure)
    says["may"]["end"].or_raise()
    form = EndForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.end(departure, by=request.actor, at=clock.now())
        return redirect("departure:one", departure_id)
    status = 422 if form.is_bound else 200
    return render(request, "departure/end.html", says | {"form": form}, status=status)


@require_http_methods(READ_AND_WRITE)
@step_up
def copy(request: PageRequest) -> HttpResponse:
    """Their files, or the registers: one archive, under a passphrase, by a press."""
    departure = queries.announced(actor=request.actor)
    if departure is None:
        raise Http404
    policy.can_copy(request.actor, departure).or_raise()
    form = CopyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        made = actions.copy(departure, form.cleaned_data["passphrase"], by=request.actor)
        answer = HttpResponse(made, content_type="application/octet-stream")
        answer["Content-Disposition"] = f'attachment; filename="copie-{clock.today()}.zip.age"'
        return answer
    says = {
        "form": form,
        "of_people": bool(policy.can_ask(request.actor)),
        "of_registers": bool(policy.can_lead_out(request.actor)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "departure/copy.html", says, status=status)


@require_GET
def people(request: PageRequest) -> HttpResponse:
    """My people, each with where they stand."""
    policy.can_ask(request.actor).or_raise()
    departure = queries.announced(actor=request.actor)
    if departure is None:
        raise Http404
    says = {
        "departure": departure,
        "people": queries.my_people(departure, actor=request.actor),
        "tries": queries.TRIES,
    }
    return render(request, "departure/people.html", says)


@require_http_methods(READ_AND_WRITE)
def say(request: PageRequest, file_id: UUID) -> HttpResponse:
    """With them: what they want next. What is urgent comes first."""
    policy.can_ask(request.actor).or_raise()
    departure = queries.announced(actor=request.actor)
    if departure is None or not queries.walks_with(file_id, actor=request.actor):
        raise Http404
    form = SayForm(request.POST or None, partners=queries.partners(actor=request.actor))
    if form.is_bound and form.is_valid() and not form.findings():
        try:
            actions.say(file_id, form.said(), by=request.actor, at=clock.now())
            return redirect("departure:people")
        except NotAllowed as refusal:
            form.add_error("partner", str(refusal.reason))
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    before = queries.said(file_id, departure.pk, actor=request.actor)
    if before:
        vault.open(before, by=request.actor)
    says = {
        "person": person,
        "form": form,
        "departure": departure,
        "before": before,
        "first": places.unmet_of(file_id, actor=request.actor),
    }
    status = 422 if form.is_bound else 200
    return render(request, "departure/say.html", says, status=status)


def _found(request: PageRequest, departure_id: UUID) -> Departure:
    """The departure at this address, for those it is for."""
    found = queries.departures(actor=request.actor).filter(pk=departure_id).first()
    if found is None:
        raise Http404
    return found


def _numbers(
    request: PageRequest, organisation_id: UUID, departure: Departure | None
) -> dict[str, Any]:
    """What every page of it shows: the numbers, who said each step, what may be done."""
    actor = request.actor
    if departure is None:
        return {
            "numbers": queries.numbers(organisation_id, actor=actor), "departure": None,
            "organisation": queries.organisation(organisation_id),
        }  # fmt: skip
    numbers = queries.numbers(organisation_id, actor=actor)
    return {
        "numbers": numbers,
        "departure": departure,
        "organisation": queries.organisation(organisation_id),
        "names": queries.names_of(departure),
        "lines": queries.lines(organisation_id, actor=actor),
        # In fours, so that two people compare it aloud.
        "fingerprint": [departure.digest[n : n + 4] for n in range(0, len(departure.digest), 4)],
        "may": {
            "confirm": policy.can_confirm(actor, departure),
            "call_off": policy.can_call_off(actor, departure),
            "receive": policy.can_receive(actor, departure),
            "end": policy.can_end(actor, departure, waits=numbers.waits, today=clock.today()),
        },
    }

"""How does a demand arrive, and how does whoever walks with the person link it to them?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.core.errors import WrongState
from spheres.participants import queries as participants
from spheres.privacy.legal_demands import actions, policy, queries
from spheres.privacy.legal_demands.actions import Received
from spheres.privacy.legal_demands.forms import ReceiveForm, TakeForm
from spheres.privacy.legal_demands.models import Shown
from spheres.privacy.legal_demands.queries import Answered
from spheres.records.seated import READ_AND_WRITE
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.vault import actions as vault


@require_http_methods(READ_AND_WRITE)
def receive(request: PageRequest) -> HttpResponse:
    """Whoever works here writes down what was handed over, and opens nothing."""
    policy.can_receive(request.actor).or_raise()
    form = ReceiveForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.receive(form.received(), by=request.actor, at=clock.now())
        return redirect("legal_demands:received")
    status = 422 if form.is_bound else 200
    return render(request, "legal_demands/receive.html", {"form": form}, status=status)


@require_GET
def received(request: PageRequest) -> HttpResponse:
    """What happens now: the same page whoever it concerns."""
    policy.can_receive(request.actor).or_raise()
    ours = queries.organisation(request.actor.organisation_id, actor=request.actor)
    return render(request, "legal_demands/received.html", {"organisation": ours})


@require_http_methods(READ_AND_WRITE)
def page(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The demands about one person, and the way to say that one concerns them."""
    known = participants.known(file_id, actor=request.actor)
    if known is None or known.is_for_a_while:
        raise Http404
    policy.can_link(request.actor).or_raise()
    found = queries.of_file(file_id, actor=request.actor)
    vault.open(known.rows, by=request.actor, sections=[IDENTITY, CONTACT])
    officers = queries.officers(actor=request.actor)
    form = ReceiveForm(request.POST or None, officers=officers)
    if (
        form.intact
        and (matter_id := matter_of(form.record_id, file_id))
        and any(one.row.pk == matter_id for one in found)
    ):
        return redirect("legal_demands:of_file", file_id, matter_id)  # sent twice
    is_new = form.is_bound and form.is_valid()
    seems_same = is_new and _seems_linked(request, form.received(), found)
    if is_new and not seems_same:
        said, by, at = form.received(), request.actor, clock.now()
        actions.receive(said, by=by, at=at)
        officer = UUID(form.cleaned_data["officer"])
        actions.link(file_id, matter_of(said.id, file_id), said, officer, by=by, at=at)
        return redirect("legal_demands:of_file", file_id, matter_of(said.id, file_id))
    words = {
        "person": participants.header_of(known), "found": found, "form": form,
        "officers": officers, "today": clock.today(),
        "why_same": policy.LOOKS_THE_SAME if seems_same else "",
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "legal_demands/page.html", words, status=status)


def _seems_linked(request: PageRequest, said: Received, found: Sequence[Answered]) -> bool:
    """Whether the same paper seems to be linked already, and nobody has said that it is another."""
    if request.POST.get("another"):
        return False
    who = "\n".join(part for part in (said.office, said.number) if part)
    twins = queries.twins(found, said.kind, said.received_on, who, actor=request.actor)
    return any(one.row.demand_id != said.id for one in twins)


def matter_of(demand_id: UUID, file_id: UUID) -> UUID:
    """One demand about one file is one matter, however often it is said."""
    return uuid5(demand_id, f"{file_id}")


@require_http_methods(READ_AND_WRITE)
def shown(request: PageRequest) -> HttpResponse:
    """The demands that a person in charge of privacy showed me: do they concern somebody of mine?
    Left alone, nothing is said of it to anybody."""
    policy.can_link(request.actor).or_raise()
    found = list(queries.shown_to_me(actor=request.actor, at=clock.now()))
    vault.open(found, by=request.actor)
    mine = [one.identity.file_id for one in participants.all_mine(actor=request.actor)]
    named = participants.names(mine, actor=request.actor) if found else []
    people = sorted(((str(pk), name) for pk, name in named), key=lambda one: one[1].casefold())
    officers = queries.officers(actor=request.actor) if found else []
    sent = request.POST.get("demand", "")
    lines = [
        (one, TakeForm(request.POST if sent == str(one.pk) else None, people=people,
                       officers=officers, auto_id=f"{one.pk}_%s"))
        for one in found
    ]  # fmt: skip
    words: dict[str, Any] = {"lines": lines, "same_as": None, "why_same": policy.LOOKS_THE_SAME}
    for one, form in lines:
        if not form.is_bound or not form.is_valid():
            continue
        person = UUID(form.cleaned_data["person"])
        linked = queries.of_file(person, actor=request.actor)
        if _seems_linked(request, actions.shown_as_received(one), linked):
            words["same_as"] = one.pk
        elif _is_taken(request, one, form):
            return redirect("legal_demands:page", person)
    status = 422 if any(form.is_bound for _one, form in lines) else 200
    return render(request, "legal_demands/shown.html", words, status=status)


def _is_taken(request: PageRequest, one: Shown, form: TakeForm) -> bool:
    """It concerns somebody of mine: from now on nothing of their file is destroyed."""
    file_id = UUID(form.cleaned_data["person"])
    said = actions.shown_as_received(one)
    matter_id, officer = matter_of(said.id, file_id), UUID(form.cleaned_data["officer"])
    try:
        actions.link(file_id, matter_id, said, officer, by=request.actor, at=clock.now())
    except WrongState:
        form.add_error("person", policy.ALREADY)
        return False
    return True

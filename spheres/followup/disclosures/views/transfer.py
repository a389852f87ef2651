"""How does somebody who moves take along what they pick, to another programme?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.core.errors import WrongState
from spheres.followup.disclosures import actions, policy
from spheres.followup.disclosures.policy import Ground, Purpose
from spheres.followup.disclosures.transferring import TransferForm
from spheres.followup.disclosures.views.telling import READ_AND_WRITE
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus
from spheres.participants.queries import Known
from spheres.records.between import carrying
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.vault import actions as vault


@require_http_methods(READ_AND_WRITE)
def transfer(request: PageRequest, file_id: UUID) -> HttpResponse:
    """First what they pick is put in the form as it stands; then exactly what will go is read."""
    policy.can_write_down(request.actor).or_raise()
    known = participants.known(file_id, actor=request.actor)
    if known is None or known.is_for_a_while:
        raise Http404
    if known.status == FollowUpStatus.Status.DIED:
        raise WrongState(policy.NOT_NOW)
    step = request.POST.get("step")
    if step == "pick":
        return _picked(request, file_id, known)
    vault.open(known.rows, by=request.actor, sections=[IDENTITY, CONTACT])
    person = participants.header_of(known)
    form = TransferForm(request.POST or None, person=person)
    says = {"person": person, "form": form}
    if form.is_bound and form.is_valid() and not form.findings():
        told = form.prepared()
        if step == "confirm":
            actions.prepare(file_id, told, person=person, by=request.actor, at=clock.now())
            return redirect("disclosures:detail", file_id, told.id)
        if step != "change":
            said = [(policy.ITEMS[code].label, words) for code, words in told.items.items()]
            says |= {"told": told, "said": said, "to": told.recipient, "ground": Ground.CONSENT}
            says |= {"purpose": Purpose.TRANSFER.label}
            return render(request, "disclosures/preview.html", says)
        return render(request, "disclosures/transfer.html", says)
    return render(request, "disclosures/transfer.html", says, status=422 if form.is_bound else 200)


def _picked(request: PageRequest, file_id: UUID, known: Known) -> HttpResponse:
    """The same form, with what was ticked as it stands in the file; nothing is sent."""
    since = known.open_since(earlier=False)
    ticked = [code for code in carrying.ALL if request.POST.get(f"take_{code}")]
    carried = carrying.chosen(ticked, file_id, actor=request.actor, since=since)
    rows = [row for one in carried.values() for row in one.rows]
    vault.open([*known.rows, *rows], by=request.actor, sections=[IDENTITY, CONTACT])
    lines = {code: one.say() for code, one in carried.items()}
    person = participants.header_of(known)
    begun = TransferForm(request.POST, person=person).filled(lines)
    form = TransferForm(person=person, initial=begun)
    missing = [policy.ITEMS[code].label for code in ticked if not lines.get(code)]
    says = {"person": person, "form": form, "missing": missing, "is_back": since is not None}
    return render(request, "disclosures/transfer.html", says)

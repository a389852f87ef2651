"""What does the worker see when something is told to a resource, with the person’s agreement?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.accompaniments import actions, documents, policy, queries
from spheres.followup.accompaniments.forms import AgreementForm, ReplyForm
from spheres.followup.accompaniments.models import OutgoingReferral, OutgoingStatus
from spheres.followup.accompaniments.views.steps import found
from spheres.participants import queries as participants
from spheres.sharing.rules import STEPS
from spheres.vault import actions as vault


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: PageRequest, file_id: UUID, record_id: UUID) -> HttpResponse:
    """To whom, exactly which lines, and the person’s own yes."""
    record = found(request, file_id, record_id)
    policy.can_write(request.actor).or_raise()
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    if request.method == "POST":
        form = AgreementForm(request.POST, suspended=person.suspended)
    else:
        vault.open([record], by=request.actor, sections=[STEPS])
        resource = queries.resource_of(record, actor=request.actor)
        to_whom = record.opened.organisation or (resource.name if resource else "")
        begun = AgreementForm.starting_values(to_whom)
        form = AgreementForm(initial=begun, suspended=person.suspended)
    if form.is_bound and form.is_valid() and not form.findings():
        at, agreed = clock.now(), form.agreed()
        if may := actions.may_agree(person, agreed, by=request.actor, at=at):
            actions.agree(file_id, record_id, agreed, by=request.actor, at=at)
            return redirect("accompaniments:outgoing", file_id, agreed.id)
        form.add_error("whose_yes", str(may.reason))
    words = {"person": person, "form": form, "record": record}
    status = 422 if form.is_bound else 200
    return render(request, "accompaniments/agree.html", words, status=status)


@require_GET
def detail(request: PageRequest, file_id: UUID, referral_id: UUID) -> HttpResponse:
    """What leaves, with whose yes, where it stands, and what came back."""
    return show(request, file_id, referral_id)


def show(
    request: PageRequest, file_id: UUID, referral_id: UUID, form: ReplyForm | None = None
) -> HttpResponse:
    row = leaving(request, file_id, referral_id)
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    replies = list(queries.replies(referral_id, actor=request.actor))
    vault.open([row, *replies, *known.rows], by=request.actor, sections=[STEPS])
    return render(
        request,
        "accompaniments/outgoing.html",
        {
            "row": row,
            "person": participants.header_of(known),
            "lines": [line for line in row.opened.lines.splitlines() if line.strip()],
            "stands": OutgoingStatus.Status(row.standing.status).label,
            "replies": replies,
            "file_id": file_id,
            "may": policy.outgoing_buttons(request.actor, row.standing.status),
            "form": form or ReplyForm(),
        },
        status=422 if form else 200,
    )


def leaving(request: PageRequest, file_id: UUID, referral_id: UUID) -> OutgoingReferral:
    """The one of this address, when the database shows it."""
    row = queries.referral(file_id, referral_id, actor=request.actor)
    if row is None:
        raise Http404
    return row


@require_POST
def hand_over(request: PageRequest, file_id: UUID, referral_id: UUID) -> HttpResponse:
    """The lines, as words to copy or as a sheet: the worker hands them over herself."""
    leaving(request, file_id, referral_id)
    shape = "PDF" if request.POST.get("shape") == "PDF" else "TEXT"
    row = actions.hand_over(file_id, referral_id, shape, by=request.actor, at=clock.now())
    if shape == "PDF":
        answer = HttpResponse(documents.to_hand_over(row), content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{documents.NAME}"'
        return answer
    words = {
        "words": documents.as_words(row),
        "back": reverse("accompaniments:outgoing", args=[file_id, referral_id]),
    }
    return render(request, "accompaniments/words.html", words)


@require_POST
def withdraw(request: PageRequest, file_id: UUID, referral_id: UUID) -> HttpResponse:
    """The person takes the agreement back: in one press, and nothing leaves."""
    leaving(request, file_id, referral_id)
    actions.withdraw(file_id, referral_id, by=request.actor, at=clock.now())
    return redirect("accompaniments:outgoing", file_id, referral_id)


@require_POST
def reply(request: PageRequest, file_id: UUID, referral_id: UUID) -> HttpResponse:
    """Closing the loop: what came back, her words first."""
    leaving(request, file_id, referral_id)
    form = ReplyForm(request.POST)
    if not form.is_valid() or form.findings():
        return show(request, file_id, referral_id, form)
    actions.reply(file_id, referral_id, form.came_back(), by=request.actor, at=clock.now())
    return redirect("accompaniments:outgoing", file_id, referral_id)

"""What is seen of who does what for a person: by her team, and by her on the same screen?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts.requests import PageRequest, serves
from spheres.core import clock
from spheres.core.actor import SHARED
from spheres.followup.parts import actions, policy, queries
from spheres.followup.parts.forms import NextForm, PartForm
from spheres.followup.parts.models import Part
from spheres.followup.parts.queries import Around
from spheres.participants import queries as participants
from spheres.participants.queries import Header, Known
from spheres.records.views import asks_earlier
from spheres.sharing.queries import basis_of
from spheres.sharing.rules import CONTACT, IDENTITY, NOTES, RELATION, STEPS
from spheres.vault import actions as vault

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
OPENED: Final = [IDENTITY, CONTACT, NOTES, RELATION, STEPS]


@require_GET
def page(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Each organisation's part, since when, what comes next, and what is shared with it."""
    known = known_or_404(request, file_id)
    policy.can_write(request.actor).or_raise()
    person, around = opened(request, known)
    words = {
        "person": person,
        "around": around,
        "may": policy.can_write(request.actor),
        "is_folded": known.open_since(earlier=asks_earlier(request.GET)) is not None,
    }
    return render(request, "parts/page.html", words)


@require_GET
def together(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The same, in words said to her: to be read on the same screen, or taken along on paper."""
    known = known_or_404(request, file_id)
    policy.can_write(request.actor).or_raise()
    _person, around = opened(request, known)
    return render(request, "parts/together.html", {"file_id": file_id, "around": around})


@serves(SHARED)
@require_http_methods(READ_AND_WRITE)
def ours(request: PageRequest, consent_id: UUID, part_id: UUID) -> HttpResponse:
    """At a partner's: what comes next in its own part; what is no longer shown was never there."""
    policy.can_say_next(request.actor).or_raise()
    file_id = queries.shared_file(consent_id, actor=request.actor, at=clock.now())
    own = queries.ours(file_id, actor=request.actor) if file_id else []
    part = next((one for one in own if one.shown.part_id == part_id), None)
    who = queries.identity(file_id, actor=request.actor) if file_id and part else None
    if part is None or who is None:
        raise Http404
    vault.open(
        [who, *part.rows], by=request.actor, action="shared.opened", basis=basis_of(consent_id)
    )
    form = NextForm(
        request.POST or None, initial={"next_step": part.next_step, "next_on": part.next_on}
    )
    is_overtaken = False
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("next_step", "next_on")}
        try:
            actions.say_next(part, form.record_id, **said, by=request.actor, at=clock.now())
        except actions.Overtaken:
            is_overtaken = True
        else:
            return redirect("consents:shared", consent_id)
    words = {
        "form": form, "part": part, "name": who.opened.chosen_name, "consent_id": consent_id,
        "is_overtaken": is_overtaken,
    }  # fmt: skip
    status = 409 if is_overtaken else 422 if form.is_bound else 200
    return render(request, "parts/ours.html", words, status=status)


@require_http_methods(READ_AND_WRITE)
def add(request: PageRequest, file_id: UUID) -> HttpResponse:
    """One more part."""
    return write(request, file_id, None)


@require_http_methods(READ_AND_WRITE)
def change(request: PageRequest, file_id: UUID, part_id: UUID) -> HttpResponse:
    """Say one anew, or that it is over; what was said before stays below."""
    return write(request, file_id, part_id)


def write(request: PageRequest, file_id: UUID, part_id: UUID | None) -> HttpResponse:
    known = known_or_404(request, file_id)
    policy.can_write(request.actor).or_raise()
    texts = queries.versions(file_id, part_id, actor=request.actor) if part_id else []
    if part_id and not texts:
        raise Http404
    before = texts[0] if texts else None
    rows = queries.own_rows(file_id, part_id, actor=request.actor) if part_id else []
    there = queries.said_there([before], rows) if before else []
    opened = [*known.rows, *texts, *there]
    vault.open(opened, by=request.actor, sections=[IDENTITY, CONTACT, NOTES])
    form = blank(request, before)
    is_overtaken = False
    if form.is_bound and form.is_valid() and not form.findings():
        try:
            actions.say(file_id, form.said(), of=part_id, by=request.actor, at=clock.now())
        except actions.Overtaken:
            is_overtaken, form = True, again(request, form, before)
        else:
            return redirect("parts:page", file_id)
    words = {
        "person": participants.header_of(known),
        "form": form,
        "before": before,
        "texts": queries.told(texts, actor=request.actor),
        "is_overtaken": is_overtaken,
    }
    status = 409 if is_overtaken else 422 if form.is_bound else 200
    return render(request, "parts/form.html", words, status=status)


def blank(request: PageRequest, before: Part | None) -> PartForm:
    """What was typed; else what stands, to be said anew; else nothing."""
    return PartForm(
        request.POST or None,
        choices=queries.organisations(actor=request.actor),
        before=before,
        initial=PartForm.values_of(before) if before else {"on": 0},
    )


def again(request: PageRequest, form: PartForm, before: Part | None) -> PartForm:
    """What was typed, under the number of what somebody else wrote meanwhile."""
    initial = {**form.typed(), "on": before.number if before else 0}
    choices = queries.organisations(actor=request.actor)
    return PartForm(choices=choices, before=before, initial=initial, record_id=form.record_id)


def known_or_404(request: PageRequest, file_id: UUID) -> Known:
    """Whoever reads her file for a while does not read who does what."""
    known = participants.known(file_id, actor=request.actor)
    if known is None or known.is_for_a_while:
        raise Http404
    return known


def opened(request: PageRequest, known: Known) -> tuple[Header, Around]:
    """Who she is, and all that is around her, in one event."""
    since = known.open_since(earlier=asks_earlier(request.GET))
    read = queries.read(known.identity.file_id, actor=request.actor, since=since)
    if not read.is_whole:
        raise Http404
    vault.open([*known.rows, *read.rows], by=request.actor, sections=OPENED)
    return participants.header_of(known), queries.around(read, actor=request.actor, at=clock.now())

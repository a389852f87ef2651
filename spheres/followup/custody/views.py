"""What does the privacy officer see of custody, and what does the custodian read?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest, serves
from spheres.core import clock
from spheres.core.actor import CUSTODY
from spheres.followup.custody import actions, policy, queries
from spheres.followup.custody.forms import EndForm, NameForm


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PageRequest) -> HttpResponse:
    """What is in custody in the organisation, and the way to name who holds it. No note, no name
    of anybody accompanied."""
    policy.can_name(request.actor).or_raise()
    gone = queries.gone(actor=request.actor, at=clock.now())
    here = queries.here(actor=request.actor, at=clock.now())
    form = NameForm(request.POST or None, gone=gone, here=here)
    if form.intact and queries.is_named(form.record_id, actor=request.actor):
        return redirect("custody:page")  # sent twice
    if form.is_bound and form.is_valid():
        actions.name(
            form.record_id,
            author=form.who("author"),
            custodian=form.who("custodian"),
            ground=form.cleaned_data["ground"],
            by=request.actor,
            at=clock.now(),
        )
        return redirect("custody:page")
    lines = queries.lines(actor=request.actor)
    words = {
        "lines": [(one, EndForm(auto_id=f"{one.custody.pk}_%s")) for one in lines],
        "form": form,
        "sealed": queries.sealed_lines(actor=request.actor),
        "is_any_gone": bool(gone),
        "is_any_here": bool(here),
    }
    return render(request, "custody/page.html", words, status=422 if form.is_bound else 200)


@require_POST
def end(request: PageRequest, custody_id: UUID) -> HttpResponse:
    """It is held no more by this person."""
    policy.can_name(request.actor).or_raise()
    if not queries.is_named(custody_id, actor=request.actor):
        raise Http404
    form = EndForm(request.POST)
    if form.is_valid():
        actions.end(custody_id, by=request.actor, at=clock.now())
    return redirect("custody:page")


@require_GET
@serves(CUSTODY)
def held(request: PageRequest) -> HttpResponse:
    """Of whom one holds notes."""
    policy.can_hold(request.actor).or_raise()
    people = queries.held(actor=request.actor)
    return render(request, "custody/held.html", {"people": people})


@require_GET
@serves(CUSTODY)
def notes(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What was written of one person, to be read and not gone on with: one’s own are elsewhere."""
    policy.can_hold(request.actor).or_raise()
    found = queries.notes_of(file_id, actor=request.actor)
    if found is None:
        raise Http404
    person, entries = found
    return render(request, "custody/notes.html", {"person": person, "entries": entries})

"""What is seen of the papers of a thing: what is kept, how one is added, how a page is taken?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest, takes_a_paper
from spheres.core import clock
from spheres.papers import actions, policy, queries, sandbox
from spheres.papers.actions import Sent
from spheres.papers.forms import AddForm, LookForm
from spheres.papers.queries import Kept
from spheres.papers.registry import PaperKind, kind_of
from spheres.papers.sandbox import NotTaken
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.ui import addresses, text
from spheres.vault import actions as vault


@takes_a_paper
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PageRequest, file_id: UUID, kind: str, about_id: UUID) -> HttpResponse:
    """The papers of one thing, and the way to add one."""
    which = kind_of(kind)
    if which is None or not which.stands(file_id, about_id, actor=request.actor):
        raise Http404
    policy.can_keep(request.actor, which).or_raise()
    form = AddForm(request.POST or None, request.FILES or None)
    here = addresses.to("papers:page", file_id, which.slug, about_id)
    if form.is_bound and form.intact and queries.is_kept(form.record_id, actor=request.actor):
        return redirect(here)  # sent twice
    if form.is_bound and form.is_valid() and not form.findings():
        try:
            actions.keep(file_id, which, sent(form, about_id), by=request.actor, at=clock.now())
            return redirect(here)
        except NotTaken as refusal:
            form.refuse(refusal.reason)
    return show(request, file_id, which, about_id, form)


def sent(form: AddForm, about_id: UUID) -> Sent:
    """The valid answers, as the action takes them."""
    said = form.cleaned_data
    return Sent(
        id=form.record_id,
        about=about_id,
        content=said["paper"].read(),
        name=text.clean(said["paper"].name),
        signed_on=said["signed_on"],
        words=said["words"],
    )


def show(
    request: PageRequest, file_id: UUID, kind: PaperKind, about_id: UUID, form: AddForm
) -> HttpResponse:
    found = queries.of_thing(file_id, kind.slug, about_id, actor=request.actor)
    words = {
        "person": opened(request, file_id, found),
        "kind": kind,
        "papers": [(one, LookForm(auto_id=f"{one.paper.pk}_%s")) for one in found],
        "form": form,
        "back": addresses.to(kind.back, file_id),
        "can_run": sandbox.can_run(),
        "is_sent": form.is_bound,
    }
    return render(request, "papers/page.html", words, status=422 if form.is_bound else 200)


def opened(request: PageRequest, file_id: UUID, found: list[Kept]) -> Header:
    """Who she is and the names of the papers, in one event; out of reach: as if nothing stood."""
    known = participants.known(file_id, actor=request.actor)
    if known is None or known.is_for_a_while:
        raise Http404
    rows = [*known.rows, *(one.paper for one in found)]
    vault.open(rows, by=request.actor, sections=[IDENTITY, CONTACT])
    return participants.header_of(known)


def found_or_404(request: PageRequest, file_id: UUID, paper_id: UUID) -> Kept:
    kept = queries.one(file_id, paper_id, actor=request.actor)
    if kept is None:
        raise Http404
    return kept


@require_GET
def part(request: PageRequest, file_id: UUID, paper_id: UUID, part_id: UUID) -> HttpResponse:
    """One page, or the cleaned PDF: taken as a file, never shown in a page."""
    kept = found_or_404(request, file_id, paper_id)
    fetched_from = request.headers.get("Sec-Fetch-Site", "")
    row = actions.take(kept, part_id, by=request.actor, fetched_from=fetched_from)
    if row is None:
        raise Http404
    answer = HttpResponse(row.opened.content, content_type="application/octet-stream")
    name = f"page-{row.number}.jpg" if row.number else "document.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@require_POST
def look(request: PageRequest, file_id: UUID, paper_id: UUID) -> HttpResponse:
    """A paper that waits is looked at again."""
    kept = found_or_404(request, file_id, paper_id)
    form = LookForm(request.POST)
    if form.is_valid():
        actions.look_again(kept, form.record_id, by=request.actor, at=clock.now())
    paper = kept.paper
    return redirect("papers:page", file_id, paper.kind, paper.about)

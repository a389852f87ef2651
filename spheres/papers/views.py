"""What is seen of the papers of a thing: what is kept, how one is added, how a page is taken?

Beside the person, or from a seat at a matter of the law: the same pages, at two addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest, serves, takes_a_paper
from spheres.core import clock
from spheres.core.actor import SEAT
from spheres.papers import actions, policy, queries, sandbox
from spheres.papers.actions import Sent
from spheres.papers.forms import AddForm, LookForm
from spheres.papers.queries import Kept
from spheres.papers.registry import PaperKind, kind_of
from spheres.papers.sandbox import NotTaken
from spheres.participants.queries import Header
from spheres.records.seated import opened_beside, opened_from_seat
from spheres.ui import addresses, text

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Place:
    """The papers of one thing, and where their pages are for this reader."""

    kind: PaperKind
    file_id: UUID
    about: UUID
    from_seat: bool = False

    @property
    def _ids(self) -> list[Any]:
        return [self.kind.slug, self.about] if self.from_seat else [self.file_id]

    @property
    def here(self) -> str:
        if self.from_seat:
            return addresses.to("papers:seat", *self._ids)
        return addresses.to("papers:page", self.file_id, self.kind.slug, self.about)

    @property
    def back(self) -> str:
        if self.from_seat:
            return addresses.to(self.kind.seat_back, self.about)
        return addresses.to(self.kind.back, self.file_id)

    def _to(self, name: str, *ids: UUID) -> str:
        return addresses.to(f"papers:{'seat_' * self.from_seat}{name}", *self._ids, *ids)

    def line(self, one: Kept) -> Line:
        paper = one.paper
        document = self._to("part", paper.pk, one.document) if one.document else ""
        pages = [(number, self._to("part", paper.pk, part)) for number, part in one.pages]
        look = LookForm(auto_id=f"{paper.pk}_%s")
        return Line(one, pages, document, look, self._to("look", paper.pk))


@dataclass(frozen=True)
class Line:
    """One paper of the list: where each of its pages is taken, and where it is looked at again."""

    kept: Kept
    pages: list[tuple[int, str]]
    document: str
    look: LookForm
    look_url: str


@takes_a_paper
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PageRequest, file_id: UUID, kind: str, about_id: UUID) -> HttpResponse:
    """The papers of one thing, and the way to add one."""
    which = kind_of(kind)
    if which is None or not which.stands(file_id, about_id, actor=request.actor):
        raise Http404
    policy.can_keep(request.actor, which).or_raise()
    return _page(request, Place(which, file_id, about_id))


def seated(view: View) -> View:
    """For whoever sits at the matter that the papers are of; without a seat, it does not exist."""

    @serves(SEAT)
    @wraps(view)
    def of_matter(request: PageRequest, kind: str, about_id: UUID, **more: Any) -> HttpResponse:
        which = kind_of(kind)
        sits = which.sits if which else None
        file_id = sits(about_id, actor=request.actor) if sits else None
        if which is None or file_id is None:
            raise Http404
        return view(request, Place(which, file_id, about_id, from_seat=True), **more)

    return of_matter


@takes_a_paper
@require_http_methods(["GET", "HEAD", "POST"])
@seated
def seat(request: PageRequest, place: Place) -> HttpResponse:
    """The same from a seat; counsel reads them, and adds none."""
    if request.method == "POST":
        policy.can_keep(request.actor, place.kind).or_raise()
    return _page(request, place)


def _page(request: PageRequest, place: Place) -> HttpResponse:
    form = AddForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.intact and queries.is_kept(form.record_id, actor=request.actor):
        return redirect(place.here)  # sent twice
    if form.is_bound and form.is_valid() and not form.findings():
        by, at = request.actor, clock.now()
        try:
            actions.keep(place.file_id, place.kind, sent(form, place.about), by=by, at=at)
            return redirect(place.here)
        except NotTaken as refusal:
            form.refuse(refusal.reason)
    return show(request, place, form)


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


def show(request: PageRequest, place: Place, form: AddForm) -> HttpResponse:
    found = queries.of_thing(place.file_id, place.kind.slug, place.about, actor=request.actor)
    words = {
        "person": opened(request, place, found),
        "place": place,
        "kind": place.kind,
        "papers": [place.line(one) for one in found],
        "form": form,
        "back": place.back,
        "may_keep": policy.can_keep(request.actor, place.kind),
        "can_run": sandbox.can_run(),
        "is_sent": form.is_bound,
    }
    return render(request, "papers/page.html", words, status=422 if form.is_bound else 200)


def opened(request: PageRequest, place: Place, found: list[Kept]) -> Header:
    """Who she is and the names of the papers, in one event; out of reach: as if nothing stood."""
    open_ = opened_from_seat if place.from_seat else opened_beside
    return open_(place.file_id, [one.paper for one in found], by=request.actor)


@require_GET
def part(request: PageRequest, file_id: UUID, paper_id: UUID, part_id: UUID) -> HttpResponse:
    """One page, or the cleaned PDF: taken as a file, never shown in a page."""
    return _part(request, queries.one(file_id, paper_id, actor=request.actor), part_id)


@require_GET
@seated
def seat_part(request: PageRequest, place: Place, paper_id: UUID, part_id: UUID) -> HttpResponse:
    """The same from a seat, of the papers of that matter and of no other."""
    return _part(request, _of_matter(request, place, paper_id), part_id)


def _of_matter(request: PageRequest, place: Place, paper_id: UUID) -> Kept | None:
    kept = queries.one(place.file_id, paper_id, actor=request.actor)
    return kept if kept is not None and kept.paper.about == place.about else None


def _part(request: PageRequest, kept: Kept | None, part_id: UUID) -> HttpResponse:
    if kept is None:
        raise Http404
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
    kept = queries.one(file_id, paper_id, actor=request.actor)
    _look(request, kept)
    assert kept is not None
    return redirect("papers:page", file_id, kept.paper.kind, kept.paper.about)


@require_POST
@seated
def seat_look(request: PageRequest, place: Place, paper_id: UUID) -> HttpResponse:
    """The same from a seat, by whoever keeps papers there."""
    policy.can_keep(request.actor, place.kind).or_raise()
    _look(request, _of_matter(request, place, paper_id))
    return redirect(place.here)


def _look(request: PageRequest, kept: Kept | None) -> None:
    if kept is None:
        raise Http404
    form = LookForm(request.POST)
    if form.is_valid():
        actions.look_again(kept, form.record_id, by=request.actor, at=clock.now())

"""What does one see of a danger: the numbers first, then two minutes to write, then the rest?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.accounts.views.proving import step_up
from spheres.core import clock
from spheres.followup.danger import actions, policy, queries
from spheres.followup.danger.forms import AddForm, DangerForm, DirectiveForm
from spheres.followup.danger.models import Addition, Danger
from spheres.followup.danger.queries import Found
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.records import numbers, spoken
from spheres.records import views as drafts
from spheres.records.forms import ReviewForm, TellForm
from spheres.regions import queries as regions
from spheres.sharing import queries as sharing
from spheres.sharing.rules import CONTACT, IDENTITY, SAFETY
from spheres.sharing.watching import PROTECTS
from spheres.vault import actions as vault

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]
ADULT: Final = 18
# Of the region's lines, those called first, in this order, by the beginning of their name.
FIRST: Final = ("urgence", "dpj", "suicide", "info-social")
# What its page says of itself, point by point, when there is something to say.
POINTS: Final = (
    (Addition.About.SAID, "said"),
    (Addition.About.EXPOSED, "exposed"),
    (Addition.About.ACT, "act"),
    (Addition.About.DANGER, "danger"),
    (Addition.About.URGENCY, "urgency"),
    (Addition.About.CONSULTED, "consulted"),
)
THEN: Final = (Addition.About.SINCE, Addition.About.TELLING, Addition.About.LEARNT)


def phoning(request: PageRequest) -> dict[str, Any]:
    """What the pages of numbers say: whom to call, and what the organisation asks."""
    said = queries.directive(actor=request.actor)
    first = numbers.first(FIRST, on=clock.today())
    shown = {one.line.slug for one in first}
    return {
        "numbers": first,
        "others": [line for line in regions.help_lines() if line.slug not in shown],
        "on_call": said.on_call if said else "",
        "directive": queries.words_of(said),
    }


@require_GET
def call(request: PageRequest) -> HttpResponse:
    """Where nobody's file is open: the numbers; then, of whom, to write it after."""
    policy.can_be_beside(request.actor).or_raise()
    return render(request, "danger/call.html", phoning(request))


@require_GET
def call_for(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The same from a page about one person, with the way to write it in their file."""
    known = participants.known(file_id, actor=request.actor)
    may_write = sharing.may_write_in(file_id, actor=request.actor)
    if known is None and not queries.can_name(file_id, actor=request.actor):
        raise Http404
    policy.can_be_beside(request.actor).or_raise()
    vault.open(known.rows if known else [], by=request.actor, basis=PROTECTS)
    person = participants.header_of(known) if known else None
    says = phoning(request) | {"person": person, "file_id": file_id, "may_write": may_write}
    # Of whoever is under 18, or whose age is not known, another duty stands beside.
    is_adult = person and person.decides_alone(on=clock.today(), since_age=ADULT)
    says |= {"is_adult": is_adult}
    return render(request, "danger/call.html", says)


@require_http_methods(READ_AND_WRITE)
def write(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Three answers, then it is kept; the other points are folded, for when there is time."""
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    policy.can_write(request.actor).or_raise()
    if request.method == "POST":
        form = DangerForm(request.POST)
        if form.is_valid():
            actions.write(file_id, form.written(), by=request.actor, at=clock.now())
            return redirect("danger:detail", file_id, form.record_id)
    else:
        begun = drafts.begun(request, file_id)
        form = DangerForm(initial=begun.typed, record_id=begun.id) if begun else DangerForm()
    # Also to whoever opened so many files today that no other one opens.
    vault.open(known.rows, by=request.actor, sections=[IDENTITY, CONTACT], basis=PROTECTS)
    says = {"person": participants.header_of(known), "form": form}
    return render(request, "danger/form.html", says, status=422 if form.is_bound else 200)


@require_POST
def keep_draft(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Keep what is typed, every ten seconds; the page says so quietly."""
    return drafts.keep_draft(request, file_id, "danger", DangerForm(request.POST))


def found_or_404(request: PageRequest, file_id: UUID, danger_id: UUID) -> Found:
    """The danger of this address, when the database shows that it was told."""
    found = queries.of_file(file_id, danger_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


def opened(request: PageRequest, file_id: UUID, found: Found) -> Header | None:
    """Its words, and whose file it is when one may know it, in one event."""
    known = participants.known(file_id, actor=request.actor)
    rows = [*(known.rows if known else []), *found.rows]
    sections = [IDENTITY, CONTACT, SAFETY] if known else [SAFETY]
    vault.open(rows, by=request.actor, sections=sections, basis=PROTECTS)
    return participants.header_of(known) if known else None


def page_of(found: Found) -> dict[str, Any]:
    """What both its pages say of it, once it is opened."""
    danger = found.words
    return {
        "found": found,
        "called": Danger.Called(danger.called).label if danger else "",
        "imminence": Danger.Imminence(danger.imminence).label
        if danger and danger.imminence
        else "",
        "points": spoken.points_of(found, POINTS, THEN),
    }


@require_http_methods(READ_AND_WRITE)
def detail(request: PageRequest, file_id: UUID, disclosure_id: UUID) -> HttpResponse:
    """What was written, what was added since, who looks at it again; and a way to add."""
    found = found_or_404(request, file_id, disclosure_id)
    if found.words is not None and found.row.prepared_by != request.actor.user_id:
        return redirect("danger:review", disclosure_id)
    form = AddForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.add(
            file_id,
            disclosure_id,
            addition_id=form.record_id,
            about=form.cleaned_data["about"],
            text=form.cleaned_data["text"],
            by=request.actor,
            at=clock.now(),
        )
        return redirect("danger:detail", file_id, disclosure_id)
    person = opened(request, file_id, found)
    says = page_of(found) | {
        "person": person,
        "file_id": file_id,
        "form": form,
        "may": policy.buttons(request.actor, found.row.prepared_by, found.way),
    }
    status = 422 if form.is_bound else 200
    return render(request, "danger/detail.html", says, status=status)


@require_http_methods(READ_AND_WRITE)
def tell(request: PageRequest, file_id: UUID, disclosure_id: UUID) -> HttpResponse:
    """They were told, by whom, what they said; or not for now, why, and until when."""
    found = queries.told_yet(file_id, disclosure_id, actor=request.actor)
    known = participants.known(file_id, actor=request.actor)
    if found is None or known is None:
        raise Http404
    policy.can_tell(request.actor, found.way).or_raise()
    form = TellForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.tell(file_id, disclosure_id, form.told(), by=request.actor, at=clock.now())
        return redirect("danger:detail", file_id, disclosure_id)
    vault.open(known.rows, by=request.actor, basis=PROTECTS)
    says = {"person": participants.header_of(known), "found": found, "form": form}
    return render(request, "danger/tell.html", says, status=422 if form.is_bound else 200)


# Whoever supervises.


@require_GET
def reviews(request: PageRequest) -> HttpResponse:
    """What waits to be looked at again with whoever wrote it, without a name of anybody."""
    policy.can_look(request.actor).or_raise()
    waiting, done = queries.looked_at(actor=request.actor, at=clock.now())
    says = {"waiting": [(one, one.is_late(clock.now())) for one in waiting], "done": done}
    return render(request, "danger/reviews.html", says)


@require_http_methods(READ_AND_WRITE)
@step_up
def review(request: PageRequest, disclosure_id: UUID) -> HttpResponse:
    """The whole of it, for somebody who supervises; sent, what was learnt."""
    found = queries.to_review(disclosure_id, actor=request.actor)
    if found is None:
        raise Http404
    may = policy.can_review(
        request.actor, found.row.prepared_by, is_reviewed=found.reviewed is not None
    )
    form = ReviewForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.review(
            disclosure_id,
            step_id=form.record_id,
            learnt=form.cleaned_data["learnt"],
            by=request.actor,
            at=clock.now(),
        )
        return redirect("danger:reviews")
    vault.open(found.rows, by=request.actor, sections=[SAFETY], basis=PROTECTS)
    says = page_of(found) | {"form": form, "may": may}
    return render(request, "danger/review.html", says, status=422 if form.is_bound else 200)


@require_http_methods(READ_AND_WRITE)
def directive(request: PageRequest) -> HttpResponse:
    """Who answers day and night in one's organisation, and what it asks to do in a danger."""
    policy.can_direct(request.actor).or_raise()
    said = queries.directive(actor=request.actor)
    begun = {"on_call": said.on_call, "fr": said.fr, "en": said.en} if said else {}
    form = DirectiveForm(request.POST or None, initial=begun)
    if form.is_bound and form.is_valid():
        actions.direct(
            form.record_id,
            on_call=form.cleaned_data["on_call"],
            fr=form.cleaned_data["fr"],
            en=form.cleaned_data["en"],
            by=request.actor,
            at=clock.now(),
        )
        return redirect("danger:directive")
    says = {"form": form, "said": said}
    return render(request, "danger/directive.html", says, status=422 if form.is_bound else 200)

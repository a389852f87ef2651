"""What is seen of who was trained: by oneself, by those who follow, by the coordination?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts import queries as accounts
from spheres.accounts.requests import PageRequest, only_reads
from spheres.core import clock
from spheres.records.spreadsheets import Cell, as_sheet
from spheres.regions import queries as regions
from spheres.training.attestations import actions, documents, policy, queries
from spheres.training.attestations.forms import (
    FindForm,
    InviteForm,
    OutsideForm,
    ShownForm,
    TakeBackForm,
    WishForm,
)
from spheres.training.attestations.models import OUTSIDE
from spheres.ui import moments

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def mine(request: PageRequest) -> HttpResponse:
    """What I was trained in, until when, and my papers; what is still asked of me."""
    actor = request.actor
    policy.can_read_own(actor).or_raise()
    ground, at, today = queries.ground(actor=actor), clock.now(), clock.today()
    held = queries.mine(actor=actor, known=ground.topics)
    words = {
        "held": held,
        "missing": queries.asked_of_me(held, ground, actor=actor, at=at, on=today),
        "today": today,
        "may_follow": policy.can_follow(actor),
    }
    return render(request, "attestations/mine.html", words)


@only_reads
@require_http_methods(READ_AND_WRITE)
def coverage(request: PageRequest) -> HttpResponse:
    """Where each of those I follow stands, topic by topic; whom one asks of is in no address."""
    actor = request.actor
    policy.can_follow(actor).or_raise()
    ground = queries.ground(actor=actor)
    form = _wish_form(request, ground)
    is_wrong = form.is_bound and not form.is_valid()
    found = queries.coverage(
        form.wish(), actor=actor, at=clock.now(), on=clock.today(), on_ground=ground
    )
    words = {
        "form": form,
        "coverage": found,
        "columns": [_("Topic"), _("Hold it today")],
        "numbers": [2],
        "rows": [(topic.title, number) for topic, number in found.counted],
        "may_coordinate": policy.can_coordinate(actor),
    }
    return render(request, "attestations/coverage.html", words, status=422 if is_wrong else 200)


def _wish_form(request: PageRequest, ground: queries.Ground) -> WishForm:
    return WishForm(
        request.POST if request.method == "POST" else None,
        organisations=queries.organisations(ground, actor=request.actor),
        topics=ground.topics.values(),
    )


@require_POST
def sheet(request: PageRequest) -> HttpResponse:
    """The same, of everybody who answers the choice, to keep: a line for each person and topic."""
    ground = queries.ground(actor=request.actor)
    form = _wish_form(request, ground)
    if not form.is_valid():
        return redirect("attestations:coverage")
    found = actions.keep_sheet(form.wish(), by=request.actor, at=clock.now(), on=clock.today())
    columns = [
        _("Organisation"), _("Name"), _("Role"), _("Topic"), _("Trained on"), _("Holds until"),
        _("State today"),
    ]  # fmt: skip
    kind = request.POST.get("kind", "")
    return as_sheet(_("who-was-trained"), columns, _in_cells(found), kind=kind)


def _in_cells(found: queries.Coverage) -> Iterator[Sequence[Cell]]:
    for one in found.people:
        who = [one.organisation, one.name, ", ".join(one.roles)]
        for each in one.learned:
            stands = _("To renew") if each.has_lapsed else _("Holds")
            yield [*who, each.topic.title, each.taken_on, each.ends_on, stands]
        for topic in one.missing:
            if topic not in [each.topic for each in one.learned]:
                yield [*who, topic.title, None, None, _("Still to follow")]
        if not one.learned and not one.missing:
            yield [*who, _("No training is attested yet")]


def _person(request: PageRequest, colleague_id: UUID) -> queries.Person:
    """One of those I follow; anybody else does not exist here."""
    policy.can_follow(request.actor).or_raise()
    found = queries.colleague(colleague_id, actor=request.actor, at=clock.now(), on=clock.today())
    if found is None:
        raise Http404
    return found


@require_GET
def person(request: PageRequest, colleague_id: UUID) -> HttpResponse:
    """All that was attested of one person."""
    words = {
        "one": _person(request, colleague_id),
        "held": queries.of_person(colleague_id, actor=request.actor),
        "today": clock.today(),
        "may_write": policy.can_coordinate(request.actor)
        and policy.can_attest(request.actor, colleague_id),
    }
    return render(request, "attestations/person.html", words)


@require_http_methods(READ_AND_WRITE)
def shown(request: PageRequest, colleague_id: UUID) -> HttpResponse:
    """Write what a paper says that somebody of the programme showed."""
    one, actor = _person(request, colleague_id), request.actor
    policy.can_coordinate(actor).or_raise()
    policy.can_attest(actor, colleague_id).or_raise()
    form = ShownForm(request.POST or None, topics=queries.topics(actor=actor).values())
    if form.is_bound and form.is_valid():
        language = accounts.language_of(colleague_id, actor=actor)
        shown = form.shown(colleague_id, language)
        actions.attest(form.record_id, shown, by=actor, at=clock.now())
        return redirect("attestations:person", colleague_id)
    words = {"one": one, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "attestations/shown.html", words, status=status)


@require_http_methods(READ_AND_WRITE)
def outside(request: PageRequest) -> HttpResponse:
    """Those trained who have no account here: what was said last, or those who are looked for, and
    their papers."""
    policy.can_coordinate(request.actor).or_raise()
    form = FindForm(request.POST or None)
    wanted = form.cleaned_data["words"] if form.is_bound and form.is_valid() else ""
    words = {
        "form": form,
        "wanted": wanted,
        "found": queries.outside(wanted, actor=request.actor),
        "today": clock.today(),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "attestations/outside.html", words, status=status)


@require_http_methods(READ_AND_WRITE)
def shown_outside(request: PageRequest) -> HttpResponse:
    """Write what a paper says that somebody from outside showed."""
    actor = request.actor
    policy.can_coordinate(actor).or_raise()
    form = OutsideForm(request.POST or None, topics=queries.topics(actor=actor).values())
    if form.is_bound and form.is_valid():
        actions.attest(form.record_id, form.outside(), by=actor, at=clock.now())
        return redirect("attestations:outside")
    status = 422 if form.is_bound else 200
    return render(request, "attestations/shown.html", {"form": form}, status=status)


def _attestation(request: PageRequest, attestation_id: UUID) -> queries.Held:
    found = queries.find(attestation_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


@require_POST
def paper(request: PageRequest, attestation_id: UUID) -> HttpResponse:
    """The paper: for whoever was trained, and, of those outside, for the coordination. That it was
    given is kept."""
    policy.can_read_own(request.actor).or_raise()
    held = _attestation(request, attestation_id)
    if held.row.user_id not in (OUTSIDE, request.actor.user_id) or held.taken_back:
        raise Http404
    actions.give(held, by=request.actor, at=clock.now())
    address = settings.YOUTH_HOST + reverse("public:attestation", settings.YOUTH_URLCONF)
    answer = HttpResponse(documents.paper(held, address=address), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{documents.NAME}"'
    return answer


@require_http_methods(READ_AND_WRITE)
def take_back(request: PageRequest, attestation_id: UUID) -> HttpResponse:
    """An attestation that was a mistake: say why it holds no more."""
    actor = request.actor
    policy.can_coordinate(actor).or_raise()
    held = _attestation(request, attestation_id)
    back = "attestations:outside" if held.row.user_id == OUTSIDE else "attestations:person"
    args = [] if held.row.user_id == OUTSIDE else [held.row.user_id]
    form = TakeBackForm(request.POST or None)
    if form.is_bound and held.taken_back is not None:
        return redirect(back, *args)  # sent twice
    policy.can_take_back(actor, held.row.user_id, held.taken_back is not None).or_raise()
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.take_back(form.record_id, held, reason=reason, by=actor, at=clock.now())
        return redirect(back, *args)
    words = {"held": held, "form": form, "back": reverse(back, args=args)}
    status = 422 if form.is_bound else 200
    return render(request, "attestations/take_back.html", words, status=status)


@require_http_methods(READ_AND_WRITE)
def refreshers(request: PageRequest) -> HttpResponse:
    """Whom to invite for what lapses in the next sixty days, with a letter to copy."""
    actor, at = request.actor, clock.now()
    policy.can_coordinate(actor).or_raise()
    found = queries.to_renew(actor=actor, at=at, on=clock.today())
    waiting = [one for one in found if one.invited_on is None]
    form = InviteForm(request.POST or None, those=waiting, lines=[_line(one) for one in waiting])
    if form.is_bound and form.is_valid():
        actions.invite(form.record_id, form.chosen(), by=actor, at=at)
        return redirect("attestations:refreshers")
    programme = regions.region().programme
    words = {
        "form": form,
        "waiting": [(one, documents.letter(one, programme=programme)) for one in waiting],
        "invited": [one for one in found if one.invited_on is not None],
        "today": clock.today(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "attestations/refreshers.html", words, status=status)


def _line(one: queries.ToRenew) -> str:
    return _("%(name)s, %(organisation)s · %(topic)s, until %(day)s") % {
        "name": one.name,
        "organisation": one.organisation,
        "topic": one.topic.title,
        "day": moments.day(one.ends_on),
    }

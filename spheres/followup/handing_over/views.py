"""What does a worker see when she hands a person over, or is handed one; and whoever leads?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.followup.handing_over import actions, policy, queries
from spheres.followup.handing_over.forms import (
    FACES,
    KNOWS,
    CannotForm,
    DeclineForm,
    LookingForm,
    NameForm,
    StandInForm,
    ToldForm,
    WantedForm,
    WelcomeForm,
)
from spheres.followup.handing_over.models import MAY_PASS
from spheres.followup.handing_over.queries import Gone, Received
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus
from spheres.records.between import leaving as leaving_with
from spheres.records.between import places
from spheres.sharing import queries as sharing
from spheres.sharing.actions import Overlaps
from spheres.ui.forms import Form
from spheres.vault import actions as vault

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def leaving(request: PageRequest) -> HttpResponse:
    """My persons, each with where she stands: to be told, told, decided."""
    policy.can_pass(request.actor).or_raise()
    found = queries.leaving(actor=request.actor, at=clock.now())
    says = {"leaving": found, "theirs": leaving_with.theirs(request.actor)}
    return render(request, "handing_over/leaving.html", says)


@require_http_methods(READ_AND_WRITE)
def tell(request: PageRequest, file_id: UUID) -> HttpResponse:
    """I have told them: nothing passes before."""
    mine(request, file_id)
    form = ToldForm(request.POST or None)
    if form.is_bound and form.is_valid() and not form.findings():
        actions.tell(file_id, form.told(), by=request.actor, at=clock.now())
        return redirect("handing_over:decide", file_id)
    return show(request, file_id, "handing_over/tell.html", form)


@require_http_methods(READ_AND_WRITE)
def decide(request: PageRequest, file_id: UUID) -> HttpResponse:
    """With them: who comes next, what may pass; what will be seen is shown before it passes."""
    mine(request, file_id)
    if queries.passing(file_id, actor=request.actor) is None:
        return redirect("handing_over:tell", file_id)
    keeps = sharing.keeps(file_id, actor=request.actor)
    form = WantedForm(
        request.POST or None,
        proposed=queries.to_go_on(file_id, actor=request.actor, at=clock.now()),
        may_pass=policy.may_pass(keeps=keeps),
    )
    page = "handing_over/decide.html"
    if form.is_bound and form.is_valid() and not form.findings():
        if request.POST.get("step") == "change":
            return show(request, file_id, page, form, is_wrong=False)
        if request.POST.get("step") != "confirm":
            return show(
                request, file_id, "handing_over/preview.html", form, is_wrong=False, keeps=keeps
            )
        try:
            actions.decide(file_id, form.wanted(), by=request.actor, at=clock.now())
        except NotAllowed as refusal:
            form.add_error("colleague", str(refusal.reason))
        else:
            return redirect("handing_over:leaving")
    return show(request, file_id, page, form)


@require_GET
def handed(request: PageRequest, handed_id: UUID) -> HttpResponse:
    """A person handed to me: exactly what she lets pass, and nothing else."""
    given = found(request, handed_id)
    who, contact = queries.shown(given.file_id, actor=request.actor)
    shown = places.locked_of(given.file_id, actor=request.actor, since=None)
    plan = places.plan_of(given.file_id, actor=request.actor, since=None)
    locked = [*(one for one in shown if one.for_a_while), *plan]
    rows = [row for row in (who, contact) if row is not None]
    vault.open([*rows, *(row for one in locked for row in one.rows)], by=request.actor)
    stands = queries.stands(given.file_id, actor=request.actor)
    words = {
        "given": given,
        "person": who.opened if who else None,
        "facts": queries.facts(who) if who else [],
        "reach": queries.reach(contact) if contact else None,
        "stands": FollowUpStatus.Status(stands).label if stands else "",
        "has_door_open": stands in policy.DOOR_OPEN,
        "pages": [
            places.to_read(block, may_open=False)
            for one in locked
            if one.rows and (block := one.block())
        ],
        "passes": [FACES[face] for face in MAY_PASS if face in given.faces],
    }
    return render(request, "handing_over/handed.html", words)


@require_POST
def met(request: PageRequest, handed_id: UUID) -> HttpResponse:
    """We have met: one press, and the file opens."""
    if not queries.has_met(handed_id, actor=request.actor):
        found(request, handed_id)
    file_id = actions.meet(handed_id, by=request.actor, at=clock.now())
    return redirect("dossier:file", file_id)


@require_http_methods(READ_AND_WRITE)
def decline(request: PageRequest, handed_id: UUID) -> HttpResponse:
    """I cannot: one reason among few; whoever handed them over chooses again."""
    given = None
    if not queries.has_declined(handed_id, actor=request.actor):
        given = found(request, handed_id)
    form = (CannotForm if given and given.is_named else DeclineForm)(request.POST or None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.decline(
            handed_id, reason, knows_her=reason == KNOWS, by=request.actor, at=clock.now()
        )
        return redirect("dossier:my_day")
    words = {"given": found(request, handed_id), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "handing_over/decline.html", words, status=status)


@require_http_methods(READ_AND_WRITE)
def team(request: PageRequest) -> HttpResponse:
    """In numbers only: who was accompanied by somebody who is gone; and who answers meanwhile."""
    policy.can_lead(request.actor).or_raise()
    return _team(request)


@require_POST
def name_worker(request: PageRequest, token: UUID) -> HttpResponse:
    """Somebody with whom nobody walks: who is asked to tell her. The lead sees not who she is."""
    policy.can_lead(request.actor).or_raise()
    if token not in {one.token for one in queries.nobody_beside(actor=request.actor)}:
        raise Http404
    workers = queries.proposed(actor=request.actor, at=clock.now())
    form = NameForm(request.POST, workers=workers, auto_id=f"{token}_%s")
    if form.is_valid():
        try:
            actions.name_worker(
                token,
                form.record_id,
                user_id=UUID(form.cleaned_data["user"]),
                by=request.actor,
                at=clock.now(),
            )
            return redirect("handing_over:team")
        except NotAllowed as refusal:
            form.add_error("user", str(refusal.reason))
    return _team(request, naming=form, token=token)


def _team(
    request: PageRequest, *, naming: NameForm | None = None, token: UUID | None = None
) -> HttpResponse:
    at = clock.now()
    gone = queries.left_behind(actor=request.actor, at=at)
    workers = queries.proposed(actor=request.actor, at=at)
    form = StandInForm(
        request.POST if request.method == "POST" and naming is None else None,
        gone=[(str(one.user_id), one.name) for one in gone if not one.stand_in],
        workers=workers,
    )
    if form.is_bound and form.is_valid() and named(request, form):
        return redirect("handing_over:team")
    alone = [
        (
            one,
            naming
            if naming and one.token == token
            else NameForm(workers=workers, auto_id=f"{one.token}_%s"),
        )
        for one in queries.nobody_beside(actor=request.actor)
    ]
    words = {
        "gone": gone,
        "form": form if waiting(gone) or form.is_bound else None,
        "alone": [(one, asking) for one, asking in alone if not one.has_door_open],
        "door_open": [(one, asking) for one, asking in alone if one.has_door_open],
        "workers": workers,
    }
    status = 422 if form.is_bound or naming else 200
    return render(request, "handing_over/team.html", words, status=status)


def waiting(gone: list[Gone]) -> bool:
    return any(not one.stand_in for one in gone)


def named(request: PageRequest, form: StandInForm) -> bool:
    """Whether the stand-in was named; else the form says why not."""
    said = form.cleaned_data
    try:
        actions.name_stand_in(
            form.record_id,
            for_user_id=UUID(said["gone"]),
            user_id=UUID(said["user"]),
            until=form.ends_at,
            by=request.actor,
            at=clock.now(),
        )
    except Overlaps:
        form.add_error("gone", policy.OVERLAPS)
        return False
    return True


@require_GET
def left(request: PageRequest) -> HttpResponse:
    """Those whose worker is gone, for whom I answer: who they are, how to reach each."""
    policy.can_pass(request.actor).or_raise()
    people = queries.left_to_me(actor=request.actor, at=clock.now())
    words = {
        "people": [one for one in people if not one.has_door_open],
        "door_open": [one for one in people if one.has_door_open],
    }
    return render(request, "handing_over/left.html", words)


@require_http_methods(READ_AND_WRITE)
def welcome(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Their worker is gone; I have told them, and they say with whom."""
    policy.can_pass(request.actor).or_raise()
    form = WelcomeForm(request.POST or None)
    if form.is_bound and form.is_valid() and not form.findings():
        said = form.welcomed()
        actions.welcome(file_id, said, by=request.actor, at=clock.now())
        if said.way == actions.ANOTHER:
            return redirect("handing_over:decide", file_id)
        return redirect("dossier:file", file_id)
    gone = queries.day(actor=request.actor, at=clock.now()).left
    whose = queries.left_files(gone, actor=request.actor, at=clock.now())
    page = "handing_over/welcome.html"
    if file_id in whose:
        return show(request, file_id, page, form, gone=gone[whose[file_id]])
    if file_id not in queries.asked_to_tell(actor=request.actor, at=clock.now()):
        raise Http404
    return show(request, file_id, page, form)


def found(request: PageRequest, handed_id: UUID) -> Received:
    """The person handed to me at this address."""
    given = queries.handed(handed_id, actor=request.actor, at=clock.now())
    if given is None:
        raise Http404
    return given


def mine(request: PageRequest, file_id: UUID) -> None:
    """Only of those one walks with oneself."""
    if not queries.walks_with(file_id, actor=request.actor, at=clock.now()):
        raise Http404
    policy.can_pass(request.actor).or_raise()


def show(
    request: PageRequest,
    file_id: UUID,
    page: str,
    form: Form | LookingForm,
    *,
    is_wrong: bool | None = None,
    **more: object,
) -> HttpResponse:
    """A page about her; what was typed is always still there."""
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    wrong = form.is_bound if is_wrong is None else is_wrong
    words = {"person": person, "form": form, **more}
    return render(request, page, words, status=422 if wrong else 200)

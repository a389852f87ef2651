"""What is seen, beside her, when she bars somebody, lifts it, or refuses?"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.followup.restrictions import actions, documents, policy, queries, standing
from spheres.followup.restrictions.forms import LiftForm, RefusalForm, RestrictionForm
from spheres.followup.restrictions.queries import Standing
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.records.between.begun import begun
from spheres.regions import queries as regions
from spheres.sharing.rules import RELATION
from spheres.vault import actions as vault

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_GET
def page(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Whom she bars, whom she barred, what she refuses: all of it on one page."""
    person = beside_her(request, file_id)
    found = queries.standing(file_id, actor=request.actor)
    vault.open([row for one in found for row in one.locked], by=request.actor)
    says = {
        "person": person,
        "live": [(one, standing.parts_of(one.row.faces)) for one in found if one.is_live],
        "lifted": [(one, standing.parts_of(one.row.faces)) for one in found if not one.is_live],
        "refusals": [
            (one, standing.refused(one)) for one in queries.refusals(file_id, actor=request.actor)
        ],
        "taken_back": [
            (one, standing.refused(one))
            for one in queries.refused_before(file_id, actor=request.actor)
        ],
        "actor": request.actor,
    }
    return render(request, "restrictions/page.html", says)


@require_GET
def choose(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Where does whoever must not see work?"""
    person = beside_her(request, file_id)
    asked = begun(file_id, request.GET.get("ask", ""), actor=request.actor)
    says = {
        "person": person,
        "organisations": queries.organisations(actor=request.actor),
        "begun": asked,
    }
    return render(request, "restrictions/choose.html", says)


@require_http_methods(READ_AND_WRITE)
def restrict(
    request: PageRequest, file_id: UUID, organisation_id: UUID | None = None
) -> HttpResponse:
    """Whom, from what; then the effects in plain sentences, read with her; then it is kept."""
    if has_barred_herself(request, file_id):
        return redirect("restrictions:closed")
    person = beside_her(request, file_id)
    sent = "" if request.method == "POST" else request.GET.get("ask", "")
    asked = begun(file_id, sent, actor=request.actor)
    form = form_for(request, person, organisation_id, words=asked.words if asked else "")
    if not form.is_bound or not form.is_valid() or form.findings():
        return show(request, "restrictions/form.html", person, form, wrong=form.is_bound)
    if request.POST.get("step") == "change":
        return show(request, "restrictions/form.html", person, form)
    effects = effects_of(request, file_id, form)
    if request.POST.get("step") != "confirm":
        return show(request, "restrictions/effects.html", person, form, effects=effects)
    try:
        actions.restrict(
            file_id,
            form.said(),
            decides_alone=form.decides_alone,
            suspended=person.suspended,
            by=request.actor,
            at=clock.now(),
        )
    except NotAllowed as refusal:
        form.add_error("goes_on_with", str(refusal.reason))
        return show(request, "restrictions/effects.html", person, form, wrong=True, effects=effects)
    if not participants.is_visible(file_id, actor=request.actor):
        return redirect("restrictions:closed")
    return redirect("restrictions:page", file_id)


@require_GET
def closed(request: PageRequest) -> HttpResponse:
    """The file is closed to whoever wrote it down: said once, without a word of whom it was."""
    policy.can_write(request.actor).or_raise()
    return render(request, "restrictions/closed.html")


@require_http_methods(READ_AND_WRITE)
def lift(request: PageRequest, file_id: UUID, restriction_id: UUID) -> HttpResponse:
    """She lifts it: one press, her words if she wants."""
    person = beside_her(request, file_id)
    one = found(request, file_id, restriction_id)
    policy.can_lift(request.actor, one.barred).or_raise()
    form = LiftForm(
        request.POST or None,
        decides_alone=decides_alone(person),
        suspended=person.suspended,
    )
    if form.is_bound and form.is_valid() and not form.findings():
        actions.lift(
            file_id,
            restriction_id,
            decider=form.decided_by,
            her_words=form.cleaned_data["her_words"],
            decides_alone=form.decides_alone,
            suspended=person.suspended,
            by=request.actor,
            at=clock.now(),
        )
        return redirect("restrictions:page", file_id)
    return show(request, "restrictions/lift.html", person, form, wrong=form.is_bound, one=one)


@require_POST
def notice(request: PageRequest, file_id: UUID, restriction_id: UUID) -> HttpResponse:
    """The notice, on paper, to be signed: handed over in person, sent nowhere."""
    person = beside_her(request, file_id)
    one = found(request, file_id, restriction_id)
    if one.notice is None:
        raise Http404
    actions.print_notice(file_id, one.notice, by=request.actor)
    answer = HttpResponse(
        documents.notice(person, one, documents.words_of(one, actor=request.actor)),
        content_type="application/pdf",
    )
    answer["Content-Disposition"] = f'attachment; filename="{documents.NAME}"'
    return answer


@require_http_methods(READ_AND_WRITE)
def refuse(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Which relatives are told nothing; which research takes nothing."""
    person = beside_her(request, file_id)
    form = RefusalForm(
        request.POST or None,
        decides_alone=decides_alone(person),
        suspended=person.suspended,
        explainers=queries.who_may_explain(actor=request.actor, at=clock.now()),
        themes=regions.choices("research_themes"),
        standing={(one.kind, one.code) for one in queries.refusals(file_id, actor=request.actor)},
    )
    if form.is_bound and form.is_valid() and not form.findings():
        actions.refuse(
            file_id,
            form.record_id,
            form.wanted(),
            decider=form.decided_by,
            decides_alone=form.decides_alone,
            suspended=person.suspended,
            explained=form.explained(),
            by=request.actor,
            at=clock.now(),
        )
        return redirect("restrictions:page", file_id)
    return show(request, "restrictions/refuse.html", person, form, wrong=form.is_bound)


@require_POST
def refusal_notice(request: PageRequest, file_id: UUID, refusal_id: UUID) -> HttpResponse:
    """The notice of what she refused at once, on paper, to be signed."""
    person = beside_her(request, file_id)
    one = queries.refused_at_once(file_id, refusal_id, actor=request.actor)
    if one is None:
        raise Http404
    actions.print_notice(file_id, one.notice, by=request.actor)
    words = documents.words_of_refusal(one, actor=request.actor)
    answer = HttpResponse(
        documents.refusal_notice(person, one, words), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'attachment; filename="{documents.NAME}"'
    return answer


@require_POST
def take_back(request: PageRequest, file_id: UUID, refusal_id: UUID) -> HttpResponse:
    """She takes a refusal back, in one press."""
    if not queries.walks_with(file_id, actor=request.actor, at=clock.now()):
        raise Http404
    actions.take_back(file_id, refusal_id, by=request.actor, at=clock.now())
    return redirect("restrictions:page", file_id)


@dataclass(frozen=True)
class Effects:
    """What keeping it changes: for whom by name, and who goes on."""

    people: list[tuple[str, str, str]]  # her name, what she sees now, what she will no longer see
    is_me: bool
    is_left_alone: bool


def effects_of(request: PageRequest, file_id: UUID, form: RestrictionForm) -> Effects:
    seen = queries.seen_by(file_id, standing.SHOWN, actor=request.actor)
    now = clock.now()
    barred = queries.whom(form.barred, seen.keys(), actor=request.actor, at=now)
    beside = queries.beside(file_id, actor=request.actor, at=now)
    names = queries.names_of(barred, actor=request.actor)
    closed = set(form.faces)
    return Effects(
        people=[
            (
                name,
                standing.named(seen[user_id]),
                standing.named([face for face in seen[user_id] if face in closed]),
            )
            for user_id, name in names.items()
        ],
        is_me=request.actor.user_id in barred,
        is_left_alone=RELATION in closed and not beside - barred,
    )


def form_for(
    request: PageRequest, person: Header, organisation_id: UUID | None, *, words: str = ""
) -> RestrictionForm:
    """What may be chosen in this organisation, or anywhere; begun with what was asked."""
    actor, now = request.actor, clock.now()
    partners = {one.pk: one.name for one in queries.organisations(actor=actor)}
    if organisation_id is not None and organisation_id not in partners:
        raise Http404
    people = queries.people_of(organisation_id, actor=actor, at=now) if organisation_id else []
    colleagues = queries.colleagues(actor=actor, at=now)
    return RestrictionForm(
        request.POST or None,
        initial={"her_words": words},
        decides_alone=decides_alone(person),
        suspended=person.suspended,
        organisation=organisation_id,
        where=partners.get(organisation_id, "") if organisation_id else "",
        people=people,
        roles=queries.roles_of(organisation_id, actor=actor, at=now),
        explainers=queries.who_may_explain(actor=actor, at=now),
        colleagues=[(user_id, name) for user_id, (name, _roles) in colleagues.items()],
    )


def has_barred_herself(request: PageRequest, file_id: UUID) -> bool:
    """Whether this is sent again by whoever has just barred herself: shown the same page."""
    if request.method != "POST" or participants.is_visible(file_id, actor=request.actor):
        return False
    sent = RestrictionForm.number_of(request.POST)
    return sent is not None and queries.has_kept(sent, actor=request.actor)


def beside_her(request: PageRequest, file_id: UUID) -> Header:
    """Only of those one walks with oneself: it is written with her."""
    person = participants.header(file_id, actor=request.actor)
    if person is None or not queries.walks_with(file_id, actor=request.actor, at=clock.now()):
        raise Http404
    policy.can_write(request.actor).or_raise()
    return person


def decides_alone(person: Header) -> bool:
    """From the region's age; when it is not known, the stricter of the two ways."""
    return person.decides_alone(on=clock.today(), since_age=regions.region().self_from)


def found(request: PageRequest, file_id: UUID, restriction_id: UUID) -> Standing:
    """The restriction of this address, when the database shows it."""
    for one in queries.standing(file_id, actor=request.actor):
        if one.row.pk == restriction_id:
            return one
    raise Http404


def show(
    request: PageRequest,
    template: str,
    person: Header,
    form: object,
    *,
    wrong: bool = False,
    **more: object,
) -> HttpResponse:
    """A page about her; what was typed is always still there."""
    says = {"person": person, "form": form, **more}
    return render(request, template, says, status=422 if wrong else 200)

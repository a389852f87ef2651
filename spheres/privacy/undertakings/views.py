"""What does one read and sign of one's own, and what does whoever follows it see and say?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts import actions as accounts_actions
from spheres.accounts import policy as accounts_policy
from spheres.accounts import queries as accounts
from spheres.accounts.requests import PageRequest
from spheres.accounts.views.proving import step_up
from spheres.core import clock
from spheres.privacy.undertakings import actions, documents, policy, queries
from spheres.privacy.undertakings.forms import (
    TRAINING,
    UNDERTAKING,
    ExtendForm,
    RuleForm,
    SignForm,
    StandInForm,
    TextForm,
    TrainedForm,
    WithholdForm,
)
from spheres.sharing.actions import Overlaps

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_GET
def mine(request: PageRequest) -> HttpResponse:
    """What is asked of me, until when, and what happens then."""
    policy.can_sign(request.actor).or_raise()
    found = queries.mine(actor=request.actor, at=clock.now())
    return render(request, "undertakings/mine.html", {"mine": found, "actor": request.actor})


@require_http_methods(READ_AND_WRITE)
@step_up
def sign(request: PageRequest) -> HttpResponse:
    """The text on one page, in the reader's language; then signed."""
    policy.can_sign(request.actor).or_raise()
    found = queries.mine(actor=request.actor, at=clock.now())
    if found.to_sign is None:
        return redirect("undertakings:mine")  # nothing to sign, or sent twice
    form = SignForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.sign(
            form.record_id,
            _text_id(request),
            language=(get_language() or "fr")[:2],
            by=request.actor,
            at=clock.now(),
        )
        return redirect("undertakings:mine")
    words = {"form": form, "text": found.to_sign, "organisation": found.asked.body.name}
    status = 422 if form.is_bound else 200
    return render(request, "undertakings/sign.html", words, status=status)


def _text_id(request: PageRequest) -> UUID:
    try:
        return UUID(request.POST.get("text", ""))
    except ValueError:
        raise Http404 from None


@require_GET
def paper(request: PageRequest, undertaking_id: UUID) -> HttpResponse:
    """A signed undertaking to keep, as it was signed."""
    found = queries.signed_here(undertaking_id, actor=request.actor)
    if found is None:
        raise Http404
    row, text = found
    body = accounts.asked(actor=request.actor, at=clock.now()).body
    name = accounts.names_of([row.user_id])[row.user_id]
    house = body.name_en if row.language == "en" else body.name_fr
    made = documents.paper(row, text, name=name, organisation=house)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{documents.NAME}"'
    return answer


@require_GET
def people(request: PageRequest) -> HttpResponse:
    """Where each stands, by the day on which it lapses."""
    policy.can_follow(request.actor).or_raise()
    at = clock.now()
    asked = accounts.asked(actor=request.actor, at=at)
    words = {
        "people": queries.people(actor=request.actor, at=at),
        "asked": asked,
        "newest": accounts.texts(actor=request.actor).first(),
        "may_ask": policy.can_say_what_is_asked(request.actor, _of_whole(request, asked)),
    }
    return render(request, "undertakings/people.html", words)


def _of_whole(request: PageRequest, asked: accounts.Asked) -> bool:
    return asked.body.pk == request.actor.organisation_id


@require_http_methods(READ_AND_WRITE)
@step_up
def asked(request: PageRequest) -> HttpResponse:
    """What the organisation asks from a day on."""
    at = clock.now()
    now = accounts.asked(actor=request.actor, at=at)
    policy.can_say_what_is_asked(request.actor, _of_whole(request, now)).or_raise()
    ticked = [code for code, on in ((UNDERTAKING, now.undertaking), (TRAINING, now.training)) if on]
    form = RuleForm(request.POST or None, initial={"asks": ticked, "from_day": clock.today()})
    if form.is_bound and form.is_valid():
        actions.ask(
            form.record_id,
            undertaking=form.asks_for(UNDERTAKING),
            training=form.asks_for(TRAINING),
            starts_at=form.starts_at,
            by=request.actor,
            at=at,
        )
        return redirect("undertakings:people")
    words, status = {"form": form, "asked": now}, 422 if form.is_bound else 200
    return render(request, "undertakings/asked.html", words, status=status)


@require_http_methods(READ_AND_WRITE)
@step_up
def text(request: PageRequest) -> HttpResponse:
    """The undertaking as the organisation words it: ours to begin with, then its own."""
    at = clock.now()
    now = accounts.asked(actor=request.actor, at=at)
    policy.can_say_what_is_asked(request.actor, _of_whole(request, now)).or_raise()
    newest = accounts.texts(actor=request.actor).first()
    initial = TextForm.starting_values()
    if newest is not None:
        initial |= {"words_fr": newest.words_fr, "words_en": newest.words_en}
    form = TextForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        actions.adopt(form.text(), by=request.actor, at=at)
        return redirect("undertakings:people")
    words, status = {"form": form, "is_first": newest is None}, 422 if form.is_bound else 200
    return render(request, "undertakings/text.html", words, status=status)


def _person(request: PageRequest, colleague_id: UUID) -> queries.Person:
    """One of those I follow; anybody else does not exist here."""
    policy.can_follow(request.actor).or_raise()
    found = queries.person(colleague_id, actor=request.actor, at=clock.now())
    if found is None:
        raise Http404
    return found


@require_GET
def person(request: PageRequest, colleague_id: UUID) -> HttpResponse:
    """What one person signed and learned, until when, and what may be done."""
    found, actor = _person(request, colleague_id), request.actor
    one = found.clearance
    words = {
        "one": one,
        "trainings": [
            (each, found.names.get(each.said_by, _("the programme"))) for each in found.trainings
        ],
        "extensions": [(each, found.names.get(each.said_by, "")) for each in found.extensions],
        "signed": found.signed,
        "trained_until": queries.a_year_later(one.trained_on),
        "may_train": accounts_policy.can_say_trained(actor, colleague_id, follows=True),
        "may_extend": policy.can_extend(actor, one),
        "may_name": policy.can_name_stand_in(actor, one),
        "may_withhold": policy.can_withhold(actor, one),
        "withhold": WithholdForm(),
    }
    return render(request, "undertakings/person.html", words)


@require_http_methods(READ_AND_WRITE)
def trained(request: PageRequest, colleague_id: UUID) -> HttpResponse:
    """Say on which day a training took place."""
    found = _person(request, colleague_id)
    accounts_policy.can_say_trained(request.actor, colleague_id, follows=True).or_raise()
    form = TrainedForm(request.POST or None)
    if form.is_bound and form.is_valid():
        accounts_actions.say_trained(
            form.record_id,
            user_id=colleague_id,
            trained_on=form.cleaned_data["trained_on"],
            source=form.cleaned_data["source"],
            by=request.actor,
            at=clock.now(),
        )
        return redirect("undertakings:person", colleague_id)
    return _ask(request, "undertakings/trained.html", found, form)


@require_http_methods(READ_AND_WRITE)
@step_up
def extend(request: PageRequest, colleague_id: UUID) -> HttpResponse:
    """Let it count until a later day."""
    found = _person(request, colleague_id)
    one = found.clearance
    policy.can_extend(request.actor, one).or_raise()
    assert one.stands_until is not None
    form = ExtendForm(request.POST or None, stands_until=one.stands_until)
    if form.is_bound and form.is_valid():
        actions.extend(
            form.record_id,
            one,
            reason=form.cleaned_data["reason"],
            until=form.until,
            by=request.actor,
            at=clock.now(),
        )
        return redirect("undertakings:person", colleague_id)
    return _ask(request, "undertakings/extend.html", found, form)


@require_http_methods(READ_AND_WRITE)
def stand_in(request: PageRequest, colleague_id: UUID) -> HttpResponse:
    """Name who answers for each of this person's people, now or in case it lapses."""
    found, at = _person(request, colleague_id), clock.now()
    policy.can_name_stand_in(request.actor, found.clearance).or_raise()
    among = queries.stand_ins(found.clearance, actor=request.actor, at=at)
    begins = clock.day_of(queries.begins_at(found.clearance, at=at))
    form = StandInForm(request.POST or None, among=among, begins=begins)
    if form.is_bound and form.is_valid():
        try:
            actions.name_stand_in(
                form.record_id,
                found.clearance,
                to=form.who,
                until=form.until,
                by=request.actor,
                at=at,
            )
            return redirect("undertakings:person", colleague_id)
        except Overlaps:
            form.add_error("until_day", _("Somebody already answers for them in these days."))
    return _ask(request, "undertakings/stand_in.html", found, form, is_anybody=bool(among))


@require_http_methods(["POST"])
@step_up
def withhold(request: PageRequest, colleague_id: UUID) -> HttpResponse:
    """Close what was given, now that a stand-in answers."""
    found = _person(request, colleague_id)
    form = WithholdForm(request.POST)
    if form.is_valid() and not found.clearance.is_withheld:
        actions.withhold(form.record_id, found.clearance, by=request.actor, at=clock.now())
    return redirect("undertakings:person", colleague_id)


def _ask(
    request: PageRequest, page: str, found: queries.Person, form: object, **others: object
) -> HttpResponse:
    words = {"one": found.clearance, "form": form, **others}
    status = 422 if getattr(form, "is_bound", False) else 200
    return render(request, page, words, status=status)

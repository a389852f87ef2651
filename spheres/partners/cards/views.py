"""What is seen of partners: who each is, who expects what of whom, which agreements stand?"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.models import Organisation
from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.partners.cards import actions, drawing, offering, policy, queries
from spheres.partners.cards.forms import AgreeForm, CardForm, ExpectForm, ProtocolForm
from spheres.partners.cards.models import Protocol
from spheres.records.between import carding

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def overview(request: PageRequest) -> HttpResponse:
    """The partners, and who expects what of whom: a picture, and a table that says the same."""
    actor, at = request.actor, clock.now()
    policy.can_look(actor).or_raise()
    partners = queries.partners(actor=actor)
    ties = queries.ties(actor=actor, at=at)
    words = {
        "partners": partners,
        "carded": queries.carded(actor=actor),
        "ties": ties,
        "columns": [_("Who expects"), _("What, and how it stands")],
        "picture": drawing.picture(partners, ties),
        "may_say": policy.can_say(actor, _ours(request)),
    }
    return render(request, "cards/list.html", words)


@require_GET
def region(request: PageRequest) -> HttpResponse:
    """The region as its partners say it: who is there, who is tied to whom, who offers what; and,
    in words, what nobody offers."""
    actor, at = request.actor, clock.now()
    policy.can_look(actor).or_raise()
    partners = queries.partners(actor=actor)
    ties = queries.ties(actor=actor, at=at)
    found = offering.region(partners, actor=actor)
    words = {
        "region": found,
        "ties": drawing.picture(partners, ties),
        "apart": offering.apart(partners, ties),
        "offers": drawing.grid(found),
        "columns": [_("Service"), _("Partners that offer it"), _("In the directory")],
        "numbers": [3],
    }
    return render(request, "cards/region.html", words)


def _ours(request: PageRequest) -> Organisation | None:
    return queries.partner(request.actor.organisation_id, actor=request.actor)


def known(request: PageRequest, partner_id: UUID) -> Organisation:
    policy.can_look(request.actor).or_raise()
    found = queries.partner(partner_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


@require_GET
def card(request: PageRequest, partner_id: UUID) -> HttpResponse:
    """One partner: what it says of itself, what it may share and why, what it expects and offers,
    what others expect of it; and what was said before."""
    of, actor, at = known(request, partner_id), request.actor, clock.now()
    cards = queries.cards(of.pk, actor=actor)
    every = queries.ties(actor=actor, at=at)
    ours = _ours(request)
    ties = [tie for tie in every if of.pk in {tie.now.organisation_id, tie.now.towards_id}]
    said = queries.agreed([tie.now.pk for tie in ties], actor=actor)
    may_agree = {
        tie.now.pk
        for tie in ties
        if policy.can_agree(
            actor, tie.now, [one for one in said if one.expectation_id == tie.now.pk], at=at
        )
    }
    words = {
        "of": of,
        "newest": cards[0] if cards else None,
        "before": cards[1:],
        "services": offering.labels(cards[0][0].services) if cards else [],
        "from_it": [tie for tie in ties if tie.now.organisation_id == of.pk],
        "of_it": [tie for tie in ties if tie.now.towards_id == of.pk],
        "may_agree": may_agree,
        "form": AgreeForm(),
        "blocks": carding.blocks_of(of.pk, actor=actor),
        "is_ours": of.pk == actor.organisation_id,
        "may_say": policy.can_say(actor, ours),
    }
    return render(request, "cards/card.html", words)


@require_http_methods(READ_AND_WRITE)
def say(request: PageRequest) -> HttpResponse:
    """What one’s own organisation is."""
    ours, actor = _ours(request), request.actor
    policy.can_say(actor, ours).or_raise()
    cards = queries.cards(actor.organisation_id, actor=actor)
    form = CardForm(request.POST or None, card=cards[0][0] if cards else None)
    if _is_kept(form):
        said = {name: form.cleaned_data[name] for name in (*form.texts, "services")}
        actions.say(form.record_id, **said, by=actor, at=clock.now())
        return redirect("cards:card", actor.organisation_id)
    return _form(request, "cards/say.html", {"of": ours, "form": form})


@require_http_methods(READ_AND_WRITE)
def expect(request: PageRequest, partner_id: UUID) -> HttpResponse:
    """What one’s own organisation expects of this one, and offers it."""
    towards, actor, at = known(request, partner_id), request.actor, clock.now()
    policy.can_say(actor, _ours(request)).or_raise()
    if towards.pk == actor.organisation_id:
        raise Http404
    ties = queries.ties(actor=actor, at=at)
    pair = (actor.organisation_id, towards.pk)
    now = next((t.now for t in ties if (t.now.organisation_id, t.now.towards_id) == pair), None)
    form = ExpectForm(request.POST or None, now=now)
    if _is_kept(form):
        said = {name: form.cleaned_data[name] for name in form.texts}
        actions.expect(form.record_id, towards, **said, by=actor, at=at)
        return redirect("cards:card", towards.pk)
    return _form(request, "cards/expect.html", {"of": towards, "form": form})


@require_POST
def agree(request: PageRequest, expectation_id: UUID) -> HttpResponse:
    policy.can_look(request.actor).or_raise()
    found = queries.expectation(expectation_id, actor=request.actor)
    if found is None:
        raise Http404
    form = AgreeForm(request.POST)
    if form.is_valid():
        actions.agree(form.record_id, found, by=request.actor, at=clock.now())
    return redirect("cards:card", found.organisation_id)


@require_GET
def protocols(request: PageRequest) -> HttpResponse:
    """The agreements between partners, the soonest reviewed first."""
    policy.can_look(request.actor).or_raise()
    words = {
        "protocols": queries.protocols(actor=request.actor, on=clock.today()),
        "may_keep": policy.can_keep_protocol(request.actor),
    }
    return render(request, "cards/protocols.html", words)


@require_http_methods(READ_AND_WRITE)
def sign(request: PageRequest) -> HttpResponse:
    return _sign(request, None)


@require_http_methods(READ_AND_WRITE)
def review(request: PageRequest, protocol_id: UUID) -> HttpResponse:
    """Reviewed: written anew, in the place of this one."""
    policy.can_look(request.actor).or_raise()
    found = queries.protocol(protocol_id, actor=request.actor)
    if found is None:
        raise Http404
    return _sign(request, found)


def _sign(request: PageRequest, before: Protocol | None) -> HttpResponse:
    policy.can_keep_protocol(request.actor).or_raise()
    partners = [(one.pk, one.name) for one in queries.partners(actor=request.actor)]
    form = ProtocolForm(request.POST or None, partners=partners, before=before)
    if _is_kept(form):
        actions.sign(form.signed(), by=request.actor, at=clock.now())
        return redirect("cards:protocols")
    return _form(request, "cards/sign.html", {"form": form, "before": before})


def _is_kept(form: Any) -> bool:
    return bool(form.is_bound and form.is_valid() and not form.findings())


def _form(request: PageRequest, template: str, words: dict[str, Any]) -> HttpResponse:
    return render(request, template, words, status=422 if words["form"].is_bound else 200)

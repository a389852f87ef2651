"""What does one see on the public pages, and what does sending a form answer?

A page is shown and answered at one address: the number never stands in an address, and sending
again, by Back or by a second tap, gives the same receipt and makes nothing new.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.public import guard, queries
from spheres.public.forms import (
    AdviceForm,
    AskForm,
    PublicForm,
    ReceiptForm,
    ReferralForm,
    RelativeForm,
    SelfForm,
)
from spheres.regions import queries as regions
from spheres.ui import language

ELSEWHERE = ValidationError(
    _(
        "This form was sent from another site, so nothing was kept. "
        "What was typed is below: check it and send it from here."
    ),
    code="elsewhere",
)


@guard.for_everyone
def home(request: PageRequest) -> HttpResponse:
    """What this is, what stays between us, and three doors."""
    return show(request, "home", youth=True)


@guard.for_everyone
def for_me(request: PageRequest) -> HttpResponse:
    """«I want help for me»: six short questions."""
    if request.method != "POST":
        return show(request, "for_me", SelfForm(), youth=True)
    return receive(request, "for_me", SelfForm(request.POST), youth=True)


@guard.for_everyone
def referral(request: PageRequest) -> HttpResponse:
    """A professional refers a young person who knows of it; else, advice without a name."""
    if request.method != "POST":
        return show(request, "referral", ReferralForm())
    form = ReferralForm(request.POST)
    if form.is_not_yet:
        return show(request, "advice", form.as_advice(), instead=True)
    if form.states_an_obligation:
        # Said, explained, and kept nowhere: the box comes back empty.
        return show(request, "referral", form.again(without=("obligation",)), obligation=True)
    return receive(request, "referral", form)


@guard.for_everyone
def relative(request: PageRequest) -> HttpResponse:
    """A parent or someone close: resources first; a referral only if the young person agrees."""
    if request.method != "POST":
        return show(request, "relative", RelativeForm())
    form = RelativeForm(request.POST)
    if form.is_not_agreed:
        return show(request, "relative_advice")
    return receive(request, "relative", form)


@guard.for_everyone
def advice(request: PageRequest) -> HttpResponse:
    """A professional thinks it over with us, and names nobody."""
    if request.method != "POST":
        return show(request, "advice", AdviceForm())
    return receive(request, "advice", AdviceForm(request.POST))


@guard.for_everyone
def ask(request: PageRequest) -> HttpResponse:
    """One question, and a code to come back for the answer."""
    if request.method != "POST":
        return show(request, "ask", AskForm(), youth=True)
    return receive(request, "ask", AskForm(request.POST), youth=True)


@guard.for_everyone
def how_it_stands(request: PageRequest) -> HttpResponse:
    """With the number and the code of a receipt: one of three sentences, and nothing else."""
    if request.method != "POST":
        return show(request, "how_it_stands", ReceiptForm())
    form = ReceiptForm(request.POST)
    if not guard.comes_from_here(request):
        form.add_error(None, ELSEWHERE)
        return show(request, "how_it_stands", form, status=403)
    if not form.is_valid():
        return show(request, "how_it_stands", form, status=422)
    if form.is_bait_taken or not guard.may_look(request, clock.now()):
        return show(request, "how_it_stands", form, too_many=True, status=429)
    stands = queries.stands(form.asked_by(), actor=request.actor)
    return show(request, "it_stands", stands=stands.value)


@guard.for_everyone
def set_language(request: PageRequest) -> HttpResponse:
    """The other language; its cookie is set here only, and ends with the browser."""
    if not guard.comes_from_here(request):
        return redirect("public:home")
    response = language.set_language(request)
    for cookie in response.cookies.values():
        cookie["samesite"] = "Strict"
    return response


@guard.for_everyone
def exit_limits(request: PageRequest) -> HttpResponse:
    """What quick exit cannot do: the house's page, here without the token that sets a cookie."""
    return render(request, "ui/exit_limits.html", {"csrf_token": ""})


def receive(
    request: PageRequest, page: str, form: PublicForm, *, youth: bool = False
) -> HttpResponse:
    """Do what the form does, once, and show its receipt; or the form again, with all it held."""
    if form.is_bait_taken:
        # A machine: it is thanked like anybody, and nothing is kept.
        return receipt(request, page, form, youth=youth)
    if not guard.comes_from_here(request):
        form.add_error(None, ELSEWHERE)
        return show(request, page, form, youth=youth, status=403)
    if not form.is_valid():
        return show(request, page, form, youth=youth, status=422)
    if form.must_look_again:
        return show(request, page, form, youth=youth, findings=form.findings(), status=422)
    at = clock.now()
    if not guard.within_limits(request, form.record_id, at, form.COUNTED):
        return show(request, page, form, youth=youth, too_many=True, status=429)
    form.leave(desk=regions.desk(), by=request.actor, at=at)
    return receipt(request, page, form, youth=youth)


def receipt(request: PageRequest, page: str, form: PublicForm, *, youth: bool) -> HttpResponse:
    """The number, what happens next, and whom to call if it presses."""
    urgent = form.data.get("urgent") == "yes"
    return show(request, f"receipt_{page}", form, youth=youth, urgent=urgent)


def show(
    request: PageRequest,
    page: str,
    form: PublicForm | None = None,
    *,
    youth: bool = False,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """One page, with the region's lines and no token: a token would set a cookie."""
    words = {
        "form": form,
        "lines": queries.help_lines(youth=youth),
        "region": regions.region(),
        "exit_url": settings.EXIT_URL,
        "csrf_token": "",
    }
    return render(request, f"public/{page}.html", words | more, status=status)

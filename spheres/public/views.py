"""What does one see on the public pages, and what does sending a form answer?

A page is shown and answered at one address: the number never stands in an address, and sending
again, by Back or by a second tap, gives the same receipt and makes nothing new.
"""

from __future__ import annotations

from datetime import date
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from spheres.accounts.requests import PageRequest
from spheres.core import clock, context
from spheres.core.actor import asker
from spheres.public import guard, queries
from spheres.public.forms import (
    FILLED,
    AdviceForm,
    AskForm,
    AttestationForm,
    PublicForm,
    ReceiptForm,
    ReferralForm,
    RelativeForm,
    SelfForm,
    TrainingCodeForm,
    TrainingForm,
)
from spheres.records.between import readiness
from spheres.regions import queries as regions
from spheres.training.attestations import queries as attestations
from spheres.training.offer import queries as offering
from spheres.training.requests import queries as training_requests
from spheres.ui import language
from spheres.ui.forms import Form

TESTED_ON: Final = date(2026, 11, 27)  # when the whole site was last looked at, page by page
ELSEWHERE = ValidationError(
    _(
        "This form was sent from another site, so nothing was kept. "
        "What was typed is below: check it and send it from here."
    ),
    code="elsewhere",
)


@guard.for_reading
@guard.shown_by_a_press
def home(request: PageRequest) -> HttpResponse:
    """What this is, what stays between us, and three doors."""
    return show(request, "home", youth=True)


@guard.for_reading
@guard.shown_by_a_press
def how(request: PageRequest) -> HttpResponse:
    """The limits first, then who reads what, and how the first time goes."""
    return show(request, "how", youth=True)


@guard.for_reading
@guard.shown_by_a_press
def together(request: PageRequest) -> HttpResponse:
    """What we can do: someone beside her, what cannot wait, things to do."""
    return show(request, "together", youth=True)


@guard.for_reading
@guard.shown_by_a_press
def steps(request: PageRequest) -> HttpResponse:
    """Small things that can help, wherever she is."""
    return show(request, "steps", youth=True, steps=queries.steps(reader="youth"))


@guard.for_reading
@guard.shown_by_a_press
def lines(request: PageRequest) -> HttpResponse:
    """Every help line, and the day it was verified."""
    checked = queries.checked_lines(on=clock.today())
    return show(
        request,
        "lines_page",
        youth=True,
        for_youth=[line for line in checked if line.said.is_for_youth],
        for_others=[line for line in checked if not line.said.is_for_youth],
    )


@guard.for_reading
def close(request: PageRequest) -> HttpResponse:
    """Parents and friends: what helps, what can hurt, what we may tell."""
    return show(request, "close", may_be_found=True)


@guard.for_reading
def steps_close(request: PageRequest) -> HttpResponse:
    """Tips for each step, for those close."""
    tips = queries.steps(reader="close")
    return show(request, "steps_close", may_be_found=True, steps=tips)


@guard.for_reading
def professionals(request: PageRequest) -> HttpResponse:
    """Support, training, referral: what each is, and how to ask."""
    return show(request, "professionals", may_be_found=True)


@guard.for_reading
def steps_professionals(request: PageRequest) -> HttpResponse:
    """For each step of the engagement cycle: what helps, what to avoid saying, and the desk."""
    found = queries.professional_steps()
    return show(request, "steps_professionals", may_be_found=True, steps=found)


@guard.for_reading
def offer(request: PageRequest) -> HttpResponse:
    """What is taught in the year, month by month, and how to ask for it."""
    years = offering.published(on=clock.today())
    return show(request, "offer", may_be_found=True, years=years)


@guard.for_reading
def privacy(request: PageRequest) -> HttpResponse:
    """Which organisations keep something, and what this site keeps of a visit."""
    return show(request, "privacy", may_be_found=True, partners=queries.partners())


@guard.for_reading
def partner(request: PageRequest, slug: str) -> HttpResponse:
    """What one partner keeps, why, for how long, the person's rights; unknown: no such page."""
    found = queries.partner(slug)
    if found is None:
        raise Http404
    return show(request, "partner", may_be_found=True, partner=found)


@guard.for_reading
def accessibility(request: PageRequest) -> HttpResponse:
    """What was tested, what was not, and how to tell us."""
    return show(request, "accessibility", may_be_found=True, tested_on=TESTED_ON)


@guard.for_reading
def about(request: PageRequest) -> HttpResponse:
    """History, credits, licence, how to cite, and the source code."""
    source = settings.SOURCE_URL
    partners = queries.partners()
    return show(request, "about", may_be_found=True, partners=partners, source_url=source)


@guard.for_reading
def site_map(request: PageRequest) -> HttpResponse:
    """Every page, by reader."""
    return show(request, "map", parts=queries.site_map())


@guard.for_reading
def robots(request: PageRequest) -> HttpResponse:
    """Everything may be read by machines, so that they read which pages are not to be found."""
    address = request.build_absolute_uri(reverse("public:to_be_found"))
    return HttpResponse(f"User-agent: *\nAllow: /\nSitemap: {address}\n", "text/plain")


@guard.for_reading
def to_be_found(request: PageRequest) -> HttpResponse:
    """The pages that may be found, and no other."""
    pages = [request.build_absolute_uri(url) for url in queries.pages_to_be_found()]
    words = {"pages": pages}
    return render(request, "public/to_be_found.xml", words, content_type="application/xml")


def once_open(view: Any) -> Any:
    """Where referrals are left: until one may be received, it is said before anything is typed."""

    @wraps(view)
    def page(request: PageRequest) -> HttpResponse:
        if readiness.refusal(request.actor):
            return show(request, "not_open", youth=True, status=403)
        return view(request)

    return page


@guard.for_everyone
@once_open
@guard.shown_by_a_press
def for_me(request: PageRequest) -> HttpResponse:
    """«I want help for me»: six short questions."""
    if request.method != "POST":
        return show(request, "for_me", SelfForm(), youth=True)
    return receive(request, "for_me", SelfForm(request.POST), youth=True)


@guard.for_everyone
@once_open
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
@once_open
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
def training_request(request: PageRequest) -> HttpResponse:
    """An outside organisation asks us to train its team; it needs no account."""
    if request.method != "POST":
        return show(request, "training_request", TrainingForm())
    return receive(request, "training_request", TrainingForm(request.POST))


@guard.for_everyone
def training_answer(request: PageRequest) -> HttpResponse:
    """With the code of its receipt: what was answered to a request for training, and no more."""
    if request.method != "POST":
        return show(request, "training_answer", TrainingCodeForm())
    form, code = TrainingCodeForm(request.POST), "request_code"
    if refused := not_looked_for(request, "training_answer", form, what=code):
        return refused
    asked_of = training_requests.request_of(form.cleaned_data["answer_code"], actor=request.actor)
    with context.acting_as(asker(asked_of)) as holder:
        asked = training_requests.under_code(asked_of, actor=holder)
        ways = queries.trainings_in(asked.said_last, request.get_host()) if asked else []
        answered = show(request, "training_answered", asked=asked, ways=ways)
    if asked is not None:
        guard.give_back_try(request, code)
    return answered


@guard.for_everyone
@guard.shown_by_a_press
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
    if refused := not_looked_for(request, "how_it_stands", form, what="receipt"):
        return refused
    stands = queries.stands(form.asked_by(), actor=request.actor)
    return show(request, "it_stands", stands=stands.value)


@guard.for_everyone
def attestation(request: PageRequest) -> HttpResponse:
    """Of a verification number, one of two words: never whose, in what, nor why not."""
    if request.method != "POST":
        return show(request, "attestation", AttestationForm())
    form = AttestationForm(request.POST)
    if refused := not_looked_for(request, "attestation", form, what="attestation"):
        return refused
    is_valid = attestations.is_valid(form.number, actor=request.actor)
    return show(request, "attestation_seen", is_valid=is_valid)


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
@guard.shown_by_a_press
def exit_limits(request: PageRequest) -> HttpResponse:
    """What quick exit cannot do: the house's page, here without the token that sets a cookie."""
    return render(request, "ui/exit_limits.html", {"csrf_token": ""})


def receive(
    request: PageRequest, page: str, form: PublicForm, *, youth: bool = False
) -> HttpResponse:
    """Do what the form does, once, and show its receipt; or the form again, with all it held."""
    if form.is_bait_taken:
        # A machine, or the browser of somebody who would wait for an answer for nothing.
        form.add_error(None, FILLED)
        return show(request, page, form, youth=youth, status=422)
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


def not_looked_for(
    request: PageRequest, page: str, form: PublicForm, *, what: str, youth: bool = False
) -> HttpResponse | None:
    """Why nothing is looked for under what was typed: it was sent from another site, mistyped,
    filled by a programme, or tried too often from this network. None when it may be."""
    if not guard.comes_from_here(request):
        form.add_error(None, ELSEWHERE)
        return show(request, page, form, youth=youth, status=403)
    if not form.is_valid():
        return show(request, page, form, youth=youth, status=422)
    if form.is_bait_taken or not guard.may_look(request, clock.now(), what):
        return show(request, page, form, youth=youth, too_many=True, status=429)
    return None


def show(
    request: PageRequest,
    page: str,
    form: Form | None = None,
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

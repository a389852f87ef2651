"""What does the worker see of the way to reach her, and what can she prepare from it?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.reaching import actions, policy, queries
from spheres.followup.reaching.forms import LineForm, OneStepForm, ReachingForm, UnsafeForm
from spheres.followup.reaching.models import Prepared
from spheres.followup.reaching.queries import Line
from spheres.participants import queries as participants
from spheres.participants.queries import Header, Known
from spheres.sharing import queries as sharing
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.vault import actions as vault


@require_GET
def detail(request: PageRequest, file_id: UUID) -> HttpResponse:
    """How she may be reached, whole; what it was before; what was prepared."""
    return show_profile(request, file_id, UnsafeForm(initial={"since": clock.today()}))


def show_profile(request: PageRequest, file_id: UUID, form: UnsafeForm) -> HttpResponse:
    """The same page, with what was mistyped still there."""
    profile = queries.profile(file_id, actor=request.actor)
    if profile is None:
        raise Http404
    is_unsafe = profile.person.unsafe_on is not None
    keeps = sharing.keeps(file_id, actor=request.actor)
    return render(
        request,
        "reaching/detail.html",
        {
            "profile": profile,
            "person": profile.person,
            "unsafe_form": form,
            "safe_form": OneStepForm(),
            "confirm_form": OneStepForm(),
            "may_write": policy.can_write(request.actor, keeps=keeps),
            "may_confirm": policy.can_confirm(request.actor, is_unsafe=is_unsafe, keeps=keeps),
        },
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Write it with her, from what stands; the one before stays readable."""
    if request.method == "POST":
        return keep(request, file_id)
    known = known_or_404(request, file_id)
    may_write(request, file_id)
    word = queries.code_word(file_id, actor=request.actor)
    person = opened(request, known, *([word] if word else []))
    form = ReachingForm(
        initial=ReachingForm.values_of(person, code_word=word.opened.word if word else "")
    )
    return show_form(request, known, person, form)


def may_write(request: PageRequest, file_id: UUID) -> None:
    """Refuses, in a sentence, whoever does not write how she is reached."""
    keeps = sharing.keeps(file_id, actor=request.actor)
    policy.can_write(request.actor, keeps=keeps).or_raise()


def keep(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Keep what was typed; or say what is to be mended, with all of it still there."""
    form, now = ReachingForm(request.POST), clock.now()
    known = None
    if not form.is_valid() or form.findings():
        known = known_or_404(request, file_id)
        may_write(request, file_id)
    elif actions.write(file_id, form.said(), after=form.after, by=request.actor, at=now):
        return redirect("reaching:detail", file_id)
    else:
        known = known_or_404(request, file_id)
        form.add_error(None, form.CHANGED)
    return show_form(request, known, opened(request, known), form)


def show_form(
    request: PageRequest, known: Known, person: Header, form: ReachingForm
) -> HttpResponse:
    form.speak(known.identity.language)
    return render(
        request,
        "reaching/form.html",
        {"person": person, "form": form, "stands": known.contact.pk if known.contact else ""},
        status=422 if form.is_bound else 200,
    )


@require_POST
def note_unsafe(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Not safe since a day, in one step."""
    form = UnsafeForm(request.POST)
    if not form.is_valid():
        return show_profile(request, file_id, form)
    on = form.cleaned_data["since"] or clock.today()
    now = clock.now()
    return back(
        file_id,
        actions.note_unsafe(file_id, form.record_id, on=on, by=request.actor, at=now),
    )


@require_POST
def note_safe(request: PageRequest, file_id: UUID) -> HttpResponse:
    """She says it is safe again, in one step."""
    form = OneStepForm(request.POST)
    if not form.is_valid():
        return show_profile(request, file_id, UnsafeForm())
    now = clock.now()
    return back(file_id, actions.note_safe(file_id, form.record_id, by=request.actor, at=now))


@require_POST
def confirm(request: PageRequest, file_id: UUID) -> HttpResponse:
    """She says it is still true."""
    form = OneStepForm(request.POST)
    if not form.is_valid():
        return show_profile(request, file_id, UnsafeForm())
    on, now = clock.today(), clock.now()
    return back(file_id, actions.confirm(file_id, form.record_id, on=on, by=request.actor, at=now))


def back(file_id: UUID, done: bool) -> HttpResponse:
    """To the page; what is not visible does not exist."""
    if not done:
        raise Http404
    return redirect("reaching:detail", file_id)


@require_http_methods(["GET", "HEAD", "POST"])
def call_sheet(request: PageRequest, file_id: UUID) -> HttpResponse:
    """All she agreed that one says, when, and how one signs; to print."""
    person = opened(request, known_or_404(request, file_id))
    may_write(request, file_id)
    form = OneStepForm(request.POST if request.method == "POST" else None)
    lines = queries.lines_of(person)
    says = {"title": "call", "form": form, "lines": lines}
    if not form.is_bound or not form.is_valid():
        return show_preparing(request, person, Prepared.Kind.CALL, says)
    return make(request, person, Prepared.Kind.CALL, form, lines, "reaching/sheet.html")


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: PageRequest, file_id: UUID) -> HttpResponse:
    """One of the lines she agreed to, signed as she wishes; to copy. Nothing is sent."""
    person = opened(request, known_or_404(request, file_id))
    may_write(request, file_id)
    lines = queries.lines_of(person)
    form = LineForm(request.POST if request.method == "POST" else None, lines=lines)
    says = {"title": "text", "form": form, "lines": lines}
    if not form.is_bound or not form.is_valid():
        return show_preparing(request, person, Prepared.Kind.TEXT, says)
    return make(request, person, Prepared.Kind.TEXT, form, form.chosen(), "reaching/text.html")


def show_preparing(
    request: PageRequest, person: Header, kind: Prepared.Kind, says: dict[str, Any]
) -> HttpResponse:
    """Before: what it will say; or, in one sentence, why not now and what can be done instead."""
    standing = queries.standing(person, at=clock.now())
    keeps = sharing.keeps(person.file_id, actor=request.actor)
    decision = policy.can_prepare(request.actor, kind, standing, keeps=keeps)
    if decision:
        decision = policy.has_words([line.words for line in says["lines"]])
    says |= {
        "person": person,
        "may": decision,
        "ask_again": standing.confirmed == policy.Confirmed.LONG_AGO,
        "signature": queries.signature_of(person),
    }
    status = 422 if says["form"].is_bound else 200
    return render(request, "reaching/prepare.html", says, status=status)


def make(
    request: PageRequest,
    person: Header,
    kind: Prepared.Kind,
    form: OneStepForm | LineForm,
    lines: list[Line],
    template: str,
) -> HttpResponse:
    """After: what was made, only here and now; its address alone gives nothing."""
    now = clock.now()
    actions.prepare(person, kind, lines, made_id=form.record_id, by=request.actor, at=now)
    standing = queries.standing(person, at=now)
    says = {
        "person": person,
        "lines": lines,
        "signature": queries.signature_of(person),
        "ask_again": standing.confirmed == policy.Confirmed.LONG_AGO,
    }
    return render(request, template, says)


def known_or_404(request: PageRequest, file_id: UUID) -> Known:
    """What is known of her, still locked; not visible is not existing."""
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    return known


def opened(request: PageRequest, known: Known, *also: Any) -> Header:
    """Her header, opened with what goes with it, in one event."""
    vault.open([*known.rows, *also], by=request.actor, sections=[IDENTITY, CONTACT])
    return participants.header_of(known)

"""How is somebody asked, apart from her team, by whoever never learns who she is?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.evaluation.research import actions, policy, queries
from spheres.evaluation.research.forms import AnswerForm, CodeForm
from spheres.evaluation.research.models import Protocol
from spheres.evaluation.research.queries import Carded


@require_POST
def opened(request: PageRequest) -> HttpResponse:
    """Her code opens what is told of the study, and where to write what she answers."""
    policy.can_ask_people(request.actor).or_raise()
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _no_card(request, form)
    code = form.cleaned_data["code"]
    card = queries.carded(code, actor=request.actor)
    if card is None:
        form.add_error("code", _no_such())
        return _no_card(request, form)
    return _ask(request, card, code)


def _no_such() -> str:
    return _(
        "This code opens no card here. Read it again with them; it may be of somebody you walked "
        "with, or of a study whose tables are handed to you: a colleague asks then."
    )


def _no_card(request: PageRequest, form: CodeForm) -> HttpResponse:
    return render(request, "research/code.html", {"form": form}, status=422)


def _ask(
    request: PageRequest, card: Carded, code: str, form: AnswerForm | None = None
) -> HttpResponse:
    protocol = queries.find(card.protocol_id, actor=request.actor)
    assert protocol is not None
    blank = AnswerForm(initial={"code": code}, **_asked(card, protocol))
    words: dict[str, Any] = {"protocol": protocol, "card": card, "form": form or blank}
    return render(request, "research/ask.html", words, status=422 if form else 200)


def _asked(card: Carded, protocol: Protocol) -> dict[str, Any]:
    return {
        "age_band": card.age_band,
        "is_live": card.is_live,
        "takes_under_14": protocol.takes_under_14,
    }


@require_POST
def answer(request: PageRequest) -> HttpResponse:
    """What she said. It is shown to nobody after this page."""
    policy.can_ask_people(request.actor).or_raise()
    code = request.POST.get("code", "")
    card = queries.carded(code, actor=request.actor)
    if card is None:
        form = CodeForm({"code": code, "form_id": request.POST.get("form_id", "")})
        form.is_valid()
        form.add_error("code", _no_such())
        return _no_card(request, form)
    protocol = queries.find(card.protocol_id, actor=request.actor)
    assert protocol is not None
    said = AnswerForm(request.POST, **_asked(card, protocol))
    if not said.is_valid():
        return _ask(request, card, code, said)
    actions.answer_of(
        said.record_id,
        code,
        agrees=said.cleaned_data["agrees"] == "yes",
        giver=said.giver,
        by=request.actor,
        at=clock.now(),
    )
    return redirect("research:said", protocol.pk)


@require_GET
def said(request: PageRequest, protocol_id: UUID) -> HttpResponse:
    """It is written down; what was answered is not on this page either."""
    policy.can_ask_people(request.actor).or_raise()
    return render(
        request, "research/said.html", {"protocol": queries.find(protocol_id, actor=request.actor)}
    )

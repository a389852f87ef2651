"""What does a worker see of what somebody asked from their notebook, and answer?"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.portal.my_say import actions, policy, queries
from spheres.portal.my_say.forms import AnswerForm
from spheres.portal.my_say.models import Ask
from spheres.portal.my_say.queries import Asked
from spheres.portal.notebook.forms import OneStepForm
from spheres.privacy.access_requests.views.reached import age_of
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.ui import addresses
from spheres.vault import actions as vault

Kind = Ask.Kind
# Where what she asks is done with her; it is the same place as when she says it aloud.
DONE_AT = {
    Kind.BAR: "restrictions:page",
    Kind.SHARE: "consents:hers",
    Kind.CORRECT: "reading:before",
    Kind.READ: "access_requests:page",
    Kind.COPY: "access_requests:page",
    Kind.ERASE: "retention:hers",
    Kind.RESEARCH: "restrictions:page",
    Kind.NAME: "identity:say",
    Kind.REACH: "reaching:detail",
    Kind.SURVIVOR: "disclosures:survivors",
    Kind.TOOK_BACK: "consents:hers",
}


@dataclass(frozen=True)
class Line:
    """One thing asked, the page where it is done, what may be pressed."""

    asked: Asked
    url: str
    form: AnswerForm | None
    register_form: OneStepForm | None


def beside(request: PageRequest, file_id: UUID) -> tuple[Header, list[Asked]]:
    """Who asks, and what, opened in one event; what is not visible does not exist."""
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    policy.can_answer(request.actor).or_raise()
    found = queries.asked(file_id, actor=request.actor)
    rows = [*known.rows, *queries.rows_of(found)]
    vault.open(rows, by=request.actor, sections=[IDENTITY, CONTACT])
    return participants.header_of(known), found


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What was asked, what waits first; where each is done, and what is answered."""
    person, found = beside(request, file_id)
    form, sent = AnswerForm(request.POST or None), request.POST.get("ask", "")
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        actions.answer(
            one_of(found, sent), form.record_id, said["stands"], said["words"],
            by=request.actor, at=clock.now(),
        )  # fmt: skip
        return redirect("my_say:page", file_id)
    lines = [line(one, file_id, form if str(one.row.pk) == sent else None) for one in found]
    lines.sort(key=lambda one: one.asked.is_done)
    words = {"person": person, "lines": lines}
    return render(request, "my_say/page.html", words, status=422 if form.is_bound else 200)


def line(one: Asked, file_id: UUID, sent: AnswerForm | None) -> Line:
    where = DONE_AT.get(Kind(one.row.kind))
    return Line(
        one,
        addresses.to(where, file_id) if where else "",
        None if one.is_done else sent or AnswerForm(auto_id=f"{one.row.pk}_%s"),
        OneStepForm(auto_id=f"{one.row.pk}_r_%s") if one.is_to_register else None,
    )


def one_of(found: list[Asked], sent: str) -> Asked:
    one = next((each for each in found if str(each.row.pk) == sent), None)
    if one is None:
        raise Http404
    return one


@require_POST
def register(request: PageRequest, file_id: UUID, ask_id: UUID) -> HttpResponse:
    """One press: an access request, in its register, as of the day it was asked."""
    person, found = beside(request, file_id)
    asked = one_of(found, str(ask_id))
    if asked.is_to_register and OneStepForm(request.POST).is_valid():
        is_new = actions.register(
            asked,
            age=age_of(person, clock.today()),
            days=queries.answer_days(actor=request.actor),
            by=request.actor,
            at=clock.now(),
        )
        if not is_new:
            return redirect("access_requests:page", file_id)
    return redirect("access_requests:one", file_id, ask_id)

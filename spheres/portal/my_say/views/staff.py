"""What does a worker see of what somebody asked from their notebook, and answer?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.participants import queries as participants
from spheres.participants.queries import Header, Known
from spheres.portal.my_say import actions, policy, queries
from spheres.portal.my_say.forms import PRESS, AnswerForm, FaceForm
from spheres.portal.my_say.models import Ask
from spheres.portal.my_say.queries import Asked
from spheres.portal.notebook.forms import OneStepForm
from spheres.regions import queries as regions
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.ui import addresses
from spheres.ui.forms import Form
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
    Kind.NO_RESEARCH: "restrictions:page",
}


# Where one begins with what was asked, when somebody must judge.
BEGUN_AT = {
    Kind.BAR: "restrictions:choose",
    Kind.CORRECT: "access_requests:page",
    Kind.NAME: "identity:say",
    Kind.SURVIVOR: "disclosures:survivors",
}


@dataclass(frozen=True)
class Line:
    """One thing asked, the page where it is done, what may be pressed; or why nothing may."""

    asked: Asked
    url: str
    form: AnswerForm | None
    register_form: Form | None
    why_not: Any = ""
    # To cancel a survivor meeting that stands.
    cancel_form: OneStepForm | None = None

    @property
    def press(self) -> tuple[Any, Any]:
        """What the press does, and what it is called."""
        return PRESS[self.asked.row.kind]


@dataclass(frozen=True)
class Beside:
    """Who asks, and what, opened in one event."""

    known: Known
    person: Header
    found: list[Asked]

    @property
    def of_age(self) -> bool:
        since = regions.region().self_from
        return self.person.decides_alone(on=clock.today(), since_age=since)


def beside(request: PageRequest, file_id: UUID) -> Beside:
    """What is not visible does not exist."""
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    policy.can_answer(request.actor).or_raise()
    found = queries.asked(file_id, actor=request.actor)
    rows = [*known.rows, *queries.rows_of(found)]
    vault.open(rows, by=request.actor, sections=[IDENTITY, CONTACT])
    return Beside(known, participants.header_of(known), found)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What was asked, what waits first; where each is done, and what is answered."""
    here = beside(request, file_id)
    form, sent = AnswerForm(request.POST or None), request.POST.get("ask", "")
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        actions.answer(
            one_of(here.found, sent), form.record_id, said["stands"], said["words"],
            by=request.actor, at=clock.now(),
        )  # fmt: skip
        return redirect("my_say:page", file_id)
    return shown(request, here, form if form.is_bound else None, sent)


def shown(
    request: PageRequest,
    here: Beside,
    answered: AnswerForm | None = None,
    sent: str = "",
    confirmed: Form | None = None,
) -> HttpResponse:
    """The page, with what was wrong in one of its forms."""
    lines = [line(request, one, here, answered, sent, confirmed) for one in here.found]
    lines.sort(key=lambda one: one.asked.is_done)
    words = {"person": here.person, "lines": lines}
    status = 422 if answered or confirmed else 200
    return render(request, "my_say/page.html", words, status=status)


def line(
    request: PageRequest,
    one: Asked,
    here: Beside,
    answered: AnswerForm | None,
    sent: str,
    confirmed: Form | None,
) -> Line:
    kind, file_id, is_it = Kind(one.row.kind), one.row.file_id, str(one.row.pk) == sent
    where = DONE_AT.get(kind)
    url = addresses.to(where, file_id) if where else ""
    if one.is_done:
        return Line(one, url, None, None)
    may = policy.can_register(request.actor, kind, of_age=here.of_age)
    press = FaceForm if kind == Kind.NAME else OneStepForm
    begun: Form | None = None
    if may and one.is_to_register and not here.known.is_for_a_while:
        called = {"name": here.person.name, "pronouns": here.person.pronouns}
        begun = (
            confirmed
            if confirmed and is_it
            else press(auto_id=f"{one.row.pk}_r_%s", initial=called)
        )
    cancel: OneStepForm | None = None
    if policy.can_cancel_meeting(request.actor, kind) and queries.meetings(
        file_id, actor=request.actor, at=clock.now()
    ):
        cancel = OneStepForm(auto_id=f"{one.row.pk}_c_%s")
    form = answered if answered and is_it else AnswerForm(auto_id=f"{one.row.pk}_%s")
    why_not = may.reason if kind in policy.ASKED else ""
    return Line(one, url, form, begun, why_not, cancel)


def one_of(found: list[Asked], sent: str) -> Asked:
    one = next((each for each in found if str(each.row.pk) == sent), None)
    if one is None:
        raise Http404
    return one


@require_POST
def register(request: PageRequest, file_id: UUID, ask_id: UUID) -> HttpResponse:
    """One press: in its register, as of the day it was asked; or the page where somebody judges,
    begun from it."""
    here = beside(request, file_id)
    if here.known.is_for_a_while:
        raise Http404
    asked = one_of(here.found, str(ask_id))
    kind = Kind(asked.row.kind)
    form = FaceForm(request.POST) if kind == Kind.NAME else OneStepForm(request.POST)
    if asked.is_to_register:
        if not form.is_valid():
            return shown(request, here, sent=str(ask_id), confirmed=form)
        if isinstance(form, FaceForm) and form.called != (here.person.name, here.person.pronouns):
            name, pronouns = form.called
            actions.rename(
                asked, name, pronouns, person=here.person, by=request.actor, at=clock.now()
            )
            return redirect("my_say:page", file_id)
        is_new = actions.register(
            asked,
            person=here.person,
            days=queries.answer_days(actor=request.actor),
            by=request.actor,
            at=clock.now(),
        )
        if not is_new:
            return redirect("access_requests:page", file_id)
    if kind in BEGUN_AT and not asked.is_done:
        return redirect(f"{addresses.to(BEGUN_AT[kind], file_id)}?ask={ask_id}")
    if kind in actions.WISHES:
        return redirect("access_requests:one", file_id, ask_id)
    return redirect(DONE_AT.get(kind, "my_say:page"), file_id)


@require_POST
def cancel(request: PageRequest, file_id: UUID, ask_id: UUID) -> HttpResponse:
    """One press: the survivor meeting that stands is taken back."""
    asked = one_of(beside(request, file_id).found, str(ask_id))
    if OneStepForm(request.POST).is_valid():
        actions.cancel_meeting(asked, by=request.actor, at=clock.now())
    return redirect("my_say:page", file_id)

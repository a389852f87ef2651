"""What does her worker see of her notebook, and do with her, face to face?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.participants import queries as participants
from spheres.participants.queries import Header, Known
from spheres.portal.notebook import actions, documents, policy, queries
from spheres.portal.notebook.forms import (
    ALLOWED,
    CodeForm,
    OneStepForm,
    OpenForm,
    PaperForm,
    ReplyForm,
)
from spheres.portal.notebook.models import Word
from spheres.portal.notebook.policy import Ready
from spheres.portal.notebook.queries import Stands
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.vault import actions as vault

LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Beside:
    """Her worker is beside her: who she is, how things stand, how her notebook stands."""

    person: Header
    ready: Ready
    stands: Stands | None
    rests_on_suspended: bool

    @property
    def is_open(self) -> bool:
        return self.stands is not None and self.stands.is_open


def known_here(request: PageRequest, file_id: UUID) -> Known:
    known = participants.known(file_id, actor=request.actor)
    if known is None:
        raise Http404
    return known


def beside(request: PageRequest, file_id: UUID) -> Beside:
    """Opened in one event; what is not visible does not exist."""
    known = known_here(request, file_id)
    if known.is_for_a_while:
        raise Http404
    policy.can_accompany(request.actor).or_raise()
    vault.open(known.rows, by=request.actor, sections=[IDENTITY, CONTACT])
    person = participants.header_of(known)
    ready = queries.ready(person, known, at=clock.now())
    stands = queries.stands(file_id, actor=request.actor)
    return Beside(
        person, ready, stands, stands is not None and stands.agreed in ready.speak_no_more
    )


@require_GET
def page(request: PageRequest, file_id: UUID) -> HttpResponse:
    """How it stands, and what can be done with her; never when she was there."""
    return show(request, beside(request, file_id))


def show(
    request: PageRequest,
    found: Beside,
    form: OpenForm | None = None,
    *,
    paper_form: PaperForm | None = None,
) -> HttpResponse:
    stands = found.stands
    now = {"level": stands.level, "kinds": sorted(stands.kinds)} if stands else {}
    return render(
        request,
        "notebook/page.html",
        {
            "person": found.person,
            "stands": stands,
            "is_open": found.is_open,
            "rests_on_suspended": found.is_open and found.rests_on_suspended,
            "kinds": kinds_said(stands) if stands else "",
            "may_open": policy.can_open(request.actor, found.ready),
            "form": form or OpenForm(initial=now, decides_alone=found.ready.decides_alone),
            "close_form": OneStepForm(),
            "paper_form": paper_form or PaperForm(),
        },
        status=422 if form or paper_form else 200,
    )


def kinds_said(stands: Stands) -> str:
    """«Their plan: dreams, goals and small steps; Their safety net»."""
    return "; ".join(str(words) for kind, words in ALLOWED.items() if kind in stands.kinds)


@require_POST
def open_together(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Open it with her, or open it further; then the code, when she has none that stands."""
    found = beside(request, file_id)
    form = OpenForm(request.POST, decides_alone=found.ready.decides_alone)
    if not form.is_valid():
        return show(request, found, form)
    actions.open_together(
        file_id, form.asked(), ready=found.ready, by=request.actor, at=clock.now()
    )
    had_a_code = found.is_open and found.stands and found.stands.given_at
    return redirect("notebook:page" if had_a_code else "notebook:code", file_id)


@require_POST
def close(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Closed at once, whoever is inside."""
    beside(request, file_id)
    if OneStepForm(request.POST).is_valid():
        actions.close(file_id, by=request.actor, at=clock.now())
    return redirect("notebook:page", file_id)


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: PageRequest, file_id: UUID) -> HttpResponse:
    """She types the PIN that she chose, on this device; then the code is shown once, to print."""
    found = beside(request, file_id)
    policy.can_give_code(
        request.actor, is_open=found.is_open, rests_on_suspended=found.rests_on_suspended
    ).or_raise()
    had = found.stands is not None and found.stands.given_at is not None
    words: dict[str, Any] = {"person": found.person, "is_another": had}
    if request.method != "POST":
        return render(request, "notebook/code.html", {**words, "form": CodeForm()})
    form = CodeForm(request.POST)
    if form.is_valid() and (given := give(request, found, form)) is not None:
        return given
    # What was typed never comes back to the screen.
    empty = CodeForm()
    return render(
        request, "notebook/code.html", {**words, "form": empty, "wrong": said(form)}, status=422
    )


def give(request: PageRequest, found: Beside, form: CodeForm) -> HttpResponse | None:
    """The paper with the code; None when the PIN is refused. Sent twice, it is not shown again."""
    new, file_id = actions.new_code(), found.person.file_id
    try:
        is_new = actions.give_code(
            file_id,
            new,
            form.cleaned_data["pin"],
            given_id=form.record_id,
            born=found.person.birth_date,
            no_more=found.ready.speak_no_more,
            by=request.actor,
            at=clock.now(),
        )
    except NotAllowed as refusal:
        form.add_error("pin", str(refusal.reason))
        return None
    if not is_new:
        return redirect("notebook:page", file_id)
    return render(
        request,
        "notebook/paper.html",
        {"person": found.person, "code": as_a_telephone(new)},
    )


def said(form: CodeForm) -> list[str]:
    return [str(problem["sentence"]) for problem in form.problems()]


def as_a_telephone(figures: str) -> str:
    """What looks like a number to call, with its extension: «418 382-9917, poste 204417»."""
    return _("%(area)s %(first)s-%(last)s, ext. %(more)s") % {
        "area": figures[:3],
        "first": figures[3:6],
        "last": figures[6:10],
        "more": figures[10:],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The words they left, open or closed since; each is answered once, or said to be read.

    Whoever answers for an absent colleague reads and answers them too: they do not wait.
    """
    known = known_here(request, file_id)
    policy.can_accompany(request.actor).or_raise()
    vault.open(known.rows, by=request.actor, sections=[IDENTITY, CONTACT])
    left = queries.words_of_file(file_id, actor=request.actor)
    vault.open([*left, *(one.reply for one in left if queries.is_answered(one))], by=request.actor)
    form, waiting = ReplyForm(request.POST or None), None
    if request.method == "POST":
        waiting = next((one for one in left if str(one.pk) == request.POST.get("word")), None)
        if waiting is None:
            raise Http404
        if form.is_valid():
            said = form.cleaned_data["words"]
            actions.answer(waiting, form.record_id, said, by=request.actor, at=clock.now())
            return redirect("notebook:words", file_id)
    return render(
        request,
        "notebook/words.html",
        {
            "person": participants.header_of(known),
            "words": [(one, form_of(one, waiting, form)) for one in left],
        },
        status=422 if form.is_bound else 200,
    )


def form_of(word: Word, waiting: Word | None, form: ReplyForm) -> ReplyForm | None:
    """A form of its own for each word that waits; none for what was answered."""
    if queries.is_answered(word):
        return None
    return form if word is waiting else ReplyForm()


@require_POST
def paper(request: PageRequest, file_id: UUID) -> HttpResponse:
    """All that the notebook could show, on one paper for them, in their language: open, closed, or
    never opened."""
    found = beside(request, file_id)
    form = PaperForm(request.POST)
    if not form.is_valid():
        return show(request, found, paper_form=form)
    language = found.person.language if found.person.language in LANGUAGES else get_language()
    of = documents.For(file_id, request.actor, clock.now(), found.ready.decides_alone)
    with translation.override(language):
        made = documents.paper(of, without=form.cleaned_data["leave_out"])
    actions.put_on_paper(file_id, by=request.actor)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{documents.NAME}"'
    return answer

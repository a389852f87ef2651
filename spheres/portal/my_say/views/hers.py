"""What does she see, take back and ask, in her notebook, of her own file?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from spheres.core import clock
from spheres.followup.consents import queries as consents
from spheres.followup.consents.queries import Shared
from spheres.followup.dossier import journal, seeing
from spheres.followup.restrictions import standing as restrictions
from spheres.portal.my_say import actions, policy, queries
from spheres.portal.my_say.forms import (
    NOT_THIS_ONE,
    RESEARCH_ASKED,
    TO_HER,
    AskForm,
    BackForm,
    LessForm,
    PinForm,
    is_proof,
    proof,
)
from spheres.portal.my_say.models import Ask
from spheres.portal.notebook import actions as notebook
from spheres.portal.notebook import guard
from spheres.portal.notebook.guard import HerRequest
from spheres.records.between import together
from spheres.regions import queries as regions
from spheres.vault import actions as vault

View = Callable[..., HttpResponse]


def age_known(view: View) -> View:
    """A page of hers which knows whether she agrees alone: `of_age`."""

    @guard.hers
    @wraps(view)
    def page(request: HerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        of_age = queries.is_of_age(request.notebook, on=clock.today())
        if of_age is None:
            raise Http404
        return view(request, *args, of_age=of_age, **kwargs)

    return page


def after_pin(*, from_age: bool) -> Callable[[View], View]:
    """A page behind her PIN, typed once more: `proven` is what its forms carry on.

    What she did not allow, or is not hers to read at her age, does not exist.
    """

    def around(view: View) -> View:
        @age_known
        @wraps(view)
        def page(request: HerRequest, *args: Any, of_age: bool, **kwargs: Any) -> HttpResponse:
            inside, now = request.notebook, clock.now()
            if not policy.looks(inside) or (from_age and not of_age):
                raise Http404
            if is_proof(request.POST.get("proof", ""), inside.session_id, at=now):
                return view(request, *args, of_age=of_age, proven=request.POST["proof"], **kwargs)
            form = PinForm(request.POST if "pin" in request.POST else None)
            if form.is_bound and form.is_valid():
                typed, key = form.cleaned_data["pin"], guard.key_of(request)
                if notebook.proves(inside, typed, key=key, at=now):
                    proven = proof(inside.session_id, at=now)
                    return view(request, *args, of_age=of_age, proven=proven, **kwargs)
                form = PinForm()
                said = {"form": form, "wrong": NOT_THIS_ONE}
                return guard.show(request, "my_say/pin.html", said, status=422)
            status = 422 if form.is_bound else 200
            return guard.show(request, "my_say/pin.html", {"form": form}, status=status)

        return page

    return around


@age_known
def home(request: HerRequest, *, of_age: bool) -> HttpResponse:
    """The ways, and nothing that whoever looks over her shoulder would learn from."""
    words = {
        "looks": policy.looks(request.notebook),
        "of_age": of_age,
        "self_from": regions.region().self_from,
    }
    return guard.show(request, "my_say/home.html", words)


@after_pin(from_age=True)
def who(request: HerRequest, *, of_age: bool, proven: str) -> HttpResponse:
    """Who may see her file now, by the rule itself, as her worker reads it; and whom she keeps from
    it, what she refuses."""
    file_id = request.notebook.file_id
    seers = seeing.seers(file_id, actor=request.actor, at=clock.now())
    kept = restrictions.with_her(file_id, actor=request.actor, at=clock.now())
    words = {"seers": seers, "kept": kept.block(), "proven": proven}
    return guard.show(request, "my_say/who.html", words)


@after_pin(from_age=True)
def opened(request: HerRequest, *, of_age: bool, proven: str) -> HttpResponse:
    """Who opened it; the same page as the one that is read together."""
    return _read(request, "opened", proven)


@after_pin(from_age=True)
def told(request: HerRequest, *, of_age: bool, proven: str) -> HttpResponse:
    """What was told of her outside; the same page as the one that is read together."""
    return _read(request, "told", proven)


def _read(request: HerRequest, code: str, proven: str) -> HttpResponse:
    [page] = [one for one in together.pages(of_age=True) if one.code == code]
    file_id = request.notebook.file_id
    locked = together.rows_of(page, file_id, actor=request.actor, at=clock.now())
    vault.open(locked.rows, by=request.actor)
    words = {"page": page, "shown": locked.block(), "proven": proven}
    return guard.show(request, "my_say/read.html", words)


@after_pin(from_age=False)
def shared(request: HerRequest, *, of_age: bool, proven: str) -> HttpResponse:
    """What she shares, and taking it back: one, some or all, at once."""
    inside, step = request.notebook, request.POST.get("step")
    found = consents.of_file(inside.file_id, actor=inside.actor, at=clock.now())
    stands = [one for one in found if one.is_live or one.is_to_come]
    if (step or "less" in request.POST) and not of_age:
        raise Http404
    if "less" in request.POST:
        return _less(request, found, proven)
    form = BackForm(request.POST if step else None, live=stands)
    if step and form.is_valid():
        actions.take_back(inside, form.record_id, form.chosen, of_age=of_age, at=clock.now())
        return guard.show(request, "my_say/taken_back.html", {"proven": proven})
    words = {
        "stands": [
            (one, journal.parts_of(one.consent.sections), of_age and queries.may_be_less(one))
            for one in stands
        ],
        "form": form if of_age else None,
        "of_age": of_age,
        "proven": proven,
        "self_from": regions.region().self_from,
    }
    status = 422 if form.is_bound else 200
    return guard.show(request, "my_say/shared.html", words, status=status)


def _less(request: HerRequest, found: list[Shared], proven: str) -> HttpResponse:
    """Fewer parts of one of them, or a nearer end, in one step; then what had been opened of it."""
    inside, now = request.notebook, clock.now()
    if done := _shares_less(request, found, proven):
        return done
    sent = request.POST["less"]
    one = next((each for each in found if str(each.consent.pk) == sent), None)
    if one is None or not queries.may_be_less(one):
        raise Http404
    form = LessForm(request.POST if "until" in request.POST else None, of=one, at=now)
    if form.is_bound and form.is_valid():
        actions.share_less(
            inside, form.record_id, one, form.sections, form.ends_at, of_age=True, at=now
        )
        found = consents.of_file(inside.file_id, actor=inside.actor, at=now)
        if done := _shares_less(request, found, proven):
            return done
    words = {"form": form, "one": one, "proven": proven}
    return guard.show(request, "my_say/less.html", words, status=422 if form.is_bound else 200)


def _shares_less(request: HerRequest, found: list[Shared], proven: str) -> HttpResponse | None:
    """What remains, and what had been opened of all of it; sent twice, it is said again."""
    number = LessForm.number_of(request.POST)
    left = next((each for each in found if each.consent.pk == number), None)
    if left is None:
        return None
    words = {
        "left": left,
        "before": next(each for each in found if each.consent.pk == left.consent.renews_id),
        "parts": journal.parts_of(left.consent.sections),
        "proven": proven,
    }
    return guard.show(request, "my_say/shares_less.html", words)


@age_known
def asking(request: HerRequest, *, of_age: bool) -> HttpResponse:
    """What she may ask: each has its page."""
    offered = policy.offered(of_age=of_age)
    kinds = [(policy.ASKED.index(kind) + 1, TO_HER[kind][0]) for kind in offered]
    words = {"kinds": kinds, "of_age": of_age, "self_from": regions.region().self_from}
    return guard.show(request, "my_say/asking.html", words)


@age_known
def ask(request: HerRequest, number: int, *, of_age: bool) -> HttpResponse:
    """One of them: what happens then, who reads it, her words; and it is sent."""
    kind = dict(enumerate(policy.ASKED, start=1)).get(number)
    if kind is None or kind not in policy.offered(of_age=of_age):
        raise Http404
    form, at_once = AskForm(request.POST or None), kind == Ask.Kind.RESEARCH and of_age
    if form.is_bound and form.is_valid():
        said, form_id, now = form.cleaned_data["words"], form.record_id, clock.now()
        if at_once:
            actions.refuse_research(request.notebook, form_id, said, of_age=of_age, at=now)
            return guard.show(request, "my_say/refused.html", {})
        actions.ask(request.notebook, form_id, kind, said, of_age=of_age, at=now)
        return redirect("my_say:stands")
    label, then = TO_HER[kind]
    if kind == Ask.Kind.RESEARCH and not of_age:
        then = RESEARCH_ASKED
    words = {
        "form": form,
        "is_bar": kind == Ask.Kind.BAR,
        "at_once": at_once,
        "label": label,
        "then": then,
        "days": queries.delays(actor=request.actor).of(kind),
        "hours": regions.text("notebook.hours"),
    }
    status = 422 if form.is_bound else 200
    return guard.show(request, "my_say/ask.html", words, status=status)


@guard.hers
def stands(request: HerRequest) -> HttpResponse:
    """What she asked, and where each stands."""
    found = queries.hers(request.notebook.file_id, actor=request.actor)
    lines = [(TO_HER[one.row.kind][0], one) for one in found]
    return guard.show(request, "my_say/stands.html", {"lines": lines})

"""What does she see of her private pages, and what does she do there?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.portal.notebook import actions as notebook
from spheres.portal.notebook import guard
from spheres.portal.notebook import policy as notebook_policy
from spheres.portal.notebook import queries as notebook_queries
from spheres.portal.notebook.guard import HerRequest
from spheres.portal.own_pages import actions, policy, queries
from spheres.portal.own_pages.forms import DeleteForm, GiveForm, PageForm, UnderstoodForm
from spheres.portal.own_pages.models import OwnPage
from spheres.regions import queries as regions
from spheres.ui.text import dialled


def show(
    request: HerRequest, page: str, words: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of hers; whom to call is one press away, since nobody here reads what she writes."""
    lines = [(one, dialled(one.call)) for one in regions.help_lines(youth=True)]
    return guard.show(request, f"own_pages/{page}.html", {"lines": lines, **words}, status=status)


def writing(request: HerRequest) -> None:
    """At a lower level there is nothing here, as if there never had been."""
    if not policy.can_write(request.notebook):
        raise Http404


def of_hers(request: HerRequest, page_id: UUID) -> OwnPage:
    writing(request)
    found = queries.page(request.notebook, page_id, key=guard.key_of(request))
    if found is None:
        raise Http404
    return found


@guard.hers
def pages(request: HerRequest) -> HttpResponse:
    """Her pages by their titles; before the first, what they are, and what nobody can do."""
    writing(request)
    found = queries.pages(request.notebook, key=guard.key_of(request))
    if not found:
        return show(request, "before", {"form": UnderstoodForm()})
    is_full = not policy.can_keep(count=len(found))
    return show(request, "list", {"pages": found, "is_full": is_full})


@guard.hers
def write(request: HerRequest) -> HttpResponse:
    """A new page. The first one is written after the button under what she was told."""
    writing(request)
    has_some = queries.has_some(request.notebook)
    if request.method != "POST":
        return (
            show(request, "write", {"form": PageForm()}) if has_some else redirect("own_pages:list")
        )
    if "text" not in request.POST:  # the button under what she was told
        return show(request, "write", {"form": PageForm(initial={"understood": True})})
    form = PageForm(request.POST)
    if form.is_valid() and keeps(request, form):
        return redirect(*after(request, form.record_id))
    return show(request, "write", {"form": form}, status=422)


def keeps(request: HerRequest, form: PageForm) -> bool:
    try:
        actions.keep(
            request.notebook,
            form.record_id,
            form.said(),
            understood=form.cleaned_data["understood"],
            key=guard.key_of(request),
            at=clock.now(),
        )
    except NotAllowed as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    return True


def after(request: HerRequest, page_id: UUID) -> tuple[Any, ...]:
    """Kept: back to the list, or on with the same page."""
    return ("own_pages:change", page_id) if "go_on" in request.POST else ("own_pages:list",)


@guard.hers
def page(request: HerRequest, own_page_id: UUID) -> HttpResponse:
    """One page, to read; and what can be done with it."""
    found = of_hers(request, own_page_id)
    return show(request, "page", {"page": found, "may_give": policy.can_give(request.notebook)})


@guard.hers
def change(request: HerRequest, own_page_id: UUID) -> HttpResponse:
    """Other words in place of those before. Changed meanwhile elsewhere, both are shown."""
    found = of_hers(request, own_page_id)
    if not found.is_open:
        raise Http404
    initial = {**vars(found.opened), "version": found.version}
    form = PageForm(request.POST or None, initial=initial)
    other = None
    if form.is_bound and form.is_valid():
        version = form.cleaned_data["version"] or 0
        done = actions.change(
            request.notebook,
            found,
            form.said(),
            version=version,
            key=guard.key_of(request),
            at=clock.now(),
        )
        if done:
            return redirect(*after(request, found.pk))
        other = found
        form = PageForm(initial={**form.cleaned_data, "version": found.version})
    words = {"form": form, "page": found, "other": other}
    return show(request, "change", words, status=422 if request.method == "POST" else 200)


@guard.hers
def delete(request: HerRequest, own_page_id: UUID) -> HttpResponse:
    """Deleted for good, once she has said so twice."""
    writing(request)
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.delete(request.notebook, own_page_id)
        return redirect("own_pages:list")
    return show(request, "delete", {"form": form, "page": of_hers(request, own_page_id)})


@guard.hers
def give(request: HerRequest, own_page_id: UUID) -> HttpResponse:
    """What her worker will read, word for word; then she gives it, or does not."""
    found = of_hers(request, own_page_id)
    inside = request.notebook
    if not found.is_open or not policy.can_give(inside) or queries.given_as() is None:
        raise Http404
    may = notebook_policy.can_leave_word(waiting=notebook_queries.waiting(inside))
    form = GiveForm(request.POST or None, may_leave_word=bool(may))
    if form.is_bound and form.is_valid():
        now, word = clock.now(), form.cleaned_data.get("words")
        actions.give(inside, found, form.record_id, at=now)
        if word:
            notebook.leave_word(inside, form.record_id, word, at=now)
        return redirect("own_pages:list")
    return show(
        request, "give", {"form": form, "page": found}, status=422 if form.is_bound else 200
    )

"""What is seen of her one page: to read it, print it, write on it together, look back?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.summary import actions, policy, queries
from spheres.followup.summary.forms import LineForm, RemoveForm
from spheres.followup.summary.models import Line
from spheres.participants import queries as participants
from spheres.regions import queries as regions
from spheres.vault import actions as vault


@require_GET
def page(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Her page, each line with its own buttons; on paper, only her name and the lines."""
    return show_page(request, file_id)


def show_page(request: PageRequest, file_id: UUID, *, status: int = 200) -> HttpResponse:
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    summary = queries.current(file_id, actor=request.actor)
    vault.open(summary.lines, by=request.actor)
    named = request.GET.get("programme") == "yes"
    return render(
        request,
        "summary/page.html",
        {
            "person": person,
            "summary": summary,
            "remove": RemoveForm(),
            "may": policy.buttons(request.actor, len(summary.lines)),
            "programme": regions.region().programme if named else "",
        },
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PageRequest, file_id: UUID) -> HttpResponse:
    """One more line, written together."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    policy.can_write(request.actor).or_raise()
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not form.findings():
        try:
            actions.add(file_id, form.said(), by=request.actor, at=clock.now())
        except actions.Overtaken:
            return show_both(request, file_id, form)
        return redirect("summary:page", file_id)
    return show_form(request, file_id, form)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PageRequest, file_id: UUID, line_id: UUID) -> HttpResponse:
    """One line, said otherwise."""
    before = queries.lines(file_id, actor=request.actor).filter(pk=line_id).first()
    if before is None:
        raise Http404
    policy.can_write(request.actor).or_raise()
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not form.findings():
        try:
            actions.change(file_id, line_id, form.said(), by=request.actor, at=clock.now())
        except actions.Overtaken:
            return show_both(request, file_id, form, before)
        return redirect("summary:page", file_id)
    return show_form(request, file_id, form, before)


@require_POST
def remove(request: PageRequest, file_id: UUID, line_id: UUID) -> HttpResponse:
    """Take one line off; a press that did not come from the page is shown the page again."""
    if not participants.is_visible(file_id, actor=request.actor):
        raise Http404
    policy.can_write(request.actor).or_raise()
    form = RemoveForm(request.POST)
    if not form.is_valid():
        return show_page(request, file_id, status=422)
    try:
        actions.remove(file_id, line_id, gesture=form.record_id, by=request.actor, at=clock.now())
    except actions.Overtaken:
        return show_page(request, file_id, status=409)
    return redirect("summary:page", file_id)


def show_form(
    request: PageRequest,
    file_id: UUID,
    form: LineForm,
    before: Line | None = None,
    *,
    is_overtaken: bool = False,
) -> HttpResponse:
    """The writing page. When somebody wrote meanwhile, the page as it stands now is beside."""
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    summary = queries.current(file_id, actor=request.actor)
    rows = {line.pk: line for line in [*summary.lines, *([before] if before else [])]}
    vault.open(list(rows.values()), by=request.actor)
    if not form.is_bound and not is_overtaken:
        form = blank(summary.number, rows[before.pk] if before else None)
    return render(
        request,
        "summary/form.html",
        {
            "person": person,
            "form": form,
            "before": before,
            "summary": summary,
            "is_overtaken": is_overtaken,
            "still_there": before is None or summary.line(before.pk) is not None,
        },
        status=409 if is_overtaken else 422 if form.is_bound else 200,
    )


def blank(on: int, before: Line | None) -> LineForm:
    """A line to write, or one to say otherwise."""
    if before is None:
        return LineForm(initial={"on": on, "whose": Line.Whose.HERS})
    said = {"text": before.opened.text, "whose": before.whose, "heading": before.heading}
    return LineForm(initial={"on": on, **said})


def show_both(
    request: PageRequest, file_id: UUID, form: LineForm, before: Line | None = None
) -> HttpResponse:
    """What was typed, under a number of its own, and the page as the other left it."""
    typed = LineForm(
        initial={**form.typed(), "on": queries.current(file_id, actor=request.actor).number},
        record_id=form.record_id,
    )
    return show_form(request, file_id, typed, before, is_overtaken=True)


@require_GET
def versions(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Every page it was, who wrote and when."""
    person = participants.header(file_id, actor=request.actor)
    if person is None:
        raise Http404
    return render(
        request,
        "summary/versions.html",
        {"person": person, "versions": queries.told(file_id, actor=request.actor)},
    )


@require_GET
def version(request: PageRequest, file_id: UUID, version_id: UUID) -> HttpResponse:
    """The page as one version left it, read by her team."""
    found = queries.versions(file_id, actor=request.actor).filter(pk=version_id).first()
    person = participants.header(file_id, actor=request.actor) if found else None
    if found is None or person is None:
        raise Http404
    summary = queries.as_it_was(found, actor=request.actor)
    vault.open(summary.lines, by=request.actor)
    return render(
        request,
        "summary/version.html",
        {"person": person, "summary": summary, "version": found},
    )

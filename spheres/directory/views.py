"""What does somebody of the programme see of the directory, and hold of it on paper?"""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest, only_reads
from spheres.core import clock
from spheres.directory import actions, papers, policy, queries
from spheres.directory.forms import RemarkForm, WishForm
from spheres.directory.models import Resource


@only_reads
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: PageRequest) -> HttpResponse:
    """The directory by domain; then what answers a wish.

    The wish is sent, never written in the address: it would stay in the history and in the logs.
    """
    policy.can_look(request.actor).or_raise()
    at = clock.now()
    form = WishForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        whole = queries.offered(actor=request.actor)
        says = {
            "form": form,
            "domains": queries.domains(whole),
            "total": len(whole),
            "may_keep": policy.can_keep(request.actor),
        }
        return render(request, "directory/index.html", says)
    is_valid = form.is_valid()
    wish = form.wish()
    says = {
        "form": form,
        "wish": wish,
        "answer": queries.answering(wish, actor=request.actor, at=at),
        "at": at,
    }
    return render(request, "directory/answer.html", says, status=200 if is_valid else 422)


@require_GET
def detail(request: PageRequest, resource_id: UUID) -> HttpResponse:
    """All that is known of one resource."""
    return show(request, resource_or_404(request, resource_id))


@require_POST
def tell(request: PageRequest, resource_id: UUID) -> HttpResponse:
    """«This is no longer right»: one line, seen by the coordination."""
    one = resource_or_404(request, resource_id)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return show(request, one, form)
    said = form.cleaned_data["what"]
    actions.tell(one.pk, said, remark_id=form.record_id, by=request.actor, at=clock.now())
    return redirect("directory:detail", one.pk)


@only_reads
@require_POST
def paper(request: PageRequest) -> HttpResponse:
    """What was ticked, else what is listed, else the whole directory; in one language."""
    policy.can_look(request.actor).or_raise()
    wanted = identifiers(request, "chosen") or identifiers(request, "listed")
    if wanted:
        resources = queries.chosen(wanted, actor=request.actor)
    else:
        resources = queries.offered(actor=request.actor)
    language = "en" if request.POST.get("language") == "en" else "fr"
    with translation.override(language):
        made = papers.make(resources, language=language, on=clock.today(), with_lines=not wanted)
    answer = HttpResponse(made.content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{made.name}"'
    return answer


@require_GET
def upkeep(request: PageRequest) -> HttpResponse:
    """For the coordination: what was told, and what nobody has verified for long."""
    policy.can_keep(request.actor).or_raise()
    today = clock.today()
    says = {
        "told": queries.told(actor=request.actor),
        "resources": queries.to_verify(actor=request.actor, on=today),
        "lines": queries.lines_to_verify(on=today),
    }
    return render(request, "directory/upkeep.html", says)


@require_POST
def settle(request: PageRequest, remark_id: UUID) -> HttpResponse:
    """A remark is seen to, in one press."""
    actions.settle(remark_id, by=request.actor, at=clock.now())
    return redirect("directory:upkeep")


def show(request: PageRequest, one: Resource, form: RemarkForm | None = None) -> HttpResponse:
    says = {
        "resource": one,
        "at": clock.now(),
        "today": clock.today(),
        "remarks": queries.remarks_of(one, actor=request.actor),
        "may_tell": policy.can_tell(request.actor),
        "form": form or RemarkForm(),
    }
    return render(request, "directory/detail.html", says, status=422 if form else 200)


def resource_or_404(request: PageRequest, resource_id: UUID) -> Resource:
    policy.can_look(request.actor).or_raise()
    one = queries.resource(resource_id, actor=request.actor)
    if one is None:
        raise Http404
    return one


def identifiers(request: PageRequest, name: str) -> list[UUID]:
    """What a page sends back, without what is no identifier."""
    found = []
    for value in request.POST.getlist(name):
        with suppress(ValueError):
            found.append(UUID(value))
    return found

"""How is the trainer’s kit shown and given to keep, and how is one from elsewhere looked at?"""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts.requests import PageRequest, only_reads, takes_a_paper
from spheres.core import clock
from spheres.regions import queries as regions
from spheres.regions.reading import Refused
from spheres.training.kit import comparing, packing, policy, queries, unpacking
from spheres.training.kit.comparing import NotTogether, Stand
from spheres.training.kit.forms import KitForm, TakeForm, kit_of
from spheres.training.kit.unpacking import Opened

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def kit(request: PageRequest) -> HttpResponse:
    """What it holds, to read before it is given."""
    policy.can_take(request.actor).or_raise()
    words = {
        "kit": queries.kit(actor=request.actor),
        "licence": packing.licence_here(),
        "may_compare": policy.can_compare(request.actor),
    }
    return render(request, "kit/kit.html", words)


@require_GET
def take(request: PageRequest) -> HttpResponse:
    """One zip, of nobody."""
    policy.can_take(request.actor).or_raise()
    found = queries.kit(actor=request.actor)
    content = packing.packed(found, regions.region(), clock.today())
    return _kept(content, _("trainers-kit.zip"))


def _kept(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@takes_a_paper
@only_reads
@require_http_methods(READ_AND_WRITE)
def look(request: PageRequest) -> HttpResponse:
    """A kit from elsewhere is sent, then shown beside what stands here. Nothing is kept of it."""
    policy.can_compare(request.actor).or_raise()
    form = KitForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        content = form.cleaned_data["sent"].read()
        try:
            return _compared(request, content, unpacking.opened(content))
        except Refused as refusal:
            form.refuse(unpacking.sentences(refusal))
    return _asked(request, form)


def _asked(request: PageRequest, form: KitForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "kit/look.html", {"form": form}, status=status)


@only_reads
@require_http_methods(["POST"])
def files(request: PageRequest) -> HttpResponse:
    """The files of this region, with what was taken in them, ready to load."""
    actor = request.actor
    policy.can_compare(actor).or_raise()
    content = kit_of(request.POST) or b""
    try:
        theirs = unpacking.opened(content)
    except Refused:  # it did not come back as it went: it is sent anew
        return redirect("kit:look")
    ours = queries.kit(actor=actor)
    form = TakeForm(request.POST, of=comparing.compare(theirs, ours), content=content)
    if form.is_valid():
        taken, newest = form.cleaned_data["taken"], queries.newest_versions(actor=actor)
        try:
            made = comparing.files(theirs, ours, taken, newest)
            return _kept(packing.for_region(made, regions.region().slug), _("files-to-load.zip"))
        except NotTogether as refusal:
            form.refuse(refusal.sentences)
    return _compared(request, content, theirs, form)


def _compared(
    request: PageRequest, content: bytes, theirs: Opened, form: TakeForm | None = None
) -> HttpResponse:
    found = comparing.compare(theirs, queries.kit(actor=request.actor))
    slug = regions.region().slug
    words = {
        "theirs": theirs,
        "found": found,
        "counts": [(str(stand.label), found.count(stand)) for stand in Stand],
        "form": form or TakeForm(of=found, content=content),
        "folder": f"regions/{slug}",
        "commands": packing.commands(slug),
    }
    return render(request, "kit/compared.html", words, status=422 if form else 200)

"""What does whoever looks after the machine see of its work?"""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.accounts.views.proving import step_up
from spheres.core import clock
from spheres.interop.upkeep import actions, policy, queries
from spheres.regions.registry import Kind
from spheres.ui import moments
from spheres.ui.forms import Form


@require_GET
def jobs(request: PageRequest) -> HttpResponse:
    """What stopped first; then each kind of work, how much waits, when it was last done."""
    policy.can_look_after(request.actor).or_raise()
    now = clock.now()
    works = queries.works(actor=request.actor, at=now)
    words = {
        "stopped": queries.stopped(actor=request.actor),
        "late": [one for one in works if one.is_late(at=now)],
        "columns": [_("Work"), _("Waits"), _("Runs"), _("Stopped"), _("Last done")],
        "rows": [
            [
                one.name, str(one.waiting), str(one.running), str(one.stopped),
                moments.moment(one.done_at) if one.done_at else _("never"),
            ]
            for one in works
        ],
        "numbers": (2, 3, 4),
    }  # fmt: skip
    return render(request, "upkeep/jobs.html", words)


@require_POST
@step_up
def again(request: PageRequest, number: str) -> HttpResponse:
    """One that stopped is put back in line."""
    policy.can_look_after(request.actor).or_raise()
    if not number.isdecimal():
        raise Http404
    actions.try_again(int(number), by=request.actor, at=clock.now())
    return redirect("upkeep:jobs")


# What is typed to verify the journal, without us (`audit/verify.py`).
VERIFYING: Final = (
    "python3 run.py manage export_journal journal.jsonl",
    "python3 verify.py journal.jsonl --key … --checkpoint …",
)
# What a loading does to one thing, as its line begins.
DOES: Final = {
    Kind.ADDED: gettext_lazy("Would be added"),
    Kind.CHANGED: gettext_lazy("Would be changed"),
    Kind.REMOVED: gettext_lazy("Would be taken away"),
    Kind.ENDED: gettext_lazy("Access would end, all else stays"),
    Kind.KEPT: gettext_lazy("Would stay, without being offered"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def region(request: PageRequest) -> HttpResponse:
    """What loading the region’s folder anew would change, looked at without a new proof."""
    policy.can_look_after(request.actor).or_raise()
    if request.method == "POST":
        return _load(request)
    return _region(request, queries.reload(actor=request.actor, at=clock.now()), Form())


@step_up
def _load(request: PageRequest) -> HttpResponse:
    """One press does what was shown: it may end the access of people at a partner’s."""
    found = queries.reload(actor=request.actor, at=clock.now())
    form = Form(request.POST)
    if form.is_valid() and not found.faults:
        mark = request.POST.get("fingerprint", "")
        actions.reload_region(found.slug, mark, by=request.actor, at=clock.now())
        return redirect("upkeep:region")
    return _region(request, found, form)


def _region(request: PageRequest, found: queries.Reload, form: Form) -> HttpResponse:
    changes = [
        (title, [(DOES[one.kind], one.name, ", ".join(one.fields)) for one in listed])
        for title, listed in found.changes
    ]
    words = {"found": found, "form": form, "changes": changes}
    return render(request, "upkeep/region.html", words)


@require_GET
def journal(request: PageRequest) -> HttpResponse:
    """When the journal was sealed, and how anybody verifies it without us."""
    policy.can_look_after(request.actor).or_raise()
    seals = queries.seals(actor=request.actor)
    words = {
        "newest": seals[0] if seals else None,
        "commands": VERIFYING,
        "columns": [_("Number"), _("Sealed"), _("Chains"), _("Events")],
        "rows": [
            [str(one.number), moments.moment(one.at), str(one.chains), str(one.events)]
            for one in seals
        ],
        "numbers": (3, 4),
    }
    return render(request, "upkeep/journal.html", words)

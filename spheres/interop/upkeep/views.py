"""What does whoever looks after the machine see of its work?"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.interop.upkeep import actions, policy, queries
from spheres.ui import moments


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
def again(request: PageRequest, number: str) -> HttpResponse:
    policy.can_look_after(request.actor).or_raise()
    if not number.isdecimal():
        raise Http404
    actions.try_again(int(number), by=request.actor, at=clock.now())
    return redirect("upkeep:jobs")

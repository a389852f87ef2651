"""What does one see of her plan, together, on a screen and on paper?"""

from __future__ import annotations

from pathlib import Path
from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.plan import actions, policy, queries
from spheres.followup.plan import documents as copied
from spheres.followup.plan.forms import PlanCopyForm
from spheres.followup.plan.queries import Plan
from spheres.records import documents, registry
from spheres.records.views import asks_earlier, send_copy
from spheres.ui import moments

EARLIER: Final = "?earlier=yes"
PAPER: Final = Path(__file__).parent / "paper" / "plan.typ"


def found(request: PageRequest, file_id: UUID) -> Plan:
    """Her plan; what was written before she came back, only when she asks."""
    earlier = asks_earlier(request.GET)
    plan = queries.plan(file_id, actor=request.actor, at=clock.now(), earlier=earlier)
    if plan is None:
        raise Http404
    return plan


@require_GET
def page(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What was made with her, dreams and steps first; urgent need and exercises one tap away."""
    plan = found(request, file_id)
    words = {
        "plan": plan,
        "person": plan.person,
        "kinds": registry.quick_ones(request.actor) if plan.may_write else [],
        "may_copy": policy.can_hand_over(request.actor, plan.official)
        if plan.may_write and plan.sheets
        else None,
        # What was opened with her stays open on paper and in a copy.
        "opened": EARLIER if asks_earlier(request.GET) else "",
    }
    return render(request, "plan/page.html", words)


@require_GET
def paper(request: PageRequest, file_id: UUID) -> HttpResponse:
    """Her plan to keep: it names neither her nor the programme; empty, it is a sheet to fill in."""
    plan = found(request, file_id)
    today = clock.today()
    blank = [_("What I dream of"), _("My small steps"), _("What I did")]
    said = {
        "title": _("My plan"),
        "language": (get_language() or "fr")[:2],
        "day": moments.day(today),
        "sheets": [{"title": sheet.title, "lines": list(sheet.lines)} for sheet in plan.sheets],
        "blank": [] if plan.sheets else blank,
        "words": _("This is mine. I can change anything in it, any day."),
    }
    answer = HttpResponse(documents.typeset(said, PAPER), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="plan-{today:%Y-%m-%d}.pdf"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What she lets go of her plan, read with her before it leaves for the official file."""
    plan = found(request, file_id)
    if not plan.may_write:
        raise Http404
    policy.can_hand_over(request.actor, plan.official).or_raise()
    form = PlanCopyForm(request.POST if request.method == "POST" else None, sheets=plan.sheets)
    if request.method != "POST" or not form.is_valid():
        words = {
            "person": plan.person,
            "form": form,
            "official": plan.official,
            "sheets": plan.sheets,
            "opened": EARLIER if asks_earlier(request.GET) else "",
            "copies": queries.copies(file_id, actor=request.actor),
        }
        return render(request, "plan/copy.html", words, status=422 if form.errors else 200)
    shape = form.cleaned_data["shape"]
    chosen = form.chosen()
    sections = {one.section for one in chosen}
    handed = actions.hand_over(
        file_id, form.copy_id, shape, sections, by=request.actor, at=clock.now()
    )
    document = copied.of(handed, chosen)
    back = reverse("plan:page", args=[file_id])
    return send_copy(request, document, form, handed.official.system, back=back)

"""What is seen: where our organisation stands, and what all partners said together?"""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.partners.self_assessment import actions, drawing, policy, queries
from spheres.partners.self_assessment.forms import AssessForm
from spheres.partners.self_assessment.models import Step
from spheres.records.anonymous import success

READ_AND_WRITE: Final = ["GET", "HEAD", "POST"]


@require_GET
def page(request: PageRequest) -> HttpResponse:
    """Ours, year by year; then all partners together, of the years that are over."""
    actor = request.actor
    policy.can_look(actor).or_raise()
    every, year = queries.every_set(actor=actor), queries.year_of(clock.now())
    asks, ours = queries.asked_now(every), queries.ours(actor=actor)
    together = queries.together(asks, actor=actor, sets=every) if asks else []
    words = {
        "asks": asks,
        "year": year,
        "ours": ours,
        "is_said": any(one.row.year == year for one in ours),
        "may_assess": policy.can_assess(actor, queries.partner(actor=actor)),
        "together": [(one, drawing.picture(one), drawing.rows(one)) for one in together],
        "columns": drawing.columns(),
        "steps": [step for step in Step if step],
        "enough": queries.enough(),
        "chosen": success.told(actor=actor),
    }
    return render(request, "self_assessment/page.html", words)


@require_http_methods(READ_AND_WRITE)
def assess(request: PageRequest) -> HttpResponse:
    """For our own organisation; what it said before within the year is given back."""
    actor, at = request.actor, clock.now()
    policy.can_assess(actor, queries.partner(actor=actor)).or_raise()
    asks = queries.statements(actor=actor)
    if asks is None:
        raise Http404
    if request.method == "POST":
        form = AssessForm(request.POST, statements=asks.statements)
        if form.is_valid() and not form.findings():
            actions.assess(
                form.record_id, asks, steps=form.steps(), will_do=form.cleaned_data["will_do"],
                by=actor, at=at,
            )  # fmt: skip
            return redirect("self_assessment:page")
    else:
        year = queries.year_of(at)
        before = [one.row for one in queries.ours(actor=actor) if one.row.year == year]
        initial = AssessForm.values_of(before[0]) if before else {}
        form = AssessForm(statements=asks.statements, initial=initial)
    words = {
        "form": form,
        "asks": asks,
        "year": queries.year_of(at),
        "chosen": success.told(actor=actor),
        "enough": queries.enough(),
    }
    return render(
        request, "self_assessment/assess.html", words, status=422 if form.is_bound else 200
    )

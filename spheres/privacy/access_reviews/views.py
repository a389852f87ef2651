"""What does whoever guards privacy look at once a year, and say of it?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.privacy.access_reviews import actions, policy, queries
from spheres.privacy.access_reviews.forms import ReviewForm


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PageRequest) -> HttpResponse:
    """Who has access here, by name; what was said the last times; three questions."""
    policy.can_review(request.actor).or_raise()
    form = ReviewForm(request.POST or None)
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("accounts", "roles", "journal")}
        actions.review(form.record_id, **said, by=request.actor, at=clock.now())
        return redirect("access_reviews:page")
    words = {
        "form": form,
        "people": queries.people(actor=request.actor, at=clock.now()),
        "past": queries.past(actor=request.actor),
    }
    return render(request, "access_reviews/page.html", words, status=422 if form.is_bound else 200)

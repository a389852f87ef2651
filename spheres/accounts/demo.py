"""How does one try the demo as any of its invented people? Never in a real database."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from spheres.accounts import queries
from spheres.accounts.views import door
from spheres.accounts.views.coming_back import demo_is_open
from spheres.core import clock


@login_not_required
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Come in as one of the demo's people, without proof; the mark is asked of the database."""
    if not demo_is_open():
        raise Http404
    people = {str(one.user_id): one for one in queries.who_can_sign_in(at=clock.now())}
    chosen = people.get(request.POST.get("user", ""))
    if chosen is None:
        raise Http404
    return door.come_in(request, chosen.user_id, way="demo")

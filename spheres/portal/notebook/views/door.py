"""What stands at the door of a notebook: coming in, and leaving?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from spheres.accounts import limits
from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.portal.notebook import actions, guard
from spheres.portal.notebook.forms import DoorForm
from spheres.ui import views as ui


@guard.at_the_door
def door(request: PageRequest) -> HttpResponse:
    """A number and a PIN. Whatever is wrong, the same page, the same words, the same time."""
    if request.method != "POST":
        return guard.show(request, "notebook/door.html", {"form": DoorForm()})
    form = DoorForm(request.POST)
    form.is_valid()
    typed = form.cleaned_data
    try:
        key = actions.come_in(
            typed.get("code") or "",
            typed.get("pin") or "",
            network=limits.network_of(request.META.get("REMOTE_ADDR", "")),
            at=clock.now(),
        )
    except limits.TooMany:
        words = {"form": DoorForm(), "too_many": True}
        return guard.show(request, "notebook/door.html", words, status=429)
    if not key:
        words = {"form": DoorForm(), "is_shut": True}
        return guard.show(request, "notebook/door.html", words, status=422)
    return guard.let_in(redirect("notebook:home"), key)


@login_not_required
@require_GET
def leave(request: PageRequest) -> HttpResponse:
    """The house's quick exit; if she was in her notebook, she is out of it first."""
    if key := guard.key_of(request):
        actions.leave(key)
    return guard.let_out(ui.leave(request))

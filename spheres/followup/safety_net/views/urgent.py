"""What to do when it cannot wait: beside her, on a screen she is shown, or among several?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from spheres.accounts.requests import PageRequest
from spheres.followup.safety_net import policy
from spheres.followup.safety_net.views.sheets import beside, named
from spheres.regions import queries as regions
from spheres.sharing import queries as sharing
from spheres.ui import addresses
from spheres.vault import actions as vault


@require_GET
def urgent(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The numbers, a need to write down, what she prepared."""
    known, _ways = beside(request, file_id)
    vault.open(known.rows if known else [], by=request.actor)
    says = _says(request, file_id) | {"person": named(known, file_id)}
    return render(request, "safety_net/urgent.html", says)


@require_GET
def together(request: PageRequest, file_id: UUID) -> HttpResponse:
    """The same for her eyes: who can be called, in her own «tu»; nothing of her file is opened."""
    beside(request, file_id)
    back = addresses.before(request) or addresses.to("dossier:file", file_id)
    says = _says(request, file_id) | {"file_id": file_id, "back": back}
    return render(request, "safety_net/urgent_together.html", says)


@require_GET
def among_several(request: PageRequest) -> HttpResponse:
    """Where nobody's file is open: the numbers, and the way to write down whose need it is."""
    policy.can_be_beside(request.actor).or_raise()
    says = {"lines": regions.help_lines(), "back": addresses.before(request) or "/"}
    return render(request, "safety_net/urgent_now.html", says)


def _says(request: PageRequest, file_id: UUID) -> dict[str, Any]:
    may_write = sharing.may_write_in(file_id, actor=request.actor)
    return {"lines": regions.help_lines(), "may_write": may_write}

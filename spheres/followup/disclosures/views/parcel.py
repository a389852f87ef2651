"""How does what is told leave sealed, for another programme that goes on with them?

The same words as on paper, approved by a second person, in a parcel that one key opens, for
fourteen days. The code that was in it, said back, is its receipt; then it is sealed no more.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spheres.accounts.requests import PageRequest
from spheres.accounts.views.proving import step_up
from spheres.core import clock
from spheres.core.errors import WrongState
from spheres.followup.disclosures import actions, policy, queries
from spheres.followup.disclosures.forms import CodeForm, KeyForm
from spheres.followup.disclosures.lines import Found, Line
from spheres.followup.disclosures.views.telling import READ_AND_WRITE, beside, one_of
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus
from spheres.records import parcels
from spheres.regions import queries as regions
from spheres.ui import moments
from spheres.vault import actions as vault


@require_http_methods(READ_AND_WRITE)
@step_up
def seal(request: PageRequest, file_id: UUID, disclosure_id: UUID) -> HttpResponse:
    """Seal it for a key; then, once it was opened there, write down the code they say back."""
    policy.can_prepare(request.actor).or_raise()
    line = one_of(request, file_id, disclosure_id)
    step = request.POST.get("step")
    if line.was_received_there:
        if step == "code":  # the same press, sent again
            return redirect("disclosures:detail", file_id, disclosure_id)
        raise WrongState(policy.RECEIVED_THERE)
    if not line.may_be_sealed:
        raise WrongState(policy.NOT_NOW)
    person = beside(request, file_id, Found([line]))
    found = participants.episode(file_id, actor=request.actor)
    if found is not None and found[0] == FollowUpStatus.Status.DIED:
        raise WrongState(policy.NOT_NOW)
    key = KeyForm(request.POST if step == "seal" else None, auto_id="key_%s")
    code = CodeForm(request.POST if step == "code" else None, auto_id="code_%s")
    made, mark, until = "", "", last_day(line)
    if key.is_bound and key.is_valid():
        try:
            made = parcels.seal_for(
                disclosure_id, key.cleaned_data["key"], line.items, until=until,
                sender=regions.region().programme, language=(get_language() or "fr")[:2],
            )  # fmt: skip
        except parcels.Refused as refusal:
            key.add_error("key", str(refusal.reason))
        else:
            mark = parcels.mark_of(key.cleaned_data["key"])
            vault.open(
                Found([line]).rows, by=request.actor, action=queries.SEALED,
                basis=queries.basis_of_sealing(disclosure_id, mark),
            )  # fmt: skip
    if code.is_bound and code.is_valid():
        said = parcels.as_read(code.cleaned_data["code"])
        if parcels.is_receipt(disclosure_id, said):
            words = _("sealed, and opened there (code %(code)s)") % {"code": said}
            actions.hand_over(
                line.row, step_id=code.record_id, receipt=words, by=request.actor, at=clock.now()
            )
            return redirect("disclosures:detail", file_id, disclosure_id)
        code.add_error(
            "code",
            _("This is not the code of this parcel: have it read again, letter by letter."),
        )
    says = {
        "person": person, "line": line, "key": key, "code": code, "made": made,
        "mark": mark, "until": moments.day(until),
    }  # fmt: skip
    refused = (key.is_bound and not made) or code.is_bound
    return render(request, "disclosures/seal.html", says, status=422 if refused else 200)


def last_day(line: Line) -> date:
    """Fourteen days, or as long as the agreement lasts when that is shorter."""
    last = line.until
    assert last is not None
    return min(clock.today() + parcels.LIFE, last)

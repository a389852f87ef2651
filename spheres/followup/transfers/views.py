"""What is seen of a parcel that another programme sealed: our key, what it holds, where it goes?"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from spheres.accounts.requests import PageRequest
from spheres.core import clock
from spheres.followup.transfers import actions, policy
from spheres.followup.transfers.forms import OpenForm, PlaceForm
from spheres.records import parcels
from spheres.records import queries as records
from spheres.ui.forms import Form


@require_http_methods(["GET", "HEAD", "POST"])
def open_parcel(request: PageRequest) -> HttpResponse:
    """Our key, to be given; a parcel, opened in this page and kept nowhere until it is placed."""
    policy.can_open(request.actor).or_raise()
    form = OpenForm(request.POST or None)
    if form.is_bound and form.is_valid():
        opened = _opened(form)
        if opened is not None:
            actions.tell_opened(opened, by=request.actor)
            people = records.my_people(actor=request.actor)
            place = PlaceForm(initial=form.cleaned_data, people=people)
            return render(
                request, "transfers/opened.html", {"one": opened, "form": place, "people": people}
            )
    key = parcels.our_key()
    says = {"form": form, "key": key, "mark": parcels.mark_of(key)}
    return render(request, "transfers/open.html", says, status=422 if form.is_bound else 200)


@require_POST
def place(request: PageRequest) -> HttpResponse:
    """In the file of one of my people, as a draft."""
    policy.can_open(request.actor).or_raise()
    people = records.my_people(actor=request.actor)
    form = PlaceForm(request.POST, people=people)
    opened = _opened(form) if form.is_valid() else None
    if opened is None:
        key = parcels.our_key()
        says = {"form": form, "key": key, "mark": parcels.mark_of(key), "people": people}
        return render(request, "transfers/place.html", says, status=422)
    file_id = UUID(form.cleaned_data["person"])
    record_id = actions.place(opened, file_id, by=request.actor, at=clock.now())
    return redirect(f"{reverse('notes:write', args=[file_id])}?draft={record_id}")


def _opened(form: Form) -> parcels.Opened | None:
    try:
        return parcels.open_it(form.cleaned_data["parcel"], on=clock.today())
    except parcels.Refused as refusal:
        form.add_error("parcel", str(refusal.reason))
        return None

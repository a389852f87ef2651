"""What does one see and do of the devices one comes in from?"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts import actions, queries
from spheres.accounts.forms import DeviceNameForm
from spheres.accounts.models import Device
from spheres.accounts.requests import PageRequest
from spheres.accounts.views.account import MOST_ASKED, id_in
from spheres.accounts.views.coming_back import key_of, safe_next
from spheres.accounts.views.proving import step_up
from spheres.core import clock
from spheres.ui import navigation


@require_GET
def show(request: PageRequest) -> HttpResponse:
    """My devices, and what is open on each."""
    found = queries.my_devices(actor=request.actor, visit=request.visit, at=clock.now())
    return render(request, "accounts/devices.html", {"found": found})


@require_GET
def new(request: PageRequest) -> HttpResponse:
    """Right after signing in: another device came in to this account. Was it you?"""
    to = safe_next(request.GET)
    found = queries.new_devices(actor=request.actor, visit=request.visit, at=clock.now())
    if not found:
        return redirect(to)
    return render(
        request, "accounts/new_devices.html", {"new_devices": found[:MOST_ASKED], "next": to}
    )


@require_POST
def recognise(request: PageRequest) -> HttpResponse:
    """«It was me»; then what is left to ask, or where she was going."""
    here = queries.device_of_session(request.visit)
    actions.recognise_device(id_in(request, "device"), here=here, by=request.actor, at=clock.now())
    return redirect(safe_next(request.POST))


@require_POST
def remove(request: PageRequest) -> HttpResponse:
    """Lost, sold, or «it was not me»: ended with all that is open on it, in one press."""
    here = queries.device_of_session(request.visit)
    device_id = id_in(request, "device")
    removed = actions.remove_device(
        device_id, session_id=request.visit.session_id, by=request.actor, at=clock.now()
    )
    if removed is None:
        return redirect("accounts:devices")
    if device_id != here:
        return redirect("accounts:device_removed", device_id)
    response = redirect("accounts:sign_in")
    response.delete_cookie(settings.SESSION_COOKIE_NAME)
    response.delete_cookie(settings.DEVICE_COOKIE_NAME)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_GET
def after(request: PageRequest, device_id: UUID) -> HttpResponse:
    """It is done; and what to do next, since a passkey may be in that device."""
    device = queries.my_device(device_id, actor=request.actor)
    if device is None or device.revoked_at is None:
        raise Http404
    words = {
        "title": device.opened.name or Device.Kind(device.kind).label,
        "way": queries.way_of(device, actor=request.actor),
        "after_loss": navigation.after_loss(device_id),
    }
    return render(request, "accounts/device_removed.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
def name(request: PageRequest, device_id: UUID) -> HttpResponse:
    """What I call one of my devices."""
    device = queries.my_device(device_id, actor=request.actor)
    if device is None or device.revoked_at is not None:
        raise Http404
    bound = request.POST if request.method == "POST" else None
    form = DeviceNameForm(bound, initial={"name": device.opened.name})
    if form.is_bound and form.is_valid():
        actions.name_device(device_id, form.cleaned_data["name"], by=request.actor, at=clock.now())
        return redirect("accounts:devices")
    words = {"form": form, "kind": Device.Kind(device.kind).label, "words": device.words}
    return render(request, "accounts/device_name.html", words, status=422 if form.is_bound else 200)


@require_POST
def revoke(request: PageRequest) -> HttpResponse:
    """End one of my sessions."""
    actions.revoke(id_in(request, "session"), by=request.actor, at=clock.now())
    return redirect("accounts:devices")


@require_POST
@step_up
def revoke_others(request: PageRequest) -> HttpResponse:
    """End all my sessions but this one."""
    actions.revoke_others(key_of(request), by=request.actor, at=clock.now())
    return redirect("accounts:devices")

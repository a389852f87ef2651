"""What does a person see the first time, with the link she was handed?

Looking at the link uses nothing up: mail scanners look too.
"""

from __future__ import annotations

import qrcode
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from spheres.accounts import actions, queries
from spheres.accounts.actions import enrolling, passkeys, secrets
from spheres.accounts.forms import PasskeyForm, ProofForm, TotpForm
from spheres.accounts.models import Invitation, User
from spheres.accounts.requests import PageRequest
from spheres.accounts.views.account import not_made, show_codes
from spheres.accounts.views.coming_back import address_of, browser_of, device_of, welcomed
from spheres.core import clock
from spheres.core.errors import WrongState

Found = tuple[Invitation, User]


@login_not_required
@require_safe
def welcome(request: PageRequest, token: str) -> HttpResponse:
    """Who invites her, and the two ways of enrolling."""
    found = queries.invitation(token, at=clock.now())
    if found is None:
        return over(request)
    return show_welcome(request, token, found)


@login_not_required
@require_GET
def challenge(request: PageRequest, token: str) -> HttpResponse:
    """What the page asks of the device."""
    found = queries.invitation(token, at=clock.now())
    if found is None:
        raise Http404
    person = found[1]
    return JsonResponse(passkeys.enrolment(person, enrolling.purpose_of(person.pk), []))


@login_not_required
@require_POST
def with_passkey(request: PageRequest, token: str) -> HttpResponse:
    """Enrol a passkey, and come in."""
    at = clock.now()
    found = queries.invitation(token, at=at)
    if found is None:
        return over(request)
    form = PasskeyForm(request.POST, again=found[0].again)
    if form.is_valid() and is_recovered(request, found, form):
        try:
            _, codes = actions.accept_with_passkey(
                token,
                form.cleaned_data["answer"],
                form.cleaned_data["state"],
                by=request.actor,
                at=at,
                device=device_of(request),
            )
        except passkeys.NotProved:
            form.add_error(None, not_made())
        except WrongState:
            return over(request)
        else:
            return come_in(request, found, codes, way="first passkey")
    return show_welcome(request, token, found, passkey=form)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def with_totp(request: PageRequest, token: str) -> HttpResponse:
    """The bridge: a password and an application's codes, and come in."""
    at = clock.now()
    found = queries.invitation(token, at=at)
    if found is None or found[0].recovery_id:
        return over(request)
    bound = request.POST if request.method == "POST" else None
    form = TotpForm(bound, person=found[1], at=at, again=found[0].again)
    if bound is None or not form.is_valid() or not is_recovered(request, found, form):
        return show_totp(request, token, found, form)
    try:
        _, codes = actions.accept_with_totp(
            token,
            form.totp_secret,
            form.cleaned_data["password"],
            by=request.actor,
            at=at,
            device=device_of(request),
        )
    except WrongState:
        return over(request)
    return come_in(request, found, codes, way="first codes")


def is_recovered(request: PageRequest, found: Found, form: ProofForm) -> bool:
    """Nothing more to ask; or, when all devices are lost, a recovery code that opened."""
    invitation, person = found
    if not invitation.again or secrets.by_recovery_code(
        person.pk, form.cleaned_data["recovery"], address=address_of(request), at=clock.now()
    ):
        return True
    form.refuse_recovery()
    return False


def come_in(request: PageRequest, found: Found, codes: list[str], *, way: str) -> HttpResponse:
    """Signed in; the recovery codes are shown once."""
    opened = actions.come_in(
        found[1].pk, at=clock.now(), way=way, browser=browser_of(request), in_person=True
    )
    return welcomed(request, show_codes(request, codes, to="/"), opened)


def show_welcome(
    request: PageRequest,
    token: str,
    found: Found,
    *,
    passkey: PasskeyForm | None = None,
) -> HttpResponse:
    return render(
        request,
        "accounts/welcome.html",
        {
            "invitation": found[0],
            "person": found[1],
            "organisation": queries.organisation_named(found[0].organisation_id),
            "token": token,
            "passkey": passkey or PasskeyForm(again=found[0].again),
        },
        status=422 if passkey else 200,
    )


def show_totp(request: PageRequest, token: str, found: Found, form: TotpForm) -> HttpResponse:
    return render(
        request,
        "accounts/bridge.html",
        {
            "invitation": found[0],
            "form": form,
            "token": token,
            "squares": squares(secrets.totp_address(form.totp_secret, found[1].email)),
        },
        status=422 if form.is_bound else 200,
    )


def over(request: PageRequest) -> HttpResponse:
    """Used, late, replaced, altered or never made: one page says the same."""
    return render(request, "accounts/link_over.html", status=404)


def squares(text: str) -> dict[str, object]:
    """A QR code as one drawn path: no image file, no colour of its own."""
    drawing = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    drawing.add_data(text)
    rows = drawing.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return {"path": path, "side": len(rows), "frame": len(rows) + 8}

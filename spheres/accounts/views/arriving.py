"""What does a person see the first time, with the link she was handed?

Looking at the link uses nothing up: mail scanners look too.
"""

from __future__ import annotations

import qrcode
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spheres.accounts import actions, queries
from spheres.accounts.actions import enrolling, passkeys, secrets
from spheres.accounts.forms import PasskeyForm, RecoveryForm, TotpForm
from spheres.accounts.models import Invitation, User
from spheres.accounts.views.account import not_made, show_codes
from spheres.accounts.views.coming_back import address_of, device_of, with_key
from spheres.core import clock
from spheres.core.errors import WrongState

Found = tuple[Invitation, User]


@login_not_required
@require_GET
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites her, and the two ways of enrolling."""
    found = queries.invitation(token, at=clock.now())
    if found is None:
        return over(request)
    return show_welcome(request, token, found)


@login_not_required
@require_GET
def challenge(request: HttpRequest, token: str) -> HttpResponse:
    """What the page asks of the device."""
    found = queries.invitation(token, at=clock.now())
    if found is None:
        raise Http404
    person = found[1]
    return JsonResponse(passkeys.enrolment(person, enrolling.purpose_of(person.pk), []))


@login_not_required
@require_POST
def with_passkey(request: HttpRequest, token: str) -> HttpResponse:
    """Enrol a passkey, and come in."""
    at, form = clock.now(), PasskeyForm(request.POST)
    found = queries.invitation(token, at=at)
    if found is None:
        return over(request)
    recovery = recovered(request, found)
    if form.is_valid() and recovery is None:
        try:
            _, codes = actions.accept_with_passkey(
                token,
                form.cleaned_data["answer"],
                form.cleaned_data["state"],
                by=request.actor,  # type: ignore[attr-defined]
                at=at,
                device=device_of(request),
            )
        except passkeys.NotProved:
            form.add_error(None, not_made())
        except WrongState:
            return over(request)
        else:
            return come_in(request, found, codes, way="first passkey")
    return show_welcome(request, token, found, passkey=form, recovery=recovery)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def with_totp(request: HttpRequest, token: str) -> HttpResponse:
    """The bridge: a password and an application's codes, and come in."""
    at = clock.now()
    found = queries.invitation(token, at=at)
    if found is None:
        return over(request)
    bound = request.POST if request.method == "POST" else None
    form = TotpForm(bound, person=found[1], at=at)
    if bound is None or not form.is_valid():
        return show_totp(request, token, found, form)
    recovery = recovered(request, found)
    if recovery is not None:
        return show_totp(request, token, found, form, recovery)
    try:
        _, codes = actions.accept_with_totp(
            token,
            form.totp_secret,
            form.cleaned_data["password"],
            by=request.actor,  # type: ignore[attr-defined]
            at=at,
            device=device_of(request),
        )
    except WrongState:
        return over(request)
    return come_in(request, found, codes, way="first codes")


def recovered(request: HttpRequest, found: Found) -> RecoveryForm | None:
    """Nothing more to ask; or the question, again, when a lost device's code is not right."""
    invitation, person = found
    if not invitation.again:
        return None
    form = RecoveryForm(request.POST)
    if form.is_valid() and secrets.by_recovery_code(
        person.pk, form.cleaned_data["recovery"], address=address_of(request), at=clock.now()
    ):
        return None
    if form.is_valid():
        form.refuse()
    return form


def come_in(request: HttpRequest, found: Found, codes: list[str], *, way: str) -> HttpResponse:
    """Signed in; the recovery codes are shown once."""
    opened = actions.come_in(found[1].pk, at=clock.now(), way=way, device=device_of(request))
    return with_key(request, show_codes(request, codes, to="/"), opened.session_key)


def show_welcome(
    request: HttpRequest,
    token: str,
    found: Found,
    *,
    passkey: PasskeyForm | None = None,
    recovery: RecoveryForm | None = None,
) -> HttpResponse:
    return render(
        request,
        "accounts/welcome.html",
        {
            "invitation": found[0],
            "person": found[1],
            "organisation": queries.organisation_named(found[0].organisation_id),
            "token": token,
            "passkey": passkey or PasskeyForm(),
            "recovery": recovery or RecoveryForm(),
        },
        status=422 if passkey or recovery else 200,
    )


def show_totp(
    request: HttpRequest,
    token: str,
    found: Found,
    form: TotpForm,
    recovery: RecoveryForm | None = None,
) -> HttpResponse:
    return render(
        request,
        "accounts/bridge.html",
        {
            "invitation": found[0],
            "form": form,
            "recovery": recovery or RecoveryForm(),
            "token": token,
            "squares": squares(secrets.totp_address(form.totp_secret, found[1].email)),
        },
        status=422 if form.is_bound else 200,
    )


def over(request: HttpRequest) -> HttpResponse:
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

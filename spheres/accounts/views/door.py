"""What does one see when coming in and going out?"""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from spheres.accounts import actions, limits, queries
from spheres.accounts.actions import passkeys
from spheres.accounts.forms import PasskeyForm, PasswordForm
from spheres.accounts.views.coming_back import (
    address_of,
    browser_of,
    demo_is_open,
    key_of,
    safe_next,
    welcomed,
)
from spheres.core import clock
from spheres.ui import errors

PURPOSE = "sign in"
WAITS = "street_waiting"  # said by the page of the street: something sealed is not sent yet


@login_not_required
@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door. In a demo, everyone's name is on it."""
    key = key_of(request)
    ended = queries.why_ended(key, at=clock.now()) if key else ""
    response = show_door(request, to=safe_next(request.GET), ended=ended)
    if ended:
        # A cookie that changes is what makes a browser forget the pages it keeps for «Back».
        response.delete_cookie(settings.SESSION_COOKIE_NAME)
    return response


@login_not_required
@require_GET
def challenge(request: HttpRequest) -> HttpResponse:
    """What the page asks of the device, drawn when the button is pressed."""
    return JsonResponse(passkeys.challenge(PURPOSE))


@login_not_required
@require_POST
def with_passkey(request: HttpRequest) -> HttpResponse:
    """Come in with a passkey."""
    at, form = clock.now(), PasskeyForm(request.POST)
    user_id = form.is_valid() and actions.by_passkey(
        form.cleaned_data["answer"],
        form.cleaned_data["state"],
        purpose=PURPOSE,
        address=address_of(request),
        at=at,
    )
    if not user_id:
        form.add_error(None, passkey_refused())
        return show_door(request, to=safe_next(request.POST), passkey=form)
    return come_in(request, user_id, way="passkey", shared=form.cleaned_data["shared"])


@login_not_required
@require_POST
def with_password(request: HttpRequest) -> HttpResponse:
    """Come in with a password and a code."""
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return show_door(request, to=safe_next(request.POST), password=form)
    try:
        user_id = actions.by_password(
            form.cleaned_data["email"],
            form.cleaned_data["password"],
            form.cleaned_data["code"],
            address=address_of(request),
            at=clock.now(),
        )
    except limits.TooMany:
        return errors.page(request, 429)
    if user_id is None:
        form.add_error(None, password_refused())
        return show_door(request, to=safe_next(request.POST), password=form)
    return come_in(request, user_id, way="password", shared=form.cleaned_data["shared"])


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, here and in the database."""
    if key := key_of(request):
        actions.go_out(key, at=clock.now())
    response = redirect("accounts:sign_in")
    response.delete_cookie(settings.SESSION_COOKIE_NAME)
    # What was typed without a network and is not sent yet stays: sealed, it opens for nobody here.
    waits = request.COOKIES.get(WAITS) == "1"
    response.headers["Clear-Site-Data"] = '"cache"' if waits else '"cache", "storage"'
    return response


def come_in(request: HttpRequest, user_id: UUID, *, way: str, shared: bool = False) -> HttpResponse:
    """Open the session; say first which device it put an end to, if any."""
    opened = actions.come_in(
        user_id,
        at=clock.now(),
        way=way,
        browser=browser_of(request),
        shared=shared,
        instead_of=key_of(request),
    )
    to = safe_next(request.POST)
    if opened.asks:
        to = f"{reverse('accounts:new_devices')}?{urlencode({'next': to})}"
    return welcomed(request, first_words(request, opened, to), opened)


def first_words(request: HttpRequest, opened: actions.Opened, to: str) -> HttpResponse:
    """What she is to know before anything else; else straight to where she was going."""
    if opened.stopped_recovery:
        return render(request, "accounts/recovery_stopped.html", {"next": to})
    if opened.ended:
        return render(request, "accounts/one_ended.html", {"next": to, "devices": opened.ended})
    return redirect(to)


def show_door(
    request: HttpRequest,
    *,
    to: str,
    ended: str = "",
    passkey: PasskeyForm | None = None,
    password: PasswordForm | None = None,
) -> HttpResponse:
    people = queries.who_can_sign_in(at=clock.now()) if demo_is_open() else []
    return render(
        request,
        "accounts/sign_in.html",
        {
            "people": people,
            "next": to,
            "ended": ended,
            "passkey": passkey or PasskeyForm(),
            "password": password or PasswordForm(),
        },
        status=422 if passkey or password else 200,
    )


def passkey_refused() -> str:
    return _(
        "This passkey did not open. Your device must ask for its code, your finger or your face. "
        "If it goes on, see your organisation’s manager."
    )


def password_refused() -> str:
    """One sentence for every reason, and what to do in each."""
    return _(
        "This address, this password and this code do not open together. Check all three and wait "
        "a few minutes before the next try. After many tries, or with a passkey, a password no "
        "longer opens: use the passkey, or see your organisation’s manager."
    )

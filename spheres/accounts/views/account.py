"""What does one see and choose of one's own account?"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from spheres.accounts import actions, policy, queries
from spheres.accounts.actions import enrolling, passkeys
from spheres.accounts.forms import PasskeyForm
from spheres.accounts.requests import PageRequest
from spheres.accounts.views.coming_back import device_of, key_of
from spheres.accounts.views.proving import step_up
from spheres.core import clock
from spheres.ui import navigation

MOST_ASKED = 3  # new devices at a time, the newest first


@require_GET
def show(request: PageRequest) -> HttpResponse:
    """Language, look, organisation acted for, ways in, devices."""
    return show_account(request)


@require_POST
def choose_language(request: PageRequest) -> HttpResponse:
    """Kept on the account, and on this browser until it closes."""
    chosen = request.POST.get("language", "")
    response = redirect("accounts:account")
    if chosen in dict(settings.LANGUAGES):
        actions.choose_language(chosen, by=request.actor)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@require_POST
def choose_theme(request: PageRequest) -> HttpResponse:
    """A matter of this browser, until it closes."""
    response = redirect("accounts:account")
    chosen = request.POST.get("theme", "")
    if chosen in ("light", "dark"):
        response.set_cookie(
            "theme", chosen, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@require_POST
def choose_organisation(request: PageRequest) -> HttpResponse:
    """Act for another of one's organisations."""
    actions.choose_organisation(
        key_of(request),
        id_in(request, "organisation"),
        by=request.actor,
        at=clock.now(),
    )
    return redirect("/")


@require_GET
@step_up
def new_passkey(request: PageRequest) -> HttpResponse:
    """The page that adds a passkey."""
    return render(request, "accounts/new_passkey.html", {"passkey": PasskeyForm()})


@require_GET
@step_up
def new_passkey_challenge(request: PageRequest) -> HttpResponse:
    """What the page asks of the device."""
    person = queries.my_account(actor=request.actor)
    return JsonResponse(
        passkeys.enrolment(
            person,
            enrolling.purpose_of(person.pk),
            queries.my_credentials(actor=request.actor),
        )
    )


@require_POST
@step_up
def add_passkey(request: PageRequest) -> HttpResponse:
    """Keep the passkey the device has just made."""
    form = PasskeyForm(request.POST)
    if form.is_valid():
        try:
            codes = actions.add_passkey(
                request.actor.user_id,
                form.cleaned_data["answer"],
                form.cleaned_data["state"],
                by=request.actor,
                at=clock.now(),
                device=device_of(request),
            )
        except passkeys.NotProved:
            form.add_error(None, not_made())
        else:
            return show_codes(request, codes) if codes else redirect("accounts:account")
    return render(request, "accounts/new_passkey.html", {"passkey": form}, status=422)


@require_POST
@step_up
def remove(request: PageRequest) -> HttpResponse:
    """Put one of my passkeys away."""
    actions.remove_authenticator(
        id_in(request, "authenticator"),
        by=request.actor,
        at=clock.now(),
    )
    return redirect("accounts:account")


@require_POST
@step_up
def renew_codes(request: PageRequest) -> HttpResponse:
    """Ten new recovery codes; the old ones end."""
    by = request.actor
    return show_codes(request, actions.new_codes(by.user_id, by=by, at=clock.now()))


def show_codes(request: PageRequest, codes: list[str], *, to: str = "") -> HttpResponse:
    return render(request, "accounts/codes.html", {"codes": codes, "next": to})


def show_account(request: PageRequest) -> HttpResponse:
    actor, at = request.actor, clock.now()
    held = queries.my_authenticators(actor=actor)
    devices = queries.my_devices(actor=actor, visit=request.visit, at=at)
    return render(
        request,
        "accounts/account.html",
        {
            "person": queries.my_account(actor=actor),
            "organisations": queries.my_organisations(actor=actor, at=at),
            "actor": actor,
            "ways": [(one, policy.can_remove(one, held)) for one in held],
            "passkeys": sum(one.kind == one.Kind.PASSKEY for one in held),
            "bound": sum(one.stays_on_one_device for one in held),
            "has_wider_keys": queries.has_wider_keys(actor=actor),
            "devices": devices,
            "new_devices": [one for one in devices.devices if one.is_new and not one.is_this_one][
                :MOST_ASKED
            ],
            "languages": settings.LANGUAGES,
            "chosen_theme": request.COOKIES.get("theme", "auto"),
            "beside": navigation.beside_account(actor=actor),
            "may_manage": policy.can_manage(actor),
            "may_let_in": policy.can_let_in(actor),
            "recoveries": queries.recoveries(actor=actor, at=at),
            "may_recover": actor.has(*policy.RECOVERING),
        },
    )


def not_made() -> str:
    return _(
        "No passkey was added. Your device must ask for its code, your finger or your face: turn "
        "its lock on, then try again."
    )


def id_in(request: PageRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise Http404 from None

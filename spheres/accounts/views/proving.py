"""How does one prove again who one is: to open the lock, or before a sensitive act?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from spheres.accounts import actions, limits, queries
from spheres.accounts.actions import passkeys
from spheres.accounts.forms import AgainForm, PasskeyForm
from spheres.accounts.requests import PageRequest
from spheres.accounts.views.coming_back import address_of, demo_is_open, key_of, let_in, safe_next
from spheres.accounts.views.door import passkey_refused, password_refused
from spheres.core import clock
from spheres.ui import errors

View = Callable[..., HttpResponse]


def step_up(view: View) -> View:
    """Sensitive: done only within five minutes of a proof. Otherwise prove again, and come back.

    A form that was sent is not sent again by itself: one comes back to its page.
    """

    @wraps(view)
    def proved(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.visit.is_fresh(clock.now()):
            return view(request, *args, **kwargs)
        to = urlencode({"next": page_before(request)})
        return redirect(f"{reverse('accounts:prove')}?{to}")

    return proved


def page_before(request: PageRequest) -> str:
    """The page itself, or the one whose form was sent."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    parts = urlsplit(request.headers.get("Referer", ""))
    return parts.path if parts.netloc == request.get_host() else "/"


@require_POST
def lock(request: PageRequest) -> HttpResponse:
    """Lock now, without losing the place."""
    actions.lock(key_of(request))
    to = urlencode({"next": page_before(request)})
    return redirect(f"{reverse('accounts:unlock')}?{to}")


@login_not_required
@require_GET
def unlock(request: PageRequest) -> HttpResponse:
    """The locked screen: nothing of the page behind it remains."""
    if not request.visit.locked:
        return redirect(safe_next(request.GET))
    return ask(request, "unlock", to=safe_next(request.GET))


@require_GET
def prove(request: PageRequest) -> HttpResponse:
    """Before a sensitive act."""
    return ask(request, "prove", to=safe_next(request.GET))


@login_not_required
@require_GET
def challenge(request: PageRequest) -> HttpResponse:
    """For this session only, drawn when the button is pressed."""
    if not who(request):
        raise Http404
    return JsonResponse(passkeys.challenge(purpose_of(request)))


@login_not_required
@require_POST
def with_passkey(request: PageRequest) -> HttpResponse:
    """The same person, by her passkey."""
    form = PasskeyForm(request.POST)
    proved = form.is_valid() and actions.by_passkey(
        form.cleaned_data["answer"],
        form.cleaned_data["state"],
        purpose=purpose_of(request),
        address=address_of(request),
        at=clock.now(),
        stays_on_one_device=needs_bound_key(request),
    )
    if not proved or proved != who(request):
        form.add_error(None, passkey_refused())
        return ask(request, to=safe_next(request.POST), passkey=form)
    return go_on(request)


@login_not_required
@require_POST
def with_password(request: PageRequest) -> HttpResponse:
    """The same person, by her password and a code."""
    form = AgainForm(request.POST)
    if not form.is_valid() or not who(request):
        return ask(request, to=safe_next(request.POST), password=form)
    try:
        proved = actions.by_password(
            queries.address_at_door(who(request)),
            form.cleaned_data["password"],
            form.cleaned_data["code"],
            address=address_of(request),
            at=clock.now(),
        )
    except limits.TooMany:
        return errors.page(request, 429)
    if proved is None:
        form.add_error(None, password_refused())
        return ask(request, to=safe_next(request.POST), password=form)
    return go_on(request)


@login_not_required
@require_POST
def without_proof(request: PageRequest) -> HttpResponse:
    """In a demo, one press stands for the proof; the mark is asked of the database."""
    if not demo_is_open() or not who(request):
        raise Http404
    return go_on(request)


def go_on(request: PageRequest) -> HttpResponse:
    """Open the lock, or note the proof; either way under a new key."""
    renew = actions.unlock if request.visit.locked else actions.prove_again
    key = renew(key_of(request), at=clock.now())
    return let_in(request, key, safe_next(request.POST))


def needs_bound_key(request: PageRequest) -> bool:
    """Before a sensitive act only; any of her passkeys opens the lock."""
    if request.visit.locked or not who(request):
        return False
    return queries.must_use_bound_key(who(request), at=clock.now())


def who(request: PageRequest) -> Any:
    """Whose session this is, open or locked."""
    return request.visit.user_id


def purpose_of(request: PageRequest) -> str:
    return f"prove {request.visit.session_id}"


def ask(
    request: PageRequest,
    page: str = "",
    *,
    to: str,
    passkey: PasskeyForm | None = None,
    password: AgainForm | None = None,
) -> HttpResponse:
    if not who(request):
        return redirect("accounts:sign_in")
    visit = request.visit
    page = page or ("unlock" if visit.locked else "prove")
    return render(
        request,
        f"accounts/{page}.html",
        {
            "name": visit.name,
            "next": to,
            "passkey": passkey or PasskeyForm(),
            "password": password or AgainForm(),
            "has_password": queries.has_password(who(request)),
            "needs_bound_key": needs_bound_key(request),
            "is_demo": demo_is_open(),
        },
        status=422 if passkey or password else 200,
    )

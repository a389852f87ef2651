"""What surrounds a page of her notebook, and what is the key that her browser holds?

A page of hers is written under `@hers`: it is reached by her own session alone, and finds in
`request.notebook` (`sharing.inside.Inside`) who she is to the database and what it opens; its
context is hers, signed, so that whatever it asks or writes is held to that. Nobody inside, it leads
to the door. Its form comes from our own page: the browser says so, and no token needs a cookie.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from spheres.accounts.requests import PageRequest, serves
from spheres.core.actor import NOTEBOOK
from spheres.sharing.inside import Inside
from spheres.sharing.notebooks import IDLE
from spheres.ui import addresses, errors

# What the scripts of the youth site look at: one line of the history; out after a minute away, or
# five without a move, of which the page named there hears.
ONE_ENTRY, SIGNED_IN = "data-spheres-one-entry", "data-spheres-signed-in"
View = Callable[..., HttpResponse]


class HerRequest(PageRequest):
    """A request from inside her notebook, as every page of it receives it."""

    notebook: Inside


def hers(view: View) -> View:
    """A page of her notebook: her session, her context, a form of our own."""
    return csrf_exempt(serves(NOTEBOOK)(_from_here(view)))


def at_the_door(view: View) -> View:
    """A page before it, and after it: nobody is known there, and no cookie is set but hers."""
    return csrf_exempt(login_not_required(_from_here(view)))


def _from_here(view: View) -> View:
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not comes_from_here(request):
            return errors.page(request, 403)
        return view(request, *args, **kwargs)

    return page


def comes_from_here(request: HttpRequest) -> bool:
    """True when the browser says that the form was on our page, or is too old to say anything."""
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched:
        return fetched in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"


def show(
    request: HttpRequest, page: str, words: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page of the notebook: its forms carry no token, so that no cookie but hers is ever set."""
    is_inside = getattr(request, "notebook", None) is not None
    around = {
        "csrf_token": "",
        "marks": f"{ONE_ENTRY} {SIGNED_IN}={addresses.to('notebook:opens')}"
        if is_inside
        else ONE_ENTRY,
        "seconds_still": int(IDLE.total_seconds()) if is_inside else 0,
        "first_page": addresses.to("notebook:home"),
    }
    return render(request, page, {**around, **(words or {})}, status=status)


def key_of(request: HttpRequest) -> str:
    """What her browser holds while she is inside; nothing of it is kept here."""
    return request.COOKIES.get(settings.NOTEBOOK_COOKIE_NAME, "")


def let_in(response: HttpResponse, key: str) -> HttpResponse:
    """Her cookie: of this site alone, out of reach of scripts, gone with the browser."""
    response.set_cookie(
        settings.NOTEBOOK_COOKIE_NAME,
        key,
        secure=settings.SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def let_out(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(settings.NOTEBOOK_COOKIE_NAME, samesite="Strict")
    return response

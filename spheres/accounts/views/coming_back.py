"""From where does a request come, and where does it go back to?"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from spheres.accounts import limits
from spheres.accounts.actions import Browser, Opened
from spheres.accounts.sessions import KNOWN, device_kind, device_words
from spheres.regions.queries import is_demo_database


def safe_next(asked: Mapping[str, str]) -> str:
    """Back to the page that was asked for, never to another site."""
    wanted = asked.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"


def key_of(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")


def address_of(request: HttpRequest) -> str:
    """The network a limit counts by; behind a proxy, the one it was told by it (config/wsgi.py)."""
    return limits.network_of(request.META.get("REMOTE_ADDR", ""))


def device_of(request: HttpRequest) -> str:
    return device_words(request.headers.get("User-Agent", ""))


def browser_of(request: HttpRequest) -> Browser:
    """What this browser shows of itself, and the key it was given before, if any."""
    agent = request.headers.get("User-Agent", "")
    key = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    return Browser(device_words(agent), device_kind(agent), key)


def welcomed(request: HttpRequest, response: HttpResponse, opened: Opened) -> HttpResponse:
    """Give the browser its session's key, and what lets it be known again, which opens nothing."""
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        opened.device_key,
        # On a device of several people, gone with the browser.
        max_age=None if opened.is_shared else KNOWN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return with_key(request, response, opened.session_key)


def let_in(request: HttpRequest, key: str, to: str) -> HttpResponse:
    """Go on with the session's cookie, which ends with the browser."""
    return with_key(request, redirect(to), key)


def with_key(request: HttpRequest, response: HttpResponse, key: str) -> HttpResponse:
    """Give the browser its session's key, and forget the seal of the forms shown before."""
    rotate_token(request)
    response.set_cookie(
        settings.SESSION_COOKIE_NAME,
        key,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def demo_is_open() -> bool:
    """The database bears the mark, and the address was registered when the site started."""
    if not is_demo_database():
        return False
    try:
        reverse("accounts:sign_in_as")
    except NoReverseMatch:
        return False
    return True

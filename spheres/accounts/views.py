"""What does one see at the door?"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from spheres.accounts import actions, queries
from spheres.core import clock
from spheres.regions import queries as regions


@login_not_required
@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door. In a demo, everyone's name is on it."""
    people = (
        queries.who_can_sign_in(at=clock.now()) if regions.is_demo_database() else []
    )
    return render(
        request, "accounts/sign_in.html", {"people": people, "next": safe_next(request.GET)}
    )


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, here and in the database."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if key:
        actions.go_out(key)
    response = redirect("accounts:sign_in")
    response.delete_cookie(settings.SESSION_COOKIE_NAME)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock now, without losing the place."""
    actions.lock(request.COOKIES[settings.SESSION_COOKIE_NAME])
    return redirect("accounts:unlock")


@login_not_required
@require_GET
def unlock(request: HttpRequest) -> HttpResponse:
    """The locked screen: nothing of the page behind it remains."""
    return render(
        request,
        "accounts/unlock.html",
        {"name": request.visit.name, "next": safe_next(request.GET)},
    )


def safe_next(asked: dict[str, str]) -> str:
    """Back to the page that was asked for, never to another site."""
    wanted = asked.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"


def let_in(session: object, to: str) -> HttpResponse:
    """Answer with the session's cookie, which ends with the browser."""
    response = redirect(to)
    response.set_cookie(
        settings.SESSION_COOKIE_NAME,
        session.session_key,  # type: ignore[attr-defined]
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )
    return response

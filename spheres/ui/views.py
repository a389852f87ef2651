"""What do the gallery and the way out show?"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_GET

from . import addresses, samples

NEUTRAL = "https://www.meteomedia.com/"
FACES = {
    "staff": "ui/gallery/staff.html",
    "youth": "ui/gallery/youth.html",
    "plain": "ui/gallery/plain.html",
}


@login_not_required
@require_GET
def gallery(request, face="staff"):
    """Every component in all its variants, with invented words only."""
    return render(request, FACES[face], samples.world())


@login_not_required
@require_GET
def leave(request):
    """Closes what was open, then gives its place to a neutral page. Anyone may leave."""
    session = getattr(request, "session", None)
    if session is not None and settings.SESSION_COOKIE_NAME in request.COOKIES:
        session.flush()
    return gone(request)


@login_not_required
@require_GET
def away(request):
    """The second page of the way out: the page that was left is in the memory only now.

    A browser puts a page into the memory of its Back button once the next one is there. What the
    first page of the way out asks to forget is all that was seen before it; this one asks again.
    """
    return _giving_its_place_to(request, getattr(settings, "EXIT_URL", NEUTRAL))


away.needs_no_database = True  # type: ignore[attr-defined]


def gone(request):
    """The answer to whoever leaves; it needs no database, for nobody waits to leave."""
    response = _giving_its_place_to(request, addresses.to("ui:away"))
    response.delete_cookie(
        settings.SESSION_COOKIE_NAME,
        path=settings.SESSION_COOKIE_PATH,
        domain=settings.SESSION_COOKIE_DOMAIN,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )
    return response


def _giving_its_place_to(request, address):
    """An empty page that asks the browser to forget, and leads on; a script leads away at once."""
    words = {"next_url": address, "exit_url": getattr(settings, "EXIT_URL", NEUTRAL)}
    response = render(request, "ui/exit.html", words)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@login_not_required
@require_GET
def blank(request):
    """A page that says nothing, in one press, at an address that says nothing; and the way back.

    It opens nothing and knows nobody: the browser itself says where it was.
    """
    return render(request, "ui/blank.html", {"back": addresses.before(request) or "/"})


@login_not_required
@require_GET
def exit_limits(request):
    """Says in plain words what the quick exit cannot do."""
    return render(request, "ui/exit_limits.html")

"""What surrounds each page of the staff site: the bar, the rail, the shortcuts?

Whoever acts for the same organisation, with the same roles, in the same place, is shown the same:
it is drawn once, for somebody with her roles and no name, and kept. Only the token of the forms and
the address of the page are put into it afterwards.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from django.middleware.csrf import get_token
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from . import navigation
from .templatetags.ui.frame import language_forms
from .templatetags.ui.library import draw

# Characters that no page holds: in a kept frame they stand for what is this page's own.
TOKEN, PAGE = "\ue000token\ue000", "\ue000page\ue000"
ANYONE = UUID(int=1)


@dataclass(frozen=True)
class Frame:
    """The pieces ready to be put around a page."""

    bar: str
    rail: str
    shortcuts: str
    at_hand: str = ""  # what is one press away on every page about one person, or about a group


def around(request):
    """The frame of this page, for whoever asks for it."""
    actor = getattr(request, "actor", None)
    kept = of(
        get_language(),
        actor and replace(actor, user_id=ANYONE),
        getattr(getattr(request, "visit", None), "organisation_name", ""),
        navigation.place(actor=actor, path=request.path),
    )
    framed = with_own_words(kept, token=get_token(request), page=request.get_full_path())
    return replace(framed, at_hand=at_hand(request))


def at_hand(request, *, is_shared=False):
    """On a screen that she is shown, only what is for her eyes too."""
    actor = getattr(request, "actor", None)
    match = request.resolver_match
    if not match or not actor:
        return ""
    file_id = match.kwargs.get("file_id")
    ways = navigation.ways_at_hand(
        actor=actor, path=request.path, file_id=file_id, is_shared=is_shared
    )
    return draw("staff_file", ways=ways) if ways else ""


@lru_cache(maxsize=512)
def of(language, actor, organisation, place):
    """The frame of whoever acts with these roles, in this place."""
    return drawn(
        ways=navigation.ways(navigation.RAIL, actor=actor, path=place),
        quick_ways=navigation.ways(navigation.QUICK, actor=actor),
        bar=navigation.bar(actor=actor),
        organisation=organisation,
    )


def drawn(*, ways, quick_ways, bar, organisation):
    languages = language_forms(page=PAGE, token=TOKEN)
    return Frame(
        draw(
            "staff_bar",
            bar=bar,
            quick_ways=quick_ways,
            organisation=organisation,
            languages=languages,
            token=TOKEN,
        ),
        draw("staff_rail", navigation=ways) if ways else "",
        draw("shortcuts", navigation=ways),
    )


def with_own_words(frame, *, token, page):
    bar = frame.bar.replace(TOKEN, token).replace(PAGE, escape(page))
    return replace(frame, bar=mark_safe(bar))  # noqa: S308 -- a drawn template, and escaped words

"""How does a template say a word of the region's vocabularies, and how to reach her?"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Protocol

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, override

from spheres.core import clock
from spheres.core.hours import EVERY_DAY, Hours
from spheres.regions import queries as regions
from spheres.ui import moments
from spheres.ui.templatetags.ui.people import contact_safety

register = template.Library()

WORKING_DAYS, WEEKEND = (1, 2, 3, 4, 5), (6, 7)
WAIT = "wait"  # the code of the region's channel «no contact until they reach out»


class Reachable(Protocol):
    """Someone of whom it is known how she may be reached."""

    @property
    def channel(self) -> str: ...

    @property
    def hours(self) -> str: ...

    @property
    def window(self) -> str: ...

    @property
    def unsafe_on(self) -> date | None: ...

    @property
    def confirmed_on(self) -> date | None: ...


@register.simple_tag
def term(*, of: str, code: str) -> str:
    """The word of one code, in the reader's language."""
    return regions.label(of, code) if code else ""


@register.simple_tag
def region_text(*, key: str) -> str:
    """One of the region's texts, in the reader's language."""
    return regions.text(key)


@register.simple_tag
def region_text_in(*, key: str, language: str) -> str:
    """The same, in the language in which it is read to somebody."""
    with override(language):
        return regions.text(key)


@register.simple_tag
def hours_in_words(*, window: str) -> str:
    """Her days and hours, as one says them; nothing when they were never said."""
    hours = Hours.read(window)
    if hours is None:
        return ""
    if hours.begins is None or hours.ends is None:
        return gettext("at any time")
    return gettext("%(days)s, %(from)s to %(until)s") % {
        "days": _days(hours.days, get_language()),
        "from": moments.hour_of_day(hours.begins),
        "until": moments.hour_of_day(hours.ends),
    }


@cache
def _days(days: tuple[int, ...], language: str | None) -> str:
    if days == EVERY_DAY:
        return gettext("every day")
    if days == WORKING_DAYS:
        return gettext("weekdays")
    if days == WEEKEND:
        return gettext("weekends")
    return ", ".join(str(WEEKDAYS[day - 1]) for day in days)


@register.simple_tag
def safe_contact(*, person: Reachable, quiet: bool = False, url: str = "") -> SafeString:
    """How she may be reached without danger; drawn for each of sixty people of a list.

    «Not safe» comes before everything else that is known, and is said whole in a list too.
    """
    if person.unsafe_on is not None:
        words = gettext("not safe since %(day)s: do not reach out") % {
            "day": moments.day_of_year_or_day(person.unsafe_on, clock.today())
        }
        return contact_safety(text=words, kind="stop", url=url)
    if not person.channel:
        return contact_safety(text=gettext("not asked yet"), kind="unknown", quiet=quiet, url=url)
    words = regions.label("contact_channels", person.channel)
    if person.channel == WAIT:
        return contact_safety(text=words, kind="stop", url=url)
    if when := person.hours or hours_in_words(window=person.window):
        words = gettext("%(way)s · %(hours)s") % {"way": words, "hours": when}
    if is_to_confirm(person.confirmed_on):
        words = gettext("%(way)s · to confirm together") % {"way": words}
    return contact_safety(text=words, quiet=quiet, url=url)


def is_to_confirm(confirmed_on: date | None) -> bool:
    """Never confirmed by her, or so long ago that the region wants it asked again."""
    if confirmed_on is None:
        return True
    return clock.today() - confirmed_on > timedelta(days=regions.region().contact_confirm_days)

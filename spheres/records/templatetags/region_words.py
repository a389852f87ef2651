"""How does a template say a word of the region's vocabularies, and how to reach her?"""

from typing import Protocol

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from spheres.regions import queries as regions
from spheres.ui.templatetags.ui.people import contact_safety

register = template.Library()


class Reachable(Protocol):
    """Someone of whom it is known how she may be reached."""

    @property
    def channel(self) -> str: ...

    @property
    def hours(self) -> str: ...


@register.simple_tag
def term(*, of: str, code: str) -> str:
    """The word of one code, in the reader's language."""
    return regions.label(of, code) if code else ""


@register.simple_tag
def region_text(*, key: str) -> str:
    """One of the region's texts, in the reader's language."""
    return regions.text(key)


@register.simple_tag
def safe_contact(*, person: Reachable, quiet: bool = False) -> SafeString:
    """How she may be reached without danger; drawn for each of sixty people of a list."""
    if not person.channel:
        return contact_safety(text=gettext("not asked yet"), kind="unknown", quiet=quiet)
    words = regions.label("contact_channels", person.channel)
    if person.channel == "wait":
        return contact_safety(text=words, kind="stop", quiet=quiet)
    if person.hours:
        words = gettext("%(way)s · %(hours)s") % {"way": words, "hours": person.hours}
    return contact_safety(text=words, quiet=quiet)

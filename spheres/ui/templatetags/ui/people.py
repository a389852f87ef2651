"""How does a page say who can see it, and how somebody may safely be reached?"""

from django.utils.translation import gettext, ngettext

from .library import draw, filled, one_of, register
from .saying import drawing

CONTACT = {"free", "careful", "stop", "unknown"}
CONTACT_ICONS = {"free": "phone", "careful": "message", "stop": "amber", "unknown": "question"}


@register.simple_tag
def who_can_see(*, others=None, text="", url=""):
    """An eye with words: who can read this. `others` counts the people besides the reader."""
    if not text:
        text = only_you_or(others or 0)
    return draw("who_can_see", text=text, url=url)


def only_you_or(others):
    if others == 0:
        return gettext("Only you")
    return ngettext(
        "You and %(number)d other person", "You and %(number)d other people", others
    ) % {"number": others}


@register.simple_tag
def contact_safety(*, text, kind="careful", url="", quiet=False):
    """How this person may be reached without danger, in her words. Always in sight in her file.

    `quiet` is for lists, where sixty of them must not shout; «no contact» never goes quiet.
    """
    one_of(kind, CONTACT, what="kind")
    return filled(
        '<p class="contact-safety contact-{0}{1}">{2}<span>'
        '<span class="contact-safety-term">{3}</span> {4}</span></p>\n',
        kind,
        " contact-quiet" if quiet and kind != "stop" else "",
        drawing(CONTACT_ICONS[kind]),
        gettext("Safe contact:"),
        filled('<a href="{0}">{1}</a>', url, text) if url else text,
    )

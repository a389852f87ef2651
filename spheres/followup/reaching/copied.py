"""What of how she is reached does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.followup.reaching import queries
from spheres.followup.reaching.models import Prepared
from spheres.participants.models import SafeContact
from spheres.records.between import copying
from spheres.records.between.copying import Goes, Kind, Part, Told


def lines(contact: SafeContact) -> list[Told]:
    """The neutral lines she agreed to, in words; one that the region says no more, by its code."""
    known = {one.code: one.words for one in queries.neutral_lines(get_language() or "fr")}
    words = "\n".join(known.get(code, code) for code in contact.opened.lines.split())
    return [Told("agreed", _("What may be said or sent"), words, is_whole=True)]


# Whoever might exploit her would learn from it how she is reached: it goes to her alone.
copying.register(
    Kind(
        "contacts",
        _("Safe ways to reach"),
        SafeContact,
        (
            Part("hours", _("The hours that are safe"), is_hers=True),
            Part("words", _("The words to use"), is_hers=True),
            Part("never", _("What must never be done"), is_hers=True),
            Part("window", _("The days and hours, as they are kept"), is_hers=True),
            Part("sender", _("The name that signs"), is_hers=True),
            Part("lines", _("What may be said or sent"), is_hers=True, read=lines),
        ),
        goes=Goes.HERS,
        is_aloud=False,
    ),
    Kind(
        "prepared_messages",
        _("A call or a text that was prepared"),
        Prepared,
        (Part("said", _("Word for word"), is_hers=True),),
        goes=Goes.HERS,
        is_aloud=False,
    ),
)

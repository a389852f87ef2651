"""What does what she asks put on the day of whoever accompanies her, and beside her file?"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.portal.my_say import policy, queries
from spheres.portal.my_say.models import Ask
from spheres.records.places import Block, Handed
from spheres.sharing.inside import Inside
from spheres.ui import addresses, moments


def is_open(_inside: Inside) -> bool:
    """She may always ask; what she allowed decides the rest."""
    return True


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The way to what they asked, and its paper twin: nothing is asked, nothing is counted."""
    if not policy.can_answer(actor):
        return None
    return Block("my_say/block.html", {}, beside=True)


def asked(*, actor: Actor) -> list[Handed]:
    """Somebody of mine asked something, or took something back; with the day of the law, if any."""
    if not policy.can_answer(actor):
        return []
    return [
        Handed(
            sentence=_sentence(one),
            url=addresses.to("my_say:page", one.file_id),
            verb=gettext_lazy("See what was asked"),
            icon="eye",
        )
        for one in queries.waiting(actor=actor, at=clock.now())
    ]


def _sentence(one: queries.Waiting) -> str:
    said = {"name": one.name, "what": str(Ask.Kind(one.kind).label)}
    if one.kind == Ask.Kind.TOOK_BACK:
        return _("%(name)s took back, from their notebook, something they shared.") % said
    if one.due_on is None:
        return _("%(name)s asks, from their notebook: %(what)s") % said
    said["day"] = moments.day(one.due_on)
    return _("%(name)s asks, from their notebook: %(what)s (to answer by %(day)s)") % said

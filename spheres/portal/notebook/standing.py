"""What does her notebook put beside a file, and on the day of whoever accompanies her?"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.portal.notebook import policy, queries
from spheres.records.between.places import Block, Handed
from spheres.ui import addresses, moments


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The way to it, for those who accompany the person. It asks the database nothing."""
    if not policy.can_accompany(actor):
        return None
    return Block("notebook/block.html", {}, beside=True)


def left(*, actor: Actor) -> list[Handed]:
    """Somebody left a word in their notebook, open or closed since: it waits to be read."""
    if not policy.can_accompany(actor):
        return []
    return [
        Handed(
            sentence=_("%(name)s left you a word (%(when)s).")
            % {"name": one.name, "when": moments.weekday_moment(one.at)},
            url=addresses.to("notebook:words", one.file_id),
            verb=gettext_lazy("Read the word"),
            icon="message",
        )
        for one in queries.left(actor=actor, at=clock.now())
    ]

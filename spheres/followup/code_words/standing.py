"""What do code words show on a worker's day, and beside her people?"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.code_words import policy, queries
from spheres.records.between.places import Handed, Link
from spheres.ui import addresses, moments


def heard(*, actor: Actor) -> list[Handed]:
    """One of my people said her word to a colleague: whoever walks with her is told."""
    if not policy.can_hear(actor):
        return []
    return [
        Handed(
            sentence=_("%(who)s heard the code word of %(name)s (%(when)s).")
            % {"who": one.who, "name": one.name, "when": moments.weekday_moment(one.at)},
            url=addresses.to("dossier:file", one.file_id),
            verb=gettext_lazy("Open the file"),
            icon="message",
        )
        for one in queries.heard(actor=actor, at=clock.now())
    ]


def way(*, actor: Actor) -> Link | None:
    """Beside my people: somebody says a code word."""
    if not policy.can_hear(actor):
        return None
    label = gettext_lazy("Somebody says a code word")
    return Link(label, addresses.to("code_words:ask"), "message")

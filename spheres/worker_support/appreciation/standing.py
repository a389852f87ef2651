"""What do good words put on the day of whoever receives one?"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.records.between.places import Handed
from spheres.ui import addresses
from spheres.worker_support.appreciation import queries


def said_to_me(*, actor: Actor) -> list[Handed]:
    """For three days, without saying who nor what: that is on its page."""
    if not queries.new_to_me(actor=actor, at=clock.now()):
        return []
    return [
        Handed(
            sentence=_("A colleague has a good word for you."),
            url=addresses.to("appreciation:home"),
            verb=gettext_lazy("Read the word"),
            icon="sun",
        )
    ]

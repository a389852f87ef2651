"""What do practice notes ask of the desk? Which wait for a committee, and which to review."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.partners.practice_notes import policy, queries
from spheres.records.between.places import Handed
from spheres.ui import addresses


def to_see_to(*, actor: Actor) -> list[Handed]:
    """For whoever chairs a committee: what was proposed, and what is to be reviewed in a month."""
    if not policy.can_look(actor):
        return []
    waits, review = queries.to_see_to(actor=actor, at=clock.now())
    there = addresses.to("practice_notes:list")
    sentences = []
    if waits:
        sentences.append(
            ngettext(
                "%(number)s practice note waits for what a committee decides.",
                "%(number)s practice notes wait for what a committee decides.",
                waits,
            )
            % {"number": waits}
        )
    if review:
        sentences.append(
            ngettext(
                "%(number)s practice note that your committee approved is to be reviewed.",
                "%(number)s practice notes that your committee approved are to be reviewed.",
                review,
            )
            % {"number": review}
        )
    return [Handed(one, there, _("See the practice notes"), "book") for one in sentences]

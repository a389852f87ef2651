"""What do the areas below put in the places of the pages? They know none of them: it is said here.

The directory: a way beside my people, and what the coordination looks at when there is a moment.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy, ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.directory import policy, queries
from spheres.records.between.places import Handed, Link
from spheres.ui import addresses


def way_to_resources(*, actor: Actor) -> Link | None:
    """Beside my people: where to find a bed, a clinic, a lawyer."""
    if not policy.can_look(actor):
        return None
    return Link(gettext_lazy("Find a resource"), addresses.to("directory:index"), "search")


def directory_to_keep(*, actor: Actor) -> list[Handed]:
    """What colleagues told, and what nobody has verified for ninety days: a sentence for each."""
    if not policy.can_keep(actor):
        return []
    found = queries.upkeep(actor=actor, on=clock.today())
    sentences = (
        (
            found.remarks,
            ngettext(
                "Colleagues say that %(number)s thing of the directory is no longer right.",
                "Colleagues say that %(number)s things of the directory are no longer right.",
                found.remarks,
            ),
        ),
        (
            found.lines,
            ngettext(
                "%(number)s help line is to be verified: it was not for ninety days, or ever.",
                "%(number)s help lines are to be verified: they were not for ninety days, or ever.",
                found.lines,
            ),
        ),
        (
            found.resources,
            ngettext(
                "%(number)s resource is to be verified: it was not for ninety days, or ever.",
                "%(number)s resources are to be verified: they were not for ninety days, or ever.",
                found.resources,
            ),
        ),
    )
    return [
        Handed(
            sentence=sentence % {"number": number},
            url=addresses.to("directory:upkeep"),
            verb=gettext_lazy("Open the list"),
            icon="check",
        )
        for number, sentence in sentences
        if number
    ]

"""Who offers to be reached today, and do I?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from spheres.accounts import queries as accounts
from spheres.accounts.models import Organisation
from spheres.core import context
from spheres.core.actor import Actor
from spheres.regions import queries as regions
from spheres.ui.text import alphabetical
from spheres.vault import actions as vault
from spheres.worker_support.peers.models import PeerOffer

THEMES: Final = "support_themes"  # the region's vocabularies
LANGUAGES: Final = "service_languages"


@dataclass(frozen=True)
class Peer:
    """A colleague who offers to be reached: who, where, about what, in which languages and how."""

    row: PeerOffer
    name: str
    organisation: str
    themes: list[str]
    languages: list[str]
    ways: list[Any]
    is_me: bool


def listed(*, actor: Actor) -> list[Peer]:
    """All who offer it, opened, by name: nobody comes before another for any other reason."""
    context.require(actor)
    rows = list(PeerOffer.objects.order_by("pk"))
    if not rows:
        return []
    vault.open(rows, by=actor)
    names = accounts.names_of({row.user_id for row in rows})
    homes = {
        one.pk: one.name
        for one in Organisation.objects.filter(pk__in={row.organisation_id for row in rows})
    }
    found = [
        Peer(
            row,
            names.get(row.user_id, ""),
            homes.get(row.organisation_id, ""),
            [regions.label(THEMES, code) for code in row.themes],
            [regions.label(LANGUAGES, code) for code in row.languages],
            [PeerOffer.Way(way).label for way in row.ways],
            row.user_id == actor.user_id,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (alphabetical(one.name), one.row.pk))


def mine(*, actor: Actor) -> PeerOffer | None:
    """What I offer here, opened."""
    context.require(actor)
    row = PeerOffer.objects.filter(
        user_id=actor.user_id, organisation_id=actor.organisation_id
    ).first()
    if row is not None:
        vault.open([row], by=actor)
    return row

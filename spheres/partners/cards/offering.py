"""Who offers what in the region, by sector and by service; and what does nobody offer?

Partners say it on their cards; the directory knows what the others of the region offer. A gap is a
sentence about services: it blames no organisation and counts nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from spheres.accounts.models import Organisation
from spheres.core import context
from spheres.core.actor import Actor
from spheres.directory import queries as directory
from spheres.directory.models import Resource
from spheres.partners.cards.models import Card
from spheres.partners.cards.queries import Tie


@dataclass(frozen=True)
class Sector:
    """Organisations of one kind: partners, each with its parts."""

    label: str
    partners: tuple[tuple[Organisation, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Service:
    """One service: the partners that offer it, sector by sector, and how many others do."""

    label: str
    by_sector: tuple[tuple[str, ...], ...]
    elsewhere: int

    @property
    def partners(self) -> list[str]:
        return sorted(name for names in self.by_sector for name in names)


@dataclass(frozen=True)
class Region:
    """The partners by sector, and what they offer."""

    sectors: tuple[Sector, ...]
    services: tuple[Service, ...]
    silent: tuple[str, ...]  # partners that have not said what they offer

    @property
    def only_elsewhere(self) -> list[Service]:
        """What no partner offers, and others of the region do."""
        return [one for one in self.services if not one.partners and one.elsewhere]

    @property
    def nowhere(self) -> list[Service]:
        """What nobody offers, as far as cards and the directory know."""
        return [one for one in self.services if not one.partners and not one.elsewhere]

    @property
    def in_one_sector(self) -> list[tuple[Service, str]]:
        """What a single sector offers, and which."""
        found = []
        for service in self.services:
            there = [
                sector.label
                for sector, names in zip(self.sectors, service.by_sector, strict=True)
                if names
            ]
            if len(there) == 1 and len(self.sectors) > 1:
                found.append((service, there[0]))
        return found


def region(partners: Sequence[Organisation], *, actor: Actor) -> Region:
    """The partners of today as their newest cards say them, beside the directory of the region."""
    context.require(actor)
    newest: dict[UUID, list[str]] = {}
    for card in Card.objects.order_by("-written_at", "pk"):
        newest.setdefault(card.organisation_id, card.services)
    parts: dict[UUID, list[str]] = {}
    for part in Organisation.objects.filter(parent__in=partners, left_at=None).order_by("pk"):
        parts.setdefault(part.parent_id, []).append(part.name)  # type: ignore[arg-type]
    kinds = [kind for kind in Organisation.Kind if any(one.kind == kind for one in partners)]
    sectors = tuple(
        Sector(
            str(kind.label),
            tuple(
                (one, tuple(sorted(parts.get(one.pk, ())))) for one in partners if one.kind == kind
            ),
        )
        for kind in kinds
    )
    known = Counter(
        domain
        for domains in Resource.objects.filter(is_offered=True)
        .order_by("pk")
        .values_list("domains", flat=True)
        for domain in set(domains)
    )
    services = tuple(
        Service(
            word.label,
            tuple(
                tuple(
                    one.name
                    for one, _parts in sector.partners
                    if word.code in newest.get(one.pk, ())
                )
                for sector in sectors
            ),
            known[word.code],
        )
        for word in directory.words(directory.DOMAINS)
    )
    silent = tuple(one.name for one in partners if not newest.get(one.pk))
    return Region(sectors, services, silent)


def labels(codes: Sequence[str]) -> list[str]:
    """The words of these services, in the order of the region."""
    return [word.label for word in directory.words(directory.DOMAINS) if word.code in codes]


def apart(partners: Sequence[Organisation], ties: Sequence[Tie]) -> list[tuple[str, str]]:
    """The pairs between which neither has said anything yet of what it expects."""
    tied = {frozenset((tie.now.organisation_id, tie.now.towards_id)) for tie in ties}
    return [
        (one.name, other.name)
        for one, other in combinations(partners, 2)
        if frozenset((one.pk, other.pk)) not in tied
    ]

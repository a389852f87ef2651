"""Which charter stands, who accepted it, and what is missing before a real person is received?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership, Organisation, Role
from spheres.core import context
from spheres.core.actor import Actor
from spheres.partners.joining.models import LEADING, Accepted, Charter, Confirmed, Opened
from spheres.records.between import places
from spheres.regions import queries as regions

TO_ACCEPT: Final = "charter to accept"
CHARTER_TO_ACCEPT: Final = """
select json_build_object('number', c.number) from (
  select * from joining_charter order by number desc, since_on desc, id limit 1) c
where not exists (
  select from joining_accepted a where a.charter_id = c.id
    and a.accepted_by = %(user)s and a.organisation_id = %(here)s)"""

ASSESSMENT: Final = _("the reference of the privacy impact assessment")
OFFICER: Final = _("the person in charge of privacy, with an account")
PROFILE: Final = _("the policy profile, confirmed")
CHARTER: Final = _("the charter, accepted by whoever leads")
OPENING: Final = _("the opening, by the coordination")


@dataclass(frozen=True)
class Line:
    """Where one partner stands before a real person is received."""

    partner: Organisation
    assessment: Confirmed | None
    profile: Confirmed | None
    officers: list[str]
    leaders: list[str]  # those who lead and accepted the charter

    @property
    def missing(self) -> list[str]:
        stands = (
            (ASSESSMENT, self.assessment),
            (OFFICER, self.officers),
            (PROFILE, self.profile),
            (CHARTER, self.leaders),
        )
        return [str(what) for what, done in stands if not done]


def charter(*, actor: Actor) -> Charter | None:
    """The one that stands: the newest."""
    context.require(actor)
    return Charter.objects.order_by("-number", "-since_on", "pk").first()


def accepted(
    of: Charter, *, actor: Actor, at_home: set[UUID] | None = None
) -> list[tuple[Accepted, str]]:
    """Who accepted it, by name, of some organisations or of all; the first first."""
    context.require(actor)
    found = Accepted.objects.filter(charter_id=of.pk).order_by("accepted_at", "pk")
    rows = list(found if at_home is None else found.filter(organisation_id__in=at_home))
    names = accounts.names_of({row.accepted_by for row in rows})
    return [(row, names.get(row.accepted_by, "")) for row in rows]


def mine(of: Charter, *, actor: Actor) -> Accepted | None:
    context.require(actor)
    return Accepted.objects.filter(
        charter_id=of.pk, accepted_by=actor.user_id, organisation_id=actor.organisation_id
    ).first()


def is_awaited(*, actor: Actor, at: datetime) -> bool:
    """Whether this person has still to read and accept the charter that stands."""
    return bool(places.rows_of_day(TO_ACCEPT, actor=actor, at=at))


def bodies(*, actor: Actor) -> dict[UUID, Organisation]:
    """By organisation, the partner that it is, or of which it is a part."""
    context.require(actor)
    every = {one.pk: one for one in Organisation.objects.order_by("pk")}
    found: dict[UUID, Organisation] = {}
    for one in every.values():
        above: Organisation | None = one
        while above is not None and not above.is_partner:
            above = every.get(above.parent_id) if above.parent_id else None
        if above is not None:
            found[one.pk] = above
    return found


def checklist(*, actor: Actor, at: datetime) -> list[Line]:
    """Each partner, by name: what is done there, and by whom."""
    home = bodies(actor=actor)
    roles = (Role.PRIVACY_OFFICER, *LEADING)
    held = list(
        Membership.objects.filter(role__in=roles, user__is_active=True, starts_at__lte=at)
        .filter(Q(ends_at=None) | Q(ends_at__gt=at))
        .order_by("pk")
    )
    names = accounts.names_of({one.user_id for one in held})
    newest: dict[tuple[UUID, str], Confirmed] = {
        (row.organisation_id, row.kind): row
        for row in Confirmed.objects.order_by("confirmed_at", "pk")
    }
    stands = charter(actor=actor)
    said = Accepted.objects.filter(charter_id=stands.pk) if stands else Accepted.objects.none()
    agreed = set(said.values_list("organisation_id", "accepted_by"))

    def those(partner: Organisation, wanted: set[str], *, only_agreed: bool) -> list[str]:
        return sorted(
            {
                names.get(one.user_id, "")
                for one in held
                if home.get(one.organisation_id) == partner
                and one.role in wanted
                and (not only_agreed or (one.organisation_id, one.user_id) in agreed)
            }
        )

    partners = sorted({*home.values()}, key=lambda one: (one.name, str(one.pk)))
    return [
        Line(
            one,
            newest.get((one.pk, Confirmed.Kind.ASSESSMENT)),
            newest.get((one.pk, Confirmed.Kind.PROFILE)),
            those(one, {Role.PRIVACY_OFFICER}, only_agreed=False),
            those(one, {*LEADING}, only_agreed=True),
        )
        for one in partners
    ]


def missing(lines: list[Line]) -> list[str]:
    """What is missing at some partner, each thing once; where there is no partner, all of it."""
    if not lines:
        return [str(one) for one in (ASSESSMENT, OFFICER, PROFILE, CHARTER)]
    found: dict[str, None] = {}
    for line in lines:
        found |= dict.fromkeys(line.missing)
    return list(found)


def opening(*, actor: Actor) -> Opened | None:
    """Since when real persons are received here; in a demonstration, never."""
    context.require(actor)
    return Opened.objects.order_by("opened_at", "pk").first()


def receives(*, actor: Actor) -> bool:
    """Whether this installation receives anybody: it is open, or all in it is invented."""
    return regions.is_demo_database() or opening(actor=actor) is not None


def ours(*, actor: Actor) -> Organisation | None:
    context.require(actor)
    wanted: Any = actor.organisation_id
    return Organisation.objects.filter(pk=wanted).first()

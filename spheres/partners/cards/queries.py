"""What does each partner say of itself, who expects what of whom, and which agreements stand?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings

from spheres.accounts import queries as accounts
from spheres.accounts.models import Organisation
from spheres.core import context
from spheres.core.actor import Actor
from spheres.partners.cards.models import A_YEAR, Agreed, Card, Expectation, Protocol
from spheres.records.between import places

TODAY: Final = f"(%(at)s at time zone '{settings.TIME_ZONE}')::date"
TO_REVIEW: Final = "agreements to review"
PROTOCOLS_TO_REVIEW: Final = f"""
select json_build_object('number', count(*)) from cards_protocol p
where p.review_on <= {TODAY} + 30 and coalesce(p.ends_on > {TODAY}, true)
  and not exists (select from cards_protocol n where n.replaces_id = p.id)"""  # noqa: S608 -- ours


@dataclass(frozen=True)
class Tie:
    """What one partner expects of another and offers it, as it stands; and what stood before."""

    now: Expectation
    whose: str
    towards: str
    yes_of: dict[UUID, datetime]  # the newest yes of each of the two
    at: datetime
    before: list[Expectation] = field(default_factory=list)

    @property
    def stands(self) -> str:
        """Agreed by both within a year; waiting for one; or to be talked about again."""
        both = (self.now.organisation_id, self.now.towards_id)
        fresh = [one for one in both if self._is_fresh(one)]
        if len(fresh) == 2:
            return "AGREED"
        return "WAITS" if fresh else "AGAIN"

    @property
    def until(self) -> datetime | None:
        """Until when both agree."""
        return min(self.yes_of.values()) + A_YEAR if self.stands == "AGREED" else None

    def _is_fresh(self, organisation_id: UUID) -> bool:
        said = self.yes_of.get(organisation_id)
        return said is not None and said > self.at - A_YEAR


@dataclass(frozen=True)
class Signed:
    """An agreement that was signed, with the names of those it binds."""

    row: Protocol
    names: list[str]
    is_to_review: bool
    is_over: bool


def partners(*, actor: Actor) -> list[Organisation]:
    """Those that signed the programme’s agreement, by name."""
    context.require(actor)
    found = Organisation.objects.filter(is_partner=True).order_by("pk")
    return sorted(found, key=lambda one: one.name)


def partner(partner_id: UUID, *, actor: Actor) -> Organisation | None:
    context.require(actor)
    return Organisation.objects.filter(pk=partner_id, is_partner=True).first()


def cards(partner_id: UUID, *, actor: Actor) -> list[tuple[Card, str]]:
    """What a partner said of itself, the newest first, and who wrote it."""
    context.require(actor)
    rows = list(Card.objects.filter(organisation_id=partner_id).order_by("-written_at", "pk"))
    names = accounts.names_of({row.written_by for row in rows})
    return [(row, names.get(row.written_by, "")) for row in rows]


def carded(*, actor: Actor) -> set[UUID]:
    """The partners that have a card."""
    context.require(actor)
    return set(Card.objects.order_by("organisation_id").values_list("organisation_id", flat=True))


def ties(*, actor: Actor, at: datetime) -> list[Tie]:
    """Who expects what of whom, between partners of today; by name."""
    named = {one.pk: one.name for one in partners(actor=actor)}
    newest: dict[tuple[UUID, UUID], list[Expectation]] = {}
    for row in Expectation.objects.order_by("-written_at", "pk"):
        if row.organisation_id in named and row.towards_id in named:
            newest.setdefault((row.organisation_id, row.towards_id), []).append(row)
    said = agreed([rows[0].pk for rows in newest.values()], actor=actor)
    found = [
        Tie(
            rows[0],
            named[whose],
            named[towards],
            {
                one.organisation_id: one.agreed_at
                for one in said
                if one.expectation_id == rows[0].pk and one.organisation_id in {whose, towards}
            },
            at,
            rows[1:],
        )
        for (whose, towards), rows in newest.items()
    ]
    return sorted(found, key=lambda tie: (tie.whose, tie.towards))


def expectation(expectation_id: UUID, *, actor: Actor) -> Expectation | None:
    context.require(actor)
    return Expectation.objects.filter(pk=expectation_id).first()


def agreed(ids: list[UUID], *, actor: Actor) -> list[Agreed]:
    """Who said yes to these, the oldest first."""
    context.require(actor)
    return list(Agreed.objects.filter(expectation_id__in=ids).order_by("agreed_at", "pk"))


def protocols(*, actor: Actor, on: date) -> list[Signed]:
    """The agreements that stand, the soonest reviewed first; those that are over, last."""
    context.require(actor)
    rows = list(Protocol.objects.order_by("review_on", "pk"))
    replaced = {row.replaces_id for row in rows}
    named = {one.pk: one.name for one in Organisation.objects.order_by("pk")}
    found = [
        Signed(
            row,
            sorted(named[one] for one in row.organisations if one in named),
            row.is_to_review(on) and not row.is_over(on),
            row.is_over(on),
        )
        for row in rows
        if row.pk not in replaced
    ]
    return sorted(found, key=lambda one: one.is_over)


def to_review(*, actor: Actor, at: datetime) -> int:
    """How many agreements that stand are to be reviewed within a month."""
    return sum(row["number"] for row in places.rows_of_day(TO_REVIEW, actor=actor, at=at))


def protocol(protocol_id: UUID, *, actor: Actor) -> Protocol | None:
    """One that stands."""
    context.require(actor)
    found = Protocol.objects.filter(pk=protocol_id).first()
    is_replaced = Protocol.objects.filter(replaces_id=protocol_id).exists()
    return None if is_replaced else found

"""Where does each person stand with what the organisation asks before files are given?

The database computes it (`sharing/clearing.py`); here it is read, and never decided again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet, UUIDField

from spheres.accounts.models import (
    ClearanceRule,
    Extension,
    Membership,
    Organisation,
    TrainingDay,
    Undertaking,
    UndertakingText,
    User,
)
from spheres.core import context
from spheres.core.actor import Actor

CLEAR: Final = "(%(expressions)s) in (select c.of_user, c.of_place from access.who_is_clear({}) c)"
# Conditions of a list of memberships: files may be given to this person there. Asked once for the
# whole list; of one's own organisation, or of every partner.
IS_CLEAR: Final = Func(
    F("user_id"),
    F("organisation_id"),
    template=CLEAR.format("(select access.organisation())"),
    output_field=BooleanField(),
)
CLEAR_HERE: Final = Func(
    F("pk"),
    template="%(expressions)s in "
    "(select c.of_user from access.who_is_clear((select access.organisation())) c)",
    output_field=BooleanField(),
)
IS_CLEAR_ANYWHERE: Final = Func(
    F("user_id"),
    F("organisation_id"),
    template=CLEAR.format("null"),
    output_field=BooleanField(),
)


@dataclass(frozen=True)
class Clearance:
    """One person, the days that count, and who answers for her people when she may not."""

    user_id: UUID
    name: str
    stands_until: datetime | None  # of what stands; None: never, or no longer in part
    lapses_at: datetime | None  # with what was extended; None: it never stood
    is_cleared: bool
    signed_at: datetime | None
    trained_on: date | None
    cover_id: UUID | None = None
    organisation_id: UUID | None = None
    covered_until: datetime | None = None
    stand_in: str = ""
    for_all: bool = False  # the stand-in reaches each of her people
    is_withheld: bool = False
    walks: bool = False  # she accompanies somebody

    @property
    def never_stood(self) -> bool:
        return not self.is_cleared and self.lapses_at is None

    @property
    def is_extended(self) -> bool:
        return self.is_cleared and self.stands_until != self.lapses_at


def clearances(*, actor: Actor, at: datetime, user_id: UUID | None = None) -> list[Clearance]:
    """Oneself, and those one follows: what lapses first stands first, then by name."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.of_user, u.name, nullif(c.of_stands, 'infinity'), "
            "nullif(c.of_lapse, 'infinity'), coalesce(c.of_lapse > access.moment(), false), "
            "c.of_signing, c.of_training, c.of_cover, c.of_place, c.of_cover_end, "
            "coalesce(s.name, ''), coalesce(c.for_all, false), coalesce(c.of_withheld, false), "
            "coalesce(c.of_walking, false) "
            "from access.clearances() c join accounts_user u on u.id = c.of_user "
            "left join accounts_user s on s.id = c.of_stand_in "
            "where %(only)s::uuid is null or c.of_user = %(only)s "
            "order by c.of_lapse nulls first, u.name, u.id",
            {"only": user_id},
        )
        return [Clearance(*row) for row in cursor.fetchall()]


def my_clearance(*, actor: Actor, at: datetime) -> Clearance:
    """Where I stand, where I act."""
    [mine] = clearances(actor=actor, at=at, user_id=actor.user_id)
    return mine


@dataclass(frozen=True)
class Asked:
    """What the body asks now, of everybody in it, and the rule still to come."""

    body: Organisation
    is_health: bool
    undertaking: bool
    training: bool
    coming: ClearanceRule | None = None

    @property
    def anything(self) -> bool:
        return self.undertaking or self.training


def asked(*, actor: Actor, at: datetime) -> Asked:
    """What is asked where I act. All of it under the health regime, whatever a rule says."""
    context.require(actor)
    body = Organisation.objects.get(pk=Func(function="access.body", output_field=UUIDField()))
    is_health = body.regime == Organisation.Regime.HEALTH
    rules = list(ClearanceRule.objects.order_by("-starts_at", "pk"))
    now = next((one for one in rules if one.starts_at <= at), None)
    coming = next((one for one in reversed(rules) if one.starts_at > at), None)
    return Asked(
        body,
        is_health,
        is_health or bool(now and now.asks_undertaking),
        is_health or bool(now and now.asks_training),
        None if is_health else coming,
    )


def body_of(actor: Actor) -> UUID:
    """The whole of which the organisation one acts for is a part."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.body()")
        found: UUID = cursor.fetchone()[0]
        return found


def texts(*, actor: Actor) -> QuerySet[UndertakingText]:
    """The undertakings of my organisation, the one that is asked last first."""
    context.require(actor)
    return UndertakingText.objects.order_by("-starts_at", "pk")


def undertakings(*, actor: Actor) -> QuerySet[Undertaking]:
    """Those I signed here, and those of the people I follow; the newest first."""
    context.require(actor)
    return Undertaking.objects.order_by("-signed_at", "pk")


def training_days(user_id: UUID, *, actor: Actor) -> QuerySet[TrainingDay]:
    """All that was said of one person's trainings, what was said last first."""
    context.require(actor)
    return TrainingDay.objects.filter(user_id=user_id).order_by("-said_at", "pk")


def training_stands(users: Collection[UUID], *, actor: Actor) -> dict[UUID, TrainingDay]:
    """What was said last of the training of each of these people whom I follow."""
    context.require(actor)
    found = TrainingDay.objects.filter(user_id__in=users).order_by("user_id", "-said_at", "pk")
    return {one.user_id: one for one in found.distinct("user_id")}


def extensions(user_id: UUID, *, actor: Actor) -> QuerySet[Extension]:
    """What was extended for one person, the newest first."""
    context.require(actor)
    return Extension.objects.filter(user_id=user_id).order_by("-said_at", "pk")


def works_in_the_whole(user_id: UUID, *, actor: Actor, at: datetime) -> bool:
    """Whether I follow this person: nobody else of the organisation is known here."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select %s = any(access.followed())", [user_id])
        return bool(cursor.fetchone()[0])


def names_of_cleared(users: Collection[UUID], *, actor: Actor) -> dict[UUID, str]:
    """The names of those of these colleagues to whom files may be given here."""
    context.require(actor)
    found = User.objects.filter(CLEAR_HERE, pk__in=users) if users else User.objects.none()
    return dict(found.values_list("pk", "name"))


def cleared(found: QuerySet[Membership], *, anywhere: bool = False) -> QuerySet[Membership]:
    """Of these memberships, those to whose holder files may be given there: in one's own
    organisation, or anywhere in the programme."""
    return found.filter(IS_CLEAR_ANYWHERE if anywhere else IS_CLEAR)

"""Who answers for whom, and which files does a list leave out?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, models
from django.db.models import F, Func, OuterRef, Subquery
from django.db.models.functions import Least
from django.utils.translation import get_language

from spheres.accounts.models import User
from spheres.core import context
from spheres.core.actor import Actor
from spheres.participants.models import Assignment
from spheres.sharing.models import Consent, Cover, HandedOver
from spheres.sharing.rules import THERAPISTS, WORKERS

FOR_THE_CLEARED: Final = Func(
    F("for_user_id"),
    template="%(expressions)s in "
    "(select c.of_user from access.who_is_clear((select access.organisation())) c)",
    output_field=models.BooleanField(),
)
# The files that the person said are hers too, for those who walk with her by the one that is kept:
# she is shown once, by that one. Row security shows a link to nobody else.
JOINED_AWAY: Final = "select j.joined_id from sharing_joined j where j.ends_at is null"
# Those who accompany people at a partner's and may be given something, and until when, if all they
# do there ends. Whoever the database would refuse is not among them.
ELSEWHERE: Final = f"""
select o.id, case when %(language)s = 'en' then o.name_en else o.name_fr end, u.id, u.name,
  case when bool_and(m.ends_at is not null) then max(m.ends_at) end
from accounts_membership m join accounts_user u on u.id = m.user_id
join accounts_organisation o on o.id = m.organisation_id
where o.id = any((select access.recipients())::uuid[]) and o.id <> (select access.organisation())
  and m.role in ({", ".join(f"'{role}'" for role in sorted(WORKERS))}) and u.is_active
  and m.starts_at <= %(at)s and (m.ends_at is null or m.ends_at > %(at)s)
  and (u.id, o.id) in (select c.of_user, c.of_place from access.who_is_clear(null) c)
group by o.id, u.id order by o.name_fr, o.id, u.name, u.id"""  # noqa: S608 -- every name is ours


@dataclass(frozen=True)
class Elsewhere:
    """Somebody who accompanies people at a partner's; `id` is how a form names that person."""

    organisation_id: UUID
    organisation: str
    user_id: UUID
    name: str
    leaves_at: datetime | None

    @property
    def id(self) -> str:
        return f"{self.organisation_id}/{self.user_id}"


class Covers(models.QuerySet[Cover]):
    """Covers of one's own organisation."""

    def not_over(self, at: datetime) -> Covers:
        return self.filter(ends_at__gt=at)

    def live(self, at: datetime) -> Covers:
        """Those of now; one named in case of a lapse, only while it has lapsed."""
        now = self.filter(starts_at__lte=at, ends_at__gt=at)
        return now.exclude(FOR_THE_CLEARED, kind=Cover.Kind.LAPSE)

    def inside(self) -> Covers:
        """Those by which a colleague answers; whoever answers elsewhere is given nothing by it."""
        return self.filter(elsewhere_id=None)

    def on_call(self) -> Covers:
        return self.filter(kind=Cover.Kind.ON_CALL)

    def answered_by(self, user_id: UUID, at: datetime) -> Covers:
        return self.live(at).filter(user_id=user_id)


def covers(*, actor: Actor) -> Covers:
    """Who answers for whom in the organisation one acts for; in no order."""
    context.require(actor)
    return Covers(Cover).filter(organisation_id=actor.organisation_id)


def covers_elsewhere(*, actor: Actor) -> Covers:
    """By which one answers, in the name of the organisation one acts for, for somebody of another;
    in no order."""
    context.require(actor)
    return Covers(Cover).filter(user_id=actor.user_id, elsewhere_id=actor.organisation_id)


def workers_elsewhere(*, actor: Actor, at: datetime) -> list[Elsewhere]:
    """Those who accompany people at a partner’s today and may be given something there, by
    organisation and name."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(ELSEWHERE, {"at": at, "language": get_language()})
        return [Elsewhere(*row) for row in cursor.fetchall()]


def covered_on(file_id: UUID, *, actor: Actor, at: datetime) -> list[Cover]:
    """By which covers one reads this file now: for whom, and until when."""
    theirs = (
        Assignment.objects.filter(file_id=file_id, starts_at__lte=at)
        .exclude(ends_at__lte=at)
        .values("user_id")
    )
    mine = (
        covers(actor=actor).inside().answered_by(actor.user_id, at).filter(for_user_id__in=theirs)
    )
    return list(mine.order_by("ends_at", "pk"))


def may_write_in(file_id: UUID, *, actor: Actor) -> bool:
    """Whether the rule table lets one add to the notes of this file."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select %s = any(access.appendable_notes_files())", [file_id])
        return bool(cursor.fetchone()[0])


def keeps(file_id: UUID, *, actor: Actor) -> bool:
    """Whether this file began with this psychotherapist, who keeps it for want of anybody else
    (`beginning.py`). Asks nothing of anybody else, and once a page."""
    context.require(actor)
    if not actor.has(*THERAPISTS):
        return False
    known = context.memory("keeps")
    if file_id not in known:
        with connection.cursor() as cursor:
            cursor.execute("select %s = any(access.begun())", [file_id])
            known[file_id] = cursor.fetchone()[0]
    return bool(known[file_id])


def handed_over(file_id: UUID, *, actor: Actor, at: datetime) -> dict[UUID, list[str]]:
    """To whom she is handed over now, and the faces of her file that she lets pass."""
    context.require(actor)
    live = HandedOver.objects.filter(file_id=file_id, starts_at__lte=at).exclude(ends_at__lte=at)
    return dict(live.values_list("user_id", "faces"))


def agreed_now(file_id: UUID, *, actor: Actor, at: datetime) -> list[Consent]:
    """What she agrees to share of this file now; the first to end first."""
    context.require(actor)
    live = consents(actor=actor).filter(file_id=file_id, starts_at__lte=at, over_at__gt=at)
    return list(live.order_by("ends_at", "pk"))


def consents(*, actor: Actor) -> models.QuerySet[Any]:
    """What she agreed to share, each with the moment it is over, `over_at`: its day, that of its
    withdrawal, or the end of the absence for which it was said; and of that, who is away. In no
    order."""
    context.require(actor)
    absence = Cover.objects.filter(pk=OuterRef("cover_id")).order_by()
    away = User.objects.filter(pk=OuterRef("away_id")).order_by()
    found = {
        "over_at": Least("ends_at", "withdrawn_at", Subquery(absence.values("ends_at")[:1])),
        "away_id": Subquery(absence.values("for_user_id")[:1]),
        "away_name": Subquery(away.values("name")[:1]),
    }
    return Consent.objects.annotate(**found)


def basis_of(consent_id: UUID) -> str:
    """How the journal names the consent by which something was opened."""
    return f"consent {consent_id}"


def is_desk(*, actor: Actor) -> bool:
    """Whether one acts for the coordination of the programme, where referrals arrive."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.at_the_desk()")
        return bool(cursor.fetchone()[0])

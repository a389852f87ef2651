"""Which accesses are open, which wait for somebody to look again, and what was said of them?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from spheres.accounts.models import Membership, Organisation, User
from spheres.core import context
from spheres.core.actor import ORDINARY, Actor
from spheres.core.decision import Decision
from spheres.followup.exceptional import policy
from spheres.followup.exceptional.models import Extension, Reason
from spheres.records.between import places
from spheres.sharing.models import Conflict, ExceptionalAccess
from spheres.sharing.protecting import REVIEWED_WITHIN
from spheres.sharing.rules import WORKERS
from spheres.vault import actions as vault

SHOWN_FOR: Final = timedelta(days=30)  # once reviewed
TOLD_FOR: Final = timedelta(days=7)
# Asked with my day: what I have open, what of mine waits or was just looked at, and what a
# colleague opened of somebody with whom I walk.
OF_DAY = "exceptional"
OF_MY_DAY: Final = f"""
  select json_build_object(
    'id', e.id, 'file_id', e.file_id, 'who', u.name, 'is_mine', e.user_id = %(user)s,
    'starts_at', e.starts_at, 'ends_at', e.ends_at, 'outcome', e.outcome,
    'is_extended', e.extended_at is not null, 'told', (
      select c.told from participants_safecontact c where c.file_id = e.file_id
      order by c.written_at desc, c.id limit 1))
  from sharing_exceptionalaccess e join accounts_user u on u.id = e.user_id
  where e.starts_at <= %(at)s
    and case when e.user_id = %(user)s
      then e.ends_at > %(at)s or e.reviewed_at is null
        or e.reviewed_at > %(at)s - interval '{TOLD_FOR.days} days'
      else e.starts_at > %(at)s - interval '{TOLD_FOR.days} days' and exists (
        select from participants_assignment a
        where a.file_id = e.file_id and a.user_id = %(user)s and a.starts_at <= %(at)s
          and (a.ends_at is null or a.ends_at > %(at)s)) end"""  # noqa: S608 -- ours


# Since when each waits that I may look at again: never my own, nor what was said with me, nor of
# somebody with whom I walk.
TO_REVIEW = "exceptional, to look at again"
WAITING: Final = """
  select json_build_object('starts_at', e.starts_at)
  from sharing_exceptionalaccess e
  where e.reviewed_at is null and e.user_id <> %(user)s
    and e.second_id is distinct from %(user)s and e.extended_by is distinct from %(user)s
    and e.id = any((select access.opened_exceptionally())::uuid[])"""

# Told at the programme's desk: where something waits for more than three days, and since when; of
# whom it was, and who opened it, those of that partner know.
LATE_ELSEWHERE: Final = "exceptional, late at a partner"
LEFT_UNREVIEWED: Final = """
  select json_build_object(
    'fr', o.name_fr, 'en', o.name_en, 'number', l.counted, 'since', l.since)
  from access.left_unreviewed() l join accounts_organisation o on o.id = l.of_organisation"""


@dataclass(frozen=True)
class Left:
    """A partner where what was opened for an hour waits for too long."""

    partner: str
    number: int
    since: datetime


def left_elsewhere(*, actor: Actor, at: datetime) -> list[Left]:
    """For the programme's desk: at which partners something waits for more than three days."""
    rows = places.rows_of_day(LATE_ELSEWHERE, actor=actor, at=at)
    language = "en" if get_language() == "en" else "fr"
    found = [
        Left(row[language], row["number"], datetime.fromisoformat(row["since"])) for row in rows
    ]
    return sorted(found, key=lambda one: (one.since, one.partner))


def accesses(*, actor: Actor) -> QuerySet[ExceptionalAccess]:
    """Mine; and, for those who review, their organisation's."""
    context.require(actor)
    return ExceptionalAccess.objects.order_by("-starts_at", "pk")


def live(access_id: UUID, *, actor: Actor, at: datetime) -> ExceptionalAccess | None:
    """My own, as long as it lasts."""
    mine = accesses(actor=actor).filter(pk=access_id, user_id=actor.user_id)
    return mine.filter(starts_at__lte=at, ends_at__gt=at).first()


def file_opened(access_id: UUID, *, actor: Actor, at: datetime) -> UUID | None:
    """The file of my hour, as long as it is open to me: also over what she restricted, which a
    danger to life goes past; not once I said that I know her."""
    access = live(access_id, actor=actor, at=at)
    if access is None:
        return None
    mine = Conflict.objects.filter(user_id=actor.user_id, file_id=access.file_id)
    return None if mine.exists() else access.file_id


def mine(*, actor: Actor, at: datetime) -> list[ExceptionalAccess]:
    """What I opened: all that waits for somebody else, and the last month's; newest first."""
    of_me = accesses(actor=actor).filter(user_id=actor.user_id)
    return list(of_me.filter(Q(reviewed_at=None) | Q(starts_at__gt=at - SHOWN_FOR)))


def can_name(file_id: UUID, *, actor: Actor) -> bool:
    """Whether this worker reads who walks with the person: walks with them, answers for them …"""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select %s = any(access.readable_relation_files())", [file_id])
        return bool(cursor.fetchone()[0])


def colleagues(*, actor: Actor, at: datetime) -> list[tuple[UUID, str]]:
    """Those who may be asked to say it with me, by name."""
    context.require(actor)
    here = (
        Membership.objects.filter(
            organisation_id=actor.organisation_id,
            role__in=sorted({*WORKERS, "team_lead"}),
            starts_at__lte=at,
            user__is_active=True,
        )
        .exclude(ends_at__lte=at)
        .exclude(user_id=actor.user_id)
    )
    return list(
        here.order_by("user__name", "user_id").values_list("user_id", "user__name").distinct()
    )


def beside(file_id: UUID, *, actor: Actor) -> list[str]:
    """Who walks with the person, or answers for them today: whom to call first."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct u.name from access.who_can(%s, 'relation') w "
            "join accounts_user u on u.id = w.user_id "
            "where w.user_id <> %s and w.purpose = %s order by u.name",
            [file_id, actor.user_id, ORDINARY],
        )
        return [name for (name,) in cursor.fetchall()]


def name_of(access: ExceptionalAccess) -> str:
    """Who opened it."""
    return str(User.objects.values_list("name", flat=True).get(pk=access.user_id))


@dataclass(frozen=True)
class ToReview:
    """One access as whoever reviews it reads it: of whom it was is not said."""

    access: ExceptionalAccess
    who: str
    second: str
    reason: str
    is_late: bool
    elsewhere: str = ""  # the partner where nobody else can look again
    extended_by: str = ""
    extension: str = ""
    may_extend: Decision | None = None  # as long as it is open

    @property
    def ground(self) -> str:
        return str(self.access.get_ground_display())

    @property
    def outcome(self) -> str:
        return str(self.access.get_outcome_display()) if self.access.outcome else ""


def _known(actor: Actor) -> list[UUID]:
    """What I opened, and what I look at again: not what I read because I walk with somebody."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.opened_exceptionally()")
        return list(cursor.fetchone()[0])


def to_review(*, actor: Actor, at: datetime) -> list[ToReview]:
    """Those of the organisation that nobody looked at yet, oldest first; then the month's."""
    others = (
        accesses(actor=actor)
        .filter(pk__in=_known(actor))
        .exclude(user_id=actor.user_id)
        .exclude(second_id=actor.user_id)
        .exclude(extended_by=actor.user_id)
    )
    waiting = list(others.filter(reviewed_at=None).order_by("starts_at", "pk"))
    done = list(others.filter(reviewed_at__gt=at - SHOWN_FOR))
    found = [*waiting, *done]
    ids = [one.pk for one in found]
    reasons = {row.pk: row for row in Reason.objects.filter(pk__in=ids)}
    extended = [one.pk for one in found if one.extended_at]
    more = {row.pk: row for row in Extension.objects.filter(pk__in=extended)} if extended else {}
    rows = [*reasons.values(), *more.values()]
    vault.open(rows, by=actor, sections=(), action="list")
    people = {one.user_id for one in found}
    people |= {one.second_id for one in found if one.second_id}
    people |= {one.extended_by for one in found if one.extended_by}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    others_of = {one.organisation_id for one in found} - {actor.organisation_id}
    partners = (
        {one.pk: one.name for one in Organisation.objects.filter(pk__in=others_of)}
        if others_of
        else {}
    )
    return [
        ToReview(
            one,
            names.get(one.user_id, ""),
            names.get(one.second_id, "") if one.second_id else "",
            reasons[one.pk].opened.text if one.pk in reasons else "",
            one.reviewed_at is None and one.starts_at <= at - REVIEWED_WITHIN,
            partners.get(one.organisation_id, ""),
            names.get(one.extended_by, "") if one.extended_by else "",
            more[one.pk].opened.text if one.pk in more else "",
            policy.can_extend(actor, one, at=at) if one.ends_at > at else None,
        )
        for one in found
    ]

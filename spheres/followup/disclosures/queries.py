"""How is what was told of her found: by her workers, by who decides, by whoever it is told to?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership, Organisation
from spheres.audit.models import Event
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.disclosures.lines import Found, Line, Step, last_day
from spheres.followup.disclosures.models import Behind, Remark, Told
from spheres.records.between import gathering, places, telling
from spheres.sharing.models import Disclosure, DisclosureStep, Restriction
from spheres.sharing.rules import ACCOMPANYING, WALLED_OFF, WALLED_OFF_ROLE

OPENED: Final = "disclosure.opened"
SEALED: Final = "disclosure.sealed"
ROLES: Final = ", ".join(f"'{role}'" for role in sorted({*ACCOMPANYING, WALLED_OFF_ROLE}))
LIVE_MEMBERS: Final = f"""
select o.id, o.name_fr, o.name_en, o.kind, u.id, u.name from accounts_membership m
join accounts_user u on u.id = m.user_id join accounts_organisation o on o.id = m.organisation_id
where o.is_partner and u.is_active and m.role in ({ROLES})
  and (o.kind = '{WALLED_OFF}') = (m.role = '{WALLED_OFF_ROLE}')
  and o.id <> (select access.organisation()) and m.starts_at <= (select access.moment())
  and (m.ends_at is null or m.ends_at > (select access.moment()))
group by o.id, o.name_fr, o.name_en, o.kind, u.id, u.name
order by o.name_fr, o.id, u.name, u.id"""  # noqa: S608 -- every name is ours
# What was told by voice in a danger, or reported, is a line of the register too: its folder keeps
# its words, and has it looked at again (`records/between/telling.py`).
ELSEWHERE: Final = [[code] for code in telling.ELSEWHERE]
# What waits, asked with my day: what I am to decide, what was handed over to me.
TO_DECIDE, RECEIVED = "told, to decide", "told to me"
WAITING: Final = f"""
select json_build_object('id', d.id) from sharing_disclosure d
where d.id = any((select access.disclosed('{{DECIDING}}'))::uuid[])
  and not ({telling.IS_ELSEWHERE})"""  # noqa: S608 -- every name is ours
TOLD_TO_ME: Final = """
select json_build_object('id', d)
from unnest((select access.disclosed('{RECEIVING}'))::uuid[]) d
where not exists (select from sharing_disclosurestep s
  where s.disclosure_id = d and s.kind = 'RECEIVED' and s.done_by = (select access.actor()))"""


@dataclass(frozen=True)
class Recipient:
    """An account of a partner to which something may be told, or all of a partner who sit on a
    committee; `id` is how a form names it."""

    organisation_id: UUID
    organisation: str
    is_police: bool
    user_id: UUID | None = None
    person: str = ""

    @property
    def id(self) -> str:
        return f"{self.organisation_id}/{self.user_id}"

    @property
    def who(self) -> str:
        if self.user_id is None and not self.is_police:
            return _("%(organisation)s · all who sit on the committee") % {
                "organisation": self.organisation
            }
        return f"{self.organisation} · {self.person}" if self.person else self.organisation


@dataclass(frozen=True)
class Sealing:
    """Sealed once for another programme: by whom, when, for the key of which mark."""

    by: str
    at: datetime
    mark: str


def of_file(file_id: UUID, *, actor: Actor, at: datetime) -> Found:
    """The register of one file: each disclosure, made or refused, the newest first."""
    context.require(actor)
    rows = Disclosure.objects.filter(file_id=file_id).order_by("-prepared_at", "pk")
    return _found(list(rows), actor=actor, at=at)


def one_of(file_id: UUID, disclosure_id: UUID, *, actor: Actor, at: datetime) -> Line | None:
    """One of them, with its words when one may read them."""
    context.require(actor)
    rows = Disclosure.objects.filter(file_id=file_id, pk=disclosure_id)
    return next(iter(_found(list(rows), actor=actor, at=at).lines), None)


def standing_as(*ways: str, actor: Actor) -> set[UUID]:
    """To which disclosures one stands in one of these ways (`sharing/disclosing.py`)."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.disclosed(%s)", [list(ways)])
        return set(cursor.fetchone()[0])


def to_decide(*, actor: Actor, at: datetime) -> Found:
    """What waits for this person's decision, the oldest first."""
    rows = Disclosure.objects.filter(pk__in=standing_as("DECIDING", actor=actor))
    rows = rows.exclude(items__in=ELSEWHERE)
    return _found(list(rows.order_by("prepared_at", "pk")), actor=actor, at=at)


def one_to_decide(disclosure_id: UUID, *, actor: Actor, at: datetime) -> Line | None:
    """One that waits for me, or that I look at again once it was decided."""
    known = standing_as("DECIDING", "LOOKING", "READING", "WEIGHING", actor=actor)
    rows = Disclosure.objects.filter(pk=disclosure_id).exclude(items__in=ELSEWHERE)
    rows = rows if disclosure_id in known else rows.none()
    return next(iter(_found(list(rows), actor=actor, at=at).lines), None)


def received(*, actor: Actor, at: datetime) -> tuple[Found, list[date]]:
    """What is told to me and still open; and the days on which something else ended, nameless."""
    mine = standing_as("RECEIVED", actor=actor)
    live = standing_as("RECEIVING", actor=actor)
    rows = list(Disclosure.objects.filter(pk__in=mine).order_by("ends_at", "pk"))
    found = _found([row for row in rows if row.pk in live], actor=actor, at=at)
    over = [row for row in rows if row.pk not in live]
    taken_back = {
        step.disclosure_id: clock.day_of(step.done_at)
        for step in steps_of([row.pk for row in over], actor=actor)
        if step.kind == Step.WITHDRAWN
    }
    days = {taken_back.get(row.pk) or last_day(row) for row in over}
    return found, sorted((day for day in days if day), reverse=True)


def told_to_me(disclosure_id: UUID, *, actor: Actor, at: datetime) -> Line | None:
    """One, as long as it is open to me."""
    if disclosure_id not in standing_as("RECEIVING", actor=actor):
        return None
    rows = Disclosure.objects.filter(pk=disclosure_id)
    return next(iter(_found(list(rows), actor=actor, at=at).lines), None)


def file_told(disclosure_id: UUID, *, actor: Actor, at: datetime) -> UUID | None:
    """Of which file something was handed over to me, and is open to me."""
    line = told_to_me(disclosure_id, actor=actor, at=at)
    return line.row.file_id if line and line.told else None


def steps_of(ids: Collection[UUID], *, actor: Actor) -> list[DisclosureStep]:
    """What became of these, in order."""
    context.require(actor)
    return list(DisclosureStep.objects.filter(disclosure_id__in=ids).order_by("done_at", "pk"))


def basis_of(disclosure_id: UUID) -> str:
    """How the journal names what was read."""
    return f"disclosure {disclosure_id}"


def basis_of_sealing(disclosure_id: UUID, mark: str) -> str:
    """The same, with the mark of the key it was sealed for: what two people compare aloud."""
    return f"{basis_of(disclosure_id)} for {mark}"


def sealings(one: Disclosure, *, actor: Actor) -> list[Sealing]:
    """For which keys it was sealed, in order, as the journal of the file says."""
    context.require(actor)
    begins = basis_of_sealing(one.pk, "")
    told = Event.objects.filter(chain_id=one.file_id, action=SEALED, basis__startswith=begins)
    events = list(told.order_by("number"))
    names = accounts.names_of({event.actor_id for event in events})
    return [
        Sealing(names.get(event.actor_id, ""), event.at, event.basis.removeprefix(begins))
        for event in events
    ]


# What hangs on disclosures, and where they went, in one statement.
HANGING: Final[dict[str, gathering.Asked]] = {
    "told": gathering.Asked(
        Told, "select h.* from disclosures_told h where h.id = any(%(ids)s) order by h.id"
    ),
    "behind": gathering.Asked(
        Behind, "select h.* from disclosures_behind h where h.id = any(%(ids)s) order by h.id"
    ),
    "steps": gathering.Asked(
        DisclosureStep,
        "select h.* from sharing_disclosurestep h where h.disclosure_id = any(%(ids)s) "
        "order by h.done_at, h.id",
    ),
    "remarks": gathering.Asked(
        Remark,
        "select h.* from disclosures_remark h where h.disclosure_id = any(%(ids)s) order by h.id",
    ),
    "organisations": gathering.Asked(
        Organisation,
        "select o.* from accounts_organisation o where o.id = any(%(where)s) order by o.id",
    ),
}


def _found(rows: list[Disclosure], *, actor: Actor, at: datetime) -> Found:
    """Rows with their words, still locked, and what became of them, in few statements."""
    ids = [row.pk for row in rows]
    if not ids:
        return Found()
    where = {one for row in rows for one in (row.to_organisation_id, row.organisation_id) if one}
    found = gathering.at_once(HANGING, {"ids": ids, "where": sorted(where)}, actor=actor)
    told = {one.pk: one for one in found["told"]}
    behind = {one.pk: one for one in found["behind"]}
    steps, remarks = found["steps"], found["remarks"]
    people = {row.prepared_by for row in rows} | {step.done_by for step in steps}
    people |= {row.to_user_id for row in rows if row.to_user_id}
    names = accounts.names_of(people)
    kept = telling.of(rows, actor=actor)
    organisations = {one.pk: one.name for one in found["organisations"]}
    return Found(
        [
            Line(
                row,
                told.get(row.pk),
                behind.get(row.pk),
                [step for step in steps if step.disclosure_id == row.pk],
                {one.pk: one for one in remarks if one.disclosure_id == row.pk},
                names,
                organisations,
                at,
                kept if telling.code_of(row) else None,
            )
            for row in rows
        ],
        kept,
    )


def recipients(*, actor: Actor) -> list[Recipient]:
    """Accounts of partners to which something may be told, by organisation."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(LIVE_MEMBERS)
        rows = cursor.fetchall()
    is_english = get_language() == "en"
    return [
        Recipient(where, name_en if is_english else name_fr, kind == WALLED_OFF, who, name)
        for where, name_fr, name_en, kind, who, name in rows
    ]


def survivor_programmes(*, actor: Actor) -> list[Recipient]:
    """The police partners of which somebody sets up such meetings."""
    found = {one.organisation_id: one for one in recipients(actor=actor) if one.is_police}
    return [Recipient(one.organisation_id, one.organisation, True) for one in found.values()]


def circles(*, actor: Actor) -> list[Recipient]:
    """The partners of which all who sit on a committee may be told something, for a meeting. The
    police is none of them: there the person names who it is."""
    found = {one.organisation_id: one for one in recipients(actor=actor) if not one.is_police}
    return [Recipient(one.organisation_id, one.organisation, False) for one in found.values()]


def recipient(organisation_id: UUID, user_id: UUID | None, *, actor: Actor) -> Recipient | None:
    """One of them; None when this person, or the organisation, has left the programme."""
    found = (
        recipients(actor=actor)
        if user_id
        else [*survivor_programmes(actor=actor), *circles(actor=actor)]
    )
    wanted = (organisation_id, user_id)
    return next((one for one in found if (one.organisation_id, one.user_id) == wanted), None)


def still_receives(one: Disclosure, *, actor: Actor) -> bool:
    """Whether its recipient, when it is an account, is still there."""
    if one.to_organisation_id is None:
        return True
    organisation = Organisation.objects.filter(pk=one.to_organisation_id, is_partner=True)
    at = context.moment()
    there = Membership.objects.filter(
        organisation_id=one.to_organisation_id,
        role__in=sorted({*ACCOMPANYING, WALLED_OFF_ROLE}),
        user__is_active=True,
        starts_at__lte=at,
    ).filter(Q(ends_at=None) | Q(ends_at__gt=at))
    if one.to_user_id:
        there = there.filter(user_id=one.to_user_id, starts_at__lte=one.prepared_at)
    return organisation.exists() and there.exists()


def barred(file_id: UUID, to: Recipient, *, actor: Actor, at: datetime) -> set[str]:
    """The parts of her file that the person keeps from this recipient."""
    context.require(actor)
    live = Restriction.objects.filter(file_id=file_id, starts_at__lte=at).filter(
        Q(ends_at=None) | Q(ends_at__gt=at)
    )
    roles = _roles_of(to, at)
    return {
        face
        for one in live.order_by("pk")
        if (one.user_id is not None and one.user_id == to.user_id)
        or (
            one.user_id is None
            and one.organisation_id in {None, to.organisation_id}
            and (not one.role or one.role in roles)
        )
        for face in one.faces
    }


def _roles_of(to: Recipient, at: datetime) -> set[str]:
    held = Membership.objects.filter(organisation_id=to.organisation_id, starts_at__lte=at).filter(
        Q(ends_at=None) | Q(ends_at__gt=at)
    )
    if to.user_id:
        held = held.filter(user_id=to.user_id)
    return set(held.values_list("role", flat=True))


def counted(what: str, *, actor: Actor, at: datetime) -> int:
    """On my day: how many wait for me; nothing is opened."""
    return len(places.rows_of_day(what, actor=actor, at=at))

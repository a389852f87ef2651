"""Whom may she bar, what do they see today, what stands, and what does she refuse?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from spheres.accounts.models import Membership, Organisation, Role, User
from spheres.audit.models import Event
from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.restrictions.models import ALL, Lifting, Notice, Refusal
from spheres.followup.restrictions.policy import WORKERS, Barred
from spheres.participants import queries as participants
from spheres.participants.models import Assignment
from spheres.sharing.models import Restriction
from spheres.sharing.rules import RELATION

# Told in her own chain by whoever barred herself: sent twice, she is shown the same page.
KEPT: Final = "restriction.kept"
MOST_NAMES: Final = 400  # of one organisation, on one page
ANY_THEME: Final = "any"
EXPLAIN: Final = (Role.TEAM_LEAD, Role.PRIVACY_OFFICER)
# Of which files nothing may go to research, on one theme: extracts leave them out (R-22.1, s. 8).
# It says %(theme)s. Whoever asks sees what row security shows: the service that makes extracts must
# be given the table before it trusts it.
REFUSED_RESEARCH: Final = f"""
select r.file_id from restrictions_refusal r
where r.kind = '{Refusal.Kind.RESEARCH}' and r.code in ('{ANY_THEME}', %(theme)s)
  and r.ended_at is null"""  # noqa: S608 -- every name is ours
SEEN: Final = """
select distinct w.user_id, face.name from unnest(%s::text[]) face(name)
cross join lateral access.who_can(%s, face.name) w"""


@dataclass(frozen=True)
class Standing:
    """One restriction, with its notice: whom it bars, from what, since when."""

    row: Restriction
    notice: Notice | None
    lifting: Lifting | None
    who: str
    barred: Barred
    explained_by: str = ""
    goes_on_with: str = ""

    @property
    def is_whole(self) -> bool:
        return set(ALL) <= set(self.row.faces)

    @property
    def locked(self) -> list[Notice | Lifting]:
        return [row for row in (self.notice, self.lifting) if row is not None]

    @property
    def is_live(self) -> bool:
        return self.row.ends_at is None


def organisations(*, actor: Actor) -> list[Organisation]:
    """The partners of the programme: one's own first, then by name."""
    context.require(actor)
    found = list(Organisation.objects.filter(is_partner=True))
    return sorted(found, key=lambda one: (one.pk != actor.organisation_id, one.name.casefold()))


def people_of(organisation_id: UUID, *, actor: Actor, at: datetime) -> list[tuple[UUID, str]]:
    """Those who hold a role there today, by name."""
    context.require(actor)
    return list(
        _members(organisation_id, at).values_list("user_id", "user__name").distinct()[:MOST_NAMES]
    )


def roles_of(organisation_id: UUID | None, *, actor: Actor, at: datetime) -> list[Role]:
    """The roles held there today, or anywhere; in the order of the roles."""
    context.require(actor)
    held = set(_live(at).filter(_there(organisation_id)).order_by().values_list("role", flat=True))
    return [role for role in Role if role in held]


def colleagues(*, actor: Actor, at: datetime) -> dict[UUID, tuple[str, set[str]]]:
    """Those who accompany young people in my organisation today, in the order of their names, each
    with the roles held here."""
    context.require(actor)
    return _with_roles(_members(actor.organisation_id, at), only=WORKERS)


def who_may_explain(*, actor: Actor, at: datetime) -> list[tuple[UUID, str]]:
    """Those whom the organisation names to explain the effects: unless it says otherwise, whoever
    is in charge of privacy and those who lead a team; oneself first. Where there is none of them,
    the workers: a restriction never waits for want of somebody."""
    context.require(actor)
    here = Organisation.objects.filter(pk=actor.organisation_id).first()
    members = _members(actor.organisation_id, at)
    found = _with_roles(members, only=(here.explains if here else None) or EXPLAIN)
    found = found or _with_roles(members, only=WORKERS)
    named = [(user_id, name) for user_id, (name, _roles) in found.items()]
    return sorted(named, key=lambda one: one[0] != actor.user_id)


def lock_assignments(file_id: UUID, *, actor: Actor) -> list[Assignment]:
    """Who walks with her now, held until the transaction ends: two who write at once wait."""
    context.require(actor)
    live = Assignment.objects.filter(file_id=file_id, ends_at=None).order_by("pk")
    return list(live.select_for_update(of=("self",)))


def seen_by(file_id: UUID, faces: Collection[str], *, actor: Actor) -> dict[UUID, list[str]]:
    """By person, which of these faces of the file she reads now: the rule function says."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(SEEN, [list(faces), file_id])
        found: dict[UUID, list[str]] = {}
        for user_id, face in cursor.fetchall():
            found.setdefault(user_id, []).append(face)
    return {user_id: [f for f in faces if f in held] for user_id, held in found.items()}


def beside(file_id: UUID, *, actor: Actor, at: datetime) -> set[UUID]:
    """Those who walk with her, and see that they do."""
    seen = seen_by(file_id, [RELATION], actor=actor)
    return seen.keys() & set(
        Assignment.objects.filter(file_id=file_id, starts_at__lte=at)
        .exclude(ends_at__lte=at)
        .values_list("user_id", flat=True)
    )


def memberships(
    users: Collection[UUID], *, actor: Actor, at: datetime
) -> dict[UUID, dict[UUID, set[str]]]:
    """By person and organisation, the roles held today."""
    context.require(actor)
    found: dict[UUID, dict[UUID, set[str]]] = {}
    rows = _live(at).filter(user_id__in=users).order_by()
    for user_id, organisation_id, role in rows.values_list("user_id", "organisation_id", "role"):
        found.setdefault(user_id, {}).setdefault(organisation_id, set()).add(role)
    return found


def whom(barred: Barred, users: Collection[UUID], *, actor: Actor, at: datetime) -> set[UUID]:
    """Which of these persons it bars, in some organisation where they work."""
    held = memberships(users, actor=actor, at=at)
    return {
        user_id
        for user_id in users
        if barred.user_id == user_id
        or any(
            barred.speaks_of(user_id, there, roles)
            for there, roles in held.get(user_id, {}).items()
        )
    }


def names_of(users: Collection[UUID], *, actor: Actor) -> dict[UUID, str]:
    context.require(actor)
    return dict(User.objects.filter(pk__in=users).order_by("name").values_list("pk", "name"))


def restrictions(file_id: UUID, *, actor: Actor) -> QuerySet[Restriction]:
    """Those of one file, the newest first, lifted ones too."""
    context.require(actor)
    return Restriction.objects.filter(file_id=file_id).order_by("-starts_at", "pk")


def has_papers(file_id: UUID, restriction_id: UUID, *, actor: Actor) -> bool:
    """Whether this restriction stands in this file, or stood, or something was refused by this act:
    the signed notice is kept with it."""
    if restrictions(file_id, actor=actor).filter(pk=restriction_id).exists():
        return True
    return notices(file_id, actor=actor).filter(pk=restriction_id).exists()


def notices(file_id: UUID, *, actor: Actor) -> QuerySet[Notice]:
    """What was said when each was written, still locked."""
    context.require(actor)
    return Notice.objects.filter(file_id=file_id).order_by("-written_at", "pk")


def liftings(file_id: UUID, *, actor: Actor) -> QuerySet[Lifting]:
    """What was said when each was lifted, still locked."""
    context.require(actor)
    return Lifting.objects.filter(file_id=file_id).order_by("-written_at", "pk")


def has_kept(restriction_id: UUID, *, actor: Actor) -> bool:
    """Whether I have written this one down, whom it bars being myself."""
    context.require(actor)
    mine = Event.objects.filter(chain_id=actor.user_id, actor_id=actor.user_id, action=KEPT)
    return mine.filter(record_ids__contains=[restriction_id]).exists()


def refusals(file_id: UUID, *, actor: Actor) -> QuerySet[Refusal]:
    """What she refuses now, in the order in which it was said."""
    context.require(actor)
    return Refusal.objects.filter(file_id=file_id, ended_at=None).order_by(
        "written_at", "kind", "code", "pk"
    )


def refused_before(file_id: UUID, *, actor: Actor) -> QuerySet[Refusal]:
    """What she refused, and took back."""
    context.require(actor)
    taken_back = Refusal.objects.filter(file_id=file_id).exclude(ended_at=None)
    return taken_back.order_by("-ended_at", "pk")


@dataclass(frozen=True)
class Refused:
    """What she refused at once: its notice, still locked, and each thing that still stands."""

    notice: Notice
    refusals: list[Refusal]
    explained_by: str


def refused_at_once(file_id: UUID, refusal_id: UUID, *, actor: Actor) -> Refused | None:
    """The act of which this refusal is a part, as long as it stands; None without a notice."""
    standing = list(refusals(file_id, actor=actor))
    one = next((each for each in standing if each.pk == refusal_id), None)
    if one is None or one.notice_id is None:
        return None
    notice = notices(file_id, actor=actor).filter(pk=one.notice_id).first()
    if notice is None:
        return None
    name = names_of([notice.explained_by], actor=actor).get(notice.explained_by, "")
    return Refused(notice, [each for each in standing if each.notice_id == one.notice_id], name)


def refused_research(theme: str, *, actor: Actor) -> set[UUID]:
    """The files of which nothing goes to research on this theme, of those this actor may know."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(REFUSED_RESEARCH, {"theme": theme})
        return {file_id for (file_id,) in cursor.fetchall()}


def walks_with(file_id: UUID, *, actor: Actor, at: datetime) -> bool:
    """Whether one walks with her oneself: what she refuses is written beside her."""
    return participants.walked_with(actor=actor, at=at).filter(file_id=file_id).exists()


def barred_of(row: Restriction) -> Barred:
    return Barred(row.user_id, row.organisation_id, row.role)


def who_is(barred: Barred, *, actor: Actor) -> str:
    """Whom it bars, in words."""
    return _said(barred, _names_for([barred], actor=actor))


def standing(file_id: UUID, *, actor: Actor) -> list[Standing]:
    """Each restriction of one file with its notice, the newest first; still locked."""
    rows = list(restrictions(file_id, actor=actor))
    written = {one.pk: one for one in notices(file_id, actor=actor)}
    lifted = {one.pk: one for one in liftings(file_id, actor=actor)}
    barred = {row.pk: barred_of(row) for row in rows}
    known = _names_for(barred.values(), actor=actor)
    people = {one.explained_by for one in written.values()}
    people |= {one.goes_on_with for one in written.values() if one.goes_on_with}
    people |= {one.user_id for one in barred.values() if one.user_id}
    names = names_of(people, actor=actor)
    return [
        Standing(
            row=row,
            notice=(notice := written.get(row.pk)),
            lifting=lifted.get(row.pk),
            who=_said(barred[row.pk], known | names),
            barred=barred[row.pk],
            explained_by=names.get(notice.explained_by, "") if notice else "",
            goes_on_with=names.get(notice.goes_on_with, "")
            if notice and notice.goes_on_with
            else "",
        )
        for row in rows
    ]


def _names_for(all_barred: Any, *, actor: Actor) -> dict[UUID, str]:
    people = {one.user_id for one in all_barred if one.user_id}
    there = {one.organisation_id for one in all_barred if one.organisation_id}
    names = names_of(people, actor=actor) if people else {}
    if there:
        names |= {one.pk: one.name for one in Organisation.objects.filter(pk__in=there)}
    return names


def _said(barred: Barred, names: dict[UUID, str]) -> str:
    if barred.user_id:
        return names.get(barred.user_id, "")
    role = str(Role(barred.role).label) if barred.role else ""
    where = names.get(barred.organisation_id, "") if barred.organisation_id else ""
    if role and where:
        return _("%(role)s, at %(organisation)s") % {"role": role, "organisation": where}
    if role:
        return _("%(role)s, anywhere in the programme") % {"role": role}
    return _("Everybody at %(organisation)s") % {"organisation": where}


def _there(organisation_id: UUID | None) -> Q:
    partners = Q(organisation__is_partner=True)
    return partners & Q(organisation_id=organisation_id) if organisation_id else partners


def _live(at: datetime) -> QuerySet[Membership]:
    return Membership.objects.filter(starts_at__lte=at, user__is_active=True).exclude(
        ends_at__lte=at
    )


def _members(organisation_id: UUID, at: datetime) -> QuerySet[Membership]:
    return _live(at).filter(organisation_id=organisation_id).order_by("user__name", "user_id")


def _with_roles(
    rows: QuerySet[Membership], *, only: Collection[str]
) -> dict[UUID, tuple[str, set[str]]]:
    found: dict[UUID, tuple[str, set[str]]] = {}
    for user_id, name, role in rows.values_list("user_id", "user__name", "role"):
        found.setdefault(user_id, (name, set()))[1].add(role)
    return {one: held for one, held in found.items() if held[1] & {*only}}

"""Which referrals, and which files, may be of one person? The database compares; nobody reads.

Two functions answer, each to those it names: the desk, of what stands there; a worker, of the files
by which she accompanies people. They give identifiers and one code, never a text, a name or who
wrote to us.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q

from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.likeness.models import Trace
from spheres.participants.models import Assignment, File, FollowUp
from spheres.records.between import places
from spheres.sharing.counting import Finding
from spheres.sharing.models import Joined

CONTACT, NAME = "contact", "name"
# A number that more than these share is a place's, not a person's.
SHARED_BY: Final = 8
# Of as many names that sound alike, the newest; those of one year.
SHOWN: Final = 3
YEAR: Final = "interval '365 days'"

# What answers a trace: the same way to reach her; the same name; a name, by a longer one that
# begins so. Two long names that begin alike say nothing. Each kind is read by itself, newest
# first, so that as few rows are read of a name that three hundred share as of a rare one.
ANSWERED = """(values ('CONTACT', 'CONTACT'), ('NAME', 'NAME'), ('NAME', 'BEGINS'),
      ('BEGINS', 'NAME')) answered (kind, by_kind)"""
ALIKE = f"""
  cross join lateral (
    select array_agg(n.file_id) as files from (
      select o.file_id from {ANSWERED} cross join lateral (
        select o.file_id, o.left_at, o.id from {{traces}} o
        where o.digest = t.digest and o.kind = answered.by_kind
          and o.file_id <> t.file_id {{among}}
          and (t.kind = 'CONTACT'
               or o.left_at between t.left_at - {YEAR} and t.left_at + {YEAR})
        order by o.left_at desc, o.id limit {SHARED_BY + 1}) o
      where answered.kind = t.kind
      order by o.left_at desc, o.id limit {SHARED_BY + 1}) n) a
  cross join lateral unnest(a.files) as u(other)
  where (t.kind <> 'CONTACT' or cardinality(a.files) <= {SHARED_BY})"""  # noqa: S608 -- ours
PAIR = (
    "encode(substring(sha256(uuid_send(least({0}, {1})) || uuid_send(greatest({0}, {1}))) for 16), "
    "'hex')::uuid"
)
# Whatever was answered once, of these two, is not asked again.
UNDECIDED = """not exists (
      select from sharing_joined j
      where least(j.kept_id, j.joined_id) = least(p.one, p.other)
        and greatest(j.kept_id, j.joined_id) = greatest(p.one, p.other))"""
BY = f"case when p.by_contact then '{CONTACT}' else '{NAME}' end"

AT_DESK = Finding(
    name="alike_at_desk",
    asked_by="access.at_the_desk()",
    gives="of_matter uuid, of_other uuid, of_pair uuid, of_reason text, of_number text, "
    "of_worker uuid",
    query=f"""
with hands as (select access.handled('{{{{DESK}}}}') as held,
                      access.handled('{{{{DESK,WATCH}}}}') as followed,
                      access.kept_from() as kept_from, access.moment() as moment),
p as (
  select t.file_id as one, u.other, bool_or(t.kind = 'CONTACT') as by_contact
  from hands h cross join lateral unnest(h.held) as m(one)
  join likeness_trace t on t.file_id = m.one and ({{one}} is null or m.one = {{one}})
  {ALIKE.format(traces="likeness_trace", among="")}
  group by 1, 2),
ranked as (
  select p.one, {BY} as reason, {PAIR.format("p.one", "p.other")} as pair, s.number, p.other,
    row_number() over (partition by p.one order by p.by_contact desc, s.received_at desc, p.other)
      as place
  from hands h cross join p join admission_referralstatus s on s.file_id = p.other
  where {UNDECIDED}
    and p.other <> all(h.kept_from)
    and not exists (
      select from likeness_leftapart l where l.id = {PAIR.format("p.one", "p.other")}))
select r.one, case when r.other = any(h.followed) then r.other end, r.pair, r.reason,
  r.number::text, w.user_id
from hands h cross join ranked r
left join lateral (
  select a.user_id from participants_assignment a join participants_file f on f.id = a.file_id
  where a.file_id = r.other and a.starts_at <= h.moment
    and (a.ends_at is null or a.ends_at > h.moment)
    and access.is_here(a.user_id, f.holder_id, h.moment)
  order by a.part, a.starts_at, a.id limit 1) w on true
where r.place <= {SHOWN}
order by r.one, r.place""",  # noqa: S608 -- every name is ours
    reads={
        "likeness_trace": ("id", "file_id", "kind", "digest", "left_at"),
        "likeness_leftapart": ("id",),
        "admission_referralstatus": ("file_id", "number", "received_at"),
    },
)

# Of the files by which she accompanies people here; of nobody who has died.
MINE = Finding(
    name="alike_of_mine",
    asked_by="access.is_staff()",
    gives="of_file uuid, of_other uuid, of_reason text",
    query=f"""
with hers as (select access.amendable_relation_files() as files),
traces as materialized (
  select t.id, t.file_id, t.kind, t.digest, t.left_at
  from hers h cross join lateral unnest(h.files) as m(one)
  join likeness_trace t on t.file_id = m.one),
p as (
  select t.file_id as one, u.other, bool_or(t.kind = 'CONTACT') as by_contact
  from traces t
  {ALIKE.format(traces="traces", among="")}
    and ({{one}} is null or t.file_id = {{one}})
  group by 1, 2)
select p.one, p.other, {BY} from p
where {UNDECIDED}
  and not exists (
    select from sharing_joined j where j.joined_id in (p.one, p.other) and j.ends_at is null)
  and not exists (
    select from participants_followupstatus d
    where d.file_id in (p.one, p.other) and d.status = 'DIED')
order by p.one, p.by_contact desc, p.other""",  # noqa: S608 -- every name is ours
    reads={
        "likeness_trace": ("id", "file_id", "kind", "digest", "left_at"),
        "participants_followupstatus": ("file_id", "status"),
    },
)


def pair_of(one: UUID, other: UUID) -> UUID:
    """The identifier of two, whichever is said first; as the database makes it."""
    first, second = sorted((one, other), key=lambda each: each.bytes)
    return UUID(bytes=sha256(first.bytes + second.bytes).digest()[:16])


@dataclass(frozen=True)
class Alike:
    """A referral at the desk, and another that may be of the same person."""

    file_id: UUID
    pair: UUID
    reason: str
    number: str
    other_id: UUID | None  # only when the desk handles or watches it
    worker_id: UUID | None
    worker: str


def at_desk(*, actor: Actor, file_id: UUID | None = None) -> list[Alike]:
    """What may be of one person among all that waits at the desk, in one statement."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select a.of_matter, a.of_pair, a.of_reason, a.of_number, a.of_other, a.of_worker, "
            "coalesce(u.name, '') from access.alike_at_desk(%s) with ordinality as a(of_matter, "
            "of_other, of_pair, of_reason, of_number, of_worker, place) "
            "left join accounts_user u on u.id = a.of_worker order by a.place",
            [file_id],
        )
        return [Alike(*row) for row in cursor.fetchall()]


def stands_at_desk(file_id: UUID, *, actor: Actor) -> bool:
    """Whether this referral, of which something is kept, is at the desk of this actor."""
    context.require(actor)
    return Trace.objects.filter(file_id=file_id).exists()


@dataclass(frozen=True)
class Asked:
    """Two files of mine that may be one person's: to ask her."""

    file_id: UUID
    other_id: UUID
    reason: str


def to_ask(file_id: UUID, *, actor: Actor) -> list[Asked]:
    """The files of mine that may be of the same person as this one, and nobody has asked about."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select * from access.alike_of_mine(%s)", [file_id])
        return [Asked(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Around:
    """What stands around one file: who it may be alike, what it keeps, where it goes on."""

    asked: list[UUID]
    keeps: list[UUID]
    goes_on_in: UUID | None


AROUND: Final = """
select 'alike', a.of_other from access.alike_of_mine(asked.file_id) a
union all
select case asked.file_id when j.kept_id then 'keeps' else 'goes on in' end,
  case asked.file_id when j.kept_id then j.joined_id else j.kept_id end
from sharing_joined j
where asked.file_id in (j.kept_id, j.joined_id) and j.ends_at is null"""


def around(file_id: UUID) -> Around:
    """What the page of this file has found around it; asks nothing."""
    found: dict[str, list[UUID]] = {"alike": [], "keeps": [], "goes on in": []}
    for what, other in places.facts_of(file_id):
        if what in found:
            found[what].append(other)
    return Around(found["alike"], found["keeps"], next(iter(found["goes on in"]), None))


def link(one: UUID, other: UUID, *, actor: Actor) -> Joined | None:
    """What was answered of these two, if something was."""
    context.require(actor)
    return Joined.objects.filter(pk=pair_of(one, other)).first()


def walks_by(files: Iterable[UUID], *, actor: Actor, at: datetime) -> set[UUID]:
    """Those of these files by which this actor accompanies somebody now."""
    context.require(actor)
    live = Assignment.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), user_id=actor.user_id, starts_at__lte=at
    )
    return set(live.filter(file_id__in=list(files)).values_list("file_id", flat=True))


def which_goes_on(one: UUID, other: UUID, *, actor: Actor) -> tuple[UUID, UUID]:
    """The file that is kept, then the other: the one that keeps another already; the one with a
    follow-up; the older."""
    context.require(actor)
    both = [one, other]
    keeps = set(
        Joined.objects.filter(kept_id__in=both, ends_at=None).values_list("kept_id", flat=True)
    )
    followed = set(FollowUp.objects.filter(file_id__in=both).values_list("file_id", flat=True))
    opened = dict(File.objects.filter(pk__in=both).values_list("pk", "opened_at"))
    kept, joined = sorted(
        both, key=lambda each: (each not in keeps, each not in followed, opened[each], each)
    )
    return kept, joined

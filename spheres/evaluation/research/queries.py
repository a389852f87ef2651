"""Which protocols are there, what was asked of them, and what may the service put in a table?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from spheres.accounts.models import Membership, Role
from spheres.accounts.queries import people
from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.evaluation.research import recipe
from spheres.evaluation.research.models import (
    ASKING,
    DECIDING,
    SERVICE,
    Card,
    Drop,
    Extract,
    Protocol,
    Table,
    Taken,
)
from spheres.evaluation.research.recipe import CARDED, CARDED_READS, PARTS
from spheres.records import codes
from spheres.sharing.counting import Answering, Feeding

USE: Final = "research card"

# What a card says to whoever holds its code, does research, and never walked with her: the study,
# whether it goes on, the band of age, whether a yes stands. No identifier of a file. A no is taken
# after the study too. To whoever holds its tables it says nothing: the line that is dropped next
# would be that of the person who has just said no.
CARD: Final = Answering(
    name="research_card",
    query=f"""
select c.protocol_id::text || ' ' || coalesce((
    select b.age_band from participants_identity b where b.file_id = c.file_id
    order by b.written_at desc, b.id limit 1), '') || ' ' || coalesce((
    select case when w.agrees then 'yes' else 'no' end from research_answer w
    where w.digest = c.digest order by w.asked_at desc, w.id limit 1), 'new') || ' '
  || (p.ended_at is null and p.starts_on <= access.today() and p.ends_on >= access.today())::text
from research_card c join research_protocol p on p.id = c.protocol_id
where c.digest = {{held}} and access.holds('{{{{{",".join(ASKING)}}}}}')
  and p.researcher_id <> (access.context())[1]::uuid
  and not exists (select from participants_assignment s
    where s.file_id = c.file_id and s.user_id = (access.context())[1]::uuid)
order by c.id limit 1""",  # noqa: S608 -- ours
    reads={
        **CARDED_READS,
        "participants_assignment": ("file_id", "user_id"),
    },
)
# Of a protocol, each person's line and her codes, in the order of the recipe.
LINES: Final = Feeding(
    "research_lines",
    SERVICE,
    "of_protocol uuid, until_at timestamptz",
    "table(of_line text, of_codes text[])",
    "",
    f"""
  return query
  with carded as materialized ({CARDED})
  select a.line, array[{", ".join(f"coalesce({p.query}, 'unknown')" for p in PARTS)}]::text[]
  from carded a;""".replace("{until}", "until_at"),  # noqa: S608 -- ours
    recipe.reads(),
)
TO_ANSWER: Final = "research to answer"
ASKED: Final = """
select json_build_object('protocol', e.protocol_id) from research_extract e
join research_protocol p on p.id = e.protocol_id
where e.answered_at is null and e.asked_by <> %(user)s
  and p.ended_at is null and p.ends_on >= (select access.today())
  and %(here)s = (select r.desk_organisation_id from regions_region r limit 1)"""
TO_DROP: Final = "research lines to drop"
DROPPED: Final = """
select json_build_object('protocol', e.protocol_id)
from research_drop d join research_extract e on e.id = d.extract_id
join research_protocol p on p.id = e.protocol_id
where d.done_at is null and p.researcher_id = %(user)s"""
ASKED_OF: Final = {TO_ANSWER: DECIDING, TO_DROP: (Role.RESEARCHER,)}


@dataclass(frozen=True)
class Carded:
    """What the code of a card opens: the study, her band of age, what stands."""

    protocol_id: UUID
    age_band: str
    stands: str  # new, yes or no
    is_live: bool  # the study goes on: a yes may be taken; a no always is


@dataclass(frozen=True)
class Asked:
    """One table that was asked for: who asked and answered, who took it, what must be dropped."""

    extract: Extract
    asked_by: str
    answered_by: str
    taken: list[tuple[str, datetime]]
    drops: list[Drop]

    @property
    def to_drop(self) -> list[Drop]:
        return [one for one in self.drops if one.done_at is None]


def protocols(*, actor: Actor) -> list[Protocol]:
    """All of them, those that go on first."""
    context.require(actor)
    found = Protocol.objects.order_by("-starts_on", "pk")
    return sorted(found, key=lambda one: one.ended_at is not None)


def find(protocol_id: UUID, *, actor: Actor) -> Protocol | None:
    context.require(actor)
    return Protocol.objects.filter(pk=protocol_id).first()


def hold_protocol(protocol_id: UUID, *, actor: Actor) -> Protocol:
    context.require(actor)
    return states.lock(Protocol.objects.filter(pk=protocol_id))


def hold(extract_id: UUID, *, actor: Actor) -> Extract:
    context.require(actor)
    return states.lock(Extract.objects.filter(pk=extract_id))


def extract_of(protocol: Protocol, extract_id: UUID, *, actor: Actor) -> Extract | None:
    context.require(actor)
    return Extract.objects.filter(protocol=protocol, pk=extract_id).first()


def asked_of(protocol: Protocol, *, actor: Actor) -> list[Asked]:
    """What was asked of one study, the newest first: three questions, whatever there is."""
    context.require(actor)
    extracts = list(Extract.objects.filter(protocol=protocol).order_by("-asked_at", "pk"))
    taken = list(Taken.objects.filter(extract__in=extracts).order_by("taken_at", "pk"))
    drops = list(Drop.objects.filter(extract__in=extracts).order_by("told_at", "line"))
    who = {one.asked_by for one in extracts} | {one.taken_by for one in taken}
    names = people.names_of(who | {one.answered_by for one in extracts if one.answered_by})
    return [
        Asked(
            one,
            names.get(one.asked_by, ""),
            names.get(one.answered_by, "") if one.answered_by else "",
            [(names.get(t.taken_by, ""), t.taken_at) for t in taken if t.extract_id == one.pk],
            [drop for drop in drops if drop.extract_id == one.pk],
        )
        for one in extracts
    ]


def researchers(*, actor: Actor, at: datetime) -> list[tuple[str, str]]:
    """Those to whom a table may be handed, by name."""
    context.require(actor)
    held = Membership.objects.filter(
        role=Role.RESEARCHER, user__is_active=True, starts_at__lte=at
    ).exclude(ends_at__lte=at)
    named = held.order_by("user__name", "user_id").distinct()
    return [(str(key), name) for key, name in named.values_list("user_id", "user__name")]


def cards_of(file_id: UUID, *, actor: Actor) -> list[Card]:
    """The cards that were handed over to her, the newest first."""
    context.require(actor)
    return list(Card.objects.filter(file_id=file_id).order_by("-written_at", "pk"))


def carded(code: str, *, actor: Actor) -> Carded | None:
    """What the code of a card opens to whoever asks; none that is known, or that is theirs to
    ask, says nothing."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.research_card(%s)", [codes.digest_of(USE, code)])
        (found,) = cursor.fetchone()
    if not found:
        return None
    protocol, age_band, stands, live = found.split(" ")
    return Carded(UUID(protocol), age_band, stands, live == "true")


def lines_of(protocol: Protocol, *, until: datetime, actor: Actor) -> dict[str, dict[str, str]]:
    """For the service alone: each line, and its codes by part."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select * from access.research_lines(%s, %s)", [protocol.pk, until])
        rows: list[tuple[str, list[str]]] = cursor.fetchall()
    return {
        line: {part.code: code for part, code in zip(PARTS, told, strict=True)}
        for line, told in rows
    }


def to_make(*, actor: Actor) -> list[Extract]:
    """Approved, and not made yet."""
    context.require(actor)
    waiting = Extract.objects.filter(is_approved=True, made_at=None).select_related("protocol")
    return list(waiting.select_for_update(of=("self",)).order_by("answered_at", "pk"))


def tables(*, actor: Actor) -> list[Table]:
    """Those that are kept, with their extract and its protocol."""
    context.require(actor)
    return list(Table.objects.select_related("extract__protocol").order_by("pk"))


def lines(extract: Extract, *, actor: Actor) -> list[Any] | None:
    """The lines of a table, for whoever may take it; none once it is destroyed."""
    context.require(actor)
    return Table.objects.filter(extract=extract).values_list("lines", flat=True).first()


def told_already(extract: Extract, *, actor: Actor) -> set[str]:
    context.require(actor)
    return set(Drop.objects.filter(extract=extract).values_list("line", flat=True))

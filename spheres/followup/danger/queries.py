"""How is a danger found: by its author, by who tells her, by who looks at it again?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import get_language

from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.danger.models import Addition, Danger, Directive, Telling
from spheres.followup.danger.policy import LOOKED_AT_WITHIN
from spheres.participants import queries as participants
from spheres.records import places
from spheres.sharing.models import Disclosure, DisclosureStep

# How a disclosure says that its words are kept here: one thing was told, in a call.
CALL: Final = "CALL"
SHOWN_FOR: Final = timedelta(days=30)  # once it was looked at again
TO_TELL: Final = "dangers, to tell her"
TO_TELL_HER: Final = f"""
select json_build_object('id', d.id, 'file_id', d.file_id, 'made_at', d.made_at,
  'way', coalesce(t.way, ''), 'look_again_on', t.look_again_on)
from sharing_disclosure d
left join lateral (select t.way, t.look_again_on from danger_telling t
  where t.disclosure_id = d.id order by t.told_at desc, t.id limit 1) t on true
where d.items = '{{{CALL}}}' and d.file_id in ({participants.MY_FILES})
  and (t.way is null or t.way = 'NOT_NOW')"""  # noqa: S608 -- every name is ours
# Since when each waits that I may look at again: never my own.
TO_LOOK_AT: Final = "dangers, to look at again"
WAITING: Final = f"""
select json_build_object('id', d.id, 'prepared_at', d.prepared_at)
from sharing_disclosure d
where d.items = '{{{CALL}}}' and d.id = any((select access.disclosed('{{DECIDING}}'))::uuid[])"""  # noqa: S608 -- ours

# After such a night, her crisis plan may be looked at again with her, if she wants to.
CONTEXTS: Final = f"""
select d.file_id, 'CRISIS', d.made_at from sharing_disclosure d
where d.items = '{{{CALL}}}'"""  # noqa: S608 -- every name is ours
BECAME: Final = """
select b.*, u.name from (
  select 'told' as what, id, disclosure_id, file_id, way, ground, look_again_on,
    told_by as who, told_at as at from danger_telling where disclosure_id = any(%(ids)s)
  union all
  select 'done', id, disclosure_id, file_id, kind, '', null, done_by, done_at
  from sharing_disclosurestep where disclosure_id = any(%(ids)s) and kind = 'APPROVED'
  union all
  select 'written', id, id, file_id, '', '', null, prepared_by, prepared_at
  from sharing_disclosure where id = any(%(ids)s)) b
join accounts_user u on u.id = b.who order by b.at desc, b.id"""


@dataclass(frozen=True)
class Found:
    """One danger with all that is kept of it; its words are there for those who read them."""

    row: Disclosure
    danger: Danger | None
    additions: list[Addition]
    tellings: list[Telling]
    reviewed: DisclosureStep | None
    names: dict[UUID, str] = field(default_factory=dict)

    @property
    def rows(self) -> list[Danger | Addition]:
        return [*([self.danger] if self.danger else []), *self.additions]

    @property
    def when(self) -> datetime:
        assert self.row.made_at is not None
        return self.row.made_at

    @property
    def author(self) -> str:
        return self.names.get(self.row.prepared_by, "")

    @property
    def telling(self) -> Telling | None:
        """The newest of them stands."""
        return self.tellings[0] if self.tellings else None

    @property
    def way(self) -> str:
        return self.telling.way if self.telling else ""

    @property
    def is_kept_from_her(self) -> bool:
        return self.way == Telling.Way.NOT_NOW

    @property
    def reviewer(self) -> str:
        return self.names.get(self.reviewed.done_by, "") if self.reviewed else ""

    @property
    def review_before(self) -> datetime:
        return self.row.prepared_at + LOOKED_AT_WITHIN

    def is_late(self, at: datetime) -> bool:
        """Whether it waits longer than it should: said of the clock, never of somebody."""
        return self.reviewed is None and self.review_before <= at

    def said_of(self, about: str) -> list[Addition]:
        return [one for one in self.additions if one.about == about]


def of_file(file_id: UUID, danger_id: UUID, *, actor: Actor) -> Found | None:
    """One danger of this file, when the database shows that it was told."""
    context.require(actor)
    rows = Disclosure.objects.filter(file_id=file_id, pk=danger_id, items=[CALL])
    return next(iter(_found(list(rows))), None)


def to_review(danger_id: UUID, *, actor: Actor) -> Found | None:
    """One that this person looks at again, or has seen; its author's too, to read."""
    context.require(actor)
    found = _found(list(Disclosure.objects.filter(pk=danger_id, items=[CALL])))
    return next((one for one in found if one.danger is not None), None)


def looked_at(*, actor: Actor, at: datetime) -> tuple[list[Found], list[Found]]:
    """Those that wait for somebody who supervises, the oldest first; then those of the month."""
    context.require(actor)
    done = DisclosureStep.objects.filter(kind=DisclosureStep.Kind.APPROVED)
    rows = Disclosure.objects.filter(
        Q(prepared_at__gt=at - SHOWN_FOR) | ~Q(pk__in=done.values("disclosure_id")),
        items=[CALL],
        organisation_id=actor.organisation_id,
        pk__in=Danger.objects.values("pk"),
    ).exclude(prepared_by=actor.user_id)
    found = _found(list(rows.order_by("prepared_at", "pk")))
    waiting = [one for one in found if one.reviewed is None]
    return waiting, [one for one in reversed(found) if one.reviewed is not None]


def kept(rows: Collection[Disclosure], *, actor: Actor) -> list[Found]:
    """These, which are calls in a danger, with their words as far as one reads them."""
    context.require(actor)
    return _found([row for row in rows if row.items == [CALL]])


def told_yet(file_id: UUID, danger_id: UUID, *, actor: Actor) -> Found | None:
    """The same call without its words: when, and whether she was told."""
    context.require(actor)
    rows = Disclosure.objects.filter(file_id=file_id, pk=danger_id, items=[CALL])
    return next((_without_words(row) for row in rows), None)


def _without_words(row: Disclosure) -> Found:
    tellings, reviewed, names = _became([row.pk])
    return Found(row, None, [], tellings, next(iter(reviewed.values()), None), names)


def _found(rows: list[Disclosure]) -> list[Found]:
    ids = [row.pk for row in rows]
    if not ids:
        return []
    dangers = {one.pk: one for one in Danger.objects.filter(pk__in=ids)}
    additions = list(Addition.objects.filter(disclosure_id__in=ids).order_by("written_at", "pk"))
    tellings, reviewed, names = _became(ids)
    return [
        Found(
            row,
            dangers.get(row.pk),
            [one for one in additions if one.disclosure_id == row.pk],
            [one for one in tellings if one.disclosure_id == row.pk],
            reviewed.get(row.pk),
            names,
        )
        for row in rows
    ]


def _became(
    ids: list[UUID],
) -> tuple[list[Telling], dict[UUID, DisclosureStep], dict[UUID, str]]:
    """Who wrote, told and looked at these again, by name, in one statement; the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(BECAME, {"ids": ids})
        rows = cursor.fetchall()
    tellings, steps, names = [], {}, {}
    for what, pk, disclosure_id, file_id, code, ground, again, who, at, name in rows:
        names[who] = name
        said = {"id": pk, "disclosure_id": disclosure_id, "file_id": file_id}
        if what == "told":
            telling = {"way": code, "ground": ground, "look_again_on": again}
            tellings.append(Telling(**said, **telling, told_by=who, told_at=at))
        elif what == "done":
            steps[disclosure_id] = DisclosureStep(**said, kind=code, done_by=who, done_at=at)
    return tellings, steps, names


@dataclass(frozen=True)
class ToTell:
    """Somebody of mine who is still to be told of a call, without its words."""

    danger_id: UUID
    file_id: UUID
    made_at: datetime
    is_looked_at_again: bool


def to_tell(*, actor: Actor, at: datetime) -> list[ToTell]:
    """Those of my people who were not told yet, the oldest first; those kept for now come back on
    the day said."""
    today = clock.day_of(at).isoformat()
    found = [
        ToTell(
            UUID(row["id"]),
            UUID(row["file_id"]),
            datetime.fromisoformat(row["made_at"]),
            bool(row["way"]),
        )
        for row in places.rows_of_day(TO_TELL, actor=actor, at=at)
        if not row["way"] or row["look_again_on"] <= today
    ]
    return sorted(found, key=lambda one: (one.made_at, one.danger_id))


def to_look_at(*, actor: Actor, at: datetime) -> list[datetime]:
    """Since when each waits, the oldest first."""
    rows = places.rows_of_day(TO_LOOK_AT, actor=actor, at=at)
    return sorted(datetime.fromisoformat(row["prepared_at"]) for row in rows)


def directive(*, actor: Actor) -> Directive | None:
    """What the organisation one acts for says; None when it has said nothing."""
    context.require(actor)
    ours = Directive.objects.filter(organisation_id=actor.organisation_id)
    return ours.order_by("-said_at", "pk").first()


def on_call(*, actor: Actor) -> str:
    """The telephone that this organisation answers day and night; empty when nobody said it."""
    found = directive(actor=actor)
    return found.on_call if found else ""


def words_of(found: Directive | None) -> str:
    """The directive in the reader's language, or in the other one; empty: the region's own."""
    if found is None:
        return ""
    return (found.en or found.fr) if get_language() == "en" else (found.fr or found.en)


def can_name(file_id: UUID, *, actor: Actor) -> bool:
    """Whether this worker reads who walks with the person, though not who they are."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select %s = any(access.readable_relation_files())", [file_id])
        return bool(cursor.fetchone()[0])

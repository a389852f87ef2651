"""What do all things told by voice share: what was added, whether she was told, who looked again?

A danger and a report to youth protection are each a disclosure, with words in a folder of its own.
Both are completed later, told to the person, and looked at again by whoever supervises.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.participants.models import Kept
from spheres.records.between import gathering, places
from spheres.records.models import AddedTo, ToldHer
from spheres.sharing.disclosing import SUPERVISORS
from spheres.sharing.models import Disclosure, DisclosureStep
from spheres.sharing.rules import SAFETY
from spheres.vault import actions as vault
from spheres.vault.models import Lockable

LOOKED_AT_WITHIN: Final = timedelta(hours=24)  # the next morning, for what happens at night
LATEST_LOOK: Final = timedelta(days=90)
A_DAY: Final = timedelta(days=1)
SHOWN_FOR: Final = timedelta(days=30)  # once it was looked at again
LOOKED_AT: Final = _("Somebody has already looked at it again.")
BECAME: Final = """
select b.*, u.name from (
  select 'told' as what, id, disclosure_id, file_id, way, ground, look_again_on,
    told_by as who, told_at as at from {told} where disclosure_id = any(%(ids)s)
  union all
  select 'done', id, disclosure_id, file_id, kind, '', null, done_by, done_at
  from sharing_disclosurestep where disclosure_id = any(%(ids)s) and kind = 'APPROVED'
  union all
  select 'written', id, id, file_id, '', '', null, prepared_by, prepared_at
  from sharing_disclosure where id = any(%(ids)s)) b
join accounts_user u on u.id = b.who order by b.at desc, b.id"""
# Those of one's own people who are not told yet, or for whom the day has come to look again.
STILL_TO_TELL: Final = """
select json_build_object('id', d.id, 'file_id', d.file_id, 'made_at', d.made_at,
  'way', coalesce(t.way, ''), 'look_again_on', t.look_again_on)
from sharing_disclosure d
left join lateral (select t.way, t.look_again_on from {told} t
  where t.disclosure_id = d.id order by t.told_at desc, t.id limit 1) t on true
where d.items <@ '{{{codes}}}' and d.items <> '{{}}' and {whose}
  and (t.way is null or t.way = 'NOT_NOW')"""
# Since when each waits that I may look at again: never my own.
STILL_TO_LOOK_AT: Final = """
select json_build_object('id', d.id, 'prepared_at', d.prepared_at)
from sharing_disclosure d
where d.items <@ '{{{codes}}}' and d.items <> '{{}}'
  and d.id = any((select access.disclosed('{{DECIDING}}'))::uuid[])"""


@dataclass(frozen=True)
class Shapes:
    """The tables of one folder: its words, what is added, whether she was told; and its codes."""

    words: type[Kept]
    additions: type[AddedTo]
    tellings: type[ToldHer]
    codes: tuple[str, ...]

    @property
    def items(self) -> list[list[str]]:
        return [[code] for code in self.codes]

    def _said(self, query: str, **others: str) -> str:
        told = self.tellings._meta.db_table
        return query.format(told=told, codes=",".join(self.codes), **others)

    def to_tell(self, whose: str) -> str:
        """SQL asked with my day: whom of mine I am still to tell."""
        return self._said(STILL_TO_TELL, whose=whose)

    @property
    def to_look_at(self) -> str:
        """SQL asked with my day: what waits for my second look."""
        return self._said(STILL_TO_LOOK_AT)


@dataclass(frozen=True)
class Told:
    """That she was told, or is not for now: by which harm, and when to look again."""

    id: UUID
    way: str
    ground: str = ""
    look_again_on: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Spoken:
    """One of them with all that is kept of it; its words are there for those who read them."""

    row: Disclosure
    words: Any  # None: they are not this reader’s
    additions: list[Any]
    tellings: list[ToldHer]
    reviewed: DisclosureStep | None
    names: dict[UUID, str] = field(default_factory=dict)

    @property
    def rows(self) -> list[Lockable]:
        return [*([self.words] if self.words else []), *self.additions]

    @property
    def when(self) -> datetime:
        assert self.row.made_at is not None
        return self.row.made_at

    @property
    def author(self) -> str:
        return self.names.get(self.row.prepared_by, "")

    @property
    def telling(self) -> ToldHer | None:
        """The newest of them stands."""
        return self.tellings[0] if self.tellings else None

    @property
    def way(self) -> str:
        return self.telling.way if self.telling else ""

    @property
    def is_kept_from_her(self) -> bool:
        return self.way == ToldHer.Way.NOT_NOW

    @property
    def is_told(self) -> bool:
        return self.way in ToldHer.KNOWS

    @property
    def reviewer(self) -> str:
        return self.names.get(self.reviewed.done_by, "") if self.reviewed else ""

    @property
    def review_before(self) -> datetime:
        return self.row.prepared_at + LOOKED_AT_WITHIN

    def is_late(self, at: datetime) -> bool:
        """Whether it waits longer than it should: said of the clock, never of somebody."""
        return self.reviewed is None and self.review_before <= at

    def said_of(self, about: str) -> list[Any]:
        return [one for one in self.additions if one.about == about]


def found(shapes: Shapes, rows: Collection[Disclosure], *, actor: Actor) -> list[Spoken]:
    """These rows of the rule table with all that is kept of them, in two statements."""
    if not (ids := [row.pk for row in rows]):
        return []
    hanging = {
        "words": gathering.Asked(
            shapes.words,
            f"select h.* from {shapes.words._meta.db_table} h where h.id = any(%(ids)s)",  # noqa: S608
        ),
        "additions": gathering.Asked(
            shapes.additions,
            f"select h.* from {shapes.additions._meta.db_table} h "  # noqa: S608 -- ours
            "where h.disclosure_id = any(%(ids)s) order by h.written_at, h.id",
        ),
    }
    kept = gathering.at_once(hanging, {"ids": ids}, actor=actor)
    words, additions = {one.pk: one for one in kept["words"]}, kept["additions"]
    tellings, reviewed, names = _became(shapes, ids)
    return [
        Spoken(
            row,
            words.get(row.pk),
            [one for one in additions if one.disclosure_id == row.pk],
            [one for one in tellings if one.disclosure_id == row.pk],
            reviewed.get(row.pk),
            names,
        )
        for row in rows
    ]


def looked_at(shapes: Shapes, *, actor: Actor, at: datetime) -> tuple[list[Spoken], list[Spoken]]:
    """Those that wait for somebody who supervises, the oldest first; then those of the month."""
    done = DisclosureStep.objects.filter(kind=DisclosureStep.Kind.APPROVED)
    rows = Disclosure.objects.filter(
        Q(prepared_at__gt=at - SHOWN_FOR) | ~Q(pk__in=done.values("disclosure_id")),
        items__in=shapes.items,
        organisation_id=actor.organisation_id,
        pk__in=shapes.words._default_manager.values("pk"),
    ).exclude(prepared_by=actor.user_id)
    every = found(shapes, list(rows.order_by("prepared_at", "pk")), actor=actor)
    waiting = [one for one in every if one.reviewed is None]
    return waiting, [one for one in reversed(every) if one.reviewed is not None]


def without_words(shapes: Shapes, row: Disclosure) -> Spoken:
    """The same call without its words: when, and whether she was told."""
    tellings, reviewed, names = _became(shapes, [row.pk])
    return Spoken(row, None, [], tellings, reviewed.get(row.pk), names)


def _became(
    shapes: Shapes, ids: list[UUID]
) -> tuple[list[ToldHer], dict[UUID, DisclosureStep], dict[UUID, str]]:
    """Who wrote, told and looked at these again, by name, in one statement; the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(BECAME.format(told=shapes.tellings._meta.db_table), {"ids": ids})
        rows = cursor.fetchall()
    tellings: list[ToldHer] = []
    steps: dict[UUID, DisclosureStep] = {}
    names: dict[UUID, str] = {}
    for what, pk, disclosure_id, file_id, code, ground, again, who, at, name in rows:
        names[who] = name
        said = {"id": pk, "disclosure_id": disclosure_id, "file_id": file_id}
        if what == "told":
            telling = {"way": code, "ground": ground, "look_again_on": again}
            tellings.append(shapes.tellings(**said, **telling, told_by=who, told_at=at))
        elif what == "done":
            steps[disclosure_id] = DisclosureStep(**said, kind=code, done_by=who, done_at=at)
    return tellings, steps, names


# What is asked with my day.


@dataclass(frozen=True)
class ToTell:
    """Somebody of mine who is still to be told, without its words."""

    id: UUID
    file_id: UUID
    made_at: datetime
    is_looked_at_again: bool


def to_tell(what: str, *, actor: Actor, at: datetime) -> list[ToTell]:
    """Those of my people who were not told yet, the oldest first; those kept for now come back on
    the day said."""
    today = clock.day_of(at).isoformat()
    waiting = [
        ToTell(
            UUID(row["id"]),
            UUID(row["file_id"]),
            datetime.fromisoformat(row["made_at"]),
            bool(row["way"]),
        )
        for row in places.rows_of_day(what, actor=actor, at=at)
        if not row["way"] or row["look_again_on"] <= today
    ]
    return sorted(waiting, key=lambda one: (one.made_at, one.id))


def to_look_at(what: str, *, actor: Actor, at: datetime) -> list[datetime]:
    """Since when each waits, the oldest first."""
    rows = places.rows_of_day(what, actor=actor, at=at)
    return sorted(datetime.fromisoformat(row["prepared_at"]) for row in rows)


# What the rules of both say.


def may_be_then(moment: datetime, now: datetime) -> Decision:
    """What was told was told already."""
    if moment > now:
        return no(_("This is still to come: write when you called."))
    return yes()


def may_wait_until(day: date, today: date) -> Decision:
    """What is not told for now is looked at again soon, and never left for good."""
    if day <= today:
        return no(_("Choose a day to come: it is looked at again then."))
    if day > today + LATEST_LOOK:
        return no(_("This is too far: three months at most, then it is looked at again."))
    return yes()


def may_add(actor: Actor, written_by: UUID) -> Decision:
    """Its author alone adds to it, as often as it takes."""
    if actor.user_id != written_by:
        return no(_("Only its author adds to this."))
    return yes()


def may_look(actor: Actor) -> Decision:
    """Those who supervise, in the organisation: the team lead, the coordination."""
    if not actor.has(*SUPERVISORS):
        return no(_("This is for those who supervise."))
    return yes()


def may_review(actor: Actor, written_by: UUID, *, is_reviewed: bool) -> Decision:
    """Somebody who supervises, never its author, once."""
    if actor.user_id == written_by:
        return no(_("A second person looks at it again: not whoever wrote it."))
    if not (may := may_look(actor)):
        return may
    if is_reviewed:
        return no(LOOKED_AT)
    return yes()


# What is written of both.


def told_by_voice(
    disclosure_id: UUID, file_id: UUID, code: str, *, ground: str, purpose: str, capacity: str,
    made_at: datetime, by: Actor, at: datetime,
) -> Disclosure:  # fmt: skip
    """The row of the rule table: by what right, to whom, when; nothing of it stays open."""
    return Disclosure(
        id=disclosure_id,
        file_id=file_id,
        organisation_id=by.organisation_id,
        ground=ground,
        purpose=purpose,
        capacity=capacity,
        items=[code],
        sections=[SAFETY],
        made_at=made_at,
        ends_at=at + A_DAY,
        prepared_by=by.user_id,
        prepared_at=at,
    )


def keep_telling(shapes: Shapes, row: Disclosure, told: Told, *, by: Actor, at: datetime) -> bool:
    """She was told, or is not for now; False when it was sent twice."""
    is_not_now = told.way == ToldHer.Way.NOT_NOW
    kept = shapes.tellings(
        id=told.id,
        disclosure_id=row.pk,
        file_id=row.file_id,
        way=told.way,
        ground=told.ground if is_not_now else "",
        look_again_on=told.look_again_on if is_not_now else None,
        told_by=by.user_id,
        told_at=at,
    )
    if not create_once(kept):
        return False
    if told.words:
        keep_addition(shapes, row, told.id, "TELLING", told.words, by=by, at=at)
    return True


def keep_addition(
    shapes: Shapes, row: Disclosure, addition_id: UUID, about: str, text: str, *, by: Actor,
    at: datetime,
) -> bytes:  # fmt: skip
    """What is added on one point; the digest of what was locked, empty when it was sent twice."""
    kept = shapes.additions(
        id=addition_id,
        file_id=row.file_id,
        disclosure_id=row.pk,
        about=about,  # type: ignore[misc]
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(kept, text=text)
    return vault.digest(kept) if create_once(kept) else b""


def keep_second_look(row: Disclosure, step_id: UUID, *, by: Actor, at: datetime) -> None:
    """A second person has looked at it again, once. WrongState when somebody has just done so."""
    step = DisclosureStep(
        id=step_id,
        disclosure_id=row.pk,
        file_id=row.file_id,
        kind=DisclosureStep.Kind.APPROVED,
        done_by=by.user_id,
        done_at=at,
    )
    if not create_once(step):
        raise WrongState(LOOKED_AT)


Points = list[tuple[str, str, Sequence[AddedTo]]]


def points_of(one: Spoken, first: Iterable[tuple[Any, str]], then: Iterable[Any]) -> Points:
    """Point by point: its name, what was written first, what was added since."""
    if one.words is None:
        return []
    points: Points = [
        (str(about.label), getattr(one.words.opened, name), one.said_of(about))
        for about, name in first
    ]
    points += [(str(about.label), "", one.said_of(about)) for about in then]
    return [point for point in points if point[1] or point[2]]

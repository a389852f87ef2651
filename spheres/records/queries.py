"""How are drafts found, the official file of a record, and the safe way that a list shows?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Self, TypeVar
from uuid import UUID

from django.db.models import Model, OuterRef, QuerySet, Subquery

from spheres.accounts.models import Organisation, User
from spheres.core import context
from spheres.core.actor import Actor
from spheres.participants import queries as participants
from spheres.participants.models import File, SafeContact
from spheres.records.between import places
from spheres.records.models import Draft, HandOver
from spheres.records.policy import Official
from spheres.vault import actions as vault

Row = TypeVar("Row", bound=Model)

TO_FINISH: Final = "drafts"
MY_DRAFTS: Final = """
select json_build_object('id', d.id, 'file_id', d.file_id, 'record_type', d.record_type,
  'saved_at', d.saved_at)
from records_draft d"""


@dataclass(frozen=True)
class Begun:
    """A text of mine to finish, without its words: of whom, of which kind, saved when."""

    id: UUID
    file_id: UUID
    record_type: str
    saved_at: datetime


def begun(*, actor: Actor, at: datetime) -> list[Begun]:
    """The actor's own texts to finish, the newest first; nothing is opened."""
    found = [
        Begun(
            UUID(row["id"]),
            UUID(row["file_id"]),
            row["record_type"],
            datetime.fromisoformat(row["saved_at"]),
        )
        for row in places.rows_of_day(TO_FINISH, actor=actor, at=at)
    ]
    return sorted(found, key=lambda one: (one.saved_at, one.id), reverse=True)


def drafts(*, actor: Actor) -> QuerySet[Draft]:
    """The actor's own drafts, newest first."""
    context.require(actor)
    return Draft.objects.order_by("-saved_at", "pk")


def drafts_of(file_id: UUID, *, actor: Actor) -> QuerySet[Draft]:
    """The actor's own drafts in one file, newest first."""
    return drafts(actor=actor).filter(file_id=file_id)


def official(file_id: UUID, *, actor: Actor) -> Official | None:
    """The official file of whoever holds this one; None when this one is not visible."""
    context.require(actor)
    file = File.objects.filter(pk=file_id).select_related("holder").first()
    if file is None:
        return None
    return official_of(file.holder)


def official_of(holder: Organisation) -> Official:
    """Where the organisation that holds a file keeps its official one."""
    return Official(holder.pk, holder.name, holder.system_of_record, holder.copy_shape)


@dataclass(frozen=True)
class Copy:
    """One time a record was copied to the official file: to which, when, by whom, in what shape."""

    record_id: UUID
    system: str
    at: datetime
    by: str
    shape: str


def copies(rows: QuerySet[HandOver], record: str, *, actor: Actor) -> list[Copy]:
    """What was copied, newest first; `record` is the column that names the record."""
    context.require(actor)
    name = User.objects.filter(pk=OuterRef("handed_by")).values("name")
    return [
        Copy(
            getattr(one, record),
            one.system,
            one.handed_at,
            one.name or "",
            str(Organisation.CopyShape(one.shape).label),
        )
        for one in rows.annotate(name=Subquery(name)).order_by("-handed_at", "pk")
    ]


def name_of(user_id: UUID, *, actor: Actor) -> str:
    """Who signed, as a document says it."""
    context.require(actor)
    return User.objects.values_list("name", flat=True).get(pk=user_id)


def copied(found: Iterable[Copy], record_id: UUID) -> list[Copy]:
    """The copies of one record among several."""
    return [one for one in found if one.record_id == record_id]


def written_since(rows: QuerySet[Row], since: datetime | None) -> QuerySet[Row]:
    """Of somebody who came back, only what was written since; all of it, when nothing is folded."""
    return rows.filter(written_at__gte=since) if since else rows


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How somebody may be reached without danger, opened: what the mark beside a name is made of.

    A page that shows more of her, or of what was agreed, adds its own fields.
    """

    channel: str = ""
    hours: str = ""
    window: str = ""
    unsafe_on: date | None = None
    confirmed_on: date | None = None

    @classmethod
    def of(cls, contact: SafeContact | None, **more: Any) -> Self:
        """From the newest row, which the vault has opened; none: nothing was agreed."""
        if contact is None:
            return cls(**more)
        return cls(
            channel=contact.channel,
            hours=contact.opened.hours,
            window=contact.opened.window,
            unsafe_on=contact.unsafe_on,
            confirmed_on=contact.confirmed_on,
            **more,
        )


def my_people(*, actor: Actor) -> dict[UUID, str]:
    """The chosen names of those this actor accompanies, by file, to choose one to write in.

    Everybody’s is opened, so that the event of the list does not say whom it was for; whoever left
    or closed is not proposed.
    """
    mine = participants.all_mine(actor=actor)
    vault.open([one.identity for one in mine], by=actor, action="list", only=("chosen_name",))
    return {
        one.identity.file_id: one.identity.opened.chosen_name
        for one in mine
        if one.status not in participants.OVER
    }

"""To whom did she say her word, and what does it open for a while?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from spheres.core import context
from spheres.core.actor import Actor
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus, SafeContact
from spheres.records.between import places
from spheres.records.between.places import Block
from spheres.records.queries import Reach
from spheres.sharing.models import Recognised
from spheres.vault import actions as vault

TOLD_FOR: Final = timedelta(days=7)
HEARD: Final = "code words"
HEARD_THIS_WEEK: Final = f"""
select json_build_object('id', r.id, 'file_id', r.file_id, 'who', u.name, 'at', r.starts_at)
from sharing_recognised r left join accounts_user u on u.id = r.user_id
where r.starts_at > %(at)s - interval '{TOLD_FOR.days} days' and r.user_id <> %(user)s
  and r.file_id in ({participants.MY_FILES})"""  # noqa: S608 -- every name is ours
# Who walks with her in this organisation, by name; and whether nobody does, by the rule table.
BESIDE = """
select u.name from access.who_can(%s, 'notes') w join accounts_user u on u.id = w.user_id
where w.purpose = 'ordinary'
group by u.name order by u.name"""
ALONE = "select %s = any(access.appendable_relation_files())"


@dataclass(frozen=True, kw_only=True)
class Agreed(Reach):
    """How she may be reached, and what was agreed of it, in pairs of words."""

    facts: list[tuple[str, str]]


@dataclass(frozen=True)
class Opened:
    """What her word opens: how to reach her, where it stands, her page, who walks with her."""

    file_id: UUID
    until: datetime
    reach: Agreed | None
    status: str
    beside: list[str]
    may_take_on: bool
    after_her_words: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Heard:
    """Somebody heard the word of one of my people."""

    file_id: UUID
    name: str
    who: str
    at: datetime


def recognise(digest: bytes, recognised_id: UUID, *, actor: Actor) -> UUID | None:
    """The file whose person said this word; the database alone looks, and writes that it did."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.recognise(%s, %s)", [digest, recognised_id])
        found: UUID | None = cursor.fetchone()[0]
    return found


def recognised(recognised_id: UUID, *, actor: Actor, at: datetime) -> Recognised | None:
    """What I was told, as long as it counts."""
    context.require(actor)
    return Recognised.objects.filter(
        pk=recognised_id, user_id=actor.user_id, ends_at__gt=at
    ).first()


def file_opened(recognised_id: UUID, *, actor: Actor, at: datetime) -> UUID | None:
    """The file of what I was told, as long as it is open to me."""
    said = recognised(recognised_id, actor=actor, at=at)
    return (
        said.file_id if said and SafeContact.objects.filter(file_id=said.file_id).exists() else None
    )


def opened(said: Recognised, *, actor: Actor) -> Opened:
    """Contact rules and summary, opened in one event of her journal; nothing else (design §10)."""
    context.require(actor)
    file_id = said.file_id
    contacts = SafeContact.objects.filter(file_id=file_id).order_by("-written_at", "pk")
    contact = contacts.first()
    status = FollowUpStatus.objects.filter(file_id=file_id).order_by("-status_at", "pk").first()
    found = places.locked_of(file_id, actor=actor, since=None)
    locked = [one for one in found if one.for_a_while]
    rows = [*([contact] if contact else []), *(row for one in locked for row in one.rows)]
    vault.open(rows, by=actor, action="code_word.opened")
    with connection.cursor() as cursor:
        cursor.execute(BESIDE, [file_id])
        beside = [name for (name,) in cursor.fetchall()]
    return Opened(
        file_id=file_id,
        until=said.ends_at,
        reach=_reach(contact) if contact else None,
        status=str(FollowUpStatus.Status(status.status).label) if status else "",
        beside=beside,
        may_take_on=is_alone(file_id, actor=actor),
        after_her_words=[
            places.to_read(block, may_open=False) for one in locked if (block := one.block())
        ],
    )


def is_alone(file_id: UUID, *, actor: Actor) -> bool:
    """Whether the rule table lets me walk with her: nobody here does any more."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [file_id])
        return bool(cursor.fetchone()[0])


def _reach(contact: SafeContact) -> Agreed:
    said = contact.opened
    pairs = [
        (_("What to say"), said.words),
        (_("Signed as"), said.sender),
        (_("Never"), said.never),
    ]
    return Agreed.of(contact, facts=[(str(term), words) for term, words in pairs if words])


def heard(*, actor: Actor, at: datetime) -> list[Heard]:
    """Of my people, those who said their word to somebody else this week, the newest first."""
    found = [
        (datetime.fromisoformat(row["at"]), row["id"], UUID(row["file_id"]), row["who"] or "")
        for row in places.rows_of_day(HEARD, actor=actor, at=at)
    ]
    names = dict(participants.names([file_id for _at, _id, file_id, _who in found], actor=actor))
    return [
        Heard(file_id, names[file_id], who, heard_at)
        for heard_at, _id, file_id, who in sorted(found, reverse=True)
        if file_id in names
    ]

"""How is one person found, as the top of every page about her shows her?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from spheres.accounts.models import Organisation
from spheres.core import context
from spheres.core.actor import Actor
from spheres.participants.models import Identity, SafeContact
from spheres.vault import actions as vault

IDENTITY, CONTACT = "identity", "contact"

# The columns a page about one person needs, and those of a list of sixty; in the models' order.
IDENTITY_ROW = (
    "id", "file_id", "chosen_name", "pronouns", "birth_date", "age_band", "language", "interpreter",
)  # fmt: skip
CONTACT_ROW = (
    "id", "file_id", "written_by", "written_at", "channel", "hours", "words", "never", "window",
    "sender", "lines", "unsafe_on", "confirmed_on",
)  # fmt: skip
LISTED = ("id", "file_id", "chosen_name", "pronouns", "age_band", "language")
REACHED = ("id", "file_id", "channel", "hours", "window", "unsafe_on", "confirmed_on")


def _of(table: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{table}.{column}" for column in columns)


NEWEST_CONTACT = (
    "left join lateral (select * from participants_safecontact c where c.file_id = i.file_id "
    "order by c.written_at desc, c.id limit 1) c on true"
)
# By hand, because these two are asked at each page: as one statement, not three.
ONE = f"""
select o.name_fr, o.name_en, {_of("i", IDENTITY_ROW)}, {_of("c", CONTACT_ROW)}
from participants_identity i
join participants_file f on f.id = i.file_id
join accounts_organisation o on o.id = f.holder_id
{NEWEST_CONTACT}
where i.file_id = %s order by i.written_at desc, i.id limit 1"""  # noqa: S608 -- our own names
MINE = f"""
select s.status, {_of("i", LISTED)}, {_of("c", REACHED)}
from (select distinct on (file_id) * from participants_identity
      order by file_id, written_at desc, id) i
{NEWEST_CONTACT}
left join lateral (select s.status from participants_followupstatus s where s.file_id = i.file_id
  order by s.status_at desc limit 1) s on true"""  # noqa: S608 -- our own names


@dataclass(frozen=True)
class Header:
    """Her chosen name, her pronouns, and how to reach her safely: on every page about her."""

    file_id: UUID
    name: str
    pronouns: str
    birth_date: str
    interpreter: str
    language: str
    age_band: str
    holder: str
    channel: str
    hours: str
    words: str
    never: str
    window: str = ""
    sender: str = ""
    lines: str = ""
    unsafe_on: date | None = None
    confirmed_on: date | None = None


@dataclass(frozen=True)
class Known:
    """The newest of what is known of one person, still locked until the vault opens it."""

    identity: Identity
    contact: SafeContact | None
    holder: str = ""
    status: str = ""

    @property
    def rows(self) -> list[Identity | SafeContact]:
        return [self.identity, self.contact] if self.contact else [self.identity]


def is_visible(file_id: UUID, *, actor: Actor) -> bool:
    """Whether this actor may know who is in this file; opens nothing."""
    context.require(actor)
    return Identity.objects.filter(file_id=file_id).exists()


def known(file_id: UUID, *, actor: Actor) -> Known | None:
    """The newest identity and safe contact of one file; None when it is not visible."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(ONE, [file_id])
        row = cursor.fetchone()
    if row is None:
        return None
    name_fr, name_en, *rest = row
    holder = Organisation(name_fr=name_fr, name_en=name_en)
    return _known(rest, IDENTITY_ROW, CONTACT_ROW, holder=holder.name)


def all_mine(*, actor: Actor) -> list[Known]:
    """Everyone whose identity this actor may see, with how to reach each and how each follow-up
    stands, in one statement; in no order, since the names that order them are locked."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(MINE)
        return [
            _known(rest, LISTED, REACHED, status=status or "")
            for status, *rest in cursor.fetchall()
        ]


def _known(
    values: list[Any], identity: tuple[str, ...], contact: tuple[str, ...], **more: str
) -> Known:
    """Two rows side by side, as models; the second is absent when nothing was asked yet."""
    about, reaching = values[: len(identity)], values[len(identity) :]
    return Known(
        Identity.from_db("default", identity, about),
        SafeContact.from_db("default", contact, reaching) if reaching[0] else None,
        **more,
    )


def header_of(known: Known) -> Header:
    """The header of what the vault has opened."""
    identity, contact = known.identity, known.contact
    return Header(
        file_id=identity.file_id,
        name=identity.opened.chosen_name,
        pronouns=identity.opened.pronouns,
        birth_date=identity.opened.birth_date,
        interpreter=identity.opened.interpreter,
        language=identity.language,
        age_band=identity.age_band,
        holder=known.holder,
        channel=contact.channel if contact else "",
        hours=contact.opened.hours if contact else "",
        words=contact.opened.words if contact else "",
        never=contact.opened.never if contact else "",
        window=contact.opened.window if contact else "",
        sender=contact.opened.sender if contact else "",
        lines=contact.opened.lines if contact else "",
        unsafe_on=contact.unsafe_on if contact else None,
        confirmed_on=contact.confirmed_on if contact else None,
    )


def header(file_id: UUID, *, actor: Actor) -> Header | None:
    """The header of one file, opened; None when it is not visible, or does not exist."""
    found = known(file_id, actor=actor)
    if found is None:
        return None
    vault.open(found.rows, by=actor, sections=[IDENTITY, CONTACT])
    return header_of(found)

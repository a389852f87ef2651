"""How is one person found, as the top of every page about her shows her?"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from spheres.accounts.models import Organisation
from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.participants.models import (
    SUSPENDED_NOW,
    Assignment,
    FollowUpStatus,
    Identity,
    SafeContact,
)
from spheres.vault import actions as vault

IDENTITY, CONTACT, ALIKE = "identity", "contact", "name.alike"
Status = FollowUpStatus.Status
OVER = frozenset({Status.LEFT, Status.ENDED, Status.DIED})

# The columns a page about one person needs, and those of a list of sixty; in the models' order.
IDENTITY_ROW = (
    "id", "file_id", "chosen_name", "pronouns", "birth_date", "age_band", "language", "interpreter",
    "languages", "gender",
)  # fmt: skip
CONTACT_ROW = (
    "id", "file_id", "written_by", "written_at", "channel", "hours", "words", "never", "window",
    "sender", "lines", "unsafe_on", "confirmed_on", "told",
)  # fmt: skip
LISTED = ("id", "file_id", "chosen_name", "pronouns", "birth_date", "age_band", "language")
REACHED = ("id", "file_id", "channel", "hours", "window", "unsafe_on", "confirmed_on")


def _of(table: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{table}.{column}" for column in columns)


NEWEST_CONTACT = (
    "left join lateral (select * from participants_safecontact c where c.file_id = i.file_id "
    "order by c.written_at desc, c.id limit 1) c on true"
)
# By hand, because these two are asked at each page: as one statement, not three.
ONE = f"""
select o.name_fr, o.name_en, e.status, e.status_at, e.opened_at, e.episodes,
  not (exists (select from participants_assignment a where a.file_id = f.id
         and a.user_id = (select access.actor()) and a.starts_at <= (select access.moment())
         and (a.ends_at is null or a.ends_at > (select access.moment())))
       or f.id = any((select access.readable_notes_files())::uuid[])),
  {SUSPENDED_NOW}, {_of("i", IDENTITY_ROW)}, {_of("c", CONTACT_ROW)}
from participants_identity i
join participants_file f on f.id = i.file_id
join accounts_organisation o on o.id = f.holder_id
{NEWEST_CONTACT}
left join lateral (
  select s.status, s.status_at, f.opened_at, count(*) over () as episodes
  from participants_followup f join participants_followupstatus s on s.follow_up_id = f.id
  where f.file_id = i.file_id order by f.opened_at desc, f.id limit 1) e on true
where i.file_id = %s order by i.written_at desc, i.id limit 1"""  # noqa: S608 -- our own names
# Those one walks with, herself: whom one answers for, for a while, are not one's people.
MY_FILES = """
  select a.file_id from participants_assignment a
  where a.user_id = (select access.actor()) and a.starts_at <= (select access.moment())
    and (a.ends_at is null or a.ends_at > (select access.moment()))"""
MINE = f"""
select s.status, s.status_at, {_of("i", LISTED)}, {_of("c", REACHED)}
from (select distinct on (file_id) * from participants_identity
      where file_id in ({MY_FILES}) order by file_id, written_at desc, id) i
{NEWEST_CONTACT}
left join lateral (select s.status, s.status_at from participants_followupstatus s
  where s.file_id = i.file_id order by s.status_at desc limit 1) s on true"""  # noqa: S608 -- ours

THEIRS = f"""
select a.user_id, s.status, {_of("i", LISTED)}, {_of("c", REACHED)}
from participants_assignment a
join lateral (select * from participants_identity i where i.file_id = a.file_id
  order by i.written_at desc, i.id limit 1) i on true
{NEWEST_CONTACT}
left join lateral (select s.status from participants_followupstatus s where s.file_id = i.file_id
  order by s.status_at desc limit 1) s on true
where a.user_id = any(%(users)s) and a.starts_at <= %(at)s
  and (a.ends_at is null or a.ends_at > %(at)s)"""  # noqa: S608 -- our own names
NOBODY = "select null::uuid where false"


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
    languages: str = ""
    gender: str = ""
    window: str = ""
    sender: str = ""
    lines: str = ""
    unsafe_on: date | None = None
    confirmed_on: date | None = None
    told: str = ""  # how she wants to hear of an opening for an hour
    # Whose rights to speak for her are suspended: her team alone reads it.
    suspended: frozenset[str] = frozenset()

    def decides_alone(self, *, on: date, since_age: int) -> bool:
        """Whether on that day she is of the age from which one agrees for oneself.

        By her day of birth; when it is not known, by the band that was asked instead.
        """
        try:
            born = date.fromisoformat(self.birth_date)
        except ValueError:
            return int(self.age_band.partition("-")[0] or 0) >= since_age
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) >= since_age


@dataclass(frozen=True)
class Known:
    """The newest of what is known of one person, still locked until the vault opens it."""

    identity: Identity
    contact: SafeContact | None
    holder: str = ""
    status: str = ""  # of the newest episode of the follow-up
    status_at: datetime | None = None
    # When she came back for the last time; nothing when she never left.
    returned_at: datetime | None = None
    # Read for a while, without walking with her: her story stays her workers'.
    is_for_a_while: bool = False
    suspended: frozenset[str] = frozenset()

    @property
    def rows(self) -> list[Identity | SafeContact]:
        return [self.identity, self.contact] if self.contact else [self.identity]

    def open_since(self, *, earlier: bool) -> datetime | None:
        """Of somebody who came back, what was written before stays closed until she asks for it.

        None: nothing is folded, for she never left, or she asked (`earlier`).
        """
        return None if earlier else self.returned_at


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
    name_fr, name_en, status, status_at, opened_at, episodes, for_a_while, suspended, *rest = row
    found = _known(
        rest,
        IDENTITY_ROW,
        CONTACT_ROW,
        holder=Organisation(name_fr=name_fr, name_en=name_en).name,
        status=status or "",
        status_at=status_at,
        returned_at=opened_at if status and episodes > 1 else None,
        is_for_a_while=for_a_while,
        suspended=frozenset(suspended),
    )
    context.memory("known")[file_id] = found
    return found


def code_word_digest(code_word: str) -> bytes:
    """By what a code word is found: however it is spaced, accented or capitalised."""
    plain = unicodedata.normalize("NFKD", " ".join(code_word.casefold().split()))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return vault.keyed_digest("code word", bare)


def is_known_to_be_followed(file_id: UUID) -> bool:
    """Whether what this unit of work has read of this file holds a follow-up; asks nothing."""
    known: Known | None = context.memory("known").get(file_id)
    return known is not None and known.status_at is not None


def all_mine(*, actor: Actor, without: str = NOBODY) -> list[Known]:
    """Everyone this actor walks with, with how to reach each and how each follow-up stands, in one
    statement; in no order, since the names that order them are locked.

    `without` is SQL that lists files to leave out, when an upper area knows of some.
    """
    found = _mine(actor, without)
    context.memory("mine")["all"] = found
    return found


def mine(*, actor: Actor, without: str = NOBODY) -> list[Known]:
    """The same, from what this unit of work has read already."""
    known: list[Known] | None = context.memory("mine").get("all")
    return _mine(actor, without) if known is None else known


def _mine(actor: Actor, without: str) -> list[Known]:
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(f"{MINE} where i.file_id not in ({without})")
        return [
            _known(rest, LISTED, REACHED, status=status or "", status_at=status_at)
            for status, status_at, *rest in cursor.fetchall()
        ]


def walked_with(*, actor: Actor, at: datetime) -> QuerySet[Assignment, Any]:
    """The files of those this actor walks with at a moment, to filter by."""
    context.require(actor)
    return (
        Assignment.objects.filter(user_id=actor.user_id, starts_at__lte=at)
        .filter(Q(ends_at=None) | Q(ends_at__gt=at))
        .values("file_id")
    )


def those_of(users: Iterable[UUID], *, actor: Actor, at: datetime) -> dict[UUID, list[Known]]:
    """By colleague, the persons each walks with and whom this actor may know, still locked."""
    context.require(actor)
    users = list(users)
    with connection.cursor() as cursor:
        cursor.execute(THEIRS, {"users": users, "at": at})
        rows = cursor.fetchall()
    found: dict[UUID, list[Known]] = {user: [] for user in users}
    for user_id, status, *rest in rows:
        found[user_id].append(_known(rest, LISTED, REACHED, status=status or ""))
    return found


def _known(
    values: list[Any], identity: tuple[str, ...], contact: tuple[str, ...], **more: Any
) -> Known:
    """Two rows side by side, as models; the second is absent when nothing was asked yet."""
    about, reaching = values[: len(identity)], values[len(identity) :]
    return Known(
        Identity.from_db("default", identity, about),
        SafeContact.from_db("default", contact, reaching) if reaching[0] else None,
        **more,
    )


def names(files: Iterable[UUID], *, actor: Actor) -> list[tuple[UUID, str]]:
    """The chosen names of these files, in the same order; those out of reach are left out.

    What this unit of work has opened already is not opened again.
    """
    context.require(actor)
    files, known = list(files), context.memory("names")
    if missing := [file_id for file_id in files if file_id not in known]:
        identities = list(
            Identity.objects.filter(file_id__in=missing)
            .distinct("file")
            .order_by("file", "-written_at", "pk")
        )
        vault.open(identities, by=actor, action="list", only=("chosen_name",))
        remember(identities)
    return [(file_id, known[file_id]) for file_id in files if file_id in known]


def remember(identities: Iterable[Identity]) -> None:
    """These names are open: for as long as the unit of work lasts."""
    context.memory("names").update(
        {identity.file_id: identity.opened.chosen_name for identity in identities}
    )


def episode(file_id: UUID, *, actor: Actor) -> tuple[str, datetime] | None:
    """How the newest episode of this page's file stands, and since when; asked by no new query."""
    context.require(actor)
    known: Known | None = context.memory("known").get(file_id)
    if known is None or known.status_at is None:
        return None
    return known.status, known.status_at


def opened(file_id: UUID, *, actor: Actor) -> tuple[str, str]:
    """The name and the birth date that this page has opened already; empty when it has not, or when
    the follow-up is over: nobody is told the birthday of somebody who has left, closed or died."""
    context.require(actor)
    known: Known | None = context.memory("known").get(file_id)
    if known is None or not known.identity.is_open or known.status in OVER:
        return "", ""
    return known.identity.opened.chosen_name, known.identity.opened.birth_date


def mine_with_birth_dates(*, actor: Actor) -> list[tuple[UUID, str, str]]:
    """Those of my people that this page has named, with their birth dates; opened by no new event.

    Identifier, name and day, as it was written; empty when it is not known. Those who left, closed
    or died are left out.
    """
    context.require(actor)
    all_of_them: list[Known] = context.memory("mine").get("all", [])
    mine = [one for one in all_of_them if one.status not in OVER]
    vault.open_also([one.identity for one in mine], only=("birth_date",))
    return [
        (row.file_id, row.opened.chosen_name, row.opened.birth_date)
        for row in (one.identity for one in mine)
    ]


def mine_to_reach(files: Collection[UUID], *, actor: Actor) -> list[Known]:
    """Those of my people that this page has named, among these, with how each may be reached.

    Opened by no new event. Those who left, closed or died are left out.
    """
    context.require(actor)
    all_of_them: list[Known] = context.memory("mine").get("all", [])
    found = [
        one
        for one in all_of_them
        if one.identity.file_id in files and one.identity.is_open and one.status not in OVER
    ]
    vault.open_also([one.contact for one in found if one.contact], only=("hours", "window"))
    return found


def header_of(known: Known) -> Header:
    """The header of what the vault has opened."""
    identity, contact = known.identity, known.contact
    _note_alike(identity)
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
        languages=identity.opened.languages,
        gender=identity.opened.gender,
        window=contact.opened.window if contact else "",
        sender=contact.opened.sender if contact else "",
        lines=contact.opened.lines if contact else "",
        unsafe_on=contact.unsafe_on if contact else None,
        confirmed_on=contact.confirmed_on if contact else None,
        told=contact.told if contact else "",
        suspended=known.suspended,
    )


def _note_alike(identity: Identity) -> None:
    """Whoever opens the file of somebody with her own last name leaves a line in her own chain.

    Both names are compared while they are open, and kept nowhere: it is asked about once a week,
    and is most often nothing.
    """
    mine = family_names(context.memory("me").get("name", ""))
    noted = context.memory("alike")
    if mine & family_names(identity.opened.chosen_name) and identity.file_id not in noted:
        noted[identity.file_id] = True
        audit.record(ALIKE, by=context.acting(), records=[identity.file_id])


def family_names(name: str) -> set[str]:
    """The parts of a name that come after the first, as one compares them; one alone is a first
    name."""
    _first, *others = name.casefold().replace("-", "\u2010").split() or [""]
    bare = unicodedata.normalize("NFKD", " ".join(others).replace("\u2010", " "))
    plain = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return {part for part in plain.split() if len(part) > len("van")}


def header(file_id: UUID, *, actor: Actor) -> Header | None:
    """The header of one file, opened; None when it is not visible, or does not exist."""
    found = known(file_id, actor=actor)
    if found is None:
        return None
    vault.open(found.rows, by=actor, sections=[IDENTITY, CONTACT])
    return header_of(found)

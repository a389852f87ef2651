"""How is a world of a hundred thousand participants made in minutes?

Only in a database the bench created. As `owner`, it lifts row security, copies rows whose texts
the vault's cipher has locked, lets the database chain the journal, puts everything back, and
refuses to be measured until the rule table and the database agree again.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from spheres.accounts.models import Role
from spheres.accounts.sessions import hash_of
from spheres.config.bench import hopes
from spheres.vault import cipher
from spheres.vault.models import Kind

NOTES_EACH = 20
PEOPLE_EACH = 60
WAITING = 40
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
TABLES = [
    "accounts_organisation",
    "accounts_user",
    "accounts_membership",
    "accounts_session",
    "participants_participant",
    "participants_file",
    "participants_assignment",
    "participants_identity",
    "participants_safecontact",
    "participants_followup",
    "participants_followupstatus",
    "notes_note",
    "notes_notestatus",
    "meetings_plannedmeeting",
    "meetings_meetingstatus",
    "audit_event",
    "sharing_handler",
    "admission_referral",
    "admission_referralstatus",
    "admission_referredperson",
    "likeness_trace",
    "regions_region",
]
HER_WORDS = "J’ai dormi deux nuits de suite. Je veux essayer l’école du soir."
OBSERVATION = (
    "Rencontre à la bibliothèque, une heure. Elle arrive avec son carnet et choisit de parler de "
    "janvier. Elle nomme trois choses qui vont mieux et une qui pèse. Nous regardons ensemble les "
    "horaires, elle entoure deux soirs. Elle demande qu’on se revoie jeudi, au même endroit. "
)
SUPPORT = "Appeler l’école ensemble jeudi, elle garde le téléphone."
# Six weeks of meetings, one a week with each person, around the day the world is made.
MEETINGS = (
    """
    insert into meetings_plannedmeeting
      (id, file_id, written_by, written_at, kind, starts_at, length, worker_id, line)
    select gen_random_uuid(), a.file_id, a.user_id, now() - interval '30 days', 'meeting',
      date_trunc('week', now()) + interval '9 hours' + week * interval '7 days'
        + abs(hashtext(a.id::text)) % 5 * interval '1 day'
        + abs(hashtext(a.file_id::text)) % 8 * interval '1 hour',
      'hour', a.user_id, ''::bytea
    from participants_assignment a, generate_series(-2, 3) week""",
    """
    insert into meetings_meetingstatus (meeting_id, file_id, status, status_by, status_at)
    select id, file_id, 'PLANNED', worker_id, written_at from meetings_plannedmeeting""",
)
SESSION_KEY = "bench-session-key-of-an-invented-worker"
DESK_SESSION_KEY = "bench-session-key-of-an-invented-coordinator"


def number(kind: str, rank: int) -> UUID:
    """The same rank of the same kind always has the same identifier; random in shape."""
    return UUID(bytes=blake2b(f"{kind}{rank}".encode(), digest_size=16).digest(), version=4)


ORGANISATION, INSTITUTE = number("organisation", 0), number("organisation", 1)


@dataclass(frozen=True)
class Share:
    """The participants one process makes."""

    url: str
    first: int
    until: int


def build(url: str, participants: int) -> None:
    """Fill an empty, migrated database; the schema is as it was when this returns."""
    with connect(url) as owner:
        lift(owner)
        copy_all(owner, "accounts_organisation", organisations())
        workers = -(-participants // PEOPLE_EACH)
        copy_all(owner, "accounts_user", users(workers))
        copy_all(owner, "accounts_membership", memberships(workers))
        copy_all(owner, "accounts_session", sessions())
        owner.execute("update regions_region set desk_organisation_id = %s", [INSTITUTE])
    half = participants // 2
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(fill, [Share(url, 0, half), Share(url, half, participants)]))
    with connect(url) as owner:
        fill_desk(owner)
        for statement in MEETINGS:
            owner.execute(statement)
        put_back(owner)


def connect(url: str) -> psycopg.Connection[Any]:
    """As the owner; what is made here can be made again, so nothing waits for the disk."""
    return psycopg.connect(
        url, autocommit=True, options="-c search_path=public,keys -c synchronous_commit=off"
    )


def lift(owner: psycopg.Connection[Any]) -> None:
    for table in (*TABLES, *hopes.TABLES):
        owner.execute(f"alter table {table} disable row level security")
        owner.execute(f"alter table {table} disable trigger user")
    owner.execute("alter table audit_link disable row level security")
    owner.execute("alter table audit_head disable row level security")


def put_back(owner: psycopg.Connection[Any]) -> None:
    for table in (*TABLES, *hopes.TABLES):
        owner.execute(f"alter table {table} enable trigger user")
    for table in (*TABLES, *hopes.TABLES, "audit_link", "audit_head"):
        owner.execute(f"alter table {table} enable row level security")
        owner.execute(f"alter table {table} force row level security")


def copy_all(owner: psycopg.Connection[Any], table: str, rows: Iterable[dict[str, Any]]) -> None:
    """COPY dictionaries whose keys are the columns, in the database's own binary shape."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    columns = ", ".join(f'"{column}"' for column in first)
    described = owner.execute(  # the names are ours
        f"select {columns} from {table} limit 0"  # noqa: S608
    ).description
    assert described is not None
    statement = f"copy {table} ({columns}) from stdin (format binary)"
    with owner.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types([column.type_code for column in described])
        copy.write_row(list(first.values()))
        for row in rows:
            copy.write_row(list(row.values()))


def organisations() -> Iterator[dict[str, Any]]:
    for key, slug, kind in ((ORGANISATION, "bench", "community"), (INSTITUTE, "desk", "institute")):
        yield {
            "id": key, "slug": slug, "name_fr": slug, "name_en": slug, "kind": kind,
            "is_partner": True, "regime": "P-39.1", "privacy_officer_fr": "", "about_fr": "",
            "privacy_officer_en": "", "about_en": "", "incident_notice": ["cai"],
            "answer_days": 30, "keep_years": 5,
        }  # fmt: skip


def users(workers: int) -> Iterator[dict[str, Any]]:
    for rank in range(-1, workers):
        yield {
            "id": number("user", rank), "email": f"worker{rank}@example.org",
            "name": f"Worker {rank}", "employer": "community", "order": "",
            "report_duty": "must_some", "languages": ["fr"], "language": "fr", "is_active": True,
        }  # fmt: skip


def memberships(workers: int) -> Iterator[dict[str, Any]]:
    for rank in range(-1, workers):
        yield {
            "id": number("membership", rank), "user_id": number("user", rank),
            "organisation_id": INSTITUTE if rank < 0 else ORGANISATION,
            "role": Role.COORDINATOR.value if rank < 0 else Role.YOUTH_WORKER.value,
            "job_title_fr": "", "job_title_en": "", "starts_at": NOW - timedelta(days=900),
        }  # fmt: skip


def sessions() -> Iterator[dict[str, Any]]:
    for key, rank in ((SESSION_KEY, 0), (DESK_SESSION_KEY, -1)):
        yield {
            "key_hash": hash_of(key), "user_id": number("user", rank), "data": "",
            "started_at": datetime.now(UTC), "seen_at": datetime.now(UTC) + timedelta(days=30),
            "ends_at": datetime.now(UTC) + timedelta(days=60), "locked": False,
            "shared_device": False, "device": "", "ended_why": "", "id": number("session", rank),
        }  # fmt: skip


class Safe:
    """The data key of one participant, and what it locks."""

    def __init__(self, owner_id: UUID, kind: Kind) -> None:
        self.owner_id, self.kind = owner_id, kind
        self.number = secrets.randbits(63)
        self.raw = os.urandom(32)
        self.aead = AESGCM(self.raw)

    def lock(self, text: str, table: str, column: str, row_id: UUID) -> bytes:
        place = cipher.Place(self.owner_id, table, column, row_id, 1)
        return cipher.lock(text, key_number=self.number, key=self.aead, place=place)

    def row(self) -> dict[str, Any]:
        place = cipher.KeyPlace(self.number, self.owner_id, self.kind, settings.SPHERES_KEY_ID)
        return {
            "number": self.number, "owner_id": self.owner_id, "kind": self.kind.value,
            "generation": 1, "kek_id": place.kek_id, "minted_at": NOW,
            "wrapped": cipher.wrap(self.raw, kek=settings.SPHERES_KEY, place=place),
        }  # fmt: skip


def fill(share: Share) -> None:
    """Make one share of the participants, a thousand at a time."""
    with connect(share.url) as owner:
        owner.execute(CHAINED)
        for start in range(share.first, share.until, 1000):
            rows: dict[str, list[dict[str, Any]]] = {}
            for rank in range(start, min(start + 1000, share.until)):
                add_person(rank, rows)
            for table, found in rows.items():
                copy_all(owner, table, found)
            follow(owner, [row["id"] for row in rows["participants_file"]])


def add_person(rank: int, rows: dict[str, list[dict[str, Any]]]) -> None:
    file_id, worker = number("file", rank), number("user", rank // PEOPLE_EACH)
    safe = Safe(file_id, Kind.FOLLOW_UP)
    kept = {"file_id": file_id, "written_by": worker, "written_at": NOW - timedelta(days=400)}

    def add(table: str, **row: Any) -> None:
        rows.setdefault(table, []).append(row)

    add("keys.vault_datakey", **safe.row())
    add("participants_participant", id=number("participant", rank))
    add(
        "participants_file", id=file_id, participant_id=number("participant", rank),
        holder_id=ORGANISATION, opened_at=NOW - timedelta(days=400),
    )  # fmt: skip
    add(
        "participants_assignment", id=number("assignment", rank), file_id=file_id, user_id=worker,
        part="PIVOT", starts_at=NOW - timedelta(days=400),
    )  # fmt: skip
    identity, contact = number("identity", rank), number("contact", rank)
    add(
        "participants_identity", id=identity, **kept, age_band="14-17", language="fr",
        chosen_name=safe.lock(f"Éloïse {rank}", "participants_identity", "chosen_name", identity),
        pronouns=safe.lock("elle", "participants_identity", "pronouns", identity),
        birth_date=b"", interpreter=b"",
    )  # fmt: skip
    add(
        "participants_safecontact", id=contact, **kept, channel="text",
        hours=safe.lock("15 h 30 à 17 h", "participants_safecontact", "hours", contact),
        words=safe.lock("signer « Café »", "participants_safecontact", "words", contact),
        never=safe.lock("Jamais d’appel", "participants_safecontact", "never", contact),
    )  # fmt: skip
    follow_up = number("follow-up", rank)
    add(
        "participants_followup", id=follow_up, file_id=file_id, opened_by=worker,
        opened_at=NOW - timedelta(days=390),
    )  # fmt: skip
    add(
        "participants_followupstatus", follow_up_id=follow_up, file_id=file_id, status="ACTIVE",
        status_by=worker, status_at=NOW - timedelta(days=390),
    )  # fmt: skip
    add(
        "admission_referralstatus", referral_id=file_id, file_id=file_id, number=f"F{rank}",
        received_at=NOW - timedelta(days=401), reason="", code=b"", status="ADMITTED",
        status_by=worker, status_at=NOW - timedelta(days=390),
    )  # fmt: skip
    for row in traces("followed", rank, file_id, NOW - timedelta(days=rank % 360)):
        add("likeness_trace", **row)
    for place in range(NOTES_EACH):
        add_note(rank * NOTES_EACH + place, place, safe, kept, add)
    if rank < PEOPLE_EACH:  # those of the worker whose pages are asked for
        hopes.add_plan(rank, safe.lock, kept, add, number=number, now=NOW)


def add_note(rank: int, place: int, safe: Safe, kept: dict[str, Any], add: Any) -> None:
    note, when = number("note", rank), NOW - timedelta(days=15 * place + 1)
    add(
        "notes_note", id=note, **{**kept, "written_at": when}, occurred_at=when, kind="meeting",
        length="hour",
        her_words=safe.lock(HER_WORDS, "notes_note", "her_words", note),
        observation=safe.lock(OBSERVATION * 2, "notes_note", "observation", note),
        support=safe.lock(SUPPORT, "notes_note", "support", note),
    )  # fmt: skip


def fill_desk(owner: psycopg.Connection[Any]) -> None:
    """The referrals that wait for someone."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for rank in range(WAITING):
        file_id, key = number("matter", rank), number("referral", rank)
        safe, at = Safe(file_id, Kind.REFERRAL), NOW - timedelta(hours=rank + 1)

        def add(table: str, **row: Any) -> None:
            rows.setdefault(table, []).append(row)

        add("keys.vault_datakey", **safe.row())
        add(
            "admission_referral", id=key, file_id=file_id, number=f"B{rank:03}", agreement="yes",
            source="professional", channel="web", age_band="14-17", language="fr",
            received_at=at, received_by=UUID(int=0), urgent=b"",
            wish=safe.lock("Dormir tranquille.", "admission_referral", "wish", key),
            hours=safe.lock("après l’école", "admission_referral", "hours", key),
        )  # fmt: skip
        add(
            "admission_referralstatus", referral_id=key, file_id=file_id, number=f"B{rank:03}",
            received_at=at, reason="", code=b"", status="RECEIVED", status_by=UUID(int=0),
            status_at=at,
        )  # fmt: skip
        person = number("referred person", rank)
        add(
            "admission_referredperson", id=person, file_id=file_id, channel="text",
            chosen_name=safe.lock("Lou", "admission_referredperson", "chosen_name", person),
            pronouns=b"", interpreter=b"", words=b"", never=b"",
        )  # fmt: skip
        rows.setdefault("likeness_trace", []).extend(traces("desk", rank, file_id, at))
        add(
            "sharing_handler", id=number("handler", rank), matter_id=file_id, kind="DESK",
            organisation_id=INSTITUTE, role=Role.COORDINATOR.value, starts_at=at,
        )  # fmt: skip
    for table, found in rows.items():
        copy_all(owner, table, found)


def traces(which: str, rank: int, file_id: UUID, at: datetime) -> Iterator[dict[str, Any]]:
    """One way to reach each, which every tenth at the desk shares with somebody followed; one of
    three hundred names, cut short four times: as often said as names are."""
    shares = which == "desk" and rank % 10 == 0
    name = f"name {rank % 300}"
    for kind, said in (
        ("CONTACT", f"followed {rank}" if shares else f"{which} {rank}"),
        ("NAME", name),
        *(("BEGINS", f"{name[:-length]} {rank % 50}") for length in range(1, 5)),
    ):
        yield {
            "id": number(f"trace {which} {kind} {said}", rank), "file_id": file_id, "kind": kind,
            "digest": blake2b(said.encode(), digest_size=32).digest(),
            "key_file": settings.SPHERES_KEY_ID, "left_at": at,
        }  # fmt: skip


# What comes with each note: its status, its event, and the event's place in its file's chain, as
# the commit's trigger would hash it.
CHAINED = f"""
create function pg_temp.linked(bytea, bytea) returns bytea language sql immutable
  as 'select sha256($1 || $2)';
create aggregate pg_temp.chained(bytea) (
  sfunc = pg_temp.linked, stype = bytea, initcond = '\\x{"00" * 32}');
"""
STATUSES = """
insert into notes_notestatus (note_id, file_id, status, status_by, status_at)
select id, file_id, 'SIGNED', written_by, written_at from notes_note where file_id = any(%s)"""
EVENTS = """
insert into audit_event (id, at, chain, chain_id, actor_id, organisation_id, roles, purpose, action,
  sections, record_ids, digest, basis, session, network, transaction, number)
select gen_random_uuid(), written_at, 'FILE', file_id, written_by, %s, '{youth_worker}', 'ordinary',
  'note.signed', '{notes}', array[id], '', '', '', '', 0, nextval('audit_event_number')
from (select * from notes_note where file_id = any(%s) order by file_id, written_at) note"""
LINKS = """
insert into audit_link (event_id, chain_id, position, hash)
select e.id, e.chain_id, row_number() over chain, pg_temp.chained(access.canonical(e)) over chain
from audit_event e where e.chain_id = any(%s)
window chain as (partition by e.chain_id order by e.number)"""
HEADS = """
insert into audit_head (chain_id, position, hash)
select distinct on (chain_id) chain_id, position, hash from audit_link where chain_id = any(%s)
order by chain_id, position desc"""


def follow(owner: psycopg.Connection[Any], files: list[UUID]) -> None:
    """What follows from the notes of these files, made where they are."""
    owner.execute(STATUSES, [files])
    owner.execute(EVENTS, [ORGANISATION, files])
    owner.execute("set role gate")  # who alone may say how an event is hashed
    owner.execute(LINKS, [files])
    owner.execute(HEADS, [files])
    owner.execute("reset role")

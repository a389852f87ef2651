"""The rows of a world: its people and links, then one row of every table for every file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

from spheres.sharing.compile import our_models
from tests.oracle_world import World
from tests.proofs import in_notebook, of_alongs, of_beginnings, of_clearance, of_supervised
from tests.proofs.databases import Connection
from tests.proofs.plain import plain_tables, things_of
from tests.proofs.rows_of_hers import key_of, said_by_her
from tests.proofs.spans import AT, HERE, KINDS, ORGANISATIONS


def row_of(table: str, file: UUID) -> UUID:
    """The identifier of a file's row in a table."""
    return uuid5(NAMESPACE_DNS, f"{table} {file} rows.spheres")


def person_of(world: World, file: UUID) -> UUID:
    """Whose file it is: somebody of that file alone, unless the world says who."""
    return world.persons.get(file, row_of("person", file))


def settle(owner: Connection, world: World) -> None:
    """Write the world, as the owner at work, in the open transaction."""
    owner.execute("select set_config('spheres.unforced', 'yes', false)")
    _people(owner, world)
    _links(owner, world)
    _of_each_file(owner, world)
    in_notebook.rows(owner, world, _copy)
    _seated(owner, world)
    for table, column in MATTER.items():
        asked = PARTICULAR.get(table, {})
        rows = ([matter, *asked.values()] for matter in world.matters)
        _copy(owner, table, ", ".join([column, *asked]), rows)
    _of_persons(owner, world)
    _journal(owner, world)
    _one_row_in_each_empty_table(owner)
    owner.execute("set constraints all immediate")
    owner.execute("select set_config('spheres.unforced', '', false)")


def _one_row_in_each_empty_table(owner: Connection) -> None:
    """A policy is asked with the first row: an empty table could not refuse to answer."""
    for model in our_models():
        table = model._meta.db_table
        found = owner.execute(f"select exists (select from {table})").fetchone()
        if found == (False,):
            owner.execute(f"alter table {table} disable trigger user")
            said = _links_of(owner, model) | PARTICULAR.get(table, {})
            _copy(owner, table, ", ".join(said), [list(said.values())])
            owner.execute(f"alter table {table} enable trigger user")


# What a constraint asks of a dull row.
PARTICULAR: dict[str, dict[str, Any]] = {
    "accounts_trainingday": {"source": "NONE"},
    "catalogue_topic": {"minutes": 60, "slug": "topic"},
    "advisory_round": {"ends_at": AT + timedelta(days=21)},
    "accounts_extension": {"ends_at": AT + timedelta(days=1)},
    "regions_retentionrule": {"keep_days": 90},
    "sharing_keepingrule": {"keep_years": 5},
    "sharing_ending": {"sorts": ["FOLLOW_UP"], "exit": "DESTROYED", "why": "TERM"},
    "sharing_disclosure": {"is_refused": True, "purpose": "OTHER"},
    "papers_paper": {"pages": 1, "size": 1},
    "worrying_situation": {"outcome": "NOT_REPORTED", "because": b"why"},
    "access_requests_accessrequest": {"due_on": "2026-04-02"},
    "access_requests_step": {"kind": "ASKED"},
    "access_requests_decision": {"outcome": "WHOLE"},
    "legal_demands_demandend": {"how": "NOBODY"},
    "incidents_review": {"decision": "DELETE"},
    "legal_demands_step": {"kind": "ASKED"},
    "legal_demands_informing": {"way": "GONE"},
    "legal_demands_production": {"records": [row_of("text", HERE)]},
    "rounds_reflectionround": {"ends_at": AT + timedelta(days=21)},
    "learning_learninground": {"ends_at": AT + timedelta(days=21)},
    "cards_expectation": {"towards_id": row_of("another partner", HERE)},
    "attestations_attestation": {
        "name": "",
        "organisation": "",
        "environment": "",
        "taken_on": "2026-01-05",
        "ends_on": None,
    },
    "brought_in_pastlist": {"faults": "[]"},
    "brought_in_pastattendance": {"name": "", "organisation": "", "user_id": row_of("coach", HERE)},
    "library_linkcheck": {"address": "https://bibliotheque.example/"},
    "requests_answer": {"outcome": "NO", "proposed_on": None},
    "offer_offered": {"month": 3, "withdrawn_by": None, "withdrawn_at": None},
    "catalogue_material": {"address": "https://formation.example/"},
    "practice_notes_version": {"basis": "SOURCE", "source": "A book."},
    "practice_notes_ruling": {"outcome": "NOT_KEPT", "review_on": None},
    "sessions_trainingsession": {
        "ends_at": AT + timedelta(hours=3),
        "places": 1,
        "trainer_ids": [row_of("teacher", HERE)],
    },
    "sessions_enrolment": {"status": "WAITING", "environment": "school"},
    "sharing_committeemeeting": {"ends_at": AT + timedelta(hours=2)},
    "directory_opening": {"weekday": 1, "ends_next_day": True},
    "regions_committee": {"quorum": 1},
    "regions_region": {
        "one": True,
        "age_from": 12,
        "self_from": 14,
        "age_until": 25,
        "desk_organisation_id": HERE,
    },
}


def _links_of(owner: Connection, model: Any) -> dict[str, Any]:
    """For each foreign key, any row it may point to."""
    return {
        field.column: owner.execute(
            f"select {field.target_field.column} from {field.related_model._meta.db_table} limit 1"
        ).fetchone()[0]
        for field in model._meta.concrete_fields
        if field.remote_field and not field.null
    }


def _copy(owner: Connection, table: str, columns: str, rows: Iterable[Iterable[Any]]) -> None:
    # Row security has no COPY: the rows are brought beside, then inserted together.
    written = [tuple(row) for row in rows]
    if not written:
        return
    given = columns.split(", ") if columns else []
    rest = dull(owner, table, given)
    names = ", ".join([*given, *(f'"{name}"' for name in rest)])
    values = ", ".join([*given, *rest.values()])
    if not given:
        owner.execute(f"insert into {table} ({names}) values ({values})")
        return
    owner.execute(f"create temp table beside as select {columns} from {table} with no data")
    with owner.cursor() as cursor, cursor.copy(f"copy beside ({columns}) from stdin") as copied:
        for row in written:
            copied.write_row(row)
    owner.execute(f"insert into {table} ({names}) select {values} from beside")
    owner.execute("drop table beside")


def dull(on: Connection, table: str, given: Iterable[str]) -> dict[str, str]:
    """A dull value for every column that wants one: the proof does not depend on them."""
    wanting = on.execute(
        "select attname, typname from pg_attribute join pg_type t on t.oid = atttypid "
        "where attrelid = %s::regclass and attnum > 0 and not attisdropped "
        "and attnotnull and not atthasdef and attidentity = ''",
        [table],
    )
    return {name: DULL[kind] for name, kind in wanting if name not in given}


NOW = f"timestamptz '{AT.isoformat()}'"
DULL = {
    "uuid": "gen_random_uuid()",
    "bytea": "''::bytea",
    "varchar": "''",
    "text": "''",
    "timestamptz": NOW,
    "date": f"({NOW})::date",
    "time": "time '09:00'",
    "bool": "false",
    "int2": "0",
    "int4": "0",
    "int8": "0",
    "_varchar": "'{}'",
    "_uuid": "'{}'",
    "_int2": "'{}'",
    "_int4": "'{}'",
    "jsonb": "'{}'",
}


def _people(owner: Connection, world: World) -> None:
    _copy(
        owner,
        "accounts_organisation",
        "id, slug, kind, parent_id, is_partner",
        (
            (key, slug, *KINDS[key], key not in world.left_programme)
            for slug, key in ORGANISATIONS.items()
        ),
    )
    _copy(
        owner,
        "accounts_user",
        "id, email, is_active",
        (
            (user, f"{user}@example.org", user not in world.closed_accounts)
            for user in world.memberships
        ),
    )
    _copy(
        owner,
        "accounts_membership",
        "id, user_id, organisation_id, role, starts_at, ends_at",
        (
            (
                uuid5(NAMESPACE_DNS, f"{user} {number}"), user, m.organisation, m.role,
                m.span.starts, m.span.ends,
            )
            for user, held in world.memberships.items()
            for number, m in enumerate(held)
        ),
    )  # fmt: skip


def _links(owner: Connection, world: World) -> None:
    holders, opened = world.holders.items(), lambda world, file: world.opened_at.get(file, AT)
    persons = dict.fromkeys(person_of(world, file) for file, _held in holders)
    _copy(owner, "participants_participant", "id", ([person] for person in persons))
    _copy(
        owner,
        "participants_file",
        "id, opened_at, holder_id, participant_id",
        ((file, opened(world, file), held, person_of(world, file)) for file, held in holders),
    )
    _copy(
        owner,
        "participants_assignment",
        "id, part, starts_at, ends_at, user_id, file_id",
        (
            (
                uuid5(NAMESPACE_DNS, f"{user} {file} {n}"),
                "PIVOT",
                span.starts,
                span.ends,
                user,
                file,
            )
            for (user, file), spans in world.assignments.items()
            for n, span in enumerate(spans)
        ),
    )  # fmt: skip
    _copy(
        owner,
        "sharing_handler",
        "id, matter_id, kind, user_id, organisation_id, role, starts_at, ends_at",
        (
            (
                uuid5(NAMESPACE_DNS, f"hand {matter} {number}"), matter, h.kind, h.user,
                *(h.desk or (None, "")), h.span.starts, h.span.ends,
            )
            for matter, hands in world.handlings.items()
            for number, h in enumerate(hands)
        ),
    )  # fmt: skip
    _copy(
        owner,
        "sharing_conflict",
        "id, user_id, file_id, declared_at",
        (
            (uuid5(NAMESPACE_DNS, f"conflict {user} {file}"), user, file, AT)
            for user, file in world.conflicts
        ),
    )
    _for_a_while(owner, world)
    said_by_her(owner, world, _copy)
    of_clearance.rows(owner, world, _copy)
    of_alongs.rows(owner, world, _copy)
    of_supervised.rows(owner, world, _copy)
    of_beginnings.rows(owner, world, _copy)


def _for_a_while(owner: Connection, world: World) -> None:
    # Here everybody answers for the same colleagues: more than the constraint lets happen.
    owner.execute("alter table sharing_cover drop constraint sharing_cover_one_at_a_time")
    _copy(
        owner,
        "sharing_cover",
        "id, kind, user_id, for_user_id, organisation_id, elsewhere_id, starts_at, ends_at",
        (
            (
                key_of(c), "LAPSE" if c.if_lapsed else "STAND_IN" if c.stands_in else "ON_CALL",
                c.user, c.for_user, c.organisation, c.elsewhere, c.span.starts, c.span.ends,
            )
            for answering in world.covers.values()
            for covers in answering.values()
            for c in covers
        ),
    )  # fmt: skip
    _copy(
        owner,
        "sharing_handedover",
        "id, user_id, file_id, faces, starts_at, ends_at",
        (
            (
                uuid5(NAMESPACE_DNS, f"handing {user} {file} {number}"), user, file,
                sorted(h.faces), h.span.starts, h.span.ends,
            )
            for (user, file), handings in world.handings.items()
            for number, h in enumerate(handings)
        ),
    )  # fmt: skip
    _copy(
        owner,
        "sharing_recognised",
        "id, user_id, file_id, starts_at, ends_at",
        (
            (
                uuid5(NAMESPACE_DNS, f"recognised {user} {file} {number}"), user, file,
                span.starts, span.ends,
            )
            for (user, file), spans in world.recognised.items()
            for number, span in enumerate(spans)
        ),
    )  # fmt: skip
    joinings = {j.joined: j for found in world.joinings.values() for j in found}
    _copy(
        owner,
        "sharing_joined",
        "id, kept_id, joined_id, starts_at, ends_at",
        (
            (row_of("joining", j.joined), j.kept, j.joined, j.span.starts, j.span.ends)
            for j in joinings.values()
        ),
    )


def _of_each_file(owner: Connection, world: World) -> None:
    """One row of every plain table in every file, which hangs on that file's rows."""
    for model in plain_tables():
        table = model._meta.db_table
        columns = {column: one._meta.db_table for column, one in things_of(model).items()}
        key = model._meta.pk.column
        columns.setdefault(key, table)
        asked = PARTICULAR.get(table, {})
        names = ", ".join(["file_id", *columns, *asked])
        rows = (
            (f, *(row_of(of, f) for of in columns.values()), *asked.values()) for f in world.holders
        )
        _copy(owner, table, names, rows)


# Of each matter one row, under the column that bears it.
MATTER: dict[str, str] = {
    "admission_referral": "file_id",
    "admission_referredperson": "file_id",
    "admission_referrer": "file_id",
    "admission_referralstatus": "file_id",
    "admission_offer": "file_id",
    "likeness_trace": "file_id",
    "likeness_leftapart": "file_id",
    "questions_question": "file_id",
    "questions_message": "file_id",
    "questions_questionstatus": "file_id",
    "intervention_support_advicerequest": "id",
    "intervention_support_advicestanding": "id",
    "intervention_support_adviceword": "request_id",
    "requests_trainingrequest": "id",
    "requests_answer": "request_id",
}


def _seated(owner: Connection, world: World) -> None:
    """Somebody of each file sits somewhere, on a day that is over: expiry sees it too."""
    seats = "activities_attendance"
    _copy(owner, seats, "id, file_id", ((row_of(seats, f), f) for f in world.holders))


def _of_persons(owner: Connection, world: World) -> None:
    """Each person's session, and her draft of a note in the first forty files."""
    _copy(owner, "accounts_session", "key_hash, user_id", ((str(u), u) for u in world.memberships))
    drafted = list(world.holders)[:40]
    _copy(
        owner,
        "records_draft",
        "author_id, file_id, scope",
        (
            (user, file, sha256(f"{file}|notes".encode()).digest())
            for user in world.memberships
            for file in drafted
        ),
    )
    _copy(owner, "audit_checkpoint", "id", [[UUID(int=1)]])
    _copy(owner, "vault_datakey", "number", [[1]])


def _journal(owner: Connection, world: World) -> None:
    """One event in the chain of every matter, and one in the chain of every person."""
    chains = [("FILE", matter) for matter in world.matters]
    chains += [("ACTOR", user) for user in (*world.memberships, UUID(int=0))]
    # Outside any context: the database would refuse to stamp them with who and when.
    owner.execute("alter table audit_event disable trigger stamp")
    _copy(owner, "audit_event", "chain, chain_id", chains)
    owner.execute("set constraints all immediate")  # link them before the table changes again
    owner.execute("alter table audit_event enable trigger stamp")

"""The rows of a world: its people and links, then one row of every table for every file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

from tests.oracle import World
from tests.proofs.databases import Connection
from tests.proofs.world import AT, ORGANISATIONS


def row_of(table: str, file: UUID) -> UUID:
    """The identifier of a file's row in a table."""
    return uuid5(NAMESPACE_DNS, f"{table} {file} rows.spheres")


def settle(owner: Connection, world: World) -> None:
    """Write the world, as the owner at work, in the open transaction."""
    owner.execute("select set_config('spheres.unforced', 'yes', false)")
    _people(owner, world)
    _links(owner, world)
    for table, columns, values in STORY:
        _copy(
            owner,
            table,
            columns,
            (
                [row_of(table, file) if v == "id" else file if v == "file" else v for v in values]
                for file in world.holders
            ),
        )
    _referrals(owner, world)
    _of_persons(owner, world)
    _journal(owner, world)
    owner.execute("set constraints all immediate")
    owner.execute("select set_config('spheres.unforced', '', false)")


def _copy(owner: Connection, table: str, columns: str, rows: Iterable[Iterable[Any]]) -> None:
    # Row security has no COPY: plain inserts, many to a statement.
    width = len(columns.split(","))
    written = [tuple(row) for row in rows]
    for start in range(0, len(written), 1000):
        part = written[start : start + 1000]
        places = ", ".join(["(" + ", ".join(["%s"] * width) + ")"] * len(part))
        owner.execute(
            f"insert into {table} ({columns}) values {places}", [v for row in part for v in row]
        )


def _people(owner: Connection, world: World) -> None:
    _copy(
        owner,
        "accounts_organisation",
        "id, slug, name_fr, name_en, kind, is_partner, regime, privacy_officer_fr, "
        "privacy_officer_en, incident_notice, answer_days, keep_years, about_fr, about_en",
        (
            (key, slug, slug, slug, "community", True, "P-39.1", "", "", ["cai"], 30, 5, "", "")
            for slug, key in ORGANISATIONS.items()
        ),
    )
    _copy(
        owner,
        "accounts_user",
        'id, password, email, name, employer, "order", report_duty, languages, language, is_active',
        (
            (
                user, "", f"{user}@example.org", "Nom", "community", "", "must_some", ["fr"], "fr",
                user not in world.closed_accounts,
            )
            for user in world.memberships
        ),
    )  # fmt: skip
    _copy(
        owner,
        "accounts_membership",
        "id, user_id, organisation_id, role, job_title_fr, job_title_en, starts_at, ends_at",
        (
            (
                uuid5(NAMESPACE_DNS, f"{user} {number}"), user, m.organisation, m.role, "", "",
                m.span.starts, m.span.ends,
            )
            for user, held in world.memberships.items()
            for number, m in enumerate(held)
        ),
    )  # fmt: skip


def _links(owner: Connection, world: World) -> None:
    _copy(owner, "participants_participant", "id", ([row_of("person", f)] for f in world.holders))
    _copy(
        owner,
        "participants_file",
        "id, opened_at, holder_id, participant_id",
        ((file, AT, holder, row_of("person", file)) for file, holder in world.holders.items()),
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


SOMEBODY = UUID(int=7)
STORY: tuple[tuple[str, str, tuple[Any, ...]], ...] = (
    (
        "participants_identity",
        "id, file_id, written_by, written_at, chosen_name, pronouns, birth_date, age_band, "
        "language, interpreter",
        ("id", "file", SOMEBODY, AT, b"", b"", b"", "14-17", "fr", b""),
    ),
    (
        "participants_safecontact",
        "id, file_id, written_by, written_at, channel, hours, words, never",
        ("id", "file", SOMEBODY, AT, "text", b"", b"", b""),
    ),
    (
        "participants_followup",
        "id, file_id, opened_at, opened_by",
        ("id", "file", AT, SOMEBODY),
    ),
    (
        "admission_admission",
        "id, file_id, written_by, written_at, recognition, her_words, harms, agreed_by, "
        "agreement_form, exception, exception_words, occurred_at",
        ("id", "file", SOMEBODY, AT, "now", b"", b"", "herself", "oral", "", b"", AT),
    ),
    (
        "notes_note",
        "id, file_id, written_by, written_at, occurred_at, her_words, observation, support, kind",
        ("id", "file", SOMEBODY, AT, AT, b"", b"", b"", "meeting"),
    ),
)


def _referrals(owner: Connection, world: World) -> None:
    """The status rows of her story, and a whole referral for every matter."""
    for table, key, thing in (
        ("participants_followupstatus", "follow_up_id", "participants_followup"),
        ("notes_notestatus", "note_id", "notes_note"),
    ):
        owner.execute(
            f"insert into {table} ({key}, file_id, status, status_by, status_at) "
            f"select id, file_id, 'SIGNED', %s, %s from {thing}",
            [SOMEBODY, AT],
        )
    for table, columns, values in MATTER:
        _copy(
            owner,
            table,
            columns,
            (
                [row_of(table, m) if v == "id" else m if v == "matter" else v for v in values]
                for m in world.matters
            ),
        )


MATTER: tuple[tuple[str, str, tuple[Any, ...]], ...] = (
    (
        "admission_referral",
        "id, file_id, number, source, channel, agreement, age_band, language, received_at, "
        "received_by, wish, hours, urgent",
        ("id", "matter", "AAAA-AAAA", "self", "web", "yes", "14-17", "fr", AT, SOMEBODY,
         b"", b"", b""),
    ),
    (
        "admission_referredperson",
        "id, file_id, chosen_name, pronouns, interpreter, channel, words, never",
        ("id", "matter", b"", b"", b"", "text", b"", b""),
    ),
    (
        "admission_referrer",
        "id, file_id, name, role, organisation, contact",
        ("id", "matter", b"", b"", b"", b""),
    ),
    (
        "admission_referralstatus",
        "referral_id, file_id, received_at, reason, status, status_by, status_at",
        ("id", "matter", AT, "", "RECEIVED", SOMEBODY, AT),
    ),
    (
        "admission_offer",
        "id, file_id, user_id, offered_at, offered_by, reason, status, status_by, status_at",
        ("id", "matter", SOMEBODY, AT, SOMEBODY, "", "OPEN", SOMEBODY, AT),
    ),
)  # fmt: skip


def _of_persons(owner: Connection, world: World) -> None:
    """Each person's session, and her draft of a note in the first forty files."""
    _copy(
        owner,
        "accounts_session",
        "key_hash, user_id, data, started_at, seen_at, ends_at, locked, shared_device, device",
        ((str(user), user, "", AT, AT, AT, False, False, "") for user in world.memberships),
    )
    owner.execute(
        "insert into records_draft "
        "(id, author_id, file_id, scope, record_type, text, text_version, saved_at) "
        "select gen_random_uuid(), u.id, f.id, sha256(convert_to(f.id || '|notes', 'UTF8')), "
        "'note', ''::bytea, 1, %s from accounts_user u cross join participants_file f "
        "where f.id = any(%s)",
        [AT, list(world.holders)[:40]],
    )
    owner.execute(
        "insert into audit_checkpoint (id, at, chains, events, root, note) "
        "values (gen_random_uuid(), %s, 0, 0, ''::bytea, '')",
        [AT],
    )
    owner.execute(
        "insert into vault_datakey (number, owner_id, kind, kek_id, wrapped, minted_at) "
        "values (1, %s, 'FOLLOW_UP', 'none', ''::bytea, %s)",
        [SOMEBODY, AT],
    )


def _journal(owner: Connection, world: World) -> None:
    """One event in the chain of every matter, and one in the chain of every person."""
    chains = [("FILE", matter) for matter in world.matters]
    chains += [("ACTOR", user) for user in (*world.memberships, UUID(int=0))]
    _copy(
        owner,
        "audit_event",
        "id, at, chain, chain_id, actor_id, organisation_id, roles, purpose, action, sections, "
        "record_ids, digest, basis, session, network, transaction, number",
        (
            (
                row_of("audit_event", chain_id), AT, chain, chain_id, SOMEBODY, SOMEBODY, [],
                "ordinary", "open", [], [], b"", "", "", "", 0, 0,
            )
            for chain, chain_id in chains
        ),
    )  # fmt: skip

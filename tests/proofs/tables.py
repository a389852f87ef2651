"""What stands in each table, in words a reader can check against the page of rights.

Attempts are made by the database itself, one row at a time, under the role that serves: a refused
row must not hide the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tests.proofs.databases import Connection
from tests.proofs.world import AT


@dataclass(frozen=True)
class Story:
    """A table of one face of a file; only what stands apart as a status can be changed."""

    table: str
    face: str
    insert: str  # what a new row is made of, after «gen_random_uuid(), file»
    file: str = "file_id"
    changes: str = ""  # a column to write again, when the table holds what changes


NOW = f"timestamptz '{AT.isoformat()}'"
SOME = "'00000000-0000-0000-0000-000000000007'::uuid"
STORIES = (
    Story(
        "participants_identity",
        "identity",
        f"(id, file_id, written_by, written_at, chosen_name, pronouns, birth_date, age_band, "
        f"language, interpreter) values (gen_random_uuid(), f, {SOME}, {NOW}, '', '', '', "
        f"'14-17', 'fr', '')",
    ),
    Story(
        "participants_safecontact",
        "contact",
        f"(id, file_id, written_by, written_at, channel, hours, words, never) "
        f"values (gen_random_uuid(), f, {SOME}, {NOW}, 'text', '', '', '')",
    ),
    Story(
        "participants_followup",
        "summary",
        f"(id, file_id, opened_at, opened_by) values (gen_random_uuid(), f, {NOW}, {SOME})",
    ),
    Story(
        "participants_followupstatus",
        "summary",
        f"(follow_up_id, file_id, status, status_by, status_at) "
        f"values (gen_random_uuid(), f, 'ACTIVE', {SOME}, {NOW})",
        changes="status",
    ),
    Story(
        "admission_admission",
        "summary",
        f"(id, file_id, written_by, written_at, recognition, her_words, harms, agreed_by, "
        f"agreement_form, exception, exception_words, occurred_at) values (gen_random_uuid(), f, "
        f"{SOME}, {NOW}, 'now', '', '', 'herself', 'oral', '', '', {NOW})",
    ),
    Story(
        "notes_note",
        "notes",
        f"(id, file_id, written_by, written_at, occurred_at, her_words, observation, support, "
        f"kind) values (gen_random_uuid(), f, {SOME}, {NOW}, {NOW}, '', '', '', 'meeting')",
    ),
    Story(
        "notes_notestatus",
        "notes",
        f"(note_id, file_id, status, status_by, status_at) "
        f"values (gen_random_uuid(), f, 'SIGNED', {SOME}, {NOW})",
        changes="status",
    ),
    Story(
        "participants_file",
        "relation",
        f"(id, opened_at, holder_id, participant_id) values (f, {NOW}, {SOME}, gen_random_uuid())",
        file="id",
    ),
    Story(
        "participants_assignment",
        "relation",
        f"(id, part, starts_at, user_id, file_id) "
        f"values (gen_random_uuid(), 'SUPPORT', {NOW} + '1 year', {SOME}, f)",
        changes="part",
    ),
)


@dataclass(frozen=True)
class Matter:
    """A table of a referral: which hands read it, add to it, change it."""

    table: str
    readers: frozenset[str]
    adders: frozenset[str]
    changers: frozenset[str]
    insert: str
    column: str = "file_id"
    changes: str = ""
    visitor_adds: bool = True
    services: tuple[str, ...] = ()  # services that read (and, where it changes, change) it whole


ALL = frozenset({"DESK", "WATCH", "OFFERED", "ENTRUSTED"})
DESK, NOBODY_ELSE = frozenset({"DESK"}), frozenset[str]()
MATTERS = (
    # An offer shows language, age band, her wish and hours: never who she is.
    Matter(
        "admission_referral",
        ALL - {"WATCH"},
        DESK,
        NOBODY_ELSE,
        f"(id, file_id, number, source, channel, agreement, age_band, language, received_at, "
        f"received_by, wish, hours, urgent) values (gen_random_uuid(), f, '', 'self', 'web', "
        f"'yes', '', 'fr', {NOW}, {SOME}, '', '', '')",
    ),
    # Who she is opens to the desk, and to the worker who accepted.
    Matter(
        "admission_referredperson",
        DESK | {"ENTRUSTED"},
        DESK,
        NOBODY_ELSE,
        "(id, file_id, chosen_name, pronouns, interpreter, channel, words, never) "
        "values (gen_random_uuid(), f, '', '', '', '', '', '')",
    ),
    # Who wrote to us, likewise.
    Matter(
        "admission_referrer",
        DESK | {"ENTRUSTED"},
        DESK,
        NOBODY_ELSE,
        "(id, file_id, name, role, organisation, contact) "
        "values (gen_random_uuid(), f, '', '', '', '')",
    ),
    # Where it stands, also to the coordination that keeps watch, and to the service that forgets.
    Matter(
        "admission_referralstatus",
        ALL,
        ALL - {"WATCH"},
        ALL - {"WATCH"},
        f"(referral_id, file_id, received_at, reason, status, status_by, status_at) "
        f"values (gen_random_uuid(), f, {NOW}, '', 'RECEIVED', {SOME}, {NOW})",
        changes="status",
        services=("expiry",),
    ),
    Matter(
        "admission_offer",
        DESK | {"OFFERED"},
        DESK | {"OFFERED"},
        DESK | {"OFFERED"},
        f"(id, file_id, user_id, offered_at, offered_by, reason, status, status_by, status_at) "
        f"values (gen_random_uuid(), f, {SOME}, {NOW}, {SOME}, '', 'OPEN', {SOME}, {NOW})",
        changes="reason",
        visitor_adds=False,
    ),
    Matter(
        "sharing_handler",
        ALL,
        ALL - {"WATCH"},
        ALL - {"WATCH"},
        f"(id, matter_id, kind, user_id, role, starts_at) "
        f"values (gen_random_uuid(), f, 'OFFERED', {SOME}, '', {NOW} + '1 year')",
        column="matter_id",
        changes="role",
        services=("expiry",),
    ),
)

TRY = """do $try$ declare f uuid; passed uuid[] := '{{}}'; begin
  foreach f in array current_setting('matrix.files')::uuid[] loop
    begin
      insert into {table} {insert};
      passed := passed || f;
    exception
      when insufficient_privilege then null;
      -- Row security is asked first; another rule stopped the row afterwards.
      when unique_violation then passed := passed || f;
    end;
  end loop;
  perform set_config('matrix.passed', passed::text, true);
end $try$"""


def seen(app: Connection, table: str, column: str) -> list[UUID]:
    """The file of each row the actor sees."""
    return [row[0] for row in app.execute(f"select {column} from {table}")]


def added(app: Connection, table: str, insert: str, files: list[UUID]) -> set[UUID]:
    """The files to which the actor can add a row, tried one by one and taken back."""
    with app.transaction(force_rollback=True):
        app.execute("select set_config('matrix.files', %s::uuid[]::text, true)", [files])
        app.execute(TRY.format(table=table, insert=insert))
        answer = app.execute("select current_setting('matrix.passed')::uuid[]").fetchone()
    return set(answer[0])


def changed(app: Connection, table: str, column: str, value: str) -> set[UUID]:
    """The files whose rows the actor can write again, all tried at once and taken back."""
    with app.transaction(force_rollback=True):
        answer = app.execute(f"update {table} set {value} = {value} returning {column}")
        return {row[0] for row in answer}

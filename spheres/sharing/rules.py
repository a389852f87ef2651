"""Who may read, add and change what? The whole policy, as data; nothing else decides.

`mission/rights.md` is the prose it satisfies. `compile.py` turns it into row-level security;
`reach` and `who_can`, made by it, answer. Read it aloud: «a grant says WHO may do WHAT on WHICH
sections, WHEN a relation holds; a veto beats every grant».
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from spheres.accounts.models import Organisation, Role


class Act(StrEnum):
    READ = "read"
    APPEND = "append"
    AMEND = "amend"


# What a file is made of (design §4). Row security cannot hide columns, so sections are tables.
IDENTITY, CONTACT, WHEREABOUTS, SUMMARY, PLAN, SAFETY = (
    "identity", "contact", "whereabouts", "summary", "plan", "safety",
)  # fmt: skip
STEPS, NOTES, HEALTH, LEGAL, THERAPY, PRIVATE = (
    "steps", "notes", "health", "legal", "therapy", "private",
)  # fmt: skip
SECTIONS: Final = (
    IDENTITY, CONTACT, WHEREABOUTS, SUMMARY, PLAN, SAFETY,
    STEPS, NOTES, HEALTH, LEGAL, THERAPY, PRIVATE,
)  # fmt: skip
ALL: Final = tuple(s for s in SECTIONS if s not in (THERAPY, PRIVATE))

# Two faces of a file that are not sections of her story: who walks with her, who opened it.
RELATION, JOURNAL = "relation", "journal"
FACES: Final = (*SECTIONS, RELATION, JOURNAL)


@dataclass(frozen=True)
class Relation:
    """A link between a person and files, as SQL, with {user}, {organisation}, {since}, {at}.

    {since} is when she began to accompany people there without a break.

    `files` lists the files a person reaches by it; `people` lists the persons a {file} may be
    reached by, so that «who can see this» never tries everybody.
    """

    name: str
    files: str
    people: str


ASSIGNED = Relation(
    "assigned",
    files="""
        select a.file_id from participants_assignment a join participants_file f on f.id = a.file_id
        where a.user_id = {user} and f.holder_id = {organisation} and a.starts_at >= {since}
          and a.starts_at <= {at} and (a.ends_at is null or a.ends_at > {at})""",
    people="""
        select a.user_id from participants_assignment a
        where a.file_id = {file}
          and a.starts_at <= {at} and (a.ends_at is null or a.ends_at > {at})""",
)

OFFERED = Relation(
    "offered",
    files="""
        select h.matter_id from sharing_handler h
        where h.user_id = {user} and h.kind = 'OFFERED' and h.starts_at >= {since}
          and h.starts_at <= {at} and (h.ends_at is null or h.ends_at > {at})""",
    people="""
        select h.user_id from sharing_handler h
        where h.matter_id = {file} and h.user_id is not null and h.kind = 'OFFERED'
          and h.starts_at <= {at} and (h.ends_at is null or h.ends_at > {at})""",
)


@dataclass(frozen=True)
class Rule:
    """One grant: these roles, held now in the organisation acted for, may do this."""

    name: str
    who: frozenset[str]
    may: frozenset[Act]
    on: tuple[str, ...]
    when: Relation


@dataclass(frozen=True)
class Veto:
    """Files withdrawn from a person whatever else is granted; SQL with {user} and {at}."""

    name: str
    files: str


WORKERS: Final = frozenset({Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT})
THERAPISTS: Final = frozenset({Role.PSYCHOTHERAPIST})

# The police partner: no section, no matter, ever, whatever hat is worn there (design §10.3). A unit
# of a police service is the police.
WALLED_OFF: Final = Organisation.Kind.POLICE
# Those who accompany a person. Whoever stops, and comes back, is given anew what she is to open.
ACCOMPANYING: Final = WORKERS | THERAPISTS

GRANTS: Final = (
    Rule("team", WORKERS, frozenset(Act), (*ALL, RELATION), ASSIGNED),
    # A psychotherapist works in the foundation's own file: enough to meet, and her sealed notes.
    Rule(
        "therapist",
        THERAPISTS,
        frozenset({Act.READ}),
        (IDENTITY, CONTACT, SUMMARY, RELATION),
        ASSIGNED,
    ),
    Rule("therapy", THERAPISTS, frozenset(Act), (THERAPY,), ASSIGNED),
    Rule("journal", WORKERS | THERAPISTS, frozenset({Act.READ}), (JOURNAL,), ASSIGNED),
    # Whoever accepts an offer opens the file and assigns herself to it; nothing more.
    Rule("taking on", WORKERS, frozenset({Act.APPEND}), (RELATION,), OFFERED),
)

VETOES: Final = (
    Veto(
        "personal conflict",
        "select c.file_id from sharing_conflict c where c.user_id = {user}",
    ),
)

# Nobody's own reach passes this number of files (design §4); a test holds it.
REACH_CAP: Final = 500

# Relations are read by the functions of the role `gate`, and by it alone without restriction.
GATE_READS: Final = (
    "accounts_membership",
    "accounts_organisation",
    "accounts_user",
    "participants_file",
    "participants_assignment",
    "sharing_handler",
    "sharing_conflict",
    "vault_tombstone",
    "regions_region",
)

# Tables of other packages, and keys: no row security, least grants, identifiers only.
SYSTEM: Final[dict[str, str]] = {
    "django_migrations": "",
    # Django's own permission tables: installed because sign-in needs them, used by nothing.
    "django_content_type": "",
    "auth_permission": "",
    "auth_group": "",
    "auth_group_permissions": "",
    # Wrapped keys: read and minted through functions only (`minting.py`).
    "vault_datakey": "",
    # The queue: job names and identifiers.
    "procrastinate_jobs": "select, insert, update, delete",
    "procrastinate_events": "select, insert, delete",
    "procrastinate_periodic_defers": "select, insert, update, delete",
    "procrastinate_workers": "select, insert, update, delete",
}

# What the database does by itself, in the name of `gate`: chain the journal, open the door.
GATE_WRITES: Final = {
    "accounts_session": ("select", "update"),
    "audit_event": ("select",),
    "audit_link": ("select", "insert"),
    "audit_head": ("select", "insert", "update"),
    "vault_datakey": ("select", "insert", "update"),
}

# The services that lock a first text of somebody else's: what opens an account, what a region says.
MINTERS: Final = ("service:doorkeeper", "service:loader")

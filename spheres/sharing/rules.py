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
    """A link between a person and files, as SQL, with {user}, {organisation}, {since} and {at}.

    {since} is when she began to accompany people there without a break. A link that names what it
    opens has {face} too: what is asked of the file.

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

# She answers for a colleague of the same organisation, who is away or not on call, from a moment to
# a moment: for the persons that colleague accompanies then, and for no other.
COVERING = Relation(
    "covering",
    files="""
        select a.file_id from sharing_cover v
        join participants_assignment a on a.user_id = v.for_user_id
        join participants_file f on f.id = a.file_id
        where v.user_id = {user} and v.organisation_id = {organisation}
          and f.holder_id = {organisation} and v.starts_at >= {since}
          and v.starts_at <= {at} and v.ends_at > {at}
          and a.starts_at <= {at} and (a.ends_at is null or a.ends_at > {at})
          and (not access.is_here(v.for_user_id, {organisation}, {at})
               or a.starts_at >= access.since(v.for_user_id, {organisation}, {at}))""",
    people="""
        select v.user_id from participants_assignment a
        join sharing_cover v on v.for_user_id = a.user_id
        where a.file_id = {file} and v.starts_at <= {at} and v.ends_at > {at}
          and a.starts_at <= {at} and (a.ends_at is null or a.ends_at > {at})""",
)

# The same, for a colleague who no longer accompanies people here: whoever answers for her may be
# chosen by the person, and takes her on.
BEREFT = Relation(
    "bereft",
    files=COVERING.files
    + """
          and not access.is_here(v.for_user_id, {organisation}, {at})""",
    people=COVERING.people,
)

# The worker who accompanies her hands her over, with her, to a colleague: what she approved of her
# file, until the two have met.
HANDED = Relation(
    "handed over",
    files="""
        select h.file_id from sharing_handedover h join participants_file f on f.id = h.file_id
        where h.user_id = {user} and f.holder_id = {organisation} and h.starts_at >= {since}
          and h.starts_at <= {at} and (h.ends_at is null or h.ends_at > {at})
          and {face} = any(h.faces)""",
    people="""
        select h.user_id from sharing_handedover h
        where h.file_id = {file}
          and h.starts_at <= {at} and (h.ends_at is null or h.ends_at > {at})""",
)

# She said her code word to a worker of the organisation that holds her file: for a short time.
RECOGNISED = Relation(
    "recognised",
    files="""
        select r.file_id from sharing_recognised r join participants_file f on f.id = r.file_id
        where r.user_id = {user} and f.holder_id = {organisation} and r.starts_at >= {since}
          and r.starts_at <= {at} and r.ends_at > {at}""",
    people="""
        select r.user_id from sharing_recognised r
        where r.file_id = {file} and r.starts_at <= {at} and r.ends_at > {at}""",
)

# The same, when nobody here walks with her any more: whoever she came back to takes her on.
WELCOMING = Relation(
    "welcoming back",
    files=RECOGNISED.files
    + """
          and not exists (
            select from participants_assignment a
            where a.file_id = r.file_id
              and a.starts_at <= {at} and (a.ends_at is null or a.ends_at > {at})
              and access.is_here(a.user_id, {organisation}, {at})
              and a.starts_at >= access.since(a.user_id, {organisation}, {at}))""",
    people=RECOGNISED.people,
)

# Two files of one organisation that the person said are both hers: whoever walks with her by the
# one that is kept reads the other. No row moves; ending the link parts them again.
JOINED = Relation(
    "joined",
    files="""
        select j.joined_id from sharing_joined j
        join participants_assignment a on a.file_id = j.kept_id
        join participants_file f on f.id = j.kept_id
        join participants_file g on g.id = j.joined_id
        where a.user_id = {user} and f.holder_id = {organisation}
          and g.holder_id = {organisation} and a.starts_at >= {since}
          and a.starts_at <= {at} and (a.ends_at is null or a.ends_at > {at})
          and j.starts_at <= {at} and (j.ends_at is null or j.ends_at > {at})""",
    people="""
        select a.user_id from sharing_joined j
        join participants_assignment a on a.file_id = j.kept_id
        where j.joined_id = {file}
          and j.starts_at <= {at} and (j.ends_at is null or j.ends_at > {at})
          and a.starts_at <= {at} and (a.ends_at is null or a.ends_at > {at})""",
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

# Enough to answer, for a while, in place of whoever walks with her: not her story.
BRIEF: Final = (IDENTITY, CONTACT, SUMMARY, RELATION)
# What she may let pass to a new worker before they have met; who walks with her, always.
HANDED_FACES: Final = (*BRIEF, PLAN, SAFETY, STEPS)

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
    # Whoever answers for a colleague reads how to reach them and where each stands, and writes what
    # happened meanwhile, or that a way is no longer safe; their story stays their worker's.
    Rule("cover", WORKERS, frozenset({Act.READ}), BRIEF, COVERING),
    Rule("told meanwhile", WORKERS, frozenset({Act.APPEND}), (NOTES, CONTACT), COVERING),
    Rule("left to her", WORKERS, frozenset({Act.APPEND}), (RELATION,), BEREFT),
    # What the person approved of her file; then, at the first meeting, all of it.
    Rule("handed over", WORKERS, frozenset({Act.READ}), HANDED_FACES, HANDED),
    Rule("taking over", WORKERS, frozenset({Act.APPEND}), (RELATION,), HANDED),
    # Her code word opens contact rules and summary only (design §10.10).
    Rule("code word", WORKERS, frozenset({Act.READ}), (CONTACT, SUMMARY, RELATION), RECOGNISED),
    Rule("welcome back", WORKERS, frozenset({Act.APPEND}), (RELATION,), WELCOMING),
    Rule("same person", WORKERS, frozenset({Act.READ}), (*ALL, RELATION, JOURNAL), JOINED),
)

VETOES: Final = (
    Veto(
        "personal conflict",
        "select c.file_id from sharing_conflict c where c.user_id = {user}",
    ),
    # Two files of one person: the stricter side is kept, on both.
    Veto(
        "personal conflict, other file",
        """
        select case c.file_id when j.kept_id then j.joined_id else j.kept_id end
        from sharing_conflict c join sharing_joined j on c.file_id in (j.kept_id, j.joined_id)
        where c.user_id = {user}
          and j.starts_at <= {at} and (j.ends_at is null or j.ends_at > {at})""",
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
    "sharing_cover",
    "sharing_handedover",
    "sharing_joined",
    "sharing_recognised",
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

# What the database does by itself, in the name of `gate`: chain the journal, open the door, hand
# somebody with whom nobody walks to whom a team lead names.
GATE_WRITES: Final = {
    "accounts_session": ("select", "update"),
    "audit_event": ("select", "insert"),
    "sharing_handedover": ("insert", "update"),
    "sharing_recognised": ("insert",),
    "audit_link": ("select", "insert"),
    "audit_head": ("select", "insert", "update"),
    "vault_datakey": ("select", "insert", "update"),
}

# The services that lock a first text of somebody else's: what opens an account, what a region says.
MINTERS: Final = ("service:doorkeeper", "service:loader")

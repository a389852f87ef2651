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
from spheres.core.actor import (
    CUSTODY,
    EXCEPTIONAL,
    NOTEBOOK,
    ORDINARY,
    PARTICIPANT,
    SEAT,
    SHARED,
)
from spheres.sharing.relations import (
    AGREED,
    ASSIGNED,
    BEGUN,
    BEREFT,
    COVERING,
    HANDED,
    IN_CUSTODY,
    IN_NOTEBOOK,
    IN_SEAT,
    JOINED,
    OFFERED,
    OPENED,
    RECOGNISED,
    WELCOMING,
    WRITING_THERE,
    Relation,
)


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
class Rule:
    """One grant: these roles, held now in the organisation acted for, may do this.

    It serves one purpose, which the page says: what a person agreed to share with a partner is
    read on the pages made for that, and on no other.
    """

    name: str
    who: frozenset[str]
    may: frozenset[Act]
    on: tuple[str, ...]
    when: Relation
    purpose: str = ORDINARY


@dataclass(frozen=True)
class Veto:
    """Files withdrawn from a person whatever else is granted.

    SQL with {user}, {organisation}, {face}, {purpose} and {at}. Most are of the person, and hold on
    the other file of hers too; what is sealed is the file itself.
    """

    name: str
    files: str
    on_both: bool = True


WORKERS: Final = frozenset({Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT})
THERAPISTS: Final = frozenset({Role.PSYCHOTHERAPIST})

# The police partner: no section, no matter, ever, whatever hat is worn there (design §10.3). A unit
# of a police service is the police.
WALLED_OFF: Final = Organisation.Kind.POLICE
# Whoever of the police may be told something by a person's own word: those of its programme.
WALLED_OFF_ROLE: Final = Role.POLICE_MEMBER
# Those who accompany a person. Whoever stops, and comes back, is given anew what she is to open.
ACCOMPANYING: Final = WORKERS | THERAPISTS
# Who reviews what was opened exceptionally, in the organisation: never whoever opened it.
REVIEWERS: Final = frozenset({Role.COORDINATOR, Role.PRIVACY_OFFICER, Role.TEAM_LEAD})

# Who lets a colleague go on, whom the day's limit of files stopped: never oneself.
LIFTERS: Final = ACCOMPANYING | REVIEWERS

# Enough to answer, for a while, in place of whoever walks with her: not her story.
BRIEF: Final = (IDENTITY, CONTACT, SUMMARY, RELATION)
# What she may let pass to a new worker before they have met; who walks with her, always.
HANDED_FACES: Final = (*BRIEF, PLAN, SAFETY, STEPS)
# What she may share with another organisation, her name always with it: never a note, never what
# was said in therapy, never where she is (design §10.6).
SHAREABLE: Final = (IDENTITY, CONTACT, SUMMARY, PLAN, SAFETY, STEPS)
# Of these, with whoever answers elsewhere for the length of one absence.
SHARED_BRIEFLY: Final = tuple(section for section in BRIEF if section in SHAREABLE)
# What a disclosure may tell, item by item: never a note as it was written, nor her private pages.
TOLD: Final = (IDENTITY, CONTACT, WHEREABOUTS, SUMMARY, PLAN, SAFETY, STEPS, LEGAL)
# Of a psychotherapy, what its psychotherapist writes for that, and nobody else: never her notes.
TOLD_IN_SECRECY: Final = THERAPY
# What may protect her when a life may be in danger, and whom to call: not her story.
EMERGENCY: Final = (IDENTITY, CONTACT, SAFETY, RELATION)
# What may be read from a seat, to answer what the law asks: what was written, and who she is; not
# where she is, how to reach her, nor anything of a psychotherapy.
SEATED: Final = (IDENTITY, SUMMARY, PLAN, SAFETY, STEPS, NOTES, HEALTH, LEGAL, RELATION)
OFFICERS: Final = frozenset({Role.PRIVACY_OFFICER})
# Who may sit at a legal demand: counsel, given a seat by whoever answers it, reads what it names.
SITTERS: Final = OFFICERS | {Role.COUNSEL}
# She herself, in her own notebook.
HERSELF: Final = frozenset({PARTICIPANT})
# What a notebook may ever show her; never a note, nor what is said in psychotherapy, nor where she
# is. Of it, a notebook opens what she allowed: her name always, the rest section by section.
IN_HER_NOTEBOOK: Final = (
    IDENTITY, CONTACT, SUMMARY, PLAN, SAFETY, STEPS, LEGAL, RELATION, JOURNAL,
)  # fmt: skip
# Of that, where she writes by herself: neither how she is reached nor what keeps her safe, which
# whoever holds her telephone could change.
WRITTEN_THERE: Final = (PLAN, STEPS)

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
    # With whom a file began alone: for want of anybody else, she writes there who the person is,
    # how to reach her and where the follow-up stands, brings somebody in, and hands her over.
    Rule("begun with her", THERAPISTS, frozenset({Act.APPEND, Act.AMEND}), BRIEF, BEGUN),
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
    Rule("handed to a therapist", THERAPISTS, frozenset({Act.READ}), BRIEF, HANDED),
    Rule("taking over", ACCOMPANYING, frozenset({Act.APPEND}), (RELATION,), HANDED),
    # Her code word opens contact rules and summary only (design §10.10).
    Rule("code word", WORKERS, frozenset({Act.READ}), (CONTACT, SUMMARY, RELATION), RECOGNISED),
    Rule("welcome back", WORKERS, frozenset({Act.APPEND}), (RELATION,), WELCOMING),
    Rule("same person", WORKERS, frozenset({Act.READ}), (*ALL, RELATION, JOURNAL), JOINED),
    # What she agreed to share, with whom she said, as long as she did not take it back.
    Rule("agreed", ACCOMPANYING, frozenset({Act.READ}), SHAREABLE, AGREED, purpose=SHARED),
    # For an hour, in her own organisation, with a reason that others read (design §10.2).
    Rule("exceptional", WORKERS, frozenset({Act.READ}), EMERGENCY, OPENED, purpose=EXCEPTIONAL),
    # The sealed notes of a psychotherapist who left or died, and whose they are; nothing else.
    Rule(
        "custody",
        THERAPISTS,
        frozenset({Act.READ}),
        (IDENTITY, THERAPY, RELATION),
        IN_CUSTODY,
        purpose=CUSTODY,
    ),
    # One matter of the law about one file, on the pages made for it (rights.md §8.1, «L»).
    Rule("seat", SITTERS, frozenset({Act.READ}), SEATED, IN_SEAT, purpose=SEAT),
    # Her own notebook: she reads of her one file what she allowed; at the level of writing, she
    # adds to it too, and changes where what she wrote stands.
    Rule(
        "notebook",
        HERSELF,
        frozenset({Act.READ}),
        IN_HER_NOTEBOOK,
        IN_NOTEBOOK,
        purpose=NOTEBOOK,
    ),
    Rule(
        "writing there",
        HERSELF,
        frozenset({Act.APPEND, Act.AMEND}),
        WRITTEN_THERE,
        WRITING_THERE,
        purpose=NOTEBOOK,
    ),
)

# What a restriction yields to: a danger to life, while it is said, then for its hour, in that file
# and in the other one that is the same person's. That nobody of her team answers is no such ground
# (design §10.2).
UNLESS_IN_DANGER: Final = """
          and not ({purpose} = 'danger' or ({purpose} = 'exceptional' and exists (
            select from sharing_exceptionalaccess e
            where e.user_id = {user} and e.ground = 'LIFE'
              and e.starts_at <= {at} and e.ends_at > {at}
              and (e.file_id = r.file_id or exists (
                select from sharing_joined j
                where r.file_id in (j.kept_id, j.joined_id)
                  and e.file_id in (j.kept_id, j.joined_id)
                  and j.starts_at <= {at} and (j.ends_at is null or j.ends_at > {at}))))))"""

VETOES: Final = (
    Veto(
        "personal conflict",
        "select c.file_id from sharing_conflict c where c.user_id = {user}",
    ),
    # She bars somebody from some of her file, or from all of it (R-22.1, s. 7): by name; or an
    # organisation, those who hold a role there, those who hold it anywhere; never herself. It
    # yields to a danger to life alone; a personal conflict never does.
    Veto(
        "restriction",
        """
        select r.file_id from sharing_restriction r
        where r.user_id = {user} and {face} = any(r.faces)
          and r.starts_at <= {at} and (r.ends_at is null or r.ends_at > {at})"""  # noqa: S608 -- every name is ours
        + UNLESS_IN_DANGER,
    ),
    Veto(
        "restriction of a category",
        """
        select r.file_id from sharing_restriction r
        where r.user_id is null and {face} = any(r.faces) and {purpose} <> 'notebook'
          and (r.organisation_id is null or r.organisation_id = {organisation})
          and (r.role = '' or exists (
            select from accounts_membership m
            where m.user_id = {user} and m.organisation_id = {organisation} and m.role = r.role
              and m.starts_at <= {at} and (m.ends_at is null or m.ends_at > {at})))
          and r.starts_at <= {at} and (r.ends_at is null or r.ends_at > {at})"""  # noqa: S608 -- every name is ours
        + UNLESS_IN_DANGER,
    ),
    # What an organisation sealed, once its day had come or she asked: to everybody, whatever the
    # purpose, until two people lift it on a legal ground (R-22.1; P-39.1, s. 23, s. 73).
    Veto(
        "sealed",
        """
        select z.file_id from sharing_seal z
        where {face} = any(z.faces)
          and z.starts_at <= {at} and (z.ends_at is null or z.ends_at > {at})""",
        on_both=False,
    ),
)
# Whoever she knows outside work, or keeps out by name: a stranger to her file, whatever the task.
BY_NAME: Final = VETOES[:2]
# Two files of one person, joined now: the stricter side is kept, on both.
OTHER_FILE: Final = """
        select case v.file_id when j.kept_id then j.joined_id else j.kept_id end
        from vetoed v join sharing_joined j on v.file_id in (j.kept_id, j.joined_id)
        where j.starts_at <= {at} and (j.ends_at is null or j.ends_at > {at})"""

# Nobody's own reach passes this number of files (design §4); a test holds it.
REACH_CAP: Final = 500

# Relations are read by the functions of the role `gate`, and by it alone without restriction.
GATE_READS: Final = (
    "accounts_clearancerule",
    "accounts_extension",
    "accounts_membership",
    "accounts_organisation",
    "accounts_trainingday",
    "accounts_undertaking",
    "accounts_undertakingtext",
    "accounts_user",
    "participants_file",
    "participants_assignment",
    "sharing_along",
    "sharing_supervised",
    "sharing_handler",
    "sharing_committeeitem",
    "sharing_committeemeeting",
    "sharing_committeemember",
    "sharing_conflict",
    "sharing_consent",
    "sharing_cover",
    "sharing_custody",
    "sharing_departure",
    "sharing_disclosure",
    "sharing_disclosurestep",
    "sharing_ending",
    "sharing_erasurerequest",
    "sharing_exceptionalaccess",
    "sharing_handedover",
    "sharing_hold",
    "sharing_itemabout",
    "sharing_joined",
    "sharing_keepingrule",
    "sharing_lifted",
    "sharing_notebook",
    "sharing_notebookkey",
    "sharing_notebooksession",
    "sharing_recognised",
    "sharing_restriction",
    "sharing_seat",
    "sharing_stay",
    "sharing_withheld",
    "sharing_seal",
    "vault_tombstone",
    "regions_committee",
    "regions_region",
    "regions_retentionrule",
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
# somebody with whom nobody walks to whom a team lead names, let a partner leave, end what another
# had said yes to once she is of age to say it; share less and close her notebook at her word, count
# wrong tries; open a partner's own file with somebody who agreed to it; close to a member of a
# committee all that there is of whoever is recognised in an item.
GATE_WRITES: Final = {
    "accounts_session": ("select", "update"),
    "audit_event": ("select", "insert"),
    "participants_assignment": ("insert",),
    "participants_file": ("insert",),
    "participants_participant": ("insert",),
    "sharing_handedover": ("insert", "update"),
    "sharing_recognised": ("insert",),
    "sharing_exceptionalaccess": ("insert", "update"),
    "sharing_departure": ("insert", "update"),
    "sharing_conflict": ("insert",),
    "sharing_consent": ("insert", "update"),
    "sharing_disclosurestep": ("insert",),
    "sharing_ending": ("insert", "update"),
    "sharing_hold": ("insert", "update"),
    "sharing_presentation": ("select", "insert"),
    "sharing_seal": ("insert", "update"),
    "sharing_stay": ("update",),
    "sharing_notebook": ("update",),
    "sharing_notebookkey": ("update",),
    "sharing_notebooksession": ("update",),
    "accounts_organisation": ("update",),
    "audit_link": ("select", "insert"),
    "audit_head": ("select", "insert", "update"),
    "vault_datakey": ("select", "insert", "update"),
}

# The services that lock a first text of somebody else's: what opens an account, what a region says.
MINTERS: Final = ("service:doorkeeper", "service:loader")

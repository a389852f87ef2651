"""Which tables are there, and what does the page of rights say of each?

A table whose word says nothing but its section is held by its model, from its first day: nobody has
to write it here. What a word says besides is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spheres.core.words import FileSection
from spheres.sharing.compile import our_models, word_of
from tests.proofs.plain import plain_tables
from tests.proofs.rows import NOW
from tests.proofs.spans import HERE, POLICE, THERE, uuid_of


@dataclass(frozen=True)
class Story:
    """A table of one face of a file; only what stands apart as a status can be changed."""

    table: str
    face: str
    file: str = "file_id"
    changes: str = ""  # a column to write again, when the table holds what changes
    to: str = ""  # what it becomes, in SQL; itself by default
    still: str = "true"  # the rows that can change at all, in SQL
    given: dict[str, str] = field(default_factory=dict)  # other columns of a new row, in SQL
    services: tuple[str, ...] = ()  # services that read it whole, and change what changes
    nobody: dict[str, str] = field(default_factory=dict)  # the same row so changed: added by none
    stays: bool = False  # never read on the pages of what is shared
    is_sealed: bool = False  # each row is its author's alone, and these rows are nobody's here


def of_every_plain_table() -> Iterator[Story]:
    """What stands in one section and nothing more: a new table is held from its first day."""
    for model in plain_tables():
        word = word_of(model)
        assert isinstance(word, FileSection)
        changes = (*word.changes, "status")[0] if word.amend else ""
        # Nobody writes in another's name.
        given = {name: "access.actor()" for name in (word.by, word.author) if name}
        given |= {word.dated: NOW} if word.dated else {}
        yield Story(
            model._meta.db_table,
            word.section,
            changes=changes,
            given=given,
            stays=word.stays,
            is_sealed=bool(word.author),
        )


STORIES = (
    *of_every_plain_table(),
    Story(
        "participants_file",
        "relation",
        file="id",
        given={"holder_id": "access.organisation()"},
        nobody={
            "holder_id": f"case access.organisation() when '{HERE}' then '{THERE}' else '{HERE}' "
            "end::uuid"
        },
    ),
    # Whoever walked with a person who is forgotten no longer does: expiry ends it.
    Story(
        "participants_assignment",
        "relation",
        changes="ends_at",
        to="access.moment()",
        still="ends_at is null and starts_at <= access.moment()",
        given={"starts_at": f"{NOW} + '1 year'", "user_id": "access.actor()"},
        nobody={"user_id": f"'{uuid_of('coordinator live')}'::uuid"},
        services=("expiry",),
    ),
    # Who sits where: once the day is over, expiry sees it too, and deletes it.
    Story(
        "activities_attendance",
        "steps",
        given={"added_by": "access.actor()"},
        services=("expiry",),
    ),
)
# Tables of a section that are held elsewhere, each with the test that does.
ELSEWHERE = {
    "participants_participant": "spheres/sharing/tests/test_tables.py",
    "sharing_handedover": "spheres/followup/handing_over/tests/test_actions.py",
    "sharing_recognised": "spheres/followup/code_words/tests/test_code_words.py",
    "sharing_joined": "spheres/followup/likeness/tests/test_joining.py",
    "therapy_requests_therapyrequestday": "spheres/followup/therapy_requests/tests/test_asking.py",
    "therapy_notes_therapyday": "spheres/followup/therapy_notes/tests/test_sealed.py",
    "sharing_consent": "spheres/sharing/tests/test_said_by_her.py",
    "sharing_along": "spheres/followup/activities/tests/test_together.py",
    "sharing_supervised": "spheres/config/tests/test_brought_to_supervision.py",
    "sharing_restriction": "spheres/sharing/tests/test_said_by_her.py",
    "sharing_exceptionalaccess": "spheres/sharing/tests/test_protecting.py",
    "restrictions_refusal": "spheres/followup/restrictions/tests/test_restricting.py",
    "sharing_disclosure": "spheres/sharing/tests/test_disclosing.py",
    "incidents_concerned": "spheres/privacy/incidents/tests/test_persons.py",
    "incidents_informed": "spheres/privacy/incidents/tests/test_persons.py",
    "sharing_ending": "spheres/config/tests/test_retention.py",
    "sharing_erasurerequest": "spheres/config/tests/test_retention.py",
    "participants_suspension": "spheres/config/tests/test_representatives.py",
    "notebook_naming": "spheres/portal/notebook/tests/test_inside.py",
    # Read from a seat too, and added there by whoever is in charge of privacy.
    "papers_look": "spheres/config/tests/test_papers_of_matters.py",
    "papers_paper": "spheres/config/tests/test_papers_of_matters.py",
    "papers_part": "spheres/config/tests/test_papers_of_matters.py",
    "my_say_ask": "spheres/portal/my_say/tests/test_asking.py",
    # Of the file of what they answer.
    "my_say_answer": "spheres/portal/my_say/tests/test_asking.py",
    "notebook_reply": "spheres/portal/notebook/tests/test_words.py",
    "notebook_word": "spheres/portal/notebook/tests/test_inside.py",
    "sharing_notebook": "spheres/portal/notebook/tests/test_door.py",
    "sharing_seat": "spheres/config/tests/test_access_requests.py",
    "access_requests_accessrequest": "spheres/privacy/access_requests/tests/test_by_law.py",
    "access_requests_step": "spheres/privacy/access_requests/tests/test_by_law.py",
    "access_requests_decision": "spheres/privacy/access_requests/tests/test_by_law.py",
    "legal_demands_matter": "spheres/privacy/legal_demands/tests/test_by_law.py",
    "legal_demands_matterstatus": "spheres/privacy/legal_demands/tests/test_by_law.py",
    "legal_demands_step": "spheres/privacy/legal_demands/tests/test_by_law.py",
    "legal_demands_informing": "spheres/privacy/legal_demands/tests/test_by_law.py",
    "legal_demands_production": "spheres/privacy/legal_demands/tests/test_by_law.py",
    "legal_demands_verdict": "spheres/privacy/legal_demands/tests/test_by_law.py",
    "sharing_itemabout": "spheres/sharing/tests/test_convening.py",
    "sharing_presentation": "spheres/sharing/tests/test_convening.py",
    "access_requests_requeststatus": "spheres/privacy/access_requests/tests/test_by_law.py",
}


def of_a_section() -> set[str]:
    """Every table that a word puts in a section of a file."""
    return {
        model._meta.db_table for model in our_models() if isinstance(word_of(model), FileSection)
    }


@dataclass(frozen=True)
class Matter:
    """A table of a referral: which hands read it, add to it, change it."""

    table: str
    readers: frozenset[str]
    adders: frozenset[str]
    changers: frozenset[str] = frozenset()
    column: str = "file_id"
    changes: str = ""
    to: str = ""  # what it becomes, in SQL; itself by default
    visitor_adds: bool = True
    services: tuple[str, ...] = ()  # services that read (and, where it changes, change) it whole
    given: dict[str, str] = field(default_factory=dict)
    nobody: dict[str, str] = field(
        default_factory=dict
    )  # the same row so changed: no staff adds it


ALL, DESK = frozenset({"DESK", "WATCH", "OFFERED", "ENTRUSTED"}), frozenset({"DESK"})
HANDS = ALL - {"WATCH"}
# A question under a code: the desk, the worker it asks, whoever it was entrusted to.
ANSWERING = frozenset({"DESK", "ANSWERS", "ENTRUSTED"})
# A request for advice: the desk, and the worker it names.
ADVISING = frozenset({"DESK", "ANSWERS"})
MATTERS = (
    # An offer shows language, age band, her wish and hours: never who she is.
    Matter(
        "admission_referral",
        readers=HANDS,
        adders=DESK,
        # Whoever writes down a referral says that it is she who received it.
        given={"received_by": "access.actor()"},
        nobody={"received_by": f"'{uuid_of('somebody else')}'::uuid"},
    ),
    # Who she is, and who wrote to us, open to the desk and to the worker who accepted.
    Matter("admission_referredperson", readers=DESK | {"ENTRUSTED"}, adders=DESK),
    Matter("admission_referrer", readers=DESK | {"ENTRUSTED"}, adders=DESK),
    # Where it stands, also to the coordination that keeps watch, and to the service that forgets.
    Matter(
        "admission_referralstatus",
        readers=ALL,
        adders=HANDS,
        changers=HANDS,
        changes="status",
        services=("expiry",),
    ),
    Matter(
        "admission_offer",
        readers=DESK,
        adders=DESK,
        changers=DESK,
        changes="reason",
        visitor_adds=False,
    ),
    # What makes two referrals alike is kept by the desk, which reads digests and nothing else; a
    # visitor leaves it with the matter, at that moment only.
    Matter("likeness_trace", readers=DESK, adders=DESK, visitor_adds=False),
    Matter(
        "likeness_leftapart",
        readers=DESK,
        adders=DESK,
        visitor_adds=False,
        given={"left_by": "access.actor()"},
        nobody={"left_by": f"'{uuid_of('somebody else')}'::uuid"},
    ),
    # A question is read by those who answer it and by whoever holds its code. A visitor leaves it
    # with its matter, at that moment only.
    Matter(
        "questions_question",
        readers=ANSWERING | {"ASKER"},
        adders=frozenset(),
        visitor_adds=False,
    ),
    Matter(
        "questions_message",
        readers=ANSWERING | {"ASKER"},
        adders=ANSWERING,
        visitor_adds=False,
        given={"side": "'OURS'", "written_by": "access.actor()"},
        nobody={"written_by": f"'{uuid_of('somebody else')}'::uuid"},
    ),
    Matter(
        "questions_questionstatus",
        readers=ANSWERING | {"ASKER"},
        adders=frozenset(),
        changers=ANSWERING | {"ASKER"},
        changes="status",
        visitor_adds=False,
        services=("expiry",),
    ),
    # Advice is asked for as a question is: the worker is named, and nothing is entrusted.
    Matter(
        "intervention_support_advicerequest",
        readers=ADVISING | {"ASKER"},
        adders=frozenset(),
        column="id",
        visitor_adds=False,
    ),
    Matter(
        "intervention_support_advicestanding",
        readers=ADVISING | {"ASKER"},
        adders=frozenset(),
        changers=ADVISING | {"ASKER"},
        column="id",
        changes="due_on",
        visitor_adds=False,
    ),
    Matter(
        "intervention_support_adviceword",
        readers=ADVISING | {"ASKER"},
        adders=ADVISING,
        column="request_id",
        visitor_adds=False,
        given={"side": "'OURS'", "written_by": "access.actor()"},
        nobody={"written_by": f"'{uuid_of('somebody else')}'::uuid"},
    ),
    # A training is asked of the desk, and nobody else answers.
    Matter(
        "requests_trainingrequest",
        readers=DESK | {"ASKER"},
        adders=frozenset(),
        column="id",
        visitor_adds=False,
    ),
    Matter(
        "requests_answer",
        readers=DESK | {"ASKER"},
        adders=DESK,
        column="request_id",
        visitor_adds=False,
        given={"answered_by": "access.actor()", "outcome": "'NO'", "proposed_on": "null"},
        nobody={"answered_by": f"'{uuid_of('somebody else')}'::uuid"},
    ),
    # The desk offers, to a worker; what each hand may add and end is looked at row by row below.
    Matter(
        "sharing_handler",
        readers=ALL,
        adders=DESK,
        changers=HANDS,
        column="matter_id",
        changes="ends_at",
        to="access.moment()",
        services=("expiry",),
        visitor_adds=False,
        given={"user_id": f"'{uuid_of('youth_worker live')}'::uuid", "kind": "'OFFERED'"},
    ),
)

# Rows that somebody could want to add to a matter's hands, and which hands may add them.
A_COLLEAGUE = "(array_remove(access.colleagues(), access.actor()))[1]"
HANDED: dict[str, tuple[str, dict[str, str]]] = {
    "an offer to a worker": (
        "DESK", {"kind": "'OFFERED'", "user_id": f"'{uuid_of('youth_worker live')}'::uuid"},
    ),
    "an offer to a worker to whom nothing may be given": (
        "", {"kind": "'OFFERED'", "user_id": f"'{uuid_of('worker, never trained')}'::uuid"},
    ),
    "an offer to whoever is no worker": (
        "", {"kind": "'OFFERED'", "user_id": f"'{uuid_of('coordinator live')}'::uuid"},
    ),
    "a question to a worker": (
        "DESK", {"kind": "'ANSWERS'", "user_id": f"'{uuid_of('youth_worker live')}'::uuid"},
    ),
    "a question to the police": (
        "", {"kind": "'ANSWERS'", "user_id": f"'{uuid_of('only at the police')}'::uuid"},
    ),
    "an offer to the police": (
        "", {"kind": "'OFFERED'", "user_id": f"'{uuid_of('only at the police')}'::uuid"},
    ),
    "what she takes on": (
        "OFFERED ENTRUSTED", {"kind": "'ENTRUSTED'", "user_id": "access.actor()"},
    ),
    "what goes on with a colleague": ("ENTRUSTED", {"kind": "'ENTRUSTED'", "user_id": A_COLLEAGUE}),
    "what another takes on": (
        "", {"kind": "'ENTRUSTED'", "user_id": f"'{uuid_of('coordinator live')}'::uuid"},
    ),
    "a watch for the desk": (
        "OFFERED",
        {"kind": "'WATCH'", "organisation_id": f"'{HERE}'::uuid", "role": "'coordinator'"},
    ),
    "a watch for another role": (
        "", {"kind": "'WATCH'", "organisation_id": f"'{HERE}'::uuid", "role": "'trainer'"},
    ),
    "a watch for another place": (
        "", {"kind": "'WATCH'", "organisation_id": f"'{THERE}'::uuid", "role": "'coordinator'"},
    ),
    "a watch for herself": ("", {"kind": "'WATCH'", "user_id": "access.actor()"}),
    "a desk of her own": ("", {"kind": "'DESK'", "user_id": "access.actor()"}),
    "a desk at the police": (
        "", {"kind": "'DESK'", "organisation_id": f"'{POLICE}'::uuid", "role": "'coordinator'"},
    ),
    "the region's desk": (
        "visitor",
        {"kind": "'DESK'", "organisation_id": f"'{HERE}'::uuid", "role": "'coordinator'"},
    ),
}  # fmt: skip


def first_of_each_word(tables: Iterable[str]) -> list[str]:
    """Of these tables, the first of each word: the same word makes the same policies, which a test
    holds (`test_drift`)."""
    models = {model._meta.db_table: model for model in our_models()}
    found: dict[str, str] = {}
    for table in tables:
        found.setdefault(repr(word_of(models[table])), table)
    return list(found.values())

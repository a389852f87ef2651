"""Is every text a page shows written in the journal first; and without a journal, none? (T13)

A word that exists nowhere else stands in each locked field of two people: one whose referral
waits, one who is followed. Everybody of the cast asks for every page of the staff site. A page that
shows such a word must have left, in that very request, an event that names its row and its section.
Then the database refuses the journal's insert, as it would if the journal were full: no page that
showed a word may be given, and those that open nothing go on.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZipFile

import psycopg
import pytest
from django.conf import settings
from django.test import Client
from pypdf import PdfReader

from spheres.core import clock
from spheres.core.actor import VISITOR
from spheres.followup.admission import actions as admission
from spheres.followup.admission.models import Admission
from spheres.followup.covering import actions as covering
from spheres.followup.meetings import actions as meetings
from spheres.followup.notes import actions as notes
from spheres.followup.reaching import actions as reach_her
from spheres.followup.reaching import queries as reaching
from spheres.followup.summary import actions as summary
from spheres.followup.summary.models import Line
from spheres.records import actions as records
from spheres.regions import queries as regions
from spheres.sharing.rules import CONTACT, IDENTITY, NOTES, SUMMARY
from tests.architecture.test_guarded_pages import ENDING, SAID, Place, addresses, is_public
from tests.cast import MONDAY, uuid_of
from tests.daily import part_told, told_today
from tests.pages import signed_in, visitor
from tests.proofs.committed_world import World
from tests.proofs.figures import tell
from tests.proofs.of_sharing import SHARED, share

EVERYONE = ("louise", "ines", "yanick", "karim", "samir", "roy", "amrani", "nadia", "visitor")
READERS = ("louise", "ines", "yanick")  # to whom the two show something
# To whom she shows a part of it, and the folder of its pages.
BESIDE = {"samir": "consents", "roy": "disclosures", "karim": "exceptional"}
Crowd = dict[str, str]  # who asks, and of which folder; of all when none is named
# Sent empty they would be done, and what is looked for would move.
DOING = {"admission:accept", "admission:meet", "exceptional:close"}
WORD = "Mésange"
# Where each word is kept: the table, and the section its reading must name; a matter has none.
REFERRED = {
    "wish": ("admission_referral", ""), "hours": ("admission_referral", ""),
    "urgent": ("admission_referral", ""), "chosen_name": ("admission_referredperson", IDENTITY),
    "pronouns": ("admission_referredperson", IDENTITY),
    "interpreter": ("admission_referredperson", IDENTITY),
    "words": ("admission_referredperson", CONTACT), "never": ("admission_referredperson", CONTACT),
    "referrer_name": ("admission_referrer", ""), "referrer_role": ("admission_referrer", ""),
    "referrer_organisation": ("admission_referrer", ""),
    "referrer_contact": ("admission_referrer", ""),
}  # fmt: skip
FOLLOWED = {
    "chosen_name": ("participants_identity", IDENTITY),
    "pronouns": ("participants_identity", IDENTITY),
    "interpreter": ("participants_identity", IDENTITY),
    "hours": ("participants_safecontact", CONTACT), "words": ("participants_safecontact", CONTACT),
    "never": ("participants_safecontact", CONTACT),
    "sender": ("participants_safecontact", CONTACT),
    "code_word": ("participants_codeword", CONTACT),
    "her_words": ("admission_admission", SUMMARY), "harms": ("admission_admission", SUMMARY),
    "exception": ("admission_admission", SUMMARY),
    "said": ("notes_note", NOTES), "observation": ("notes_note", NOTES),
    "support": ("notes_note", NOTES), "draft": ("records_draft", ""),
    "line": ("summary_line", SUMMARY), "plan": ("meetings_plannedmeeting", NOTES),
}  # fmt: skip

REACHED = ("hours", "words", "never", "sender", "code_word")

# Identifiers that addresses ask for, of what these two have none of.
OF_NOBODY = (
    "cover_id", "custody_id", "device_id", "handed_id", "notice_id", "other_id", "outing_id",
    "pair", "recognised_id", "remark_id", "task_id", "referral_id", "exercise_id", "activity_id",
    "resource_id", "instrument_id", "refusal_id", "asking_id", "organisation_id", "departure_id",
    "unusual_id", "mask_id", "suspension_id", "incident_id", "colleague_id", "undertaking_id",
    "request_id", "letter_id", "ending_id", "hold_id", "kept_id",
    "demand_id", "matter_id", "production_id", "question_id", "own_note_id", "along_id",
    "attendance_id", "committee_id", "seat_id", "sitting_id", "brought_id", "promise_id",
    "partner_id", "expectation_id", "protocol_id", "practice_id", "edition_id", "work_id",
    "round_id", "ask_id", "own_page_id", "review_id", "topic_id", "training_id", "enrolment_id",
    "attestation_id", "tabled_id", "leaf_id", "learning_id", "material_id", "trainer_id",
    "offered_id", "training_request_id", "past_list_id", "advice_id", "check_in_id", "slot_id",
    "informal_id", "practice_group_id", "practice_session_id", "look_id", "word_id",
    "event_id", "engaged_id", "put_id", "known_id", "report_id", "extract_id", "entry_id",
)  # fmt: skip

# Why somebody under 14 was welcomed without a parent: written, and no page reads it yet.
UNREAD = ("exception",)


@dataclass
class Planted:
    """The words, where each is kept, and the identifiers the addresses ask for."""

    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: dict[str, tuple[set[UUID], str]] = field(default_factory=dict)

    def seen_in(self, page: str) -> list[str]:
        return [word for word in self.rows if word in page]


def word_of(who: str, what: str) -> str:
    return f"{WORD}-{who}-{what.replace('_', '-')}-x"


NOT_SHOWN = {word_of("followed", name) for name in UNREAD}


def refer(world: World, who: str) -> UUID:
    texts = {name: word_of(who, name) for name in REFERRED}
    sent = admission.Sent(
        id=uuid_of(who), source="professional", channel="web", agreement="yes", age_band="14-17",
        language="fr", contact_channel="text", **texts,
    )  # fmt: skip
    with world.acting(VISITOR):
        admission.refer(sent, desk=world.cast.institute.id, by=VISITOR, at=MONDAY)
    return admission.file_of(sent.id)


def offer(world: World, file_id: UUID, to: UUID) -> UUID:
    offer_id = uuid4()
    with world.acting(world.cast.louise) as louise:
        admission.offer(file_id, to=to, offer_id=offer_id, by=louise, at=MONDAY)
    return offer_id


def follow(world: World) -> dict[str, UUID]:
    file_id = refer(world, "followed")
    offer_id = offer(world, file_id, world.cast.ines.user_id)
    note, draft, line, meeting = uuid4(), uuid4(), uuid4(), uuid4()
    with world.acting(world.cast.ines) as ines:
        admission.accept(offer_id, desk=world.cast.institute.id, by=ines, at=MONDAY)
        admission.meet(file_id, by=ines, at=MONDAY)
        said = admission.Conversation(
            id=uuid4(), recognition=Admission.Recognition.BOTH,
            agreed_by=Admission.AgreedBy.HERSELF, agreement_form=Admission.Form.ORAL,
            her_words=word_of("followed", "her_words"), harms=word_of("followed", "harms"),
            exception_words=word_of("followed", "exception"),
        )  # fmt: skip
        admission.admit(file_id, said, by=ines, at=MONDAY)
        written = notes.Written(
            id=note, kind="meeting", occurred_at=MONDAY, her_words=word_of("followed", "said"),
            observation=word_of("followed", "observation"), support=word_of("followed", "support"),
        )  # fmt: skip
        notes.sign(file_id, written, by=ines, at=MONDAY)
        stands = reaching.newest(file_id, actor=ines)
        agreed = reach_her.Said(
            id=uuid4(), channel="text", window="any", confirmed_on=clock.day_of(MONDAY),
            **{name: word_of("followed", name) for name in REACHED},
        )  # fmt: skip
        reach_her.write(file_id, agreed, after=stands.id, by=ines, at=MONDAY)
        records.save_draft(
            draft, file_id=file_id, section=NOTES, record_type="notes",
            fields={"her_words": word_of("followed", "draft")}, by=ines, at=MONDAY,
        )  # fmt: skip
        kept = summary.Said(
            id=line, on=0, text=word_of("followed", "line"), whose=Line.Whose.HERS
        )  # fmt: skip
        summary.add(file_id, kept, by=ines, at=MONDAY)
        planned = meetings.Planned(
            meeting, "meeting", MONDAY + timedelta(hours=2), line=word_of("followed", "plan")
        )  # fmt: skip
        meetings.plan(file_id, planned, by=ines, at=MONDAY)
        # Whoever answers for her colleague reads a part of it too.
        away = covering.Away(
            uuid4(), world.cast.yanick.user_id, MONDAY, MONDAY + timedelta(days=3)
        )  # fmt: skip
        covering.be_away(away, by=ines, at=MONDAY)
    return {
        "file_id": file_id, "offer_id": offer_id, "note_id": note, "draft": draft, "line_id": line,
        "meeting_id": meeting,
    }  # fmt: skip


def plant(world: World, *, police: bool = True) -> Planted:
    """All of it; what the police is told of her at her word too, or not."""
    planted = Planted()
    waiting = refer(world, "waiting")
    offered = offer(world, waiting, world.cast.yanick.user_id)
    planted.known["waiting"] = {"file_id": waiting, "offer_id": offered, "note_id": uuid4()}
    planted.known["followed"] = follow(world)
    shared = share(
        world,
        planted.known["followed"]["file_id"],
        lambda what: word_of("followed", what),
        police=police,
    )
    planted.known["followed"] |= shared
    planted.known["waiting"] |= {name: uuid4() for name in shared}
    for who, fields in {"waiting": REFERRED, "followed": FOLLOWED | SHARED}.items():
        for name, (table, section) in fields.items():
            planted.rows[word_of(who, name)] = (rows_of(world, table, planted.known[who]), section)
        planted.known[who] |= {
            "record_id": planted.known[who]["note_id"],
            "user_id": world.cast.ines.user_id,
            "recovery_id": uuid4(),
            **SAID,
            "token": uuid4(),
            "line_id": planted.known[who].get("line_id", uuid4()),
            "version_id": planted.known[who].get("line_id", uuid4()),
            "meeting_id": planted.known[who].get("meeting_id", uuid4()),
        } | {name: uuid4() for name in OF_NOBODY}
    return planted


def rows_of(world: World, table: str, known: dict[str, UUID]) -> set[UUID]:
    """The identifiers of this file's rows in one table; a draft hides its file: by its own."""
    if table == "records_draft":
        return {known["draft"]}
    if table == "exceptional_reason":  # locked with the worker's own key
        return {known.get("access_id", uuid4())}
    with world.admin() as admin:
        found = admin.execute(f"select id from {table} where file_id = %s", [known["file_id"]])
        return {row[0] for row in found.fetchall()}


def pages(planted: Planted, folder: str = "") -> Iterator[tuple[Place, str, str]]:
    """Every address of the staff site, or of one folder, for each of the two; asked for, and sent
    empty."""
    for who, known in planted.known.items():
        for place, address in addresses("staff", known):
            if place.name in ENDING or (who == "waiting" and not place.asks):
                continue
            if not place.name.startswith(folder):
                continue
            yield place, "get", address
            if place.asks and place.name not in DOING and not is_public(place.view):
                yield place, "post", address
            if place.name == "notes:write" and "draft" in known:
                yield place, "get", f"{address}?draft={known['draft']}"
            if place.name == "papers:page":
                yield place, "get", address.replace(f"/{known['kind']}/", "/consent/")
            if place.name == "dossier:people":
                yield place, "get", f"{address}?q={WORD}"


def client_of(world: World, who: str) -> Client:
    client = visitor() if who == "visitor" else signed_in(getattr(world.cast, who))
    client.raise_request_exception = False
    return client


class Journal:
    """Read by a superuser beside the pages: what one request has just written."""

    def __init__(self, admin: psycopg.Connection) -> None:
        admin.autocommit = True
        self.admin = admin

    def last(self) -> int:
        (found,) = self.admin.execute("select coalesce(max(number), 0) from audit_event")
        return int(found[0])

    def since(self, number: int, user: UUID) -> list[tuple[set[str], set[UUID]]]:
        """Sections and rows of each event of one person."""
        found = self.admin.execute(
            "select sections, record_ids from audit_event where number > %s and actor_id = %s",
            [number, user],
        )
        return [(set(sections), set(rows)) for sections, rows in found]


def is_told(events: list[tuple[set[str], set[UUID]]], rows: set[UUID], section: str) -> bool:
    return any(rows & named and (not section or section in said) for said, named in events)


def read(answer: Any) -> str:
    """What an answer says: a page, a paper without the marks where a line may turn, or a zip."""
    if answer.get("Content-Type") == "application/zip":
        with ZipFile(io.BytesIO(answer.content)) as files:
            return "\n".join(files.read(name).decode() for name in files.namelist())
    if answer.get("Content-Type") != "application/pdf":
        return str(answer.content.decode())
    papers = PdfReader(io.BytesIO(answer.content)).pages
    return "\n".join(paper.extract_text() for paper in papers).replace("\u200b", "")


def crawl(
    world: World, planted: Planted, crowd: Crowd
) -> tuple[set[tuple[str, str, str]], list[str], set[str]]:
    """The pages that show a word (who, how, where), those whose reading is not told, the words."""
    showing, untold, seen = set(), [], set()
    with world.admin() as admin:
        journal = Journal(admin)
        for who in crowd:
            client = client_of(world, who)
            for place, method, address in pages(planted, crowd[who]):
                before = journal.last()
                words = planted.seen_in(read(getattr(client, method)(address)))
                if not words:
                    continue
                showing.add((who, method, address))
                seen.update(words)
                events = journal.since(before, getattr(world.cast, who).user_id)
                untold += [
                    f"{who} {method} {place.name}: {word}"
                    for word in words
                    if not is_told(events, *planted.rows[word])
                ]
    return showing, untold, seen


def without_journal(
    world: World, planted: Planted, crowd: Crowd, showing, *, whole: bool
) -> tuple[list[str], list[str]]:
    """Pages given in spite of it, and pages that open nothing and were not given.

    Every page that showed a word is asked, and each day a part of those that showed none.
    """
    given, missing = [], []
    today = set(told_today({place.name for place, _, _ in pages(planted)}, whole=whole))
    clients = {who: client_of(world, who) for who in (*crowd, "visitor")}
    with world.admin() as admin:
        admin.execute("revoke insert on audit_event from app")
    for who, client in clients.items():
        for place, method, address in pages(planted, crowd.get(who, "")):
            if (who, method, address) not in showing and place.name not in today:
                continue
            answer = getattr(client, method)(address)
            body = read(answer)
            if planted.seen_in(body) or (
                (who, method, address) in showing and answer.status_code < 500
            ):
                given.append(f"{who} {method} {place.name}: {answer.status_code}")
    youth = visitor(settings.YOUTH_HOST)
    for path in (
        "/",
        "/for-me/",
        "/referral/",
        "/relative/",
        "/advice/",
        "/advice/answer/",
        "/training/",
        "/ask/",
        "/answer/",
    ):
        if youth.get(path).status_code != 200:
            missing.append(path)
    if clients["visitor"].get("/sign-in/").status_code != 200:
        missing.append("/sign-in/")
    return given, missing


@pytest.mark.parametrize(
    ("crowd", "whole"),
    [
        (dict.fromkeys(READERS, "") | BESIDE, False),
        pytest.param(dict.fromkeys(EVERYONE, ""), True, marks=pytest.mark.proof),
    ],
    ids=["readers", "everyone"],
)
def test_every_reading_is_told_and_without_a_journal_nothing_is_read(
    world: World, crowd, whole: bool
) -> None:
    regions.forget()
    planted = plant(world)
    with clock.at(MONDAY):
        showing, untold, seen = crawl(world, planted, crowd)
        given, missing = without_journal(world, planted, crowd, showing, whole=whole)

    asked = sum(1 for folder in crowd.values() for _ in pages(planted, folder))
    tell(
        "readings told (T13)",
        f"{asked:,} pages asked, {len(showing)} show a text, {len(untold)} texts untold; "
        f"without a journal {len(given)} given, {len(missing)} public pages missing"
        f"{part_told(whole=whole)}",
        "all told; 0 given, 0 missing",
    )
    assert untold == []
    assert (given, missing) == ([], [])
    assert len(showing) > 12  # enough was shown for the answer to mean something
    # Otherwise it would prove little: what no page shows is known, and short.
    assert set(planted.rows) - seen == NOT_SHOWN


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([], False),
        ([({IDENTITY}, {uuid_of("row")})], True),
        ([({NOTES}, {uuid_of("row")})], False),
        ([({IDENTITY}, {uuid_of("another")})], False),
    ],
)
def test_an_event_of_another_section_or_row_is_not_taken_for_it(events, told) -> None:
    assert is_told(events, {uuid_of("row")}, IDENTITY) is told

"""What can be done with the way to reach her? Written anew each time: the newest stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.followup.reaching import policy, queries
from spheres.followup.reaching.models import Prepared
from spheres.followup.reaching.queries import Line, Newest
from spheres.participants import queries as participants
from spheres.participants.models import CodeWord, SafeContact
from spheres.participants.queries import Header
from spheres.sharing import queries as sharing
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.vault import actions as vault

MADE = {Prepared.Kind.CALL: "call_sheet.prepared", Prepared.Kind.TEXT: "text.prepared"}
JUST_AFTER = timedelta(microseconds=1)


@dataclass(frozen=True)
class Said:
    """What was agreed with her. Only the way is required."""

    id: UUID
    channel: str
    window: str = ""
    hours: str = ""
    lines: tuple[str, ...] = ()
    words: str = ""
    sender: str = ""
    never: str = ""
    code_word: str = ""
    confirmed_on: date | None = None
    told: str = ""


@transaction.atomic(savepoint=False)
def write(file_id: UUID, said: Said, *, after: UUID | None, by: Actor, at: datetime) -> bool:
    """Write with her how she is reached, after the one that was read; the one before stays.

    It never lifts «not safe»: only saying so does. False when somebody wrote another since: what
    was not read is not written over; or when the file is not visible.
    """
    policy.can_write(by, keeps=sharing.keeps(file_id, actor=by)).or_raise()
    queries.hold(file_id, actor=by)
    stands = queries.newest(file_id, actor=by)
    if stands is None and not participants.is_visible(file_id, actor=by):
        return False
    if (stands.id if stands else None) != after:
        # True for the same form sent twice: it stands already.
        return queries.contacts(file_id, actor=by).filter(pk=said.id).exists()
    contact = SafeContact(
        id=said.id,
        file_id=file_id,
        channel=said.channel,
        unsafe_on=stands.unsafe_on if stands else None,
        confirmed_on=said.confirmed_on,
        told=said.told,
        written_by=by.user_id,
        written_at=_next(stands, at),
    )
    vault.lock(
        contact,
        hours=said.hours,
        words=said.words,
        never=said.never,
        window=said.window,
        sender=said.sender,
        lines=" ".join(said.lines),
    )
    if not create_once(contact):
        return True
    word = _code_word(file_id, said, stands, by=by, at=at)
    rows = [contact, word] if word else [contact]
    audit.record(
        "contact.written",
        by=by,
        file_id=file_id,
        sections=[CONTACT],
        records=[row.pk for row in rows],
        digest=vault.digest(*rows),
    )
    return True


@transaction.atomic(savepoint=False)
def note_unsafe(file_id: UUID, row_id: UUID, *, on: date, by: Actor, at: datetime) -> bool:
    """Note that it is not safe to reach her since that day; the earliest day said stays."""
    policy.can_write(by, keeps=sharing.keeps(file_id, actor=by)).or_raise()
    return _again(file_id, row_id, "contact.unsafe", by=by, at=at, unsafe_on=on)


@transaction.atomic(savepoint=False)
def note_safe(file_id: UUID, row_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Note that she says it is safe again. What was agreed is then confirmed with her anew."""
    policy.can_write(by, keeps=sharing.keeps(file_id, actor=by)).or_raise()
    return _again(file_id, row_id, "contact.safe", by=by, at=at, unsafe_on=None)


@transaction.atomic(savepoint=False)
def confirm(file_id: UUID, row_id: UUID, *, on: date, by: Actor, at: datetime) -> bool:
    """Note that she says all of it is still true."""
    return _again(file_id, row_id, "contact.confirmed", by=by, at=at, confirmed_on=on)


@transaction.atomic(savepoint=False)
def prepare(
    person: Header,
    kind: Prepared.Kind,
    lines: list[Line],
    *,
    made_id: UUID,
    by: Actor,
    at: datetime,
) -> None:
    """Make a call sheet or a text from the lines she agreed to, when it is safe, hers and her hour.

    `person` was opened in this very page. Made twice under one identifier, it is noted once.
    """
    keeps = sharing.keeps(person.file_id, actor=by)
    policy.can_prepare(by, kind, queries.standing(person, at=at), keeps=keeps).or_raise()
    agreed = queries.lines_of(person)
    policy.has_words([line.words for line in lines if line in agreed]).or_raise()
    made = Prepared(
        id=made_id, file_id=person.file_id, kind=kind, written_by=by.user_id, written_at=at
    )
    said = [line.words for line in lines if line in agreed]
    vault.lock(made, said="\n".join([*said, queries.signature_of(person)]).strip())
    if create_once(made):
        audit.record(
            MADE[kind],
            by=by,
            file_id=person.file_id,
            sections=[CONTACT],
            records=[made_id],
            digest=vault.digest(made),
        )


def _next(stands: Newest | SafeContact | None, at: datetime) -> datetime:
    """Always after what stands, even of a page that asked the clock before it was written."""
    return max(at, stands.written_at + JUST_AFTER) if stands else at


def _code_word(
    file_id: UUID, said: Said, stands: Newest | None, *, by: Actor, at: datetime
) -> CodeWord | None:
    """Her word, when it is another one than before; an empty one takes the former back."""
    digest = participants.code_word_digest(said.code_word) if said.code_word.strip() else b""
    if digest == (stands.digest if stands else b""):
        return None
    before = stands.word_at if stands else None
    word = CodeWord(
        id=uuid5(said.id, "code word"),
        file_id=file_id,
        digest=digest,
        key_file=settings.SPHERES_KEY_ID,
        written_by=by.user_id,
        written_at=max(at, before + JUST_AFTER) if before else at,
    )
    vault.lock(word, word=said.code_word.strip())
    CodeWord.objects.bulk_create([word])
    return word


def _again(
    file_id: UUID, row_id: UUID, action: str, *, by: Actor, at: datetime, **change: date | None
) -> bool:
    """What stands, written again with one thing changed; False when the file is not visible."""
    queries.hold(file_id, actor=by)
    known = participants.known(file_id, actor=by)
    if known is None:
        return False
    vault.open(known.rows, by=by, sections=[IDENTITY, CONTACT])
    was = participants.header_of(known)
    contact = SafeContact(
        id=row_id,
        file_id=file_id,
        channel=was.channel,
        unsafe_on=was.unsafe_on,
        confirmed_on=was.confirmed_on,
        told=was.told,
        written_by=by.user_id,
        written_at=_next(known.contact, at),
    )
    _change(contact, change, by=by)
    vault.lock(
        contact,
        hours=was.hours,
        words=was.words,
        never=was.never,
        window=was.window,
        sender=was.sender,
        lines=was.lines,
    )
    if create_once(contact):
        audit.record(
            action,
            by=by,
            file_id=file_id,
            sections=[CONTACT],
            records=[row_id],
            digest=vault.digest(contact),
        )
    return True


def _change(contact: SafeContact, change: dict[str, date | None], *, by: Actor) -> None:
    if "confirmed_on" in change:
        keeps = sharing.keeps(contact.file_id, actor=by)
        policy.can_confirm(by, is_unsafe=contact.unsafe_on is not None, keeps=keeps).or_raise()
        contact.confirmed_on = change["confirmed_on"]
        return
    day = change["unsafe_on"]
    if day is None:
        contact.confirmed_on = None
    elif contact.unsafe_on is not None:
        day = min(day, contact.unsafe_on)
    contact.unsafe_on = day

"""How is a study written down, somebody asked, a table asked for, answered, made and taken away?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import NAMESPACE_DNS, UUID, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.jobs import defer
from spheres.core.once import create_once
from spheres.evaluation.indicators import queries as indicators
from spheres.evaluation.indicators.models import Span
from spheres.evaluation.research import anonymity, documents, policy, queries
from spheres.evaluation.research.models import Answer, Card, Drop, Extract, Protocol, Table, Taken
from spheres.evaluation.research.queries import Carded
from spheres.records import codes
from spheres.regions import queries as regions
from spheres.sharing import queries as sharing

KEPT_FOR: Final = timedelta(days=90)  # a table; and no longer than its study


@dataclass(frozen=True)
class Approved:
    """What was approved of a study, as its papers say it."""

    title: tuple[str, str]  # in French, in English
    told: tuple[str, str]
    theme: str
    ethics: str
    assessment: str
    agreement: str
    parts: tuple[str, ...]
    takes_under_14: bool
    researcher_id: UUID
    starts_on: date
    ends_on: date


@transaction.atomic
def write(protocol_id: UUID, approved: Approved, *, by: Actor, at: datetime) -> None:
    """Write down a study that was approved. It never changes: other words are another one."""
    policy.can_write(by, is_desk=sharing.is_desk(actor=by)).or_raise()
    row = Protocol(
        id=protocol_id,
        title_fr=approved.title[0],
        title_en=approved.title[1],
        told_fr=approved.told[0],
        told_en=approved.told[1],
        theme=approved.theme,
        ethics=approved.ethics,
        assessment=approved.assessment,
        agreement=approved.agreement,
        parts=list(approved.parts),
        takes_under_14=approved.takes_under_14,
        researcher_id=approved.researcher_id,
        starts_on=approved.starts_on,
        ends_on=approved.ends_on,
        written_by=by.user_id,
        written_at=at,
    )
    if create_once(row):
        audit.record("research.protocol", by=by, records=[row.pk])


@transaction.atomic
def end(protocol: Protocol, *, by: Actor, at: datetime) -> None:
    """The study is over: nobody is asked any more, no table is made. Pressed twice, once."""
    held = queries.hold_protocol(protocol.pk, actor=by)
    if held.ended_at is not None:
        return
    policy.can_end(by, held, is_desk=sharing.is_desk(actor=by)).or_raise()
    held.ended_by, held.ended_at = by.user_id, at
    held.save(update_fields=["ended_by", "ended_at"])
    audit.record("research.ended", by=by, records=[held.pk])


@transaction.atomic
def hand_card(file_id: UUID, card_id: UUID, protocol: Protocol, *, by: Actor, at: datetime) -> str:
    """A card for her, with a code that is kept nowhere. Sent twice, it bears the same code."""
    policy.can_hand_card(by, protocol, on=clock.day_of(at)).or_raise()
    code = codes.code_of(queries.USE, card_id)
    row = Card(
        id=card_id,
        file_id=file_id,
        protocol_id=protocol.pk,
        digest=codes.digest_of(queries.USE, code),
        written_by=by.user_id,
        written_at=at,
    )
    if create_once(row):
        audit.record("research.card", by=by, file_id=file_id, records=[card_id])
    return code


@transaction.atomic
def answer_of(
    answer_id: UUID, code: str, *, agrees: bool, giver: str, by: Actor, at: datetime
) -> Carded | None:
    """What she answers to whoever asks, under her code. None: the code opens nothing to them."""
    policy.can_ask_people(by).or_raise()
    found = queries.carded(code, actor=by)
    if found is None:
        return None
    row = Answer(
        id=answer_id,
        digest=codes.digest_of(queries.USE, code),
        agrees=agrees,
        giver=giver,
        asked_by=by.user_id,
        asked_at=at,
    )
    if create_once(row):
        # Of whom is in no journal: the study alone.
        audit.record("research.answered", by=by, records=[found.protocol_id])
    return found


@transaction.atomic
def ask(extract_id: UUID, protocol: Protocol, *, by: Actor, at: datetime) -> None:
    """Ask for a table of a study: another person answers."""
    policy.can_ask_table(by, protocol, on=clock.day_of(at)).or_raise()
    if create_once(Extract(id=extract_id, protocol=protocol, asked_by=by.user_id, asked_at=at)):
        audit.record("research.table_asked", by=by, records=[extract_id])


@transaction.atomic
def decide(
    protocol: Protocol, extract: Extract, *, approves: bool, words: str, by: Actor, at: datetime
) -> None:
    """Answer whoever asked for a table; approved, it is made at once, in the background."""
    from spheres.evaluation.research import tasks

    at_desk, today = by.organisation_id == regions.desk(), clock.day_of(at)
    policy.can_answer(by, extract, protocol, at_desk=at_desk, on=today).or_raise()
    held = queries.hold(extract.pk, actor=by)
    policy.can_answer(by, held, protocol, at_desk=at_desk, on=today).or_raise()
    held.answered_by, held.answered_at = by.user_id, at
    held.is_approved, held.answer = approves, words
    held.save(update_fields=["answered_by", "answered_at", "is_approved", "answer"])
    audit.record("research.table_answered", by=by, records=[extract.pk])
    if approves:
        defer(tasks.make, by=by)


@transaction.atomic
def take(extract: Extract, protocol: Protocol, taken_id: UUID, *, by: Actor, at: datetime) -> bytes:
    """The package, to the named researcher; each time it is taken is in the register.

    Without the lines that must be dropped: those that stay are made alike enough again.
    """
    policy.can_take(by, extract, protocol, on=clock.day_of(at)).or_raise()
    gone = queries.told_already(extract, actor=by)
    lines = [line for line in queries.lines(extract, actor=by) or [] if line[0] not in gone]
    left = anonymity.alike_enough(lines, protocol.parts, least=indicators.smallest_group())
    if create_once(Taken(id=taken_id, extract=extract, taken_by=by.user_id, taken_at=at)):
        audit.record("research.taken", by=by, records=[extract.pk])
    return documents.package(protocol, extract, left)


@transaction.atomic
def drop(protocol: Protocol, extract_id: UUID, *, by: Actor, at: datetime) -> None:
    """The researcher took out of every copy the lines that had to go. Pressed twice, once."""
    policy.can_drop(by, protocol).or_raise()
    mine = Drop.objects.filter(extract_id=extract_id, extract__protocol=protocol, done_at=None)
    if mine.update(done_by=by.user_id, done_at=at):
        audit.record("research.dropped", by=by, records=[extract_id])


@transaction.atomic
def make(*, by: Actor, at: datetime) -> list[Extract]:
    """Every table that was approved. Of a study that ended meanwhile none is made."""
    today, made = clock.day_of(at), []
    for extract in queries.to_make(actor=by):
        protocol = extract.protocol
        if not policy.is_live(protocol, on=today):
            continue
        told = queries.lines_of(protocol, until=_until(today), actor=by)
        lines = [[line, *(codes[p] for p in protocol.parts)] for line, codes in told.items()]
        done = anonymity.alike_enough(lines, protocol.parts, least=indicators.smallest_group())
        extract.made_at, extract.people = at, len(done.lines)
        extract.left_out, extract.smallest = done.left_out, done.smallest
        extract.digest = documents.digest(protocol, done.lines)
        extract.expires_on = min(today + KEPT_FOR, protocol.ends_on)
        extract.save(
            update_fields=["made_at", "people", "left_out", "smallest", "digest", "expires_on"]
        )
        Table.objects.bulk_create([Table(extract=extract, lines=[list(x) for x in done.lines])])
        audit.record("research.made", by=by, records=[extract.pk])
        made.append(extract)
    return made


@transaction.atomic
def look(*, by: Actor, at: datetime) -> None:
    """Who is no longer to be in a table that is held, and which tables are over."""
    today = clock.day_of(at)
    for table in queries.tables(actor=by):
        extract = table.extract
        if extract.expires_on is None or extract.expires_on < today:
            Table.objects.filter(pk=table.pk).delete()
            audit.record("research.expired", by=by, records=[extract.pk])
            continue
        stand = queries.lines_of(extract.protocol, until=_until(today), actor=by)
        gone = {line[0] for line in table.lines} - stand.keys()
        new = sorted(gone - queries.told_already(extract, actor=by))
        Drop.objects.bulk_create(
            [Drop(id=_id(extract.pk, line), extract=extract, line=line, told_at=at) for line in new]
        )
        if new:
            audit.record("research.drops_told", by=by, records=[extract.pk])


def _until(today: date) -> datetime:
    """The first moment of the quarter that runs: two tables of one quarter tell the same."""
    first = indicators.start_of(Span.QUARTER, today)
    return datetime.combine(first, time(), tzinfo=ZoneInfo(settings.TIME_ZONE))


def _id(*parts: object) -> UUID:
    """Of what it tells: two jobs at once write one row."""
    return uuid5(NAMESPACE_DNS, f"{'/'.join(map(str, parts))}.research.spheres")

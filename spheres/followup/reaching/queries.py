"""What is known of how she may be reached, what it was before, and what was prepared?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from spheres.accounts.models import User
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.core.hours import Hours
from spheres.followup.reaching import policy
from spheres.followup.reaching.models import Prepared
from spheres.followup.reaching.policy import Confirmed, Standing, Timing
from spheres.participants import queries as participants
from spheres.participants.models import CodeWord, SafeContact
from spheres.participants.queries import Header
from spheres.records.between.places import Block
from spheres.regions import queries as regions
from spheres.sharing import queries as sharing
from spheres.sharing.rules import CONTACT, IDENTITY
from spheres.vault import actions as vault

BEFORE, LATELY = 20, 20
QUOTES = '«»“”"\u00a0\u202f '
NEWEST = """
select c.id, c.written_at, c.unsafe_on, w.digest, w.written_at
from participants_safecontact c
left join lateral (select digest, written_at from participants_codeword w
  where w.file_id = c.file_id order by w.written_at desc, w.id limit 1) w on true
where c.file_id = %s order by c.written_at desc, c.id limit 1"""
# One at a time writes how she is reached: whoever comes second sees what the first has written.
HOLD = "select pg_advisory_xact_lock(hashtextextended('reaching ' || %s::text, 0))"


@dataclass(frozen=True)
class Newest:
    """What stands, without opening it: enough to write after it."""

    id: UUID
    written_at: datetime
    unsafe_on: date | None
    digest: bytes
    word_at: datetime | None


@dataclass(frozen=True)
class Line:
    """One sentence she agreed to; `code` is the region's, or «own» for her own words."""

    code: str
    words: str


@dataclass(frozen=True)
class Profile:
    """How she may be reached, opened, with what it was before and what was prepared."""

    person: Header
    now: SafeContact | None
    before: list[SafeContact] = field(default_factory=list)
    prepared: list[Prepared] = field(default_factory=list)
    names: dict[UUID, str] = field(default_factory=dict)


OWN = "own"


def hold(file_id: UUID, *, actor: Actor) -> None:
    """Nobody else writes how she is reached until this transaction ends."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [file_id])


def newest(file_id: UUID, *, actor: Actor) -> Newest | None:
    """What stands in this file, not opened; None when nothing does, or when it is not visible."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [file_id])
        row = cursor.fetchone()
    if row is None:
        return None
    contact_id, written_at, unsafe_on, digest, word_at = row
    return Newest(contact_id, written_at, unsafe_on, bytes(digest or b""), word_at)


def contacts(file_id: UUID, *, actor: Actor) -> QuerySet[SafeContact]:
    """Every safe contact of one file, the newest first."""
    context.require(actor)
    return SafeContact.objects.filter(file_id=file_id).order_by("-written_at", "pk")


def prepared(file_id: UUID, *, actor: Actor) -> QuerySet[Prepared]:
    """What was prepared in one file, the newest first."""
    context.require(actor)
    return Prepared.objects.filter(file_id=file_id).order_by("-written_at", "pk")


def code_word(file_id: UUID, *, actor: Actor) -> CodeWord | None:
    """Her code word, still locked; None when she has none."""
    context.require(actor)
    rows = CodeWord.objects.filter(file_id=file_id).order_by("-written_at", "pk")
    return rows.first()


def profile(file_id: UUID, *, actor: Actor) -> Profile | None:
    """The whole page, opened in one event; None when the file is not visible."""
    known = participants.known(file_id, actor=actor)
    if known is None:
        return None
    rows = list(contacts(file_id, actor=actor)[: BEFORE + 1])
    made = list(prepared(file_id, actor=actor)[:LATELY])
    vault.open([*known.rows, *rows[1:], *made], by=actor, sections=[IDENTITY, CONTACT])
    writers = {row.written_by for row in (*rows, *made)}
    names = dict(User.objects.filter(pk__in=writers).values_list("pk", "name"))
    return Profile(participants.header_of(known), known.contact, rows[1:], made, names)


def standing(person: Header, *, at: datetime) -> Standing:
    """How what was opened stands at this moment."""
    return Standing(
        person.channel,
        timing_of(person.window, at=at),
        person.unsafe_on is not None,
        confirmed_of(person, at=at),
    )


def timing_of(window: str, *, at: datetime) -> Timing:
    hours = Hours.read(window)
    if hours is None:
        return Timing.UNSAID
    here = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    return Timing.WITHIN if hours.hold(here) else Timing.OUTSIDE


def confirmed_of(person: Header, *, at: datetime) -> Confirmed:
    if person.confirmed_on is None:
        return Confirmed.NEVER
    delay = timedelta(days=regions.region().contact_confirm_days)
    is_long_ago = clock.day_of(at) - person.confirmed_on > delay
    return Confirmed.LONG_AGO if is_long_ago else Confirmed.LATELY


def lines_of(person: Header) -> list[Line]:
    """The sentences she agreed to, in her language, and her own; none that would tell anything."""
    agreed = person.lines.split()
    lines = [line for line in neutral_lines(person.language) if line.code in agreed]
    if own := person.words.strip(QUOTES):
        lines.append(Line(OWN, own))
    return [line for line in lines if not telling_words(line.words)]


def neutral_lines(language: str) -> list[Line]:
    """What the region proposes, in her language: it is said to her, not to the reader."""
    return [
        Line(word.code, word.label_en if language == "en" else word.label_fr)
        for word in regions.words("neutral_lines")
    ]


def telling_words(text: str) -> list[str]:
    """What in a text would give something away here, the programme's name included."""
    region = regions.region()
    return policy.telling_words(text, names=(region.programme_fr, region.programme_en))


def signature_of(person: Header) -> str:
    """The name she agreed that one signs with; none, when it would tell something."""
    return "" if telling_words(person.sender) else person.sender.strip(QUOTES)


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """At the top of the file: what to say, what never to do, and the two ways to prepare it."""
    return Block(
        "reaching/block.html",
        {
            "may_write": policy.can_write(actor, keeps=sharing.keeps(file_id, actor=actor)),
            "file_id": file_id,
        },
        for_a_while=True,
    )

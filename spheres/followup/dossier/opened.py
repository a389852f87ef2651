"""Who opened a file or wrote in it: the last seven days one by one, the months before folded?

Made to be read with her: one line for one person and one day, each time one press away. How many
times a month holds is said of the month, never of somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation, Role, User
from spheres.audit.models import Event
from spheres.core import context
from spheres.core.actor import NOTEBOOK, SEAT, SHARED, Actor
from spheres.followup.dossier import journal
from spheres.records.between import telling
from spheres.records.between.places import Block, Locked
from spheres.ui import moments

DAYS: Final = 7
MOST_SAID: Final = 3  # acts of one line; all of them are one press away
READING: Final = frozenset({"open", "list", "shared.opened", "supervision.read"})
MONTH: Final = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
WITHOUT_NAME: Final = {
    "visitor": _("The referral form"),
    "asker": _("You, with your code"),
    "service:expiry": _("The software, for what has expired"),
}
# Read with her worker, never in her notebook alone.
READ_BESIDE: Final = (
    Q(action__startswith="danger.")
    | Q(action__startswith="incident.")
    | Q(action__startswith="legal_demand.")
    | Q(action__startswith="worrying.")
)


@dataclass(frozen=True)
class Opening:
    """One time this file was opened or written in."""

    at: datetime
    name: str
    role: str
    done: str
    sentence: str  # with the parts that were open
    is_reading: bool
    by: tuple[UUID, UUID, str]  # two persons may bear one name; a purpose of its own is a line


@dataclass(frozen=True)
class Times:
    """The same thing, one or several times within a minute."""

    at: datetime
    sentence: str
    number: int

    @property
    def said(self) -> str:
        return times_of(self.number)


@dataclass(frozen=True)
class Line:
    """What one person did on one day, the newest first; each time is still there."""

    each: list[Opening]

    @property
    def last(self) -> Opening:
        return self.each[0]

    @property
    def done(self) -> str:
        """What was written comes before what was only read."""
        acts = sorted(self.each, key=lambda one: one.is_reading)
        said = list(dict.fromkeys(one.done for one in acts))
        others = len(said) - MOST_SAID
        if others < 1:
            return ", ".join(said)
        more = ngettext("and one other thing", "and %(others)s other things", others)
        return f"{', '.join(said[:MOST_SAID])}, {more % {'others': others}}"

    @property
    def times(self) -> list[Times]:
        """Each time; the same thing within a minute is said once, with how many times."""
        held: dict[tuple[str, str], list[Opening]] = {}
        for one in self.each:
            held.setdefault((moments.hour(one.at), one.sentence), []).append(one)
        return [
            Times(alike[0].at, sentence, len(alike)) for (_hour, sentence), alike in held.items()
        ]

    @property
    def when(self) -> str:
        """From 9:02 a.m. to 9:40 a.m., 12 times."""
        first, last = moments.hour(self.each[-1].at), moments.hour(self.last.at)
        times = times_of(len(self.each))
        if first == last:
            return gettext("At %(hour)s, %(times)s") % {"hour": last, "times": times}
        said = {"first": first, "last": last, "times": times}
        return gettext("From %(first)s to %(last)s, %(times)s") % said


@dataclass(frozen=True)
class Day:
    """One day, and a line for each person."""

    at: datetime
    lines: list[Line]


@dataclass(frozen=True)
class Month:
    """One month before the last seven days: how many times in all; its days, when it is open."""

    at: datetime
    times: int
    days: list[Day] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m}"

    @property
    def said(self) -> str:
        return times_of(self.times)


@dataclass(frozen=True)
class Opened:
    """The last seven days, then the months before, the newest first."""

    days: list[Day]
    months: list[Month]


def times_of(number: int) -> str:
    return ngettext("%(number)s time", "%(number)s times", number) % {"number": number}


def opened(
    file_id: UUID, *, actor: Actor, at: datetime, month: str = "", on_paper: bool = False
) -> Opened:
    """Four statements, however long the file has been open; `month` is the one to unfold.

    What was opened from a seat for a matter of which she may not be told yet is neither shown nor
    counted before she is told; then it is there, at its day. Alone in her notebook, she reads
    nothing of a danger, an incident or a demand, and neither does whoever finds her paper: whoever
    holds it, or her telephone, would learn of it, and her worker, who knows what she was told,
    reads it with her.
    """
    context.require(actor)
    since = _midnight(timezone.localtime(at) - timedelta(days=DAYS - 1))
    rows = _read_to_her(file_id, actor=actor, alone=actor.is_participant or on_paper)
    shown = Q(at__gte=since)
    if begins := _month(month):
        shown |= Q(at__gte=begins, at__lt=min(_month_after(begins), since))
    events = list(rows.filter(shown).order_by("-at", "-number"))
    openings = _openings(events)
    counted = (
        rows.filter(at__lt=since)
        .annotate(month=TruncMonth("at"))
        .values_list("month")
        .annotate(times=Count("pk"))
        .order_by("-month")
    )
    of_month = [one for one in openings if one.at < since]
    return Opened(
        _days(one for one in openings if one.at >= since),
        [
            Month(first, times, _days(of_month) if first == begins else [])
            for first, times in counted
        ],
    )


def _read_to_her(file_id: UUID, *, actor: Actor, alone: bool) -> QuerySet[Event]:
    # What she opens herself, in her notebook, is hers: nobody beside her reads when she was there.
    rows = Event.objects.filter(chain=Event.Chain.FILE, chain_id=file_id)
    rows = rows.exclude(purpose=NOTEBOOK)
    if alone:
        rows = rows.exclude(purpose=SEAT).exclude(READ_BESIDE)
    for one in telling.not_yet(file_id, actor=actor):
        rows = rows.exclude(
            purpose=SEAT, actor_id=one.user_id, at__gte=one.since, at__lte=one.until
        )
    return rows


def every_day(file_id: UUID, *, actor: Actor, at: datetime) -> list[Day]:
    """All of it, day by day, the newest first, as it stood at that moment: for her copy. What is
    read with her worker alone, for whoever finds a paper would learn of it, is not in it."""
    context.require(actor)
    rows = _read_to_her(file_id, actor=actor, alone=actor.is_participant)
    rows = rows.filter(at__lte=at).exclude(READ_BESIDE)
    return _days(_openings(list(rows.order_by("-at", "-number"))))


def with_her(file_id: UUID, *, actor: Actor, at: datetime) -> Locked:
    """The same, as one of the pages that are read together; months before are counted."""
    found = opened(file_id, actor=actor, at=at)
    return Locked([], lambda: Block("dossier/opened_with_her.html", {"opened": found}))


def _openings(events: list[Event]) -> list[Opening]:
    people = User.objects.filter(pk__in={event.actor_id for event in events})
    names = dict(people.values_list("pk", "name"))
    # What was read at a partner's says at which.
    read = {event.organisation_id for event in events if event.purpose == SHARED}
    there = Organisation.objects.filter(pk__in=read) if read else ()
    where = {one.pk: one.name for one in there}

    def at(event: Event) -> str:
        return where.get(event.organisation_id, "") if event.purpose == SHARED else ""

    return [
        Opening(
            at=event.at,
            name=names.get(event.actor_id)
            or str(WITHOUT_NAME.get(next(iter(event.roles), ""), _("The software"))),
            role=", ".join(str(Role(role).label) for role in event.roles if role in Role.values),
            done=journal.done_of(event, at(event)),
            sentence=journal.sentence_of(event, at(event)),
            is_reading=event.action in READING,
            by=(event.actor_id, event.organisation_id, event.purpose),
        )
        for event in events
    ]


def _days(openings: Iterable[Opening]) -> list[Day]:
    days: dict[datetime, dict[object, list[Opening]]] = {}
    for one in openings:
        of_day = days.setdefault(_midnight(timezone.localtime(one.at)), {})
        of_day.setdefault((one.by, one.role), []).append(one)
    return [Day(at, [Line(each) for each in lines.values()]) for at, lines in days.items()]


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time(), tzinfo=moment.tzinfo)


def _month(key: str) -> datetime | None:
    """The first moment of a month of an address; what is no month unfolds nothing."""
    found = MONTH.fullmatch(key)
    if found is None:
        return None
    here = timezone.get_default_timezone()
    return datetime(int(found[1]), int(found[2]), 1, tzinfo=here)


def _month_after(begins: datetime) -> datetime:
    return _midnight((begins + timedelta(days=32)).replace(day=1))

"""How is an incident found: by whoever told it, in the register, beside a person, on one's day?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Model

from spheres.accounts import queries as accounts
from spheres.accounts.models import Organisation, Role
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.participants import queries as participants
from spheres.privacy.incidents import policy
from spheres.privacy.incidents.models import (
    AboutIncidents,
    Addition,
    Assessment,
    Concerned,
    Incident,
    Informed,
    Step,
)
from spheres.privacy.incidents.policy import Done
from spheres.records.between import gathering, places
from spheres.regions import queries as regions

Item = Addition.Item
# What the person in charge of privacy is to look after; what a worker is to tell.
TO_HANDLE: Final = "incidents, to handle"
OF_REGISTER: Final = """
select json_build_object('aware_on', i.aware_on, 'regime', o.regime, 'notice', o.incident_notice,
  'conclusion', (select json_build_object('is', a.conclusion, 'at', a.told_at)
    from incidents_assessment a where a.incident_id = i.id order by a.told_at desc, a.id limit 1),
  'steps', (select coalesce(json_agg(json_build_object('kind', s.kind, 'at', s.done_at,
      'look_again_on', s.look_again_on) order by s.done_at, s.id), '[]')
    from incidents_step s where s.incident_id = i.id))
from incidents_incident i join accounts_organisation o on o.id = i.organisation_id
where i.organisation_id = %(here)s"""
TO_TELL: Final = "incidents, to tell"
TO_TELL_THEM: Final = f"""
select json_build_object('file_id', c.file_id, 'said_at', c.said_at,
  'look_again_on', n.look_again_on, 'waits_until', w.look_again_on)
from incidents_concerned c
left join lateral (select n.way, n.look_again_on from incidents_informed n
  where n.incident_id = c.incident_id and n.file_id = c.file_id
  order by n.told_at desc, n.id limit 1) n on true
left join lateral (select s.look_again_on from incidents_step s
  where s.incident_id = c.incident_id and s.kind = 'WAIT'
  order by s.done_at desc, s.id limit 1) w on true
where c.file_id in ({participants.MY_FILES}) and n.way is distinct from 'TOLD'"""  # noqa: S608 -- every name is ours
# Where one acts, then what it is a part of, upwards; and who keeps the register of each.
ANSWERING: Final = """
select u.id, w.name from (
  with recursive up as (
    select o.id, o.parent_id, 0 as far from accounts_organisation o where o.id = %(here)s
    union all
    select o.id, o.parent_id, u.far + 1
    from accounts_organisation o join up u on o.id = u.parent_id)
  select * from up) u
join accounts_membership m on m.organisation_id = u.id and m.role = %(role)s
  and m.starts_at <= %(at)s and (m.ends_at is null or m.ends_at > %(at)s)
join accounts_user w on w.id = m.user_id and w.is_active
order by u.far, w.name, w.id"""


@dataclass(frozen=True)
class Answers:
    """Which organisation answers for what is told here, and who keeps its register there."""

    organisation_id: UUID
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One entry with all that is kept of it; its words are there for those who read them."""

    row: Incident
    organisation: Organisation
    additions: list[Addition] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    concerned: list[Concerned] = field(default_factory=list)
    informed: list[Informed] = field(default_factory=list)
    names: dict[UUID, str] = field(default_factory=dict)

    @property
    def rows(self) -> list[AboutIncidents]:
        """What the vault opens with it."""
        return [self.row, *self.additions, *self.assessments]

    @property
    def teller(self) -> str:
        return self.names.get(self.row.told_by, "")

    def of(self, item: str) -> list[Addition]:
        return [one for one in self.additions if one.item == item]

    @property
    def assessment(self) -> Assessment | None:
        """The newest stands."""
        return self.assessments[-1] if self.assessments else None

    @property
    def persons(self) -> Addition | None:
        """The newest number of persons that was said."""
        return next((one for one in reversed(self.additions) if one.persons is not None), None)

    def _days(self, item: str) -> Addition | None:
        return next((one for one in reversed(self.of(item)) if one.from_on), None)

    @property
    def aware_on(self) -> date:
        """From when the organisation knew of it, as it stands now."""
        said = self._days(Item.AWARE)
        return said.from_on if said and said.from_on else self.row.aware_on

    @property
    def when(self) -> tuple[date | None, date | None]:
        """From which day to which day it happened; none: not known."""
        said = self._days(Item.WHEN)
        return (said.from_on, said.until_on) if said else (self.row.happened_on, None)

    @property
    def done(self) -> Done:
        newest = self.assessment
        return done_of(
            newest.conclusion if newest else "",
            newest.told_at if newest else None,
            [(one.kind, one.done_at, one.look_again_on) for one in self.steps],
        )

    @property
    def to(self) -> tuple[Step.Kind, ...]:
        return policy.recipients(self.organisation)

    def duties(self, today: date) -> list[str]:
        return policy.duties(self.done, self.to, today)

    @property
    def is_over(self) -> bool:
        return policy.is_over(self.done)

    @property
    def kept_until(self) -> date:
        """Counted from the latest of the days ever said, and from the last word written: no
        correction makes it shorter."""
        said = [one.from_on for one in self.of(Item.AWARE) if one.from_on]
        ends = [one.until_on for one in self.of(Item.AWARE) if one.until_on]
        written = [one.told_at for one in self.additions]
        written += [one.told_at for one in self.assessments]
        written += [one.told_at for one in self.informed]
        written += [one.done_at for one in self.steps] + [one.said_at for one in self.concerned]
        latest = max([self.row.aware_on, *said, *ends, *map(clock.day_of, written)])
        return policy.kept_until(latest, max(self.organisation.keep_years, _years_of_region()))

    @property
    def told(self) -> int:
        """How many of those whose workers said so were told."""
        return len({one.file_id for one in self.informed if one.way == Informed.Way.TOLD})


def _years_of_region() -> int:
    """What the region's rule proposes, which the law forbids to be less than five."""
    rules = regions.retention_rules()
    return next((rule.keep_years or 0 for rule in rules if rule.code == Incident.KEEP), 0)


def done_of(
    conclusion: str,
    concluded_at: datetime | None,
    steps: Iterable[tuple[str, datetime, date | None]],
) -> Done:
    """How far an entry is, from its rows, the oldest step first."""
    given: set[str] = set()
    waits_until, closed_at = None, None
    for kind, at, look_again_on in steps:
        if kind == Step.Kind.WAIT:
            waits_until = look_again_on
        elif kind == Step.Kind.CLOSED:
            closed_at = at
        else:
            given.add(kind)
    return Done(conclusion, concluded_at, frozenset(given), waits_until, closed_at)


def answering(*, actor: Actor, at: datetime) -> Answers:
    """The nearest, from where one acts upwards, where somebody is in charge of privacy; where
    nobody is anywhere, where one acts: it waits there."""
    context.require(actor)
    said: dict[str, Any] = {
        "here": actor.organisation_id, "role": Role.PRIVACY_OFFICER, "at": at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ANSWERING, said)
        found = cursor.fetchall()
    if not found:
        return Answers(actor.organisation_id)
    nearest = found[0][0]
    return Answers(nearest, tuple(dict.fromkeys(name for pk, name in found if pk == nearest)))


def told_by_me(*, actor: Actor) -> list[Entry]:
    """Those one has told, the newest first, still locked."""
    context.require(actor)
    rows = Incident.objects.filter(told_by=actor.user_id).order_by("-told_at", "pk")
    return _entries(rows, actor=actor)


def register(*, actor: Actor) -> list[Entry]:
    """The register of the organisation one acts for, the newest first, still locked."""
    context.require(actor)
    rows = Incident.objects.filter(organisation_id=actor.organisation_id)
    return _entries(rows.order_by("-told_at", "pk"), actor=actor)


def entry(incident_id: UUID, *, actor: Actor) -> Entry | None:
    """One that the database shows: of the register one keeps, or that one told."""
    context.require(actor)
    return next(iter(_entries(Incident.objects.filter(pk=incident_id), actor=actor)), None)


def _hanging(model: type[Model], order: str) -> gathering.Asked:
    return gathering.Asked(
        model,
        f"select h.* from {model._meta.db_table} h "  # noqa: S608 -- every name is ours
        f"where h.incident_id = any(%(ids)s) order by h.{order}, h.id",
    )


# What hangs on entries, in one statement; and the organisations that answer for them.
HANGING: Final[dict[str, gathering.Asked]] = {
    "additions": _hanging(Addition, "told_at"),
    "assessments": _hanging(Assessment, "told_at"),
    "steps": _hanging(Step, "done_at"),
    "concerned": _hanging(Concerned, "said_at"),
    "informed": _hanging(Informed, "told_at"),
}
ANSWERING_FOR: Final = gathering.Asked(
    Organisation,
    "select o.* from accounts_organisation o where o.id = any(%(organisations)s) order by o.id",
)


def _entries(rows: Iterable[Incident], *, actor: Actor) -> list[Entry]:
    rows = list(rows)
    if not rows:
        return []
    said = {
        "ids": [row.pk for row in rows],
        "organisations": sorted({row.organisation_id for row in rows}),
    }
    found = gathering.at_once({**HANGING, "organisations": ANSWERING_FOR}, said, actor=actor)
    organisations = {one.pk: one for one in found["organisations"]}
    who = {row.told_by for row in rows} | {one.done_by for one in found["steps"]}
    who |= {one.told_by for one in (*found["additions"], *found["assessments"])}
    names = accounts.names_of(who)
    return [
        Entry(
            row,
            organisations[row.organisation_id],
            names=names,
            **{what: [one for one in found[what] if one.incident_id == row.pk] for what in HANGING},
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Waiting:
    """One entry of my register that asks for something: since when it is known."""

    aware_on: date
    is_assessed: bool


def to_handle(*, actor: Actor, at: datetime) -> list[Waiting]:
    """Those that ask for something today, the longest known first."""
    today = clock.day_of(at)
    found = []
    for row in places.rows_of_day(TO_HANDLE, actor=actor, at=at):
        said = row["conclusion"] or {"is": "", "at": None}
        steps = [
            (one["kind"], datetime.fromisoformat(one["at"]), _day(one["look_again_on"]))
            for one in row["steps"]
        ]
        at_last = datetime.fromisoformat(said["at"]) if said["at"] else None
        done = done_of(said["is"], at_last, steps)
        to = policy.recipients(Organisation(regime=row["regime"], incident_notice=row["notice"]))
        due = policy.duties(done, to, today)
        if not policy.is_over(done) and (due or not policy.is_waiting(done, today)):
            found.append(Waiting(date.fromisoformat(row["aware_on"]), due != [Item.RISK]))
    return sorted(found, key=lambda one: one.aware_on)


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


@dataclass(frozen=True)
class Beside:
    """An incident that concerns one person, as their workers see it."""

    row: Concerned
    informed: Informed | None
    waits_until: date | None
    letter: Addition | None
    who: str
    organisation: Organisation  # which answers for it

    @property
    def way(self) -> str:
        return self.informed.way if self.informed else ""

    @property
    def is_told(self) -> bool:
        return self.way == Informed.Way.TOLD


def of_file(file_id: UUID, *, actor: Actor, today: date) -> list[Beside]:
    """Those that concern this person, the newest first; what they are told is still locked."""
    context.require(actor)
    rows = list(Concerned.objects.filter(file_id=file_id).order_by("-said_at", "pk"))
    if not rows:
        return []
    ids = [row.incident_id for row in rows]
    informed = {
        one.incident_id: one
        for one in Informed.objects.filter(file_id=file_id).order_by("told_at", "pk")
    }
    waits = {
        one.incident_id: one.look_again_on
        for one in Step.objects.filter(incident_id__in=ids, kind=Step.Kind.WAIT).order_by(
            "done_at", "pk"
        )
    }
    letters = {
        one.incident_id: one
        for one in Addition.objects.filter(incident_id__in=ids, item=Item.LETTER).order_by(
            "told_at", "pk"
        )
    }
    names = accounts.names_of({one.told_by for one in informed.values()})
    organisations = Organisation.objects.in_bulk({row.organisation_id for row in rows})
    found = []
    for row in rows:
        one, until = informed.get(row.incident_id), waits.get(row.incident_id)
        found.append(
            Beside(
                row,
                one,
                until if until and until > today else None,
                letters.get(row.incident_id),
                names.get(one.told_by, "") if one else "",
                organisations[row.organisation_id],
            )
        )
    return found


def letters_of(found: Iterable[Beside]) -> list[Addition]:
    """What the vault opens with them."""
    return [one.letter for one in found if one.letter is not None]


def to_tell(*, actor: Actor, at: datetime) -> list[tuple[UUID, datetime]]:
    """Whom of mine I am still to tell, the oldest first; those who wait come back on their day."""
    today = clock.day_of(at)
    found = [
        (UUID(row["file_id"]), datetime.fromisoformat(row["said_at"]))
        for row in places.rows_of_day(TO_TELL, actor=actor, at=at)
        if all((_day(row[name]) or today) <= today for name in ("look_again_on", "waits_until"))
    ]
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def my_people(*, actor: Actor, at: datetime) -> list[tuple[UUID, str]]:
    """Those one accompanies, by name: of whom one may say that it concerns them."""
    files = [one["file_id"] for one in participants.walked_with(actor=actor, at=at)]
    return sorted(participants.names(files, actor=actor), key=lambda pair: pair[1].casefold())


def colleagues(*, actor: Actor, at: datetime) -> list[tuple[UUID, str]]:
    """Those who work where one acts, but oneself; by name."""
    found = accounts.who_works_here(tuple(Role.values), actor=actor, at=at)
    return sorted(
        ((one.user_id, one.name) for one in found if one.user_id != actor.user_id),
        key=lambda pair: pair[1].casefold(),
    )

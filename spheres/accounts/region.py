"""What does a region's folder say of the organisations and the people who work there?

Removing a person from the file ends her access at once, and removes nothing: what she wrote stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.accounts import policy
from spheres.accounts.models import Membership, Organisation, Role, User
from spheres.regions.difference import Difference, difference
from spheres.regions.models import is_from_a_file
from spheres.regions.reading import Part, refuse_twice
from spheres.regions.region import reads_of
from spheres.regions.registry import Change, Kind, Loading, Section, register

# Who may be named to explain what a restriction, or a refusal, changes.
EXPLAINING: Final = ("youth_worker", "professional_support", "team_lead", "privacy_officer")
NOT_AT_THE_POLICE: Final = gettext_lazy(
    "«%s» is not held there: in a police service, accounts are for the members of its "
    "survivor programme and its steering captains."
)
NOTICES: Final = ("minister", "cai")  # whom an organisation tells of an incident
SHAPES: Final = {shape.value.lower(): shape for shape in Organisation.CopyShape}
ORDER: Final = re.compile(r"none|[A-ZÉ]{2,12}")
# Hers once she has an account: a file no longer decides them.
HER_OWN: Final = ("last_login", "language", "is_active")


@dataclass(frozen=True)
class OrganisationSaid:
    slug: str
    parent: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class PersonSaid:
    """One person of the file; `starts` and `ends` count from the day of the first loading."""

    slug: str
    name: str
    email: str
    organisation: str
    roles: list[str]
    job_title: tuple[str, str]
    employer: str
    order: str
    report_duty: str
    languages: list[str]
    since: int | date
    until: int | date | None  # the last day of access

    def starts_at(self, loading: Loading) -> datetime:
        return midnight(self.since, loading)

    def ends_at(self, loading: Loading) -> datetime | None:
        return None if self.until is None else midnight(self.until, loading, days=1)


def midnight(day: int | date, loading: Loading, *, days: int = 0) -> datetime:
    """The first moment of a day, where the region is; `days` later."""
    zone = ZoneInfo(loading.said["region"].time_zone)
    if isinstance(day, int):
        day = loading.first_at.astimezone(zone).date() + timedelta(days=day)
    return datetime.combine(day + timedelta(days=days), time(), tzinfo=zone)


# Organisations.


def check_organisations(parts: list[Part], said: Mapping[str, Any]) -> list[OrganisationSaid]:
    entries = [
        part.fields(
            "slug", "name", "kind", "partner", "profile", "about", "can_share_note",
            optional=("parent", "region", "system_of_record", "reading"),
        )
        for part in parts[0].items()
    ]  # fmt: skip
    refuse_twice([entry["slug"] for entry in entries])
    parents = {entry["slug"].plain: entry["parent"] for entry in entries}
    for slug, part in parents.items():
        _refuse_bad_parent(slug, part, parents)
    desk = said["region"].desk_part
    if desk.plain and desk.plain not in parents:
        desk.fault(_no_organisation() % {"value": desk.plain, "choices": ", ".join(parents)})
    here = [term.code for term in said["vocabularies"].get("administrative_regions", [])]
    return [_organisation(entry, here) for entry in entries]


def _no_organisation() -> str:
    return _("«%(value)s» is not an organisation. Choose among: %(choices)s.")


def _refuse_bad_parent(slug: str, part: Part, parents: dict[str, Part]) -> None:
    if not part.plain:
        return
    if part.plain not in parents:
        others = ", ".join(other for other in parents if other != slug)
        part.fault(_no_organisation() % {"value": part.plain, "choices": others})
        return
    met, above = {slug}, part.plain
    while above:
        if above in met:
            part.fault(_("«%s» would be above itself.") % slug)
            return
        met.add(above)
        above = parents[above].plain if above in parents else ""


def _organisation(it: Mapping[str, Part], here: list[str]) -> OrganisationSaid:
    profile = it["profile"].fields(
        "regime", "privacy_officer_title", "incident_notice", "answer_days", "keep_years",
        optional=("explains",),
    )  # fmt: skip
    name, about = it["name"].both(most=120), it["about"].both()
    officer = profile["privacy_officer_title"].both(most=120)
    explains = profile["explains"] if profile["explains"].node is not None else None
    can_share = it["can_share_note"].both()
    system, shape = _system_of_record(it["system_of_record"])
    return OrganisationSaid(
        slug=it["slug"].slug(),
        parent=it["parent"].plain,
        fields={
            "name_fr": name[0],
            "name_en": name[1],
            "kind": it["kind"].choice(Organisation.Kind.values),
            "region": it["region"].choice(here) if it["region"].plain else "",
            "is_partner": it["partner"].yes(),
            "regime": profile["regime"].choice(Organisation.Regime.values),
            "privacy_officer_fr": officer[0],
            "privacy_officer_en": officer[1],
            "incident_notice": profile["incident_notice"].choices(NOTICES),
            "answer_days": profile["answer_days"].number(1, 365),
            "keep_years": profile["keep_years"].number(1, 100),
            "about_fr": about[0],
            "about_en": about[1],
            "can_share_fr": can_share[0],
            "can_share_en": can_share[1],
            "system_of_record": system,
            "copy_shape": shape,
            "explains": None if explains is None else explains.choices(EXPLAINING),
            **dict(zip(("reads_alert", "reads_stop"), reads_of(it) or (None, None), strict=True)),
        },
    )


def _system_of_record(part: Part) -> tuple[str, str]:
    """Where the official file is kept, and how it takes a copy; `none`: it is kept here."""
    if part.node is None or part.plain == "none":
        return "", Organisation.CopyShape.TEXT
    if part.plain:
        part.fault(_("say none, or two fields: name, and copy (text, pdf or json)."))
        return "", Organisation.CopyShape.TEXT
    it = part.fields("name", "copy")
    return it["name"].text(most=40), SHAPES.get(it["copy"].choice(SHAPES), "TEXT")


def organisation_difference(loading: Loading) -> Difference[Organisation]:
    """A partner that left stays so, whatever an older file says of it."""
    wanted = [
        Organisation(
            id=loading.id("organisation", said.slug),
            slug=said.slug,
            parent_id=loading.id("organisation", said.parent) if said.parent else None,
            **said.fields,
        )
        for said in loading.said["organisations"]
    ]
    standing = [row for row in Organisation.objects.order_by("pk") if is_from_a_file(row.id)]
    left = {row.id: row.left_at for row in standing if row.left_at}
    for row in wanted:
        if row.id in left:
            row.is_partner, row.left_at = False, left[row.id]
    return difference(wanted, standing, Organisation)


# People.


def check_people(parts: list[Part], said: Mapping[str, Any]) -> list[PersonSaid]:
    entries = [
        part.fields(
            "slug", "name", "email", "organisation", "job_title", "roles", "employer_kind",
            "order", "report_category", "languages", "since",
            optional=("until",),
        )
        for part in parts[0].items()
    ]  # fmt: skip
    refuse_twice([entry["slug"] for entry in entries])
    refuse_twice([entry["email"] for entry in entries], lambda part: part.plain.casefold())
    above = {each.slug: (each.fields["kind"], each.parent) for each in said["organisations"]}
    people = [_person(entry, list(above)) for entry in entries]
    for entry, person in zip(entries, people, strict=True):
        is_police = policy.is_police(person.organisation, above)
        for role in person.roles:
            if not policy.can_be_held(role, is_police=is_police, beside=person.roles):
                entry["roles"].fault(str(NOT_AT_THE_POLICE % role))
    return people


def _person(it: Mapping[str, Part], organisations: list[str]) -> PersonSaid:
    since = _day(it["since"], default=0)
    until = _day(it["until"], default=None)
    if until is not None and type(until) is type(since) and until < since:  # type: ignore[operator]
        it["until"].fault(_("the last day of access comes before the first."))
    order = it["order"].matching(
        ORDER, _("«%s» is not a professional order, as OTSTCFQ, nor none.")
    )
    return PersonSaid(
        slug=it["slug"].slug(),
        name=it["name"].text(most=120),
        email=it["email"].email(),
        organisation=it["organisation"].choice(organisations, _no_organisation()),
        roles=it["roles"].choices(
            Role.values, _("«%(value)s» is not a role. Choose among: %(choices)s.")
        ),
        job_title=it["job_title"].both(most=120),
        employer=it["employer_kind"].choice(User.Employer.values),
        order="" if order == "none" else order,
        report_duty=it["report_category"].choice(User.ReportDuty.values),
        languages=it["languages"].choices(("fr", "en", "other")),
        since=0 if since is None else since,
        until=until,
    )


def _day(part: Part, *, default: int | None) -> int | date | None:
    """A day as 2026-11-21, or a number of days from the day of the first loading."""
    said = part.plain
    if re.fullmatch(r"[+-]?\d{1,5}", said):
        return int(said)
    return part.day() or default


@dataclass(frozen=True)
class People:
    """What loading would do to accounts and memberships."""

    users: Difference[User]
    begin: list[Membership]
    alter: list[tuple[Membership, tuple[str, ...]]]
    end: list[Membership]

    def changes(self) -> list[Change]:
        """One line for each person, whatever the number of her roles."""
        added = {row.pk for row in self.users.added}
        names = {row.pk: row.name for row in User.objects.all()}
        names |= {row.pk: row.name for row, _fields in self.users.changed}
        altered: dict[UUID, set[str]] = {row.pk: set(f) for row, f in self.users.changed}
        for row in self.begin:
            if row.user_id not in added:
                altered.setdefault(row.user_id, set()).add(f"+{row.role}")
        for row, fields in self.alter:
            altered.setdefault(row.user_id, set()).update(fields)
        ended: dict[UUID, list[str]] = {}
        for row in self.end:
            ended.setdefault(row.user_id, []).append(row.role)
        return [
            *(Change(Kind.ADDED, row.name) for row in self.users.added),
            *(
                Change(Kind.CHANGED, names[user_id], tuple(sorted(fields)))
                for user_id, fields in altered.items()
            ),
            *(
                Change(Kind.ENDED, names[user_id], tuple(sorted(roles)))
                for user_id, roles in ended.items()
            ),
        ]


def people_difference(loading: Loading) -> People:
    """An ended membership stays ended: coming back is another one, from today.

    What a manager ended, or said will end, is hers: the file opens it again by a later `since`.
    A membership that no file made is nobody's business here.
    """
    said: list[PersonSaid] = loading.said["people"]
    wanted = [_user(each, loading) for each in said]
    users = difference(wanted, User.objects.all(), User, ignoring=HER_OWN)
    standing: dict[tuple[UUID, UUID, str], list[Membership]] = {}
    for row in Membership.objects.order_by("starts_at", "pk"):
        standing.setdefault((row.user_id, row.organisation_id, row.role), []).append(row)
    begin: list[Membership] = []
    alter: list[tuple[Membership, tuple[str, ...]]] = []
    asked = set()
    for person in said:
        for role in person.roles:
            row = _membership(person, role, loading)
            key = (row.user_id, row.organisation_id, role)
            asked.add(key)
            before = standing.get(key, [])
            if not before:
                begin.append(row)
            elif before[-1].is_ended_by_hand and row.starts_at <= (
                before[-1].ends_at or loading.at
            ):
                continue  # a manager ended it: only a later day than hers begins another
            elif _has_ended(before[-1], loading.at) and not _has_ended(row, loading.at):
                row.id = loading.id("membership", f"{row.id}/{len(before)}")
                row.starts_at = loading.at
                begin.append(row)
            elif differing := _differing(row, before[-1]):
                row.id = before[-1].id
                row.starts_at = before[-1].starts_at
                alter.append((row, differing))
    end = [
        row
        for key, rows in standing.items()
        if key not in asked
        for row in rows
        if is_from_a_file(row.id) and not _has_ended(row, loading.at)
    ]
    return People(users, begin, alter, end)


def _user(said: PersonSaid, loading: Loading) -> User:
    reads = next((language for language in said.languages if language in {"fr", "en"}), "fr")
    return User(
        id=loading.id("person", said.slug),
        email=said.email,
        name=said.name,
        employer=said.employer,
        order=said.order,
        report_duty=said.report_duty,
        languages=said.languages,
        language=reads,
    )


def _membership(said: PersonSaid, role: str, loading: Loading) -> Membership:
    return Membership(
        id=loading.id("membership", f"{said.slug}/{said.organisation}/{role}"),
        user_id=loading.id("person", said.slug),
        organisation_id=loading.id("organisation", said.organisation),
        role=role,
        job_title_fr=said.job_title[0],
        job_title_en=said.job_title[1],
        starts_at=said.starts_at(loading),
        ends_at=said.ends_at(loading),
    )


def _has_ended(row: Membership, at: datetime) -> bool:
    return row.ends_at is not None and row.ends_at <= at


def _differing(row: Membership, before: Membership) -> tuple[str, ...]:
    fields = ("job_title_fr", "job_title_en", "ends_at")
    return tuple(field for field in fields if getattr(row, field) != getattr(before, field))


def apply_people(loading: Loading) -> None:
    found = people_difference(loading)
    found.users.write()
    Membership.objects.bulk_create(found.begin)
    for row, fields in found.alter:
        row.save(update_fields=fields)
    for row in found.end:
        # Never before it began: a membership announced for later is taken back whole.
        row.ends_at = max(loading.at, row.starts_at)
        row.save(update_fields=["ends_at"])


def _names(loading: Loading, found: Callable[[Loading], Difference[Organisation]]) -> list[Change]:
    return found(loading).changes(lambda row: row.name, gone=Kind.KEPT)


register(
    Section(
        name="organisations",
        file="organisations.yaml",
        title=gettext_lazy("Organisations"),
        check=check_organisations,
        plan=lambda loading: _names(loading, organisation_difference),
        apply=lambda loading: organisation_difference(loading).write(),
        is_required=True,
    )
)
register(
    Section(
        name="people",
        file="people.yaml",
        title=gettext_lazy("People"),
        check=check_people,
        plan=lambda loading: people_difference(loading).changes(),
        apply=apply_people,
        is_occupied=lambda: User.objects.exists(),
    )
)

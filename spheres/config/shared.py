"""What does a region's folder say of who shares what with a partner, in its demonstration?

Played once the lives stand: each is written down by her worker, and taken back when she said so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.config import life  # noqa: F401 -- whose people share: it is read first
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.admission import actions as admission
from spheres.followup.consents import actions as consents
from spheres.followup.consents.forms import OFFERED
from spheres.participants import queries as participants
from spheres.regions import queries as regions
from spheres.regions.loading import LOADER
from spheres.regions.models import Played
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Kind, Loading, Section, register
from spheres.sharing.models import Consent, Form

FIRST_DAY, LAST_DAY = -180, 360
GIVEN_AT, BACK_AT = time(14, 20), time(16, 5)
FORMS: Final = {form.lower(): form for form in Form.values}


@dataclass(frozen=True)
class SharedSaid:
    """One thing that one person shares: by whom it was written down, with whom, until when."""

    story: str
    by: str
    to: str
    day: int
    until: int
    what: tuple[str, ...]
    purpose: str
    form: str
    witness: str
    back: int | None

    @property
    def slug(self) -> str:
        return f"{self.story} {self.to} {self.day}"


def check(parts: list[Part], said: Mapping[str, Any]) -> list[SharedSaid]:
    """Each entry, of a person whom that worker accompanies, with a partner."""
    people = {person.slug: person for person in said.get("people", [])}
    partners = {one.slug for one in said.get("organisations", []) if one.fields["is_partner"]}
    accepted = {
        story.slug: {step.who for step in story.path if step.step == "accepted"}
        for story in said.get("life", [])
    }
    entries = parts[0].items() if parts else []
    return [_said(entry, people, partners, accepted) for entry in entries]


def _said(
    part: Part, people: Mapping[str, Any], partners: set[str], accepted: dict[str, set[str]]
) -> SharedSaid:
    it = part.fields(
        "person", "by", "with", "day", "until", "what", "for", "form", optional=("witness", "back")
    )
    story, by = it["person"].choice(accepted), it["by"].choice(people)
    if by not in accepted.get(story, set()):
        it["by"].fault(_("another worker accepted this referral."))
    return SharedSaid(
        story,
        by,
        it["with"].choice(dict.fromkeys(partners, "")),
        it["day"].number(FIRST_DAY, -1),
        it["until"].number(FIRST_DAY, LAST_DAY),
        tuple(it["what"].choices(OFFERED)),
        it["for"].code(),
        FORMS.get(it["form"].choice(FORMS), ""),
        it["witness"].text() if "witness" in it else "",
        it["back"].number(FIRST_DAY, -1) if "back" in it else None,
    )


def plan(loading: Loading) -> list[Change]:
    """What was not said yet."""
    done = set(Played.objects.values_list("pk", flat=True))
    return [
        Change(Kind.ADDED, each.slug)
        for each in loading.said["shared"]
        if loading.id("shared", each.slug) not in done
    ]


def apply(loading: Loading) -> None:
    """Nothing yet: a person shares once her life was played (`play`)."""


def play(loading: Loading) -> None:
    """Each is given, then maybe taken back; said already, it stands."""
    for each in loading.said.get("shared", []):
        act_id = loading.id("shared", each.slug)
        with transaction.atomic(durable=True):
            with context.acting_as(LOADER):
                is_played = Played.objects.filter(pk=act_id).exists()
            if not is_played:
                _play(loading, each)
                with context.acting_as(LOADER):
                    Played.objects.bulk_create([Played(id=act_id)])


def _play(loading: Loading, each: SharedSaid) -> None:
    person = {one.slug: one for one in loading.said["people"]}[each.by]
    by = Actor(
        loading.id("person", each.by),
        loading.id("organisation", person.organisation),
        frozenset(person.roles),
    )
    file_id = admission.file_of(loading.id("referral", each.story))
    given_at = _at(loading, each.day, GIVEN_AT)
    given = consents.Given(
        id=loading.id("consent", each.slug),
        organisation_id=loading.id("organisation", each.to),
        sections=each.what,
        purpose=each.purpose,
        given_by=Consent.Giver.HERSELF,
        form=each.form,
        language="fr",
        text_version=regions.text("consent.version"),
        ends_on=clock.day_of(_at(loading, each.until, GIVEN_AT)),
        witness=each.witness,
    )
    with clock.at(given_at), context.acting_as(by):
        known = participants.header(file_id, actor=by)
        if known is None:
            raise ValueError(f"{each.by} does not walk with {each.story}.")
        consents.give(file_id, given, person=known, by=by, at=given_at)
    if each.back is None:
        return
    back_at = _at(loading, each.back, BACK_AT)
    with clock.at(back_at), context.acting_as(by):
        consents.take_back(
            file_id,
            [given.id],
            said_by=Consent.Withdrawer.HERSELF,
            form=Form.ORAL,
            by=by,
            at=back_at,
        )


def _at(loading: Loading, day: int, hour: time) -> datetime:
    zone = ZoneInfo(loading.said["region"].time_zone)
    here = loading.first_at.astimezone(zone).date()
    monday = here - timedelta(days=here.weekday())
    return datetime.combine(monday + timedelta(days=day), hour, tzinfo=zone)


register(
    Section(
        name="shared",
        file="shared.yaml",
        title=gettext_lazy("What is shared"),
        check=check,
        plan=plan,
        apply=apply,
    )
)

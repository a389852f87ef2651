"""What may be typed of a session: when and by whom, who is enrolled, who came, what it costs?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.training.catalogue.models import Language
from spheres.training.sessions import policy
from spheres.training.sessions.actions import FromOutside, Moved, Planned
from spheres.training.sessions.models import CostLine, TrainingSession
from spheres.ui import moments
from spheres.ui.fields import (
    AgreeField,
    ChecksField,
    DayField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
    TimeField,
)
from spheres.ui.forms import Form

CHOOSE: Final = ("", _("Choose"))
NOT_SAID: Final = ("", _("Not said"))
MOST_PLACES, MOST_CENTS = 500, 10_000_000
NO_HOUR: Final = _("The clock jumps over this hour that night: choose another.")


class TeachersForm(Form):
    """Who teaches, and who teaches along."""

    trainer = SelectField(label=_("Who teaches?"), width="half")
    others = ChecksField(
        label=_("Who teaches along?"), required=False, hint=_("You can leave this empty.")
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[tuple[UUID, str]],
        outside: Iterable[tuple[UUID, str]],
        **others: Any,
    ) -> None:
        """`outside`: organisations that teach along; whoever keeps the list works here."""
        super().__init__(*args, **others)
        known = [(str(key), name) for key, name in people]
        self.choose_from("trainer", [CHOOSE, *known])
        self.choose_from("others", [*((str(key), name) for key, name in outside), *known])

    def trainers(self) -> tuple[UUID, ...]:
        said = self.cleaned_data
        return tuple(UUID(one) for one in (said["trainer"], *said["others"]))


class WhenForm(Form):
    """A day, its hours, a place, so many places."""

    held_on = DayField(label=_("Which day?"))
    starts = TimeField(label=_("From what time?"))
    ends = TimeField(label=_("Until what time?"))
    mode = RadiosField(label=_("How is it held?"), choices=TrainingSession.Mode.choices)
    where = TextField(
        label=_("The room, or the link"),
        hint=_("For those on the list. No public page says it."),
        max_length=200,
        required=False,
    )
    places = NumberField(label=_("How many places?"), min_value=1, max_value=MOST_PLACES)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        day, starts, ends = said.get("held_on"), said.get("starts"), said.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("A session ends after it begins."))
        elif day and starts and ends:
            self._place(said, day, starts, ends)
        return said

    def _place(self, said: dict[str, Any], day: Any, starts: Any, ends: Any) -> None:
        try:
            said["starts_at"] = moments.moment_of(day, starts)
            said["ends_at"] = moments.moment_of(day, ends)
        except moments.NoSuchHour:
            self.add_error("starts", NO_HOUR)
            return
        if said["starts_at"] <= clock.now():
            self.add_error("held_on", _("This moment is past: choose a later one."))


class PlanForm(WhenForm, TeachersForm):
    """A session: one topic, one day, so many places."""

    topic = SelectField(label=_("Which topic?"))
    language = RadiosField(label=_("In which language?"), choices=Language.choices)
    host = SelectField(label=_("Which organisation receives?"), width="half")

    field_order = (
        "topic", "held_on", "starts", "ends", "mode", "where", "places", "language", "host",
        "trainer", "others",
    )  # fmt: skip

    def __init__(
        self, *args: Any, topics: Iterable[Any], hosts: Iterable[tuple[UUID, str]], **others: Any
    ) -> None:
        begun = {"mode": TrainingSession.Mode.IN_PERSON, "language": get_language(), "places": 20}
        others["initial"] = begun | (others.get("initial") or {})
        super().__init__(*args, **others)
        self.choose_from("topic", [CHOOSE, *((str(one.pk), one.title) for one in topics)])
        self.choose_from("host", [CHOOSE, *((str(key), name) for key, name in hosts)])

    def planned(self) -> Planned:
        said = self.cleaned_data
        return Planned(
            self.record_id, UUID(said["topic"]), said["mode"], said["language"],
            said["starts_at"], said["ends_at"], said["places"], said["where"],
            UUID(said["host"]), self.trainers(),
        )  # fmt: skip


class MoveForm(WhenForm):
    """Another day, other hours, another place; never fewer places than were given."""

    def __init__(self, *args: Any, of: TrainingSession, taken: int, **others: Any) -> None:
        begins, ends = moments.local(of.starts_at), moments.local(of.ends_at)
        stands = {
            "held_on": begins.date(), "starts": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}",
            "mode": of.mode, "where": of.where, "places": of.places,
        }  # fmt: skip
        super().__init__(*args, initial=stands, **others)
        self.taken = taken

    def clean_places(self) -> int:
        places = int(self.cleaned_data["places"])
        if places < self.taken:
            raise ValidationError(policy.too_few(self.taken))
        return places

    def moved(self) -> Moved:
        said = self.cleaned_data
        return Moved(
            said["starts_at"], said["ends_at"], said["mode"], said["where"], said["places"]
        )


class TeamForm(Form):
    """Who is enrolled, among those who work where one leads."""

    people = ChecksField(label=_("Who comes?"))

    def __init__(self, *args: Any, team: Iterable[tuple[UUID, str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        free = [(str(key), name) for key, name, stands in team if not stands]
        self.choose_from("people", free)

    @property
    def is_of_use(self) -> bool:
        return bool(self.fields["people"].choices)  # type: ignore[attr-defined]

    def those(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["people"]]


class CameForm(Form):
    """Who came, among those on the list; nobody is also an answer."""

    came = ChecksField(label=_("Who came?"), required=False)

    def __init__(self, *args: Any, lines: Iterable[Any], **others: Any) -> None:
        super().__init__(*args, **others)
        known = [
            (str(one.row.pk), f"{one.name} ({one.place})" if one.place else one.name)
            for one in lines
        ]
        self.choose_from("came", known)

    def those(self) -> set[UUID]:
        return {UUID(one) for one in self.cleaned_data["came"]}


def clean_reach(said: str) -> str:
    """An address or a number by which somebody can be reached; empty when nothing was said."""
    if said and "@" not in said and sum(one.isdigit() for one in said) < 10:
        raise ValidationError(_("Write a whole phone number or e-mail address."))
    return said


class RoomForm(Form):
    """Somebody who came without having enrolled."""

    name = TextField(label=_("Their name"), max_length=120, width="half")
    place = TextField(label=_("Their organisation"), max_length=160, width="half")
    environment = SelectField(label=_("From which environment?"), width="half")
    region = SelectField(label=_("From which region?"), width="half", required=False)
    reach = TextField(
        label=_("An e-mail address or a phone number"),
        hint=_("For practical words only. It can stay empty."),
        max_length=200,
        required=False,
    )
    agrees = AgreeField(label=_("They agree to be on the list."))

    def __init__(
        self,
        *args: Any,
        environments: Iterable[tuple[str, str]],
        of_quebec: Iterable[tuple[str, str]],
        **others: Any,
    ) -> None:
        super().__init__(*args, **others)
        self.choose_from("environment", [CHOOSE, *environments])
        self.choose_from("region", [NOT_SAID, *of_quebec])

    def clean_reach(self) -> str:
        return clean_reach(str(self.cleaned_data["reach"]))

    def said(self) -> FromOutside:
        said = self.cleaned_data
        return FromOutside(
            said["name"], said["place"], said["environment"], get_language() or "fr",
            said["reach"], said["region"],
        )  # fmt: skip


class RoomCodeForm(Form):
    """The six figures that are shown in the room."""

    room_code = TextField(label=_("The code shown in the room"), max_length=12, width="short")


class CostsForm(Form):
    """What it costs, in dollars, kind by kind; empty counts for nothing."""

    def __init__(self, *args: Any, cents: dict[str, int], **others: Any) -> None:
        super().__init__(*args, **others)
        for kind in CostLine.Cost:
            self.fields[kind.value] = TextField(
                label=kind.label, required=False, max_length=12, width="short",
                initial=_dollars(cents[kind.value]) if cents.get(kind.value) else "",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for kind in CostLine.Cost:
            try:
                said[kind.value] = _cents(said.get(kind.value) or "0")
            except ValueError:
                self.add_error(kind.value, _("Write an amount in dollars, as 120 or 85.50."))
        return said

    def cents(self) -> dict[str, int]:
        return {kind.value: self.cleaned_data[kind.value] for kind in CostLine.Cost}


def _cents(said: str) -> int:
    plain = "".join(said.replace("$", "").split()).replace(",", ".")
    whole, _dot, part = plain.partition(".")
    if not whole.isascii() or not (whole + part).isdecimal() or len(part) > 2:
        raise ValueError(said)
    cents = int(whole or "0") * 100 + int(part.ljust(2, "0") or "0")
    if cents > MOST_CENTS:
        raise ValueError(said)
    return cents


def _dollars(cents: int) -> str:
    whole, part = divmod(cents, 100)
    return f"{whole}.{part:02}" if part else str(whole)

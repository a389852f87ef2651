"""What may be typed of supervision? A moment to offer, what one asks for, a paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.records.between.brought import Choice
from spheres.records.forms import LookingForm
from spheres.regions import queries as regions
from spheres.ui import moments
from spheres.ui.fields import (
    AgreeField,
    ChecksField,
    DayField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    TimeField,
)
from spheres.ui.forms import Form
from spheres.worker_support.supervision.actions import MOST_NOTES, Asked, Offered
from spheres.worker_support.supervision.models import Slot
from spheres.worker_support.supervision.queries import THEMES

LENGTHS: Final = (30, 45, 60, 90)


class MoveForm(Form):
    """Another day and hour."""

    day = DayField(label=_("Which day?"))
    hour = TimeField(label=_("From what time?"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("day") and said.get("hour") is not None:
            try:
                said["starts_at"] = moments.moment_of(said["day"], said["hour"])
            except moments.NoSuchHour:
                self.add_error(
                    "hour", str(_("The clock jumps over this hour that night: choose another."))
                )
                return said
            if said["starts_at"] <= clock.now():
                self.add_error("day", str(_("This moment is past: choose a later one.")))
        return said

    @property
    def starts_at(self) -> datetime:
        at: datetime = self.cleaned_data["starts_at"]
        return at


class OfferForm(MoveForm):
    """A slot that others may ask for."""

    minutes = RadiosField(label=_("For how long?"))
    way = RadiosField(label=_("How do you meet?"), choices=Slot.Way.choices)
    for_all = AgreeField(
        label=_("Those of the other partners may ask for it too"),
        required=False,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        begun = {"minutes": "60", "way": Slot.Way.TOGETHER}
        super().__init__(*args, **{**others, "initial": begun | (others.get("initial") or {})})
        lengths = [(str(one), gettext("%(number)s minutes") % {"number": one}) for one in LENGTHS]
        self.choose_from("minutes", lengths)

    def offered(self) -> Offered:
        said = self.cleaned_data
        return Offered(
            self.record_id, self.starts_at, int(said["minutes"]), said["way"], said["for_all"]
        )


class AskForm(LookingForm):
    """Nothing has to be said to ask for supervision."""

    texts = ("words", "pseudonym")

    theme = SelectField(label=_("What is it about, if you want to say?"), required=False)
    words = LongTextField(
        label=_("What you would like to say of it"),
        hint=_("What you would like to bring. You can leave this empty, and say it there."),
        rows=4,
        max_length=5_000,
        required=False,
    )
    pseudonym = TextField(
        label=_("A pseudonym, if it concerns somebody"),
        hint=_("A word of yours: a colour, a bird. Never a name, nor the number of a file."),
        max_length=40,
        required=False,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("theme", [("", _("I would rather not say")), *regions.choices(THEMES)])

    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(said["theme"], said["words"], said["pseudonym"])


class EntryForm(LookingForm):
    """A paragraph of the note that two people keep."""

    texts = ("text",)

    text = LongTextField(
        label=_("What we keep of it, together"),
        hint=_("The other one reads it; nobody else does. It names nobody whom you accompany."),
        rows=5,
        max_length=10_000,
    )


class BringForm(Form):
    """Which notes of one file are brought: a kind and a day each, the newest first."""

    notes = ChecksField(label=_("Which notes?"), hint=_("Five at most."))

    def __init__(self, *args: Any, choices: Sequence[Choice], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("notes", [(str(one.id), label_of(one)) for one in choices])

    def clean_notes(self) -> list[UUID]:
        said: list[str] = self.cleaned_data["notes"]
        if len(said) > MOST_NOTES:
            raise ValidationError(str(_("Choose five notes at most.")))
        return [UUID(one) for one in said]


def label_of(one: Choice) -> str:
    """A note as one chooses it: nothing of it is opened."""
    return gettext("%(kind)s, %(day)s") % {
        "kind": regions.label("contact_kinds", one.kind),
        "day": moments.day_of_year(one.at),
    }

"""What may be typed of a group? Its name and what it practises; when it meets."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.records.forms import LookingForm
from spheres.regions import queries as regions
from spheres.ui import moments
from spheres.ui.fields import (
    DayField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    TimeField,
)
from spheres.worker_support.practice_groups.actions import Opened, Planned
from spheres.worker_support.practice_groups.models import PracticeSession
from spheres.worker_support.practice_groups.queries import THEMES

LENGTHS: Final = (45, 60, 90, 120)


class OpenForm(LookingForm):
    """A name and a theme are enough."""

    texts = ("title", "about")

    title = TextField(label=_("What is the group called?"), max_length=80)
    theme = SelectField(label=_("What do you practise there?"))
    about = LongTextField(
        label=_("A sentence to whoever would like to join, if you want"),
        rows=2,
        max_length=400,
        required=False,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("theme", regions.choices(THEMES))

    def opened(self) -> Opened:
        said = self.cleaned_data
        return Opened(self.record_id, said["title"], said["theme"], said["about"])


class PlanForm(LookingForm):
    """A session to come."""

    texts = ("about", "place")

    day = DayField(label=_("Which day?"))
    hour = TimeField(label=_("From what time?"))
    minutes = RadiosField(label=_("For how long?"))
    way = RadiosField(label=_("How do you meet?"), choices=PracticeSession.Way.choices)
    place = TextField(
        label=_("Where, or by which link?"),
        hint=_("The members of the group alone read it."),
        max_length=200,
        required=False,
    )
    about = TextField(
        label=_("What about, if it is known?"),
        hint=_("It names nobody whom you accompany."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        begun = {"minutes": "60", "way": PracticeSession.Way.TOGETHER}
        super().__init__(*args, **{**others, "initial": begun | (others.get("initial") or {})})
        lengths = [(str(one), gettext("%(number)s minutes") % {"number": one}) for one in LENGTHS]
        self.choose_from("minutes", lengths)

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

    def planned(self) -> Planned:
        said = self.cleaned_data
        starts_at: datetime = said["starts_at"]
        return Planned(
            self.record_id, starts_at, int(said["minutes"]), said["way"], said["place"],
            said["about"],
        )  # fmt: skip

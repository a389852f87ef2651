"""What may be noted of a support? A day, how it came about, what about; a sentence, if wanted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.records.forms import LookingForm
from spheres.regions import queries as regions
from spheres.ui.fields import DayField, RadiosField, SelectField, TextField
from spheres.worker_support.informal_support.actions import Noted
from spheres.worker_support.informal_support.queries import KINDS, THEMES

A_YEAR: Final = timedelta(days=366)


class NoteForm(LookingForm):
    """One line. The day and the kind are enough."""

    texts = ("words",)

    kind = RadiosField(label=_("How did it come about?"))
    day = DayField(label=_("Which day was it?"))
    theme = SelectField(label=_("What was it about, if you want to say?"), required=False)
    words = TextField(
        label=_("What stays of it, in one sentence, if you want"),
        hint=_("Neither the person whom it concerns, nor your colleague, has to be named."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        begun = {"day": clock.today()}
        super().__init__(*args, **{**others, "initial": begun | (others.get("initial") or {})})
        self.choose_from("kind", regions.choices(KINDS))
        self.choose_from("theme", [("", _("I would rather not say")), *regions.choices(THEMES)])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        day, today = said.get("day"), clock.today()
        if day and day > today:
            self.add_error("day", str(_("This day is still to come: choose one that is past.")))
        elif day and day < today - A_YEAR:
            self.add_error("day", str(_("More than a year ago: choose a later day.")))
        return said

    def noted(self) -> Noted:
        said = self.cleaned_data
        return Noted(self.record_id, said["day"], said["kind"], said["theme"], said["words"])

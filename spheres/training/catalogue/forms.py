"""What may be typed of what serves to teach, and of who teaches?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.training.catalogue.models import Language, Material, Trainer, is_whole_address
from spheres.training.catalogue.queries import Shown, Teaching
from spheres.ui.fields import ChecksField, DayField, RadiosField, TextField
from spheres.ui.forms import Form

WHOLE_ADDRESS: Final = _("Copy the whole address: it begins with https://")


class MaterialForm(Form):
    """One version of a material, its link opened by hand."""

    title = TextField(label=_("Title"), max_length=160)
    language = RadiosField(label=_("In which language is it?"), choices=Language.choices)
    dated_on = DayField(
        label=_("Day of this version"), hint=_("The day written on it, or the day it was finished.")
    )
    address = TextField(
        label=_("Where it is"),
        hint=_("Open it yourself first, then copy its address here: it begins with https://"),
        max_length=300,
    )

    def __init__(self, *args: Any, of: Material | None = None, **others: Any) -> None:
        begun = {"title": of.title, "language": of.language} if of else {}
        super().__init__(*args, **{"initial": begun, **others})

    def clean_dated_on(self) -> Any:
        day = self.cleaned_data["dated_on"]
        if day and day > clock.today():
            self.add_error("dated_on", _("A version is dated today or before."))
        return day

    def clean_address(self) -> str:
        said: str = self.cleaned_data["address"]
        if not is_whole_address(said):
            self.add_error("address", WHOLE_ADDRESS)
        return said


class TeachingForm(Form):
    """What one teaches, in which languages, and where. No topic ticked: no longer."""

    topics = ChecksField(
        label=_("Which topics?"), hint=_("None, when it is no longer so."), required=False
    )
    languages = ChecksField(label=_("In which languages?"), choices=Language.choices)
    reaches = ChecksField(label=_("Where?"), choices=Trainer.Reach.choices)

    def __init__(
        self, *args: Any, taught: Sequence[Shown], of: Teaching | None = None, **others: Any
    ) -> None:
        begun = {
            "topics": of.row.topics, "languages": of.row.languages, "reaches": of.row.reaches,
            "outside": of.row.outside,
        } if of else {}  # fmt: skip
        super().__init__(*args, **{"initial": begun, **others})
        self.choose_from("topics", [(one.row.slug, one.row.title) for one in taught])


class OutsideForm(TeachingForm):
    """The same of an outside organisation."""

    outside = TextField(
        label=_("Name of the organisation"),
        hint=_("The organisation alone: nobody who works there is named."),
        max_length=160,
    )
    field_order = ("outside", "topics", "languages", "reaches")


class ConfirmForm(Form):
    """Nothing to type: what was said is confirmed."""

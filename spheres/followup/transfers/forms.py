"""What is copied here of a parcel, and in whose file does it go?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.records import parcels
from spheres.ui.fields import LongTextField, SelectField
from spheres.ui.forms import Form


class OpenForm(Form):
    """The parcel, whole."""

    parcel = LongTextField(
        label=_("The parcel"),
        hint=_("Copied whole, as it was sent."),
        rows=6,
        max_length=parcels.MOST,
    )


class PlaceForm(OpenForm):
    """The same, and one of my people."""

    person = SelectField(label=_("In whose file?"))

    def __init__(self, *args: Any, people: Mapping[UUID, str], **others: Any) -> None:
        super().__init__(*args, **others)
        named = sorted((name, str(key)) for key, name in people.items())
        self.choose_from("person", [("", _("Choose")), *((key, name) for name, key in named)])

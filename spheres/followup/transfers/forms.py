"""What is copied here of a parcel, and in whose file does it go?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.records import forms, parcels
from spheres.ui.fields import LongTextField
from spheres.ui.forms import Form


class OpenForm(Form):
    """The parcel, whole."""

    parcel = LongTextField(
        label=_("The parcel"),
        hint=_("Copied whole, as it was sent."),
        rows=6,
        max_length=parcels.MOST,
    )


class PlaceForm(forms.PlaceForm, OpenForm):
    """The same, and one of my people."""

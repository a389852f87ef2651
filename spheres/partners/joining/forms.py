"""What may be typed when joining: one press, or a reference?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.ui.fields import AgreeField, TextField
from spheres.ui.forms import Form


class AcceptForm(Form):
    """Yes to the charter, in one’s own name."""

    agrees = AgreeField(label=_("I have read it, and I accept it in my name"))


class AssessmentForm(Form):
    """Where the privacy impact assessment is found."""

    reference = TextField(
        label=_("Reference of the privacy impact assessment"),
        hint=_("The number or title under which your organisation keeps it, and its date."),
        max_length=200,
    )


class ProfileForm(Form):
    """Who checked what the region’s file says of one’s organisation."""

    reference = TextField(
        label=_("Who confirmed it, and when"),
        hint=_("The title of whoever confirmed it for your organisation, and the date."),
        max_length=200,
    )


class OpenForm(Form):
    """One press, by the coordination."""

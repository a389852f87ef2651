"""What may be sent of calendar addresses? One press each, with its own number."""

from __future__ import annotations

from spheres.ui.forms import Form


class DecideForm(Form):
    """Yes, or no, for the organisation."""


class AddressForm(Form):
    """A new address."""

"""What does whoever looks at access say? Three times, whether it is right."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from spheres.privacy.access_reviews.models import Found
from spheres.ui.fields import RadiosField
from spheres.ui.forms import Form


class ReviewForm(Form):
    """Nothing to type: nobody is spoken of here."""

    accounts = RadiosField(
        label=_("Is each of these people still here?"),
        hint=_("Whoever left has no access any more; a manager ends it the same day."),
    )
    roles = RadiosField(
        label=_("Does each need the role they hold?"),
        hint=_("A role that no longer serves is ended, even if its person stays."),
    )
    journal = RadiosField(
        label=_("Is the journal looked at, and what stands out answered?"),
        hint=_("Unusual openings, exceptional access, the check of each night."),
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        for name in ("accounts", "roles", "journal"):
            self.choose_from(name, Found.choices)

"""What is asked of whoever gives notes to keep? Whose, to whom, on which ground."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.followup.custody.queries import Choices
from spheres.sharing.models import Custody
from spheres.ui.fields import RadiosField
from spheres.ui.forms import Form


class NameForm(Form):
    """Three choices, nothing to type: no story of anybody is written here."""

    author = RadiosField(label=_("Whose notes?"))
    ground = RadiosField(label=_("On which ground?"))
    custodian = RadiosField(
        label=_("Who holds them?"), hint=_("Somebody of the same profession, here today.")
    )

    def __init__(self, *args: Any, gone: Choices, here: Choices, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("author", [(str(user_id), name) for user_id, name in gone])
        self.choose_from("ground", Custody.Ground.choices)
        self.choose_from("custodian", [(str(user_id), name) for user_id, name in here])

    def who(self, name: str) -> UUID:
        return UUID(self.cleaned_data[name])


class EndForm(Form):
    """Nothing to type: what was held is closed."""

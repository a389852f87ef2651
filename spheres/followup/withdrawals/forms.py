"""What is asked of a worker who withdraws? Who is with the person for now; never why."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.ui.fields import SelectField
from spheres.ui.forms import Form


class WithdrawForm(Form):
    """One press; and, when nobody else walks with her, the colleague who is there for now."""

    goes_on_with = SelectField(
        label=_("Who is with them for now?"),
        hint=_("By name. The colleague and the team lead then see together what comes next."),
        required=False,
    )

    def __init__(
        self, *args: Any, colleagues: list[tuple[UUID, str]], is_alone: bool, **others: Any
    ) -> None:
        super().__init__(*args, **others)
        if not is_alone or not colleagues:
            del self.fields["goes_on_with"]
            return
        self.fields["goes_on_with"].required = True
        choices = [(str(user_id), name) for user_id, name in colleagues]
        self.choose_from("goes_on_with", [("", _("Choose a colleague")), *choices])

    @property
    def colleague(self) -> UUID | None:
        said = self.cleaned_data.get("goes_on_with")
        return UUID(said) if said else None


class KnownForm(Form):
    """One press, and nothing to fill."""

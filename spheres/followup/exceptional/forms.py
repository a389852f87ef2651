"""What is asked of whoever opens exceptionally? A ground, and what was seen or heard."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.followup.exceptional.policy import SHORTEST
from spheres.sharing.models import ExceptionalAccess
from spheres.ui.fields import LongTextField, RadiosField, SelectField
from spheres.ui.forms import Form

Ground, Outcome = ExceptionalAccess.Ground, ExceptionalAccess.Outcome


def enough(reason: Any) -> str:
    """What was written of it. Raises ValidationError when it says too little to be looked at."""
    said = str(reason).strip()
    if len(said) < SHORTEST:
        raise ValidationError(_("A little more: two sentences on what makes you fear for them."))
    return said


class OpenForm(Form):
    """The ground, the reason; and a colleague, when one is not enough."""

    ground = RadiosField(label=_("What is it about?"))
    reason = LongTextField(
        label=_("What you saw or heard"),
        hint=_("In two sentences, without a name. Those who look again at it will read it."),
        rows=3,
    )
    second = SelectField(
        label=_("Who says it with you?"),
        hint=_("Only when you are asked: something opened before still waits to be looked at."),
        required=False,
    )

    def __init__(self, *args: Any, colleagues: list[tuple[UUID, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("ground", Ground.choices)
        names = [(str(user_id), name) for user_id, name in colleagues]
        self.choose_from("second", [("", _("Nobody")), *names])

    def clean_reason(self) -> str:
        return enough(self.cleaned_data["reason"])

    @property
    def colleague(self) -> UUID | None:
        said = self.cleaned_data.get("second")
        return UUID(said) if said else None


class ExtendForm(Form):
    """Why an hour is not enough."""

    reason = LongTextField(
        label=_("Why an hour is not enough"),
        hint=_("In two sentences, without a name: what whoever opened it told you."),
        rows=3,
    )

    def clean_reason(self) -> str:
        return enough(self.cleaned_data["reason"])


class ReviewForm(Form):
    """What it was, in one of three ways: none of them is a mark against anybody."""

    outcome = RadiosField(label=_("Looking back, was it needed?"))

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("outcome", Outcome.choices)

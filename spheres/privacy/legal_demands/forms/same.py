"""The same demand was linked twice: of which other one is this the same?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.privacy.legal_demands.actions import Weighed
from spheres.privacy.legal_demands.policy import Code, Do
from spheres.privacy.legal_demands.queries import Choices
from spheres.ui.fields import LongTextField, RadiosField
from spheres.ui.forms import Form


class SameForm(Form):
    """Which other demand about this person it is, and what shows it."""

    same = RadiosField(label=_("The same as which?"))
    words = LongTextField(
        label=_("What shows that it is the same"),
        hint=_("The number, the office, the day: as both papers say."),
        rows=3,
        max_length=4_000,
    )

    def __init__(self, *args: Any, others: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.choose_from("same", others)

    @property
    def same_id(self) -> UUID:
        return UUID(self.cleaned_data["same"])

    def weighed(self) -> Weighed:
        words = self.cleaned_data["words"]
        return Weighed(id=self.record_id, kind=Do.CLOSED, code=Code.SAME, words=words)

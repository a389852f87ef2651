"""What may be said, and to whom?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.records.forms import LookingForm
from spheres.ui.fields import LongTextField, SelectField
from spheres.worker_support.appreciation.actions import Written


class WordForm(LookingForm):
    """A colleague, and a few words."""

    texts = ("text",)

    to = SelectField(label=_("To whom?"))
    text = LongTextField(
        label=_("What you would like to tell them"),
        hint=_("What you thank for, or what helped. It names nobody whom you accompany."),
        rows=4,
        max_length=1_000,
    )

    def __init__(
        self, *args: Any, colleagues: Sequence[tuple[UUID, UUID, str]], **others: Any
    ) -> None:
        super().__init__(*args, **others)
        named = [(f"{who} {where}", said) for who, where, said in colleagues]
        self.choose_from("to", [("", _("Choose a colleague")), *named])

    def written(self) -> Written:
        said = self.cleaned_data
        who, where = map(UUID, said["to"].split())
        return Written(self.record_id, who, where, said["text"])

"""What may be answered about oneself? A step for each statement, or none; and free words."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.records.forms import LookingForm
from spheres.ui.fields import LongTextField, RadiosField
from spheres.worker_support.wellbeing.actions import Answered
from spheres.worker_support.wellbeing.statements import STATEMENTS, Step

SKIPPED: Final = ("", _("I leave it out"))


class CheckInForm(LookingForm):
    """Any statement may be left out, and so may the words; one thing at least is said."""

    texts = ("words",)

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        for one in STATEMENTS:
            self.fields[one.code] = RadiosField(
                label=one.words,
                choices=[*((str(step.value), step.label) for step in Step), SKIPPED],
                required=False,
            )
        self.fields["words"] = LongTextField(
            label=_("In your own words, if you want"),
            hint=_(
                "What weighs, what helps. Of yourself: what concerns a person belongs in their "
                "file."
            ),
            rows=4,
            max_length=5_000,
            required=False,
        )

    @property
    def asked(self) -> list[str]:
        return [*(one.code for one in STATEMENTS), "words"]

    @property
    def statements(self) -> list[Any]:
        return [self[one.code] for one in STATEMENTS]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not any(said.get(name) for name in self.asked):
            raise ValidationError(_("Nothing is answered yet. One sentence is enough."))
        return said

    def answered(self) -> Answered:
        said = self.cleaned_data
        steps = {one.code: int(said[one.code]) for one in STATEMENTS if said[one.code]}
        return Answered(self.record_id, steps, said["words"])

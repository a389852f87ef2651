"""What may be said of one’s own organisation? A step for each statement, and what it will do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.partners.self_assessment.models import Assessment, Step
from spheres.partners.self_assessment.statements import Statement
from spheres.records.forms import LookingForm
from spheres.ui.fields import LongTextField, RadiosField

STEPS: Final = [
    *((str(step.value), step.label) for step in Step if step),
    (str(Step.SKIPPED.value), Step.SKIPPED.label),
]


class AssessForm(LookingForm):
    """Each statement may be left out; one at least is answered."""

    texts = ("will_do",)

    def __init__(self, *args: Any, statements: Sequence[Statement], **others: Any) -> None:
        super().__init__(*args, **others)
        self.statements = statements
        for one in statements:
            self.fields[f"{one.code}-step"] = RadiosField(
                label=one.label, choices=STEPS, initial=str(Step.SKIPPED.value)
            )
        self.fields["will_do"] = LongTextField(
            label=_("What we will do this year"),
            hint=_("One or two things, and who sees to them. It names nobody whom you accompany."),
            rows=4,
            max_length=2_000,
            required=False,
        )

    @property
    def questions(self) -> list[tuple[Any, str]]:
        """Each field, and the statement that it is of."""
        return [(self[f"{one.code}-step"], one.code) for one in self.statements]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(self.steps().values()):
            raise ValidationError(_("Nothing is answered yet. One statement is enough."))
        return cleaned

    def steps(self) -> dict[str, int]:
        return {one.code: int(self.cleaned_data[f"{one.code}-step"]) for one in self.statements}

    @staticmethod
    def values_of(row: Assessment) -> dict[str, object]:
        """What was said before within the year, opened, to be said anew."""
        steps = zip(row.asks.statements, row.steps, strict=False)
        return {f"{one.code}-step": str(step) for one, step in steps} | {
            "will_do": row.opened.will_do
        }

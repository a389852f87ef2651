"""What may be said of where one stands? A step for each sentence, or none; and free words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.records.forms import LookingForm
from spheres.ui.fields import AgreeField, LongTextField, RadiosField
from spheres.worker_support.competencies.actions import Looked
from spheres.worker_support.competencies.models import Step

SKIPPED: Final = ("", _("I leave it out"))


class LookForm(LookingForm):
    """Any sentence may be left out, and so may the words; one thing at least is said."""

    texts = ("words",)

    def __init__(self, *args: Any, sentences: Sequence[Any], **others: Any) -> None:
        super().__init__(*args, **others)
        self.codes = {f"step-{one.code}": one.code for one in sentences}
        for one in sentences:
            self.fields[f"step-{one.code}"] = RadiosField(
                label=one.help or one.label,
                choices=[*((str(step.value), step.label) for step in Step), SKIPPED],
                required=False,
            )
        self.fields["words"] = LongTextField(
            label=_("What you would like to go further in, if you want"),
            hint=_("Of yourself: it names nobody whom you accompany."),
            rows=3,
            max_length=5_000,
            required=False,
        )
        self.fields["counts"] = AgreeField(
            label=_("Count my steps with those of the others, without my name"),
            hint=_(
                "Once the half-year is over, and only if at least eight people agree. Your words "
                "are never counted, nor is your organisation said."
            ),
            required=False,
        )

    @property
    def statements(self) -> list[Any]:
        return [self[name] for name in self.codes]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not any(said.get(name) for name in (*self.codes, "words")):
            raise ValidationError(_("Nothing is answered yet. One sentence is enough."))
        return said

    def looked(self) -> Looked:
        said = self.cleaned_data
        steps = {code: int(said[name]) for name, code in self.codes.items() if said[name]}
        return Looked(self.record_id, steps, said["words"], said["counts"])

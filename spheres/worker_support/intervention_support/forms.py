"""What may be typed about a request for advice: an answer, or the colleague who answers?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.records.between.lent import Work
from spheres.records.forms import LookingForm
from spheres.regions import queries as regions
from spheres.ui.fields import AgreeField, ChecksField, LongTextField, RadiosField, SelectField
from spheres.ui.forms import Form
from spheres.worker_support.intervention_support.actions import Given
from spheres.worker_support.intervention_support.models import Way
from spheres.worker_support.intervention_support.queries import OUTCOMES, Colleague


class GiveForm(LookingForm):
    """By telephone, one line without content; else words that wait under the code."""

    texts = ("words",)

    way = RadiosField(
        label=_("How do you answer?"),
        hint=_("By e-mail, write from your own address that an answer waits, and nothing else."),
        choices=Way.choices,
    )
    words = LongTextField(
        label=_("Your words"),
        hint=_(
            "They wait under the code of the receipt. After a call, leave this empty: nothing of "
            "what was said is kept."
        ),
        max_length=4_000,
        required=False,
        rows=6,
    )
    works = ChecksField(label=_("Readings that go along"), required=False)
    outcomes = ChecksField(label=_("What the advice brought"), required=False)
    is_ongoing = AgreeField(label=_("This support goes on"), required=False)

    def __init__(self, *args: Any, works: Sequence[Work] = (), **others: Any) -> None:
        super().__init__(*args, **others)
        self.offered = {one.code: one for one in works}
        self.choose_from("works", [(one.code, one.citation) for one in works])
        self.choose_from("outcomes", regions.choices(OUTCOMES))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        way, words = said.get("way"), said.get("words", "")
        if way == Way.PHONE and words:
            self.add_error(
                "words",
                _("Nothing is kept of a call: take these words away, or answer under the code."),
            )
        if way in {Way.MAIL, Way.CODE} and "words" in said and not words:
            self.add_error("words", _("Write what waits under the code."))
        return said

    def given(self) -> Given:
        """The valid answer, as the action takes it."""
        said = self.cleaned_data
        return Given(
            self.record_id,
            said["way"],
            said["words"],
            [self.offered[code] for code in said["works"]],
            said["outcomes"],
            said["is_ongoing"],
        )


class NameForm(Form):
    """One worker, of those who accompany young people today."""

    worker = SelectField(label=_("Who answers?"))

    def __init__(self, *args: Any, candidates: Sequence[Colleague], **others: Any) -> None:
        super().__init__(*args, **others)
        named = [(str(one.user_id), f"{one.name} · {one.organisation}") for one in candidates]
        self.choose_from("worker", [("", _("Choose")), *named])

    def chosen(self) -> UUID:
        return UUID(self.cleaned_data["worker"])

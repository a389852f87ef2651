"""What may be typed about a question: an answer, a colleague's name, which ones are set aside?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.followup.questions.queries import Holder
from spheres.ui.fields import LongTextField, SelectField
from spheres.ui.forms import Form


class AnswerHerForm(Form):
    """A few sentences to somebody whose name, age and phone nobody knows."""

    words = LongTextField(
        label=_("Your answer"),
        hint=_(
            "Say tu, in short sentences, as if somebody else might read over their shoulder. No "
            "name, no address of a meeting, no question about who they are."
        ),
        max_length=4_000,
        rows=7,
    )


class HandForm(Form):
    """One worker, of those who accompany young people today."""

    worker = SelectField(label=_("To whom?"))

    def __init__(self, *args: Any, candidates: list[Holder], **others: Any) -> None:
        super().__init__(*args, **others)
        named = [(str(one.user_id), f"{one.name} · {one.organisation}") for one in candidates]
        self.choose_from("worker", [("", _("Choose")), *named])

    def chosen(self) -> UUID:
        return UUID(self.cleaned_data["worker"])

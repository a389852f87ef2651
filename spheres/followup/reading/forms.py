"""What may be ticked, chosen or typed before and during a reading?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.followup.reading.actions import CommentSaid, Ticked
from spheres.followup.reading.hiding import Span
from spheres.followup.reading.models import Ground, Paper
from spheres.followup.reading.queries import Asked
from spheres.records.forms import LookingForm
from spheres.records.models import Pen
from spheres.ui.fields import ChecksField, LongTextField, RadiosField, TextField
from spheres.ui.forms import Form
from spheres.vault.models import Lockable

MOST: Final = 4_000


class HideForm(LookingForm):
    """The sentences of one text as boxes to tick, and why; nothing ticked hides nothing."""

    texts = ("words",)

    ground = RadiosField(label=_("Why is it hidden?"), choices=Ground.choices, required=False)
    words = TextField(
        label=_("What can be said of it to them, if anything"),
        hint=_(
            "For instance: it tells of your brother. They will read this line, and nothing else."
        ),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, texts: Sequence[Asked] = (), **others: Any) -> None:
        super().__init__(*args, **others)
        self.names: list[str] = []
        for text in texts:
            choices = [(one.code, one.words) for one in text.sentences if not one.is_hidden]
            if choices:
                self.names.append(text.code)
                self.fields[text.code] = ChecksField(
                    label=text.title, choices=choices, required=False
                )
        self.order_fields([*self.names, "ground", "words"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if any(said.get(name) for name in self.names) and not said.get("ground"):
            self.add_error("ground", ValidationError(_("Choose why it is hidden.")))
        return said

    def ticked(self, slug: str) -> Ticked:
        said = self.cleaned_data
        codes = [code for name in self.names for code in said[name]]
        parts = [code.split(":") for code in codes]
        spans = [(name, Span(int(starts), int(ends))) for name, starts, ends in parts]
        return Ticked(self.record_id, slug, spans, said["ground"], said["words"] if spans else "")


class CommentForm(LookingForm):
    """Her words about a text."""

    texts = ("words",)

    words = LongTextField(
        label=_("What I say of it"),
        hint=_("In your words. It stays beside the text, as you say it."),
        max_length=MOST,
        rows=4,
    )
    pen = RadiosField(label=_("Who held the pen"), choices=Pen.choices)

    def said(self, slug: str, record: Lockable) -> CommentSaid:
        told = self.cleaned_data
        return CommentSaid(self.record_id, slug, record.pk, told["words"], told["pen"])


class PaperForm(Form):
    """Where she wants the sheets to be."""

    keep = RadiosField(label=_("Where will these sheets be?"), choices=Paper.Keep.choices)


class HeldForm(Form):
    """One button."""

"""What may be typed of a danger? Three answers in two minutes; the rest when there is time."""

from __future__ import annotations

import re
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.followup.danger.actions import Written
from spheres.followup.danger.models import Addition, Danger, Telling
from spheres.records.forms import NOT_SAID, AddToForm, CallForm
from spheres.ui.fields import LongTextField, RadiosField, SelectField, TextField
from spheres.ui.forms import Form

LATER: Final = (
    "exposed", "act", "danger", "imminence", "urgency", "consulted", "told_her", "her_words",
)  # fmt: skip
ADDED: Final = tuple(one for one in Addition.About if one not in {"TELLING", "LEARNT"})
PHONE: Final = re.compile(r"[0-9 ()+.#*,-]{3,24}")


class DangerForm(CallForm):
    """When, to whom, what was said; then, folded, the other points. Nobody waits to save it."""

    called = RadiosField(
        label=_("Whom did you tell?"),
        hint=_(
            "A report to youth protection is written in the aid for those under 18, and only "
            "there: nobody reads there who called."
        ),
    )
    recipient = TextField(
        label=_("Their name or number of call, and what they do"),
        hint=_("What they gave you: a first name, a badge, an event number. Or leave it empty."),
        required=False,
        max_length=200,
    )
    said = LongTextField(
        label=_("What you said"),
        hint=_("Only what was necessary to protect somebody. The person may read it one day."),
        rows=4,
        max_length=5_000,
    )
    exposed = TextField(label=_("Who is exposed to the danger?"), required=False, max_length=400)
    act = LongTextField(
        label=_("The act to be prevented"),
        hint=_("A disappearance, a violence, a suicide attempt: what was feared."),
        required=False,
        rows=2,
        max_length=2_000,
    )
    danger = LongTextField(
        label=_("The danger, as you saw or heard it"), required=False, rows=3, max_length=5_000
    )
    imminence = SelectField(label=_("How soon?"), required=False)
    urgency = LongTextField(
        label=_("What made it urgent"), required=False, rows=2, max_length=2_000
    )
    consulted = TextField(label=_("Who was consulted"), required=False, max_length=400)
    told_her = RadiosField(label=_("Did the person know of the call?"), required=False)
    her_words = LongTextField(
        label=_("What they said of it"),
        hint=_("In their words, even if they were against it."),
        required=False,
        rows=2,
        max_length=2_000,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("called", Danger.Called.choices)
        self.choose_from("imminence", [NOT_SAID, *Danger.Imminence.choices])
        self.choose_from(
            "told_her",
            [
                (Telling.Way.BEFORE, _("Yes, before")),
                (Telling.Way.AFTER, _("Yes, since")),
                ("", _("Not yet")),
            ],
        )

    @property
    def is_more_said(self) -> bool:
        return any(self[name].value() or self[name].errors for name in LATER)

    def written(self) -> Written:
        """The valid answers, as the action takes them."""
        said = self.cleaned_data
        texts = {name: said[name] for name in ("called", "said", "recipient", *LATER)}
        return Written(id=self.record_id, made_at=self.made_at, **texts)


class AddForm(AddToForm):
    """One point of a danger, and what is added to it."""

    points = ADDED


class DirectiveForm(Form):
    """The telephone of whoever is on call, and what the organisation asks, in each language."""

    on_call = TextField(
        label=_("Telephone of whoever is on call"),
        hint=_("Answered day and night by somebody who supervises. Figures only."),
        required=False,
        max_length=24,
        width="half",
    )
    fr = LongTextField(
        label=_("The directive, in French"), required=False, rows=8, max_length=8_000
    )
    en = LongTextField(
        label=_("The directive, in English"), required=False, rows=8, max_length=8_000
    )

    def clean_on_call(self) -> str:
        said = str(self.cleaned_data["on_call"]).strip()
        if said and not (PHONE.fullmatch(said) and any(letter.isdigit() for letter in said)):
            raise ValidationError(_("Write a telephone number, in figures."))
        return said

"""What may be typed of a danger? Three answers in two minutes; the rest when there is time."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.danger import policy
from spheres.followup.danger.actions import Told, Written
from spheres.followup.danger.models import Addition, Danger, Telling
from spheres.ui.fields import (
    DayField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    TimeField,
)
from spheres.ui.forms import Form

LATER: Final = (
    "exposed", "act", "danger", "imminence", "urgency", "consulted", "told_her", "her_words",
)  # fmt: skip
ADDED: Final = tuple(one for one in Addition.About if one not in {"TELLING", "LEARNT"})
PHONE: Final = re.compile(r"[0-9 ()+.#*,-]{3,24}")
NOT_SAID: Final = ("", _("Not said"))


class DangerForm(Form):
    """When, to whom, what was said; then, folded, the other points. Nobody waits to save it."""

    day = DayField(label=_("Which day did you call?"))
    hour = TimeField(label=_("At what time?"))
    called = RadiosField(label=_("Whom did you tell?"))
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
        here = timezone.localtime(clock.now())
        now = {"day": here.date(), "hour": f"{here:%H:%M}"}
        super().__init__(*args, **{**others, "initial": now | dict(others.get("initial") or {})})
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

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("day") and said.get("hour") is not None:
            may = policy.can_be_then(self.made_at, clock.now())
            if not may:
                self.add_error("hour", str(may.reason))
        return said

    @property
    def made_at(self) -> datetime:
        """The moment as it was at that place; of an hour that came twice, the first."""
        said = datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"])
        return timezone.make_aware(said, timezone.get_default_timezone())

    def written(self) -> Written:
        """The valid answers, as the action takes them."""
        said = self.cleaned_data
        texts = {name: said[name] for name in ("called", "said", "recipient", *LATER)}
        return Written(id=self.record_id, made_at=self.made_at, **texts)


class AddForm(Form):
    """One point, and what is added to it."""

    about = SelectField(label=_("On which point?"))
    text = LongTextField(
        label=_("What you add"),
        hint=_("It is dated today, under what stands: nothing is changed."),
        rows=3,
        max_length=5_000,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("about", [(one, one.label) for one in ADDED])


class TellForm(Form):
    """They were told, or not for now: then which harm it could do, and when to look again."""

    way = RadiosField(label=_("Was the person told?"))
    words = LongTextField(
        label=_("What they said of it"),
        hint=_("In their words, even if they were against it."),
        required=False,
        rows=3,
        max_length=2_000,
    )
    ground = RadiosField(label=_("Not for now: which harm could it do?"), required=False)
    look_again_on = DayField(
        label=_("Which day is it looked at again?"),
        hint=_("It comes back on your day then. Three months at most."),
        required=False,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("way", Telling.Way.choices)
        self.choose_from("ground", Telling.Ground.choices)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("way") != Telling.Way.NOT_NOW:
            return said
        if not said.get("ground") and "ground" not in self.errors:
            self.add_error("ground", str(_("Say which harm it could do.")))
        day = said.get("look_again_on")
        if day is None and "look_again_on" not in self.errors:
            self.add_error("look_again_on", str(_("Choose the day on which to look again.")))
        elif day is not None and not (may := policy.can_wait_until(day, clock.today())):
            self.add_error("look_again_on", str(may.reason))
        return said

    def told(self) -> Told:
        said = self.cleaned_data
        return Told(
            id=self.record_id,
            way=said["way"],
            ground=said["ground"],
            look_again_on=said["look_again_on"],
            words=said["words"],
        )


class ReviewForm(Form):
    """What was learnt from it: for next time, never about somebody's fault."""

    learnt = LongTextField(
        label=_("What was learnt"),
        hint=_("What helped, what was missing, what changes for next time. Its author reads it."),
        required=False,
        rows=4,
        max_length=5_000,
    )


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

"""What do the forms of records share: a second look at what seems to name somebody, and a copy?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation
from spheres.core import clock
from spheres.records import spoken
from spheres.records.between.serving import Wanted
from spheres.records.models import ToldHer
from spheres.records.naming.identifiers import Finding, look
from spheres.records.spoken import Told
from spheres.regions import queries as regions
from spheres.ui.fields import (
    ChecksField,
    DayField,
    LongTextField,
    RadiosField,
    SelectField,
    TimeField,
)
from spheres.ui.forms import Form

NOT_SAID: Final = ("", _("Not said"))


def refuse_the_suspended(
    form: forms.Form, name: str, why: object, suspended: Collection[str]
) -> None:
    """Whoever is no longer offered, for their rights to speak for her are suspended: a page that
    was open before is answered why."""
    if suspended and name in form.fields:
        form.fields[name].error_messages["invalid_choice"] = why  # type: ignore[assignment]


class LookingForm(Form):
    """A form whose free texts are looked at again when one seems to name somebody."""

    texts: tuple[str, ...] = ("her_words", "observation", "support")

    def findings(self) -> list[Finding]:
        """What looks like a name, an address or a number, unless the worker has looked again."""
        if not self.is_bound or self.data.get("looked_again"):
            return []
        return [found for name in self.texts for found in look(str(self.data.get(name) or ""))]


class ServingForm(LookingForm):
    """What a thing is for: needs, and perhaps one dream, goal or step of her plan."""

    needs = ChecksField(label=_("Which needs is it for?"), required=False)
    towards = SelectField(label=_("Does it go towards something of their plan?"), required=False)

    def __init__(self, *args: Any, wanted: Sequence[Wanted] = (), **others: Any) -> None:
        super().__init__(*args, **others)
        self.wanted = wanted
        self.choose_from("needs", regions.choices("needs"))
        self.choose_from("towards", [NOT_SAID, *((str(one.id), "") for one in wanted)])

    def name_wanted(self) -> None:
        """Say what may be chosen, once it is opened."""
        named = [(str(one.id), one.line()) for one in self.wanted]
        self.choose_from("towards", [NOT_SAID, *named])

    @property
    def is_for_something(self) -> bool:
        """Whether it is said what it is for, or wrongly: then it is shown unfolded."""
        return any(self[name].value() or self[name].errors for name in ("needs", "towards"))

    @staticmethod
    def values_for(record: Any) -> dict[str, object]:
        """What a record says it is for, to be corrected."""
        return {"needs": record.needs or [], "towards": str(record.towards_id or "")}

    def is_for(self) -> dict[str, Any]:
        """The valid answers, as an action takes them."""
        said = self.cleaned_data
        towards = said["towards"]
        return {"needs": said["needs"], "towards_id": UUID(towards) if towards else None}


class CopyForm(Form):
    """Three buttons, each a shape. The same page, sent twice, says one copy of each shape."""

    shape = forms.ChoiceField(choices=Organisation.CopyShape)
    # Words to copy are shown on a page; asked for as a file, they are the same copy.
    as_file = forms.BooleanField(required=False)

    @property
    def copy_id(self) -> UUID:
        return uuid5(self.record_id, self.cleaned_data["shape"])

    @property
    def is_page(self) -> bool:
        """Whether the words are shown, to be copied, rather than sent as a file."""
        is_text = self.cleaned_data["shape"] == Organisation.CopyShape.TEXT
        return is_text and not self.cleaned_data["as_file"]


class CallForm(Form):
    """When somebody was called: now, unless it is said otherwise; never a moment to come."""

    day = DayField(label=_("Which day did you call?"))
    hour = TimeField(label=_("At what time?"))

    def __init__(self, *args: Any, **others: Any) -> None:
        here = timezone.localtime(clock.now())
        now = {"day": here.date(), "hour": f"{here:%H:%M}"}
        super().__init__(*args, **{**others, "initial": now | dict(others.get("initial") or {})})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("day") and said.get("hour") is not None:
            may = spoken.may_be_then(self.made_at, clock.now())
            if not may:
                self.add_error("hour", str(may.reason))
        return said

    @property
    def made_at(self) -> datetime:
        """The moment as it was at that place; of an hour that came twice, the first."""
        said = datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"])
        return timezone.make_aware(said, timezone.get_default_timezone())


class AddToForm(Form):
    """One point, and what is added to it."""

    points: tuple[Any, ...] = ()
    about = SelectField(label=_("On which point?"))
    text = LongTextField(
        label=_("What you add"),
        hint=_("It is dated today, under what stands: nothing is changed."),
        rows=3,
        max_length=5_000,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("about", [(one, one.label) for one in self.points])


def refuse_not_now(form: forms.Form, said: dict[str, Any]) -> None:
    """Not for now says which harm, and on which day it is looked at again."""
    if not said.get("ground") and "ground" not in form.errors:
        form.add_error("ground", str(_("Say which harm it could do.")))
    day = said.get("look_again_on")
    if day is None and "look_again_on" not in form.errors:
        form.add_error("look_again_on", str(_("Choose the day on which to look again.")))
    elif day is not None and not (may := spoken.may_wait_until(day, clock.today())):
        form.add_error("look_again_on", str(may.reason))


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
        self.choose_from("way", ToldHer.Way.choices)
        self.choose_from("ground", ToldHer.Ground.choices)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("way") == ToldHer.Way.NOT_NOW:
            refuse_not_now(self, said)
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


class PlaceForm(Form):
    """In the file of one of my people: nobody is proposed first."""

    person = SelectField(label=_("In whose file?"))

    def __init__(self, *args: Any, people: Mapping[UUID, str], **others: Any) -> None:
        super().__init__(*args, **others)
        named = sorted((name, str(key)) for key, name in people.items())
        self.choose_from("person", [("", _("Choose")), *((key, name) for name, key in named)])

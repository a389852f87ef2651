"""What may be typed of an accompaniment? A kind and a day; all the rest may stay empty."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.accompaniments.actions import TEXTS, Agreed, CameBack, Told, Written
from spheres.followup.accompaniments.models import (
    EVENTUAL,
    Accompaniment,
    Course,
    OutgoingReferral,
)
from spheres.followup.accompaniments.queries import Offered
from spheres.participants.policy import NOT_ONE_OF_THEM
from spheres.records.forms import LookingForm, ServingForm, refuse_the_suspended
from spheres.records.models import Pen
from spheres.regions import queries as regions
from spheres.ui.fields import (
    AgreeField,
    DayField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
)

HER_WORDS_HINT = _("What the person said, as they said it. They may read this page.")
FACTS_HINT = _("Facts, without names of other people, addresses or phone numbers.")
NOTHING = Offered()
FOLDED = ("urgent_need", "pen", "travel", "ask_for", "observation", "support")


class AccompanimentForm(ServingForm):
    """Her words first; then where, what for, what to bring, and the next step."""

    # An organisation has a name with capitals: it is not looked at as a person's would be.
    texts = tuple(name for name in TEXTS if name != "organisation")

    kind = SelectField(label=_("What is it about?"))
    her_words = LongTextField(
        label=_("In their words"), hint=HER_WORDS_HINT, required=False, rows=3
    )
    aim = TextField(label=_("What they want from it"), required=False, max_length=300)
    resource = SelectField(label=_("A resource of the directory?"), required=False)
    organisation = TextField(
        label=_("Which organisation?"),
        hint=_("Its name, or “not chosen yet”. Never a person’s name."),
        required=False,
        max_length=120,
    )
    papers = LongTextField(
        label=_("What to bring"), hint=_("One thing a line."), required=False, rows=3
    )
    next_step = TextField(
        label=_("The next step"), hint=_("One small step, their own if possible."),
        required=False, max_length=300,
    )  # fmt: skip
    next_on = DayField(label=_("Which day is the next step?"), required=False)
    ask_for = TextField(
        label=_("Whom to ask for"), hint=_("A counter or a service, not a name."),
        required=False, max_length=120,
    )  # fmt: skip
    travel = TextField(label=_("How to get there"), required=False, max_length=300)
    urgent_need = SelectField(label=_("Which urgent need?"), required=False)
    pen = RadiosField(label=_("Who held the pen?"), choices=Pen.choices)
    observation = LongTextField(
        label=_("What you saw or did"), hint=FACTS_HINT, required=False, rows=3
    )
    support = LongTextField(label=_("What helps next"), required=False, rows=2)
    day = DayField(label=_("Which day do they date it from?"))

    def __init__(self, *args: Any, offered: Offered = NOTHING, **others: Any) -> None:
        super().__init__(*args, wanted=offered.wanted, **others)
        self.choose_from("kind", [("", ""), *regions.choices("accompaniment_kinds")])
        self.choose_from(
            "resource", [("", _("Another one, or not chosen yet")), *offered.resources]
        )
        self.choose_from("urgent_need", [("", _("None")), *offered.urgent])

    @property
    def is_more_said(self) -> bool:
        """Whether something is written, or wrong, in what is folded: then it is shown unfolded."""
        said = (name for name in FOLDED if name != "pen")
        return bool(self["pen"].errors or self["day"].errors) or any(
            self[name].value() or self[name].errors for name in said
        )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            self.add_error(
                "day", _("This day has not come yet. The next step has a day of its own.")
            )
        return day

    @classmethod
    def starting_values(cls) -> dict[str, object]:
        return {"day": clock.today(), "pen": Pen.TOGETHER}

    @classmethod
    def values_of(cls, record: Accompaniment) -> dict[str, object]:
        """What an opened one says, to be corrected."""
        return {name: getattr(record.opened, name) for name in TEXTS} | {
            "kind": record.kind,
            "resource": str(record.resource_id or ""),
            "pen": record.pen,
            "urgent_need": str(record.urgent_need_id or ""),
            "next_on": record.course.next_on,
            "day": clock.day_of(record.occurred_at),
            **cls.values_for(record),
        }

    def written(self) -> Written:
        """The valid answers, as the action takes them; noon stands for the day."""
        said = self.cleaned_data
        urgent, resource = said["urgent_need"], said["resource"]
        return Written(
            id=self.record_id,
            kind=said["kind"],
            occurred_at=datetime.combine(
                said["day"], time(12), tzinfo=ZoneInfo(settings.TIME_ZONE)
            ),
            resource_id=UUID(resource) if resource else None,
            pen=said["pen"],
            urgent_need_id=UUID(urgent) if urgent else None,
            next_on=said["next_on"],
            **self.is_for(),
            **{name: said[name] for name in TEXTS},
        )


class StepForm(LookingForm):
    """Each way it may go is a button; words and the next step may be added before."""

    texts = ("her_words", "line", "next_step")

    status = SelectField(label=_("Where does it stand now?"))
    her_words = LongTextField(
        label=_("In their words"), hint=HER_WORDS_HINT, required=False, rows=2
    )
    line = TextField(label=_("What happened"), hint=FACTS_HINT, required=False, max_length=500)
    next_step = TextField(label=_("The next step"), required=False, max_length=300)
    next_on = DayField(label=_("Which day is the next step?"), required=False)

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("status", [(to, Course.Status(to).label) for to in EVENTUAL])

    @property
    def is_more_said(self) -> bool:
        names = ("her_words", "line", "next_step", "next_on")
        return self.is_bound and any(self[name].value() or self[name].errors for name in names)

    def told(self) -> Told:
        said = self.cleaned_data
        names = ("status", "her_words", "line", "next_step", "next_on")
        return Told(id=self.record_id, **{name: said[name] for name in names})


class AgreementForm(LookingForm):
    """To whom, exactly which lines, and the person’s own yes."""

    texts = ("lines",)

    to_whom = TextField(
        label=_("To which resource?"), hint=_("Its name, never a person’s."), max_length=120
    )
    lines = LongTextField(
        label=_("The lines that leave"),
        hint=_("Exactly these, one a line, chosen together. Nothing else is told."),
        rows=6,
    )
    whose_yes = RadiosField(label=_("Who agrees?"), choices=OutgoingReferral.Yes.choices)
    how = RadiosField(label=_("How was it said?"), choices=OutgoingReferral.How.choices)
    agreed_on = DayField(label=_("Which day?"))
    agrees = AgreeField(
        label=_("We read these lines together, and the person agrees that they leave"),
        error_messages={"required": _("Nothing leaves without the person’s agreement.")},
    )

    def __init__(self, *args: Any, suspended: Collection[str] = (), **others: Any) -> None:
        super().__init__(*args, **others)
        if suspended:
            theirs = OutgoingReferral.Yes.WITH_TUTOR
            may = [one for one in OutgoingReferral.Yes if one != theirs]
            self.choose_from("whose_yes", [(one.value, one.label) for one in may])
        refuse_the_suspended(self, "whose_yes", NOT_ONE_OF_THEM, suspended)

    def clean_agreed_on(self) -> date:
        day: date = self.cleaned_data["agreed_on"]
        if day > clock.today():
            self.add_error("agreed_on", _("This day has not come yet."))
        return day

    @classmethod
    def starting_values(cls, organisation: str) -> dict[str, object]:
        return {
            "to_whom": organisation,
            "agreed_on": clock.today(),
            "whose_yes": OutgoingReferral.Yes.HERSELF,
            "how": OutgoingReferral.How.SAID,
        }

    def agreed(self) -> Agreed:
        said = self.cleaned_data
        names = ("agrees", "to_whom", "lines", "whose_yes", "how", "agreed_on")
        return Agreed(id=self.record_id, **{name: said[name] for name in names})


class ReplyForm(LookingForm):
    """What came back: her words first, then one line."""

    texts = ("her_words", "line")

    her_words = LongTextField(
        label=_("In their words"), hint=HER_WORDS_HINT, required=False, rows=3
    )
    line = TextField(label=_("What came back"), hint=FACTS_HINT, required=False, max_length=500)

    def came_back(self) -> CameBack:
        said = self.cleaned_data
        return CameBack(self.record_id, said["her_words"], said["line"])

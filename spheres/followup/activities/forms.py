"""What may be typed of an activity, of the list of its day, and of what it was for her?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.activities.actions import Agreed, Authorised, Planned, Said, Written
from spheres.followup.activities.models import Activity, Authorisation, Feedback, Participation
from spheres.followup.activities.policy import gives
from spheres.participants.policy import NOT_ONE_OF_THEM, NOT_THEM
from spheres.participants.queries import Header
from spheres.records.forms import LookingForm, ServingForm, refuse_the_suspended
from spheres.records.models import Pen
from spheres.regions import queries as regions
from spheres.sharing.models import Consent
from spheres.sharing.models import Form as Agreement
from spheres.sharing.queries import Elsewhere
from spheres.ui.fields import (
    DayField,
    LongTextField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
    TimeField,
)
from spheres.ui.forms import Form

FARTHEST: Final = timedelta(days=366)
UNSAID: Final = ("", _("Not said"))
HER_WORDS_HINT = _("What the person said, as they said it. They may read this page.")
FACTS_HINT = _("Facts, without names of other people, addresses or phone numbers.")
MOST_DOLLARS: Final = 10_000
FREE_TEXTS: Final = ("her_words", "observation", "support")


class IdeaForm(Form):
    """An idea of the region’s bank, and a day."""

    idea = SelectField(label=_("Which activity?"))
    held_on = DayField(label=_("Which day?"))

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        kinds = dict(regions.choices("activity_kinds"))
        self.choose_from(
            "idea",
            [
                ("", ""),
                *(
                    (code, _("%(kind)s: %(idea)s") % {"kind": kinds[kind], "idea": label})
                    for code, label in regions.choices("activity_ideas")
                    if (kind := code.partition("_")[0]) in kinds
                ),
            ],
        )

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        if abs(day - clock.today()) > FARTHEST:
            self.add_error("held_on", _("This day is more than a year away. Check the year."))
        return day


class ActivityForm(IdeaForm):
    """What the organisation offers: no word of it is about anybody."""

    hour = TimeField(label=_("At what time?"), hint=_("Example: 16:30"), required=False)
    is_group = RadiosField(
        label=_("With how many?"),
        choices=[("yes", _("Several persons")), ("no", _("One person"))],
    )
    place = SelectField(label=_("What kind of place?"), required=False)
    dollars = NumberField(
        label=_("What it costs, in dollars"), required=False, min_value=0, max_value=MOST_DOLLARS
    )
    budget_line = SelectField(label=_("Which budget line?"), required=False)

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("place", [UNSAID, *regions.choices("activity_places")])
        self.choose_from("budget_line", [UNSAID, *regions.choices("budget_lines")])

    def planned(self) -> Planned:
        said = self.cleaned_data
        dollars = said["dollars"]
        return Planned(
            id=self.record_id,
            idea=said["idea"],
            held_on=said["held_on"],
            hour=said["hour"],
            place=said["place"],
            budget_line=said["budget_line"],
            cents=None if dollars is None else dollars * 100,
            is_group=said["is_group"] == "yes",
        )


class GuestForm(Form):
    """Another organisation, with which the activity is offered."""

    partner = SelectField(label=_("With which organisation?"))

    def __init__(self, *args: Any, partners: Sequence[tuple[UUID, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from(
            "partner", [("", _("Choose")), *((str(one), name) for one, name in partners)]
        )


class AgreeForm(LookingForm):
    """With the person: who reads it that day, and what. Nothing is asked beyond the name."""

    texts = ("needs",)

    to = SelectField(label=_("Who reads it, that day?"))
    name = TextField(
        label=_("The name they want to be called by, that day"),
        hint=_("The one they choose. It may be another one than usual."),
        max_length=60,
    )
    needs = LongTextField(
        label=_("What they want known"),
        hint=_("Food, an allergy, what helps: only what they choose to say. It may stay empty."),
        rows=3,
        required=False,
        max_length=300,
    )
    contact = TextField(
        label=_("How to reach them, or whom to call, that day"),
        hint=_("If they want it. Often, your own number is enough."),
        required=False,
        max_length=120,
    )
    given_by = RadiosField(label=_("Who says yes?"))
    form = RadiosField(
        label=_("How was it said?"),
        choices=[
            (Agreement.ON_SCREEN, Agreement.ON_SCREEN.label),
            (Agreement.WRITTEN, Agreement.WRITTEN.label),
        ],
    )

    def __init__(
        self,
        *args: Any,
        others: Sequence[Elsewhere],
        person: Header,
        decides_alone: bool,
        **rest: Any,
    ) -> None:
        begun = {"name": person.name, "to": str(others[0].user_id) if len(others) == 1 else ""}
        super().__init__(*args, initial=begun, **rest)
        self.choose_from(
            "to",
            [
                ("", _("Choose")),
                *(
                    (
                        str(one.user_id),
                        _("%(name)s, %(organisation)s")
                        % {"name": one.name, "organisation": one.organisation},
                    )
                    for one in others
                ),
            ],
        )
        allowed = [
            (value, label)
            for value, label in Consent.Giver.choices
            if gives(value, decides_alone=decides_alone, suspended=person.suspended)
        ]
        self.choose_from("given_by", allowed)
        if decides_alone:
            self.initial["given_by"] = Consent.Giver.HERSELF
        refuse_the_suspended(self, "given_by", NOT_THEM, person.suspended)

    def agreed(self) -> Agreed:
        said = self.cleaned_data
        return Agreed(
            self.record_id,
            UUID(said["to"]),
            said["name"],
            said["given_by"],
            said["form"],
            said["needs"],
            said["contact"],
        )


class SaidForm(Form):
    """What became of it: each answer is a button; a number and a cost, nobody."""

    number = NumberField(
        label=_("How many persons came?"), required=False, min_value=0, max_value=200
    )
    dollars = NumberField(
        label=_("What it cost, in dollars"), required=False, min_value=0, max_value=MOST_DOLLARS
    )


class SeatForm(Form):
    """Who comes, of one’s own people; what they eat, their size: codes, no name."""

    person = SelectField(label=_("Who comes?"))
    food = SelectField(label=_("Food"), required=False)
    size = SelectField(label=_("Size"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("person", [("", ""), *people])
        self.choose_from("food", [UNSAID, *regions.choices("food_needs")])
        self.choose_from("size", [UNSAID, *regions.choices("clothing_sizes")])

    @property
    def file_id(self) -> UUID:
        return UUID(self.cleaned_data["person"])


class HoldForm(Form):
    """Why a list is kept: a code."""

    reason = RadiosField(label=_("Why keep it?"))

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("reason", regions.choices("hold_reasons"))


class ParticipationForm(ServingForm, IdeaForm):
    """Her intention first; an idea and a day are asked for, the rest may stay empty."""

    her_words = LongTextField(
        label=_("In their words: why this activity"),
        hint=HER_WORDS_HINT,
        required=False,
        rows=3,
    )
    pen = RadiosField(label=_("Who held the pen?"), choices=Pen.choices)
    observation = LongTextField(
        label=_("What you saw or did"), hint=FACTS_HINT, required=False, rows=3
    )
    support = LongTextField(label=_("What helps next"), required=False, rows=2)
    field_order = (
        "form_id",
        "her_words",
        "idea",
        "held_on",
        "towards",
        "needs",
        "observation",
        "support",
        "pen",
    )

    @property
    def is_more_said(self) -> bool:
        """Whether something is written, or wrong, in what is folded: then it is shown unfolded."""
        names = ("observation", "support")
        return bool(self["pen"].errors) or any(self[n].value() or self[n].errors for n in names)

    @classmethod
    def starting_values(cls, activity: Activity | None) -> dict[str, object]:
        """Today; or what the activity one comes from says, which is not kept here as such."""
        if activity is None:
            return {"held_on": clock.today(), "pen": Pen.TOGETHER}
        return {"idea": activity.idea, "held_on": activity.held_on, "pen": Pen.TOGETHER}

    @classmethod
    def values_of(cls, record: Participation) -> dict[str, object]:
        """What an opened one says, to be corrected."""
        texts = {name: getattr(record.opened, name) for name in FREE_TEXTS}
        names = ("idea", "held_on", "pen")
        return texts | cls.values_for(record) | {name: getattr(record, name) for name in names}

    def written(self) -> Written:
        """The valid answers; it is dated from the day itself, or from today when that is to come.

        Noon stands for the day: pages of one outing share no moment that tells them apart.
        """
        said = self.cleaned_data
        day = min(said["held_on"], clock.today())
        return Written(
            id=self.record_id,
            idea=said["idea"],
            held_on=said["held_on"],
            occurred_at=datetime.combine(day, time(12), tzinfo=ZoneInfo(settings.TIME_ZONE)),
            pen=said["pen"],
            **self.is_for(),
            **{name: said[name] for name in FREE_TEXTS},
        )


class FeedbackForm(LookingForm):
    """How it was: each face is a button with its word; her words may be added before."""

    texts = ("her_words", "found")

    face = SelectField(label=_("How was it?"), choices=Feedback.Face.choices)
    her_words = LongTextField(
        label=_("In their words"), hint=HER_WORDS_HINT, required=False, rows=2
    )
    found = TextField(
        label=_("What I found I can do"),
        hint=_("In their words. They may add it to their strengths."),
        required=False,
        max_length=300,
    )

    @property
    def is_more_said(self) -> bool:
        return self.is_bound and any(self[n].value() or self[n].errors for n in self.texts)

    def said(self) -> Said:
        words = self.cleaned_data
        return Said(self.record_id, words["face"], words["her_words"], words["found"])


class AuthorisationForm(LookingForm):
    """What the law and the activity ask of a minor, and who gave it."""

    texts = ("line",)

    asked = RadiosField(label=_("What does the activity ask?"), choices=Authorisation.Asked.choices)
    given = RadiosField(label=_("Who gave it?"), choices=Authorisation.Given.choices)
    given_on = DayField(label=_("Which day?"))
    line = TextField(label=_("A line, if it helps"), required=False, max_length=300)

    def __init__(self, *args: Any, suspended: Collection[str] = (), **others: Any) -> None:
        super().__init__(*args, **others)
        if suspended:
            may = [one for one in Authorisation.Given if one != Authorisation.Given.BY_PARENT]
            self.choose_from("given", [(one.value, one.label) for one in may])
        refuse_the_suspended(self, "given", NOT_ONE_OF_THEM, suspended)

    def clean_given_on(self) -> date:
        day: date = self.cleaned_data["given_on"]
        if day > clock.today():
            self.add_error("given_on", _("This day has not come yet."))
        return day

    @classmethod
    def starting_values(cls) -> dict[str, object]:
        return {"asked": Authorisation.Asked.NOTHING, "given_on": clock.today()}

    def authorised(self) -> Authorised:
        said = self.cleaned_data
        names = ("asked", "given", "given_on", "line")
        return Authorised(id=self.record_id, **{name: said[name] for name in names})

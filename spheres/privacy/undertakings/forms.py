"""What may be typed of an undertaking, of a training, of an extension?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import LONGEST_EXTENSION, Extension, TrainingDay
from spheres.core import clock
from spheres.privacy.undertakings.actions import Text
from spheres.ui import moments
from spheres.ui.fields import (
    AgreeField,
    ChecksField,
    DayField,
    LongTextField,
    RadiosField,
    SelectField,
)
from spheres.ui.forms import Form

MOST = 20_000  # letters of an undertaking
LATEST = timedelta(days=366)
LONGEST_STAND_IN = timedelta(days=120)
UNDERTAKING, TRAINING = "undertaking", "training"


def begins(day: date) -> datetime:
    """The first moment of a day where the programme works; now, of today."""
    return max(moments.moment_of(day, time(0)), clock.now())


def day_field(form: Form, name: str) -> DayField:
    field = form.fields[name]
    assert isinstance(field, DayField)
    return field


class SignForm(Form):
    """One box, and nothing else: read, then signed."""

    agreed = AgreeField(label=_("I have read this text, and I undertake to keep to it."))


class TextForm(Form):
    """The organisation's own words, in both languages, and from when they are asked."""

    words_fr = LongTextField(label=_("The text in French"), rows=12, max_length=MOST)
    words_en = LongTextField(label=_("The text in English"), rows=12, max_length=MOST)
    from_day = DayField(
        label=_("From which day must everybody have signed it?"),
        hint=_(
            "It may be signed at once. Leave people a few weeks: until that day, whoever signed "
            "the text before stays as they are."
        ),
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        day = day_field(self, "from_day")
        day.earliest, day.latest = clock.today(), clock.today() + LATEST

    @classmethod
    def starting_values(cls) -> dict[str, object]:
        """Our own wording, for an organisation that has none: to be read, changed, adopted."""
        words = {}
        for language in ("fr", "en"):
            with translation.override(language):
                words[f"words_{language}"] = default_words()
        return {**words, "from_day": clock.today() + timedelta(days=30)}

    def text(self) -> Text:
        said = self.cleaned_data
        starts_at = begins(said["from_day"])
        return Text(self.record_id, said["words_fr"], said["words_en"], starts_at)


def default_words() -> str:
    """A first wording, to be read by whoever answers for the law there, and adopted or not."""
    return "\n\n".join(
        (
            gettext(
                "In my work I learn things about people that they say to few others. I keep them "
                "to myself, during my work here and after it."
            ),
            gettext(
                "I open only the files that my work needs, and in each one only what it needs. I "
                "look up nobody I know, nor myself."
            ),
            gettext(
                "I tell nobody anything of a person without that person’s agreement, unless the "
                "law requires or allows it; then I tell as little as possible, and I write it down."
            ),
            gettext(
                "I lend nobody my account or my device, I lock my screen, and I copy nothing out "
                "of the place where it is kept."
            ),
            gettext(
                "If something is lost, seen or told by mistake, I say so at once to the person in "
                "charge of privacy: saying it quickly protects people."
            ),
        )
    )


class RuleForm(Form):
    """What is asked from a day on, where the regime leaves it to the organisation."""

    asks = ChecksField(
        label=_("What do you ask before files are given?"),
        choices=[
            (UNDERTAKING, _("An undertaking of discretion, signed by each")),
            (TRAINING, _("A training at hiring, then each year")),
        ],
        required=False,
        hint=_("Nothing ticked: nothing is asked."),
    )
    from_day = DayField(
        label=_("From which day?"),
        hint=_("Nobody loses the people they accompany: only what is given from that day waits."),
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        day = day_field(self, "from_day")
        day.earliest, day.latest = clock.today(), clock.today() + LATEST

    @property
    def starts_at(self) -> datetime:
        return begins(self.cleaned_data["from_day"])

    def asks_for(self, what: str) -> bool:
        return what in self.cleaned_data["asks"]


class TrainedForm(Form):
    """Which day, and from where it is known. A mistake is mended by saying it again."""

    source = RadiosField(label=_("From where is it known?"), choices=TrainingDay.Source.choices)
    trained_on = DayField(
        label=_("On which day did the training take place?"),
        hint=_("Leave it empty only when no training stands."),
        required=False,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        day_field(self, "trained_on").latest = clock.today()

    def clean(self) -> dict[str, Any]:
        """A day, unless none stands."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        none = said.get("source") == TrainingDay.Source.NONE
        if none:
            said["trained_on"] = None
        elif "source" in said and "trained_on" in said and said["trained_on"] is None:
            self.add_error("trained_on", _("Write the day of the training."))
        return said


class ExtendForm(Form):
    """Why, and until which day: a reason of the list, no story of anybody."""

    reason = RadiosField(label=_("For what reason?"), choices=Extension.Reason.choices)
    until_day = DayField(label=_("Until which day, that day included?"))

    def __init__(self, *args: Any, stands_until: datetime, **others: Any) -> None:
        super().__init__(*args, **others)
        self.limit = stands_until + LONGEST_EXTENSION
        day = day_field(self, "until_day")
        day.earliest = max(clock.today(), clock.day_of(stands_until))
        day.latest = clock.day_of(self.limit) - timedelta(days=1)

    @property
    def until(self) -> datetime:
        following = self.cleaned_data["until_day"] + timedelta(days=1)
        return min(moments.moment_of(following, time(0)), self.limit)


class StandInForm(Form):
    """Who answers, until which day; `begins` is the day from which they would."""

    user = SelectField(label=_("Who answers for these people?"))
    until_day = DayField(label=_("Until which day, that day included?"))

    def __init__(
        self, *args: Any, among: list[tuple[UUID, str]], begins: date, **others: Any
    ) -> None:
        super().__init__(*args, **others)
        self.choose_from("user", [("", _("Choose")), *((str(key), name) for key, name in among)])
        day = day_field(self, "until_day")
        day.earliest, day.latest = begins, begins + LONGEST_STAND_IN

    @property
    def until(self) -> datetime:
        return moments.moment_of(self.cleaned_data["until_day"] + timedelta(days=1), time(0))

    @property
    def who(self) -> UUID:
        return UUID(self.cleaned_data["user"])


class WithholdForm(Form):
    """Nothing to type: what will happen was read."""

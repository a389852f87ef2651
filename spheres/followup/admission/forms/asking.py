"""What does every way in ask alike: how to call her, how to reach her without harm?

As little as possible, never what happened (programme.md §2.7): the public forms and what the
coordination types in ask the same questions, and keep the same answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.followup.admission import actions as admission
from spheres.followup.admission.models import AgeBand, Language, Referral
from spheres.regions import queries as regions
from spheres.ui.fields import LongTextField, RadiosField, TextField
from spheres.ui.forms import Form

AGES = [
    (AgeBand.UNDER_14, _("12 or 13 years old")),
    (AgeBand.FROM_14, _("14 to 17 years old")),
    (AgeBand.FROM_18, _("18 to 24 years old")),
]
TONGUES = [
    (Language.FRENCH, "Français"),
    (Language.ENGLISH, "English"),
    (Language.OTHER, _("Another language")),
]
YES, UNDECIDED, NOT_YET = "yes", "undecided", "not_yet"
NO_YES = [("no", _("No")), ("yes", _("Yes"))]
BY_NUMBER, BY_MAIL, WAITS = {"text", "call"}, {"email"}, "wait"
CONTACT = ("channel", "reach", "hours", "words", "never")


@dataclass(frozen=True)
class Part:
    """One thing asked, with one question or a few. `slug` is for the template."""

    slug: str
    title: Any
    names: tuple[str, ...]


class Questions(Form):
    """Questions in numbered parts."""

    PARTS: ClassVar[tuple[Part, ...]] = ()

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.order_fields([name for part in self.PARTS for name in part.names])

    @property
    def number(self) -> str:
        """The acknowledgement number this form will have, whatever it makes."""
        return admission.number_of(self.record_id)

    @property
    def code(self) -> str:
        """The code that, with the number, asks how the referral stands."""
        return admission.code_of(self.record_id)

    def parts(self) -> Iterator[dict[str, Any]]:
        """The parts in order, with their place and their questions, ready to be drawn."""
        for place, part in enumerate(self.PARTS, start=1):
            yield {
                "slug": part.slug,
                "title": part.title,
                "place": place,
                "total": len(self.PARTS),
                "questions": [self[name] for name in part.names],
                "is_single": len(part.names) == 1,
            }

    def again(self, *, without: tuple[str, ...] = ()) -> Self:
        """The same form, with all that was typed but these, as if it had not been sent yet."""
        kept = {name: value for name, value in self.typed().items() if name not in without}
        return type(self)(initial=kept, record_id=self.record_id)


class ContactQuestions(Questions):
    """The questions common to all ways in: how to call her, how to reach her without harm."""

    SOURCE: ClassVar[str] = ""
    URGENT: ClassVar[Any] = _("There is something urgent in the next 48 hours.")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("language") == Language.OTHER and not said.get("interpreter"):
            self.add_error("interpreter", ValidationError(_("Write which language.")))
        if said.get("channel") == WAITS:
            self.forget_missing("reach", "hours")
        self.check_reach(said.get("channel", ""), said.get("reach", ""))
        if said.get("urgent") == "no" and said.get("urgent_words"):
            self.add_error(
                "urgent",
                ValidationError(_("Something urgent is written below: answer Yes, or erase it.")),
            )
        return said

    def forget_missing(self, *names: str) -> None:
        """Whoever will reach out themselves need not say where, nor when."""
        for name in names:
            if self.has_error(name, "required"):
                del self.errors[name]
                self.cleaned_data[name] = ""

    def check_reach(self, channel: str, reach: str) -> None:
        """The place must be of the kind the way asks for."""
        figures = sum(character.isdigit() for character in reach)
        if not reach:
            return
        if channel in BY_NUMBER and figures < 7:
            self.add_error(
                "reach",
                ValidationError(
                    _("Write a phone number, with its area code. Example: 450 555-0142.")
                ),
            )
        elif channel in BY_MAIL and "@" not in reach:
            self.add_error(
                "reach",
                ValidationError(_("Write a whole e-mail address. Example: name@example.org.")),
            )

    def sent(self) -> admission.Sent:
        said = self.cleaned_data
        # Number or place, and the words to use, open together: to whoever will reach her.
        words = "\n".join(filter(None, (said["reach"], said["words"])))
        return admission.Sent(
            id=self.record_id,
            source=self.SOURCE,
            channel=Referral.Channel.WEB,
            agreement=said.get("aware") or Referral.Agreement.YES,
            age_band=said["age_band"],
            language=said["language"],
            chosen_name=said["chosen_name"],
            contact_channel=said["channel"],
            pronouns=said["pronouns"],
            interpreter=said["interpreter"],
            hours=said["hours"],
            words=words,
            never=said["never"],
            wish=said["wish"],
            urgent=self.what_is_urgent(),
            **self.referrer(),
        )

    @property
    def is_urgent(self) -> bool:
        return bool(self.cleaned_data.get("urgent") == "yes")

    def what_is_urgent(self) -> str:
        return (self.cleaned_data["urgent_words"] or str(self.URGENT)) if self.is_urgent else ""

    def referrer(self) -> dict[str, str]:
        """Who writes, when it is not herself."""
        return {}


class AboutThem(ContactQuestions):
    """The same questions, asked of somebody who writes about a young person."""

    chosen_name = TextField(
        label=_("The first name or nickname they want used"),
        hint=_("No family name, no legal name."),
        max_length=80,
        width="half",
    )
    pronouns = TextField(
        label=_("Their pronouns, if they said them"), max_length=40, required=False, width="half"
    )
    age_band = RadiosField(label=_("How old are they?"), choices=AGES)
    language = RadiosField(label=_("The language they prefer"), choices=TONGUES)
    interpreter = TextField(
        label=_("Which other language, or what need of an interpreter"),
        hint=_("They can refuse an interpreter they are offered."),
        max_length=120,
        required=False,
        width="half",
    )
    channel = RadiosField(label=_("The way that is safe"))
    reach = TextField(
        label=_("Where: number, e-mail address or place"),
        hint=_("Only what they agreed to. Nothing if they will reach out themselves."),
        max_length=160,
        width="half",
    )
    hours = TextField(
        label=_("When it is safe"),
        hint=_("For example: weekdays, 3:30 to 5 p.m. “I don’t know” is an answer."),
        max_length=200,
        width="half",
    )
    words = TextField(
        label=_("What may be said or written, and signed how"),
        hint=_("One neutral line they chose. For example: “Coffee this week?”, signed “Sam”."),
        max_length=300,
        required=False,
    )
    never = TextField(
        label=_("What must never be done"),
        hint=_("For example: leave a voice message, call at home, write at night."),
        max_length=300,
        required=False,
    )
    wish = LongTextField(
        label=_("What they would like help with, in their words"),
        hint=_(
            "One sentence is enough, or none. Please do not describe events, "
            "and do not name anyone else."
        ),
        max_length=1_000,
        required=False,
        rows=3,
    )
    urgent = RadiosField(
        label=_("Is there anything urgent in the next 48 hours?"),
        hint=_("For example: nowhere to sleep, a medicine missing, a date that cannot move."),
        choices=NO_YES,
    )
    urgent_words = TextField(label=_("If so, what?"), max_length=300, required=False)

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("channel", regions.choices("contact_channels"))


ABOUT_THEM = (
    Part("name", _("What to call them"), ("chosen_name", "pronouns")),
    Part("age", _("Their age"), ("age_band",)),
    Part("language", _("Language"), ("language", "interpreter")),
    Part("contact", _("Reaching them without harm"), CONTACT),
    Part("wish", _("What would help"), ("wish",)),
    Part("urgent", _("The next 48 hours"), ("urgent", "urgent_words")),
)

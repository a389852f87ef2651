"""What may be agreed with her? Only the way is asked for; all the rest may wait."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.core.hours import EVERY_DAY, Hours
from spheres.followup.reaching import queries
from spheres.followup.reaching.actions import Said
from spheres.followup.reaching.policy import WAIT
from spheres.followup.reaching.queries import Line
from spheres.participants.models import SafeContact
from spheres.participants.queries import Header
from spheres.records.naming.identifiers import Finding, look
from spheres.regions import queries as regions
from spheres.ui.fields import (
    ChecksField,
    DayField,
    LongTextField,
    RadiosField,
    TextField,
    TimeField,
)
from spheres.ui.forms import Form

FREE_TEXTS = ("hours", "words", "never")
ANY, WITHIN, UNSAID = "any", "within", "unsaid"
DAYS = [
    ("1", _("Monday")), ("2", _("Tuesday")), ("3", _("Wednesday")), ("4", _("Thursday")),
    ("5", _("Friday")), ("6", _("Saturday")), ("7", _("Sunday")),
]  # fmt: skip


class ReachingForm(Form):
    """Written side by side, in the order in which one would ask."""

    CHANGED = _("Someone wrote something else here since you opened this page.")

    channel = RadiosField(label=_("Which way is safe?"))
    when = RadiosField(
        label=_("When?"),
        choices=[
            (WITHIN, _("On these days, between these hours")),
            (ANY, _("At any time")),
            (UNSAID, _("Not agreed yet")),
        ],
        required=False,
    )
    days = ChecksField(label=_("Which days?"), choices=DAYS, required=False)
    begins = TimeField(label=_("From"), required=False)
    ends = TimeField(label=_("Until"), required=False)
    hours = TextField(
        label=_("Hours, as they say them"),
        hint=_("For example: when the little one sleeps."),
        max_length=200,
        required=False,
    )
    lines = ChecksField(
        label=_("Which lines may be said or sent?"),
        hint=_("Read them together. Only what they choose here can be prepared."),
        required=False,
    )
    words = TextField(
        label=_("A line of their own"),
        hint=_(
            "Word for word. Whoever holds the phone may read it: no name of an organisation, "
            "no figure, no link."
        ),
        max_length=160,
        required=False,
    )
    sender = TextField(
        label=_("Signed how?"),
        hint=_("The first name or the word they will recognise. It may stay empty."),
        max_length=40,
        required=False,
        width="half",
    )
    never = LongTextField(
        label=_("What must never be done"),
        hint=_("For example: no voice message, nothing at home."),
        required=False,
        rows=2,
    )
    code_word = TextField(
        label=_("A word agreed on"),
        hint=_("They say it to be recognised. Kept locked; it stands on no other page."),
        max_length=60,
        required=False,
        width="half",
    )
    told = RadiosField(
        label=_("If somebody opens, for an hour, what protects them: how do they want to hear it?"),
        hint=_(
            "When a life may be in danger, a colleague may read how to reach them and their "
            "safety plan. It is always written on the page of who opened their file."
        ),
        choices=[("", _("Not asked yet")), *SafeContact.Told.choices],
        required=False,
    )
    confirmed_on = DayField(
        label=_("Which day did they confirm all this?"),
        hint=_("Leave empty if it does not come from the person themselves."),
        required=False,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("channel", regions.choices("contact_channels"))
        self.speak("fr")

    def speak(self, language: str) -> None:
        """Show the lines in her language: they are said to her, not to the reader."""
        lines = queries.neutral_lines(language)
        self.choose_from("lines", [(line.code, line.words) for line in lines])

    @classmethod
    def values_of(cls, person: Header, *, code_word: str) -> dict[str, object]:
        """What stands now, to be gone through together; today is when that is done."""
        hours = Hours.read(person.window)
        is_bound = hours is not None and hours.begins is not None
        return {
            "channel": person.channel,
            "when": UNSAID if hours is None else WITHIN if is_bound else ANY,
            "days": [str(day) for day in (hours.days if hours and is_bound else EVERY_DAY)],
            "begins": f"{hours.begins:%H:%M}" if hours and hours.begins else "",
            "ends": f"{hours.ends:%H:%M}" if hours and hours.ends else "",
            "hours": person.hours,
            "lines": person.lines.split(),
            "words": person.words,
            "sender": person.sender,
            "never": person.never,
            "code_word": code_word,
            "told": person.told,
            "confirmed_on": clock.today(),
        }

    @property
    def after(self) -> UUID | None:
        """The row that stood when the page was shown: what is written comes after it, or not."""
        try:
            return UUID(str(self.data.get("after") or ""))
        except ValueError:
            return None

    def clean_words(self) -> str:
        return self._neutral("words")

    def clean_sender(self) -> str:
        return self._neutral("sender")

    def clean_confirmed_on(self) -> object:
        day = self.cleaned_data["confirmed_on"]
        if day and day > clock.today():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("when") == WITHIN and said.get("channel") != WAIT:
            self._check_hours(said)
        return said

    def findings(self) -> list[Finding]:
        """What looks like a name, an address or a number, unless the worker has looked again."""
        if not self.is_bound or self.data.get("looked_again"):
            return []
        return [finding for name in FREE_TEXTS for finding in look(str(self.data.get(name) or ""))]

    def said(self) -> Said:
        """The valid answers, as the action takes them."""
        said = self.cleaned_data
        return Said(
            id=self.record_id,
            channel=said["channel"],
            window=self._window(said),
            hours=said["hours"],
            lines=tuple(said["lines"]),
            words=said["words"],
            sender=said["sender"],
            never=said["never"],
            code_word=said["code_word"],
            confirmed_on=said["confirmed_on"],
            told=said["told"],
        )

    def _window(self, said: dict[str, Any]) -> str:
        if said["channel"] == WAIT or said["when"] not in {ANY, WITHIN}:
            return ""
        if said["when"] == ANY:
            return str(Hours())
        return str(Hours(tuple(int(day) for day in said["days"]), said["begins"], said["ends"]))

    def _check_hours(self, said: dict[str, Any]) -> None:
        for name in ("days", "begins", "ends"):
            if name in said and not said[name] and said[name] != 0:
                self.add_error(
                    name,
                    _("Say it, or choose “Not agreed yet”: nothing can be prepared meanwhile."),
                )
        if said.get("begins") and said.get("begins") == said.get("ends"):
            self.add_error("ends", _("The two hours are the same: choose “At any time” instead."))

    def _neutral(self, name: str) -> str:
        """Nothing that would tell somebody else who speaks, and of what."""
        text: str = self.cleaned_data[name]
        if found := queries.telling_words(text):
            raise ValidationError(
                _("Somebody else may read this. Leave out: %(words)s."),
                params={"words": ", ".join(found)},
            )
        return text


class OneStepForm(Form):
    """A single button; its number makes a double click one step."""


class UnsafeForm(Form):
    """Since which day is it not safe? Today, unless said otherwise."""

    since = DayField(label=_("Not safe since"), required=False)

    def clean_since(self) -> object:
        day = self.cleaned_data["since"]
        if day and day > clock.today():
            raise ValidationError(_("This day has not come yet."))
        return day


class LineForm(Form):
    """Which of the lines she agreed to?"""

    line = RadiosField(label=_("Which line?"))

    def __init__(self, *args: Any, lines: list[Line], **others: Any) -> None:
        super().__init__(*args, **others)
        self.lines = {line.code: line for line in lines}
        self.choose_from("line", [(line.code, line.words) for line in lines])

    def chosen(self) -> list[Line]:
        return [self.lines[self.cleaned_data["line"]]]

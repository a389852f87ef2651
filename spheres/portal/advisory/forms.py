"""What is typed of a round: a sheet, the sheets of an envelope, its last day, what was heard?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.portal.advisory import actions, policy
from spheres.portal.advisory.actions import Heard, Said
from spheres.portal.advisory.models import Face, Question
from spheres.records.anonymous.sheets import end_of
from spheres.ui.fields import DayField, NumberField, RadiosField, TextField
from spheres.ui.forms import Form

LONGEST: Final = 300
MOST_SHEETS: Final = 30
SKIPPED = _("I skip this one")


def _questions(prefix: str = "") -> dict[str, RadiosField]:
    choices = [*Face.choices, ("", SKIPPED)]
    return {
        f"{prefix}{one}": RadiosField(label=one.label, choices=choices, required=False, initial="")
        for one in Question
    }


def _said(cleaned: dict[str, Any], prefix: str = "") -> Said:
    faces = {one.value: cleaned.get(f"{prefix}{one}") or "" for one in Question}
    return Said(
        {one: face for one, face in faces.items() if face}, cleaned.get(f"{prefix}words") or ""
    )


class SheetForm(Form):
    """Faces and one sentence; each may be skipped."""

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.fields |= _questions()
        self.fields["words"] = TextField(
            label=_("One thing to keep, or to change"),
            hint=_("Nothing that tells who you are: no name, no place, nothing that happened."),
            required=False,
            max_length=LONGEST,
        )

    @property
    def faces(self) -> list[Any]:
        return [self[one] for one in Question]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and _said(cleaned).is_empty:
            raise ValidationError(_("Nothing is chosen yet. Answer what you want, one is enough."))
        return cleaned

    def said(self) -> Said:
        return _said(self.cleaned_data)


class NumberOfSheetsForm(forms.Form):
    """How many sheets came out of the envelope."""

    sheets = forms.IntegerField(min_value=1, max_value=MOST_SHEETS)


class EnvelopeForm(Form):
    """All the sheets of one envelope, typed in together."""

    def __init__(self, *args: Any, sheets: int, **others: Any) -> None:
        super().__init__(*args, **others)
        self.sheets = sheets
        for place in range(sheets):
            self.fields |= _questions(f"{place}-")
            self.fields[f"{place}-words"] = TextField(
                label=_("The sentence, as it is written"), required=False, max_length=LONGEST
            )

    @property
    def blocks(self) -> list[dict[str, Any]]:
        return [
            {
                "number": place + 1,
                "faces": [self[f"{place}-{one}"] for one in Question],
                "words": self[f"{place}-words"],
            }
            for place in range(self.sheets)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for place in range(self.sheets):
            if not self.errors and _said(cleaned, f"{place}-").is_empty:
                raise ValidationError(
                    _(
                        "Sheet %(which)s says nothing: it is not counted. Go back, and say how "
                        "many have an answer; the envelope stays sealed when they are too few."
                    )
                    % {"which": place + 1}
                )
        return cleaned

    def said(self) -> list[Said]:
        return [_said(self.cleaned_data, f"{place}-") for place in range(self.sheets)]


class HowManyForm(Form):
    """Before typing in: how many sheets there are."""

    sheets = NumberField(label=_("How many sheets are in the envelope?"))

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.least = actions.least()

    def clean_sheets(self) -> int:
        number: int = self.cleaned_data["sheets"]
        if number < self.least:
            raise ValidationError(
                _(
                    "Fewer than %(least)s sheets could tell who wrote them. Leave the envelope "
                    "sealed until there are enough."
                )
                % {"least": self.least}
            )
        if number > MOST_SHEETS:
            raise ValidationError(
                _("At most %(most)s at once: type in the others afterwards.")
                % {"most": MOST_SHEETS}
            )
        return number


class LastDayForm(Form):
    """Until which day one may answer."""

    last_day = DayField(label=_("Last day to answer"))

    def __init__(self, *args: Any, today: date, **others: Any) -> None:
        super().__init__(*args, **others)
        self.today = today

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if not self.today < day <= self.today + timedelta(days=policy.LONGEST_DAYS):
            raise ValidationError(_("Choose a day after today, within three months."))
        return day

    def ends_at(self) -> datetime:
        """The end of that day, where the region is."""
        return end_of(self.cleaned_data["last_day"])


class HeardForm(Form):
    """«You said, we changed»: up to five lines, reworded; none is fine too."""

    LINES: Final = 5

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        for place in range(self.LINES):
            for name, label in (
                ("said_fr", _("You said (in French)")),
                ("changed_fr", _("What we change, or why we do not (in French)")),
                ("said_en", _("You said (in English)")),
                ("changed_en", _("What we change, or why we do not (in English)")),
            ):
                self.fields[f"{place}-{name}"] = TextField(
                    label=label, required=False, max_length=LONGEST
                )

    @property
    def blocks(self) -> list[dict[str, Any]]:
        names = ("said_fr", "changed_fr", "said_en", "changed_en")
        return [
            {"number": place + 1, "fields": [self[f"{place}-{name}"] for name in names]}
            for place in range(self.LINES)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for place in range(self.LINES):
            for language in ("fr", "en"):
                said, changed = (
                    f"{place}-said_{language}",
                    f"{place}-changed_{language}",
                )
                if bool(cleaned.get(said)) != bool(cleaned.get(changed)):
                    missing = changed if cleaned.get(said) else said
                    self.add_error(missing, _("What they said and what becomes of it go together."))
        return cleaned

    def heard(self) -> list[Heard]:
        lines = [
            Heard(
                *(self.cleaned_data.get(f"{place}-{name}") or "" for name in Heard.__annotations__)
            )
            for place in range(self.LINES)
        ]
        return [one for one in lines if one.said_fr or one.said_en]

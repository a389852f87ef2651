"""Which questions can a form ask, and how is each one said to everybody?

A field carries its label, its hint, its error and what a screen reader is told; the tag
``{% field %}`` draws them. Nothing here decides what may be asked.
"""

import calendar
import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from . import moments, text

MAX_CHARACTERS = 20_000
WIDTHS = {"full", "half", "short"}


class AskedBound(BoundField):
    """A question inside a form: knows where its hint and its error are."""

    field: "Asked"

    @property
    def kind(self):
        return self.field.kind

    @property
    def hint_id(self):
        return f"{self.auto_id}_helptext" if self.help_text else ""

    @property
    def error_id(self):
        return f"{self.auto_id}_error" if self.errors else ""

    @property
    def described_by(self):
        return " ".join(part for part in (self.hint_id, self.error_id) if part)

    @property
    def target_id(self):
        """The first thing to fill in: where the error summary leads."""
        if self.kind == "day":
            return f"{self.auto_id}_day"
        if self.kind in {"radios", "checks"}:
            return f"{self.auto_id}_0"
        return self.auto_id

    @property
    def parts(self):
        """Day, month and year, as typed."""
        values = boxes(self.value())
        words = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        return [
            {
                "name": f"{self.html_name}_{part}",
                "id": f"{self.auto_id}_{part}",
                "part": part,
                "words": words[part],
                "value": value,
            }
            for part, value in zip(DayInput.PARTS, values, strict=True)
        ]


class Asked(forms.Field):
    """What every question shares: words first, help beside, and no silent cut."""

    kind = "text"
    bound_field_class = AskedBound
    messages = {"required": _("This answer is needed to go on.")}

    def __init__(self, *, label, hint="", width="full", autocomplete="off", **others):
        if width not in WIDTHS:
            raise ValueError(f"width is one of {sorted(WIDTHS)}, not {width!r}")
        self.width = width
        self.autocomplete = autocomplete
        words = {**self.messages, **others.pop("error_messages", {})}
        super().__init__(label=label, help_text=hint, error_messages=words, **others)

    def widget_attrs(self, widget):
        """No maxlength: a browser cuts a pasted text in silence. Names may read from the right."""
        if isinstance(widget, forms.TextInput | forms.Textarea):
            return {"autocomplete": self.autocomplete, "dir": "auto"}
        return {}


class TextField(Asked, forms.CharField):
    """One line."""

    messages = Asked.messages | {
        "max_length": ngettext_lazy(
            "This text has %(show_value)d characters; the most is %(limit_value)d. "
            "Nothing was cut: shorten it and send again.",
            "This text has %(show_value)d characters; the most is %(limit_value)d. "
            "Nothing was cut: shorten it and send again.",
            "limit_value",
        ),
    }

    def __init__(self, *, max_length=MAX_CHARACTERS, **others):
        super().__init__(max_length=max_length, **others)

    def to_python(self, value):
        return super().to_python(text.clean(value) if isinstance(value, str) else value)


class LongTextField(TextField):
    """Several lines."""

    kind = "longtext"
    widget = forms.Textarea

    def __init__(self, *, rows=5, **others):
        self.rows = rows
        super().__init__(**others)

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"rows": self.rows}


class EmailField(TextField):
    widget = forms.EmailInput
    default_validators = forms.EmailField.default_validators
    messages = TextField.messages | {
        "invalid": _("This e-mail address is not complete. Example: name@example.org.")
    }

    def __init__(self, *, max_length=254, **others):
        super().__init__(max_length=max_length, **others)


class SecretField(Asked, forms.CharField):
    """A password or a code: never cleaned, never shown again."""

    widget = forms.PasswordInput

    def __init__(self, *, max_length=128, width="half", **others):
        super().__init__(max_length=max_length, width=width, strip=False, **others)


class NumberField(Asked, forms.IntegerField):
    """A whole number. A text box, because a wheel must not change an answer."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    messages = Asked.messages | {
        "invalid": _("Write a whole number, in figures."),
        "min_value": _("The smallest number accepted is %(limit_value)s."),
        "max_value": _("The largest number accepted is %(limit_value)s."),
    }

    def __init__(self, *, width="short", **others):
        super().__init__(width=width, **others)

    def widget_attrs(self, widget):
        return Asked.widget_attrs(self, widget)


TWELVE_HOURS = re.compile(r"(?P<hour>1[0-2]|0?[1-9])(?::(?P<minutes>\d\d))?(?P<half>[ap])\.?m\.?")


class TimeField(Asked, forms.TimeField):
    """An hour, as people write it: 14:30, 14 h 30, 14h30 or 2:30 p.m."""

    messages = Asked.messages | {"invalid": _("Write the hour and the minutes. Example: 14:30.")}

    def __init__(self, *, width="short", **others):
        super().__init__(width=width, **others)

    def to_python(self, value):
        if isinstance(value, str):
            value = (
                value.lower()
                .replace("\u00a0", "")
                .replace("\u202f", "")
                .replace(" ", "")
                .replace("h", ":")
            )
            value = f"{value}00" if value.endswith(":") else value
            value = in_24_hours(value)
        return super().to_python(value)


def in_24_hours(typed):
    """2:30p.m. as 14:30; anything else as it is, for the field to judge."""
    found = TWELVE_HOURS.fullmatch(typed)
    if not found:
        return typed
    hour = int(found["hour"]) % 12 + (12 if found["half"] == "p" else 0)
    return f"{hour}:{found['minutes'] or '00'}"


CHOOSE = {
    "required": _("Choose an answer."),
    "invalid_choice": _("This answer is no longer in the list. Choose again."),
}


class SelectField(Asked, forms.ChoiceField):
    kind = "select"
    messages = CHOOSE


class RadiosField(Asked, forms.ChoiceField):
    """One answer among few, all in sight."""

    kind = "radios"
    widget = forms.RadioSelect
    messages = CHOOSE


class ChecksField(Asked, forms.MultipleChoiceField):
    """Any number of answers."""

    kind = "checks"
    widget = forms.CheckboxSelectMultiple
    messages = CHOOSE | {"required": _("Choose at least one answer.")}


class AgreeField(Asked, forms.BooleanField):
    """One box to tick."""

    kind = "agree"
    messages = {"required": _("Tick the box to go on.")}


class DayInput(forms.MultiWidget):
    """Three small boxes. A whole date (AAAA-MM-JJ) sent under the plain name is understood too."""

    PARTS = ("day", "month", "year")
    use_fieldset = True

    def __init__(self, attrs=None):
        super().__init__({part: forms.TextInput for part in self.PARTS}, attrs)

    def decompress(self, value):
        return boxes(value)

    def value_from_datadict(self, data, files, name):
        typed = [(data.get(f"{name}_{part}") or "").strip() for part in self.PARTS]
        whole = next((box for box in [data.get(name) or "", *typed] if box.count("-") == 2), "")
        return split(whole) if whole else typed


def boxes(value):
    """What the three boxes show for this value."""
    if isinstance(value, list | tuple):
        return [part or "" for part in value]
    if isinstance(value, datetime.date):
        return [value.day, value.month, value.year]
    return split(value) if isinstance(value, str) else ["", "", ""]


def split(whole):
    """2026-11-21 as day, month, year; anything else stays as typed, in the first box."""
    parts = whole.strip().split("-")
    return [parts[2], parts[1], parts[0]] if len(parts) == 3 else [whole, "", ""]


class DayField(Asked):
    """A day. One that does not exist is answered with a sentence that says why."""

    kind = "day"
    widget = DayInput
    messages = {
        "required": _("Write the day, the month and the year."),
        "day_missing": _("The day is missing."),
        "month_missing": _("The month is missing."),
        "year_missing": _("The year is missing."),
        "not_figures": _("Write the date in figures. Example: 21, 11, 2026."),
        "month_unknown": _("The month is a number from 1 to 12."),
        "year_unknown": _("Write the year with four figures, from 1900 to 2100."),
        "day_unknown": _("%(month)s has %(days)d days: this day does not exist."),
        "too_early": _("The earliest day accepted is %(limit)s."),
        "too_late": _("The latest day accepted is %(limit)s."),
    }

    def __init__(self, *, earliest=None, latest=None, **others):
        self.earliest = earliest
        self.latest = latest
        super().__init__(**others)

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, datetime.date):
            return value or None
        typed = boxes(value)
        if not any(typed):
            return None
        for part, box in zip(DayInput.PARTS, typed, strict=True):
            if box == "":
                self.refuse(f"{part}_missing")
        if not all(str(box).isdecimal() and len(str(box)) <= 4 for box in typed):
            self.refuse("not_figures")
        return self.day(*(int(box) for box in typed))

    def day(self, day, month, year):
        """The day these three numbers name, or the reason why there is none."""
        if not 1 <= month <= 12:
            self.refuse("month_unknown")
        if not 1900 <= year <= 2100:
            self.refuse("year_unknown")
        days = calendar.monthrange(year, month)[1]
        if not 1 <= day <= days:
            name = moments.month(datetime.date(year, month, 1))
            self.refuse("day_unknown", month=name[:1].upper() + name[1:], days=days)
        return datetime.date(year, month, day)

    def validate(self, value):
        super().validate(value)
        if value and self.earliest and value < self.earliest:
            self.refuse("too_early", limit=moments.day(self.earliest))
        if value and self.latest and value > self.latest:
            self.refuse("too_late", limit=moments.day(self.latest))

    def refuse(self, code, **params):
        raise ValidationError(self.error_messages[code], code=code, params=params)

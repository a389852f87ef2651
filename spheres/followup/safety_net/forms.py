"""What may be typed on a sheet of her safety? Only the day is asked for."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.safety_net import asking
from spheres.followup.safety_net.actions import Written
from spheres.followup.safety_net.asking import CIRCLES, KINDS, LONGEST, QUESTIONS, ROWS, Answers
from spheres.followup.safety_net.models import Look, Part, Rhythm, Sheet
from spheres.records.models import Pen
from spheres.records.naming.identifiers import Finding, full_names, look
from spheres.ui.fields import DayField, LongTextField, RadiosField, SelectField, TextField
from spheres.ui.forms import Form

FREE_TEXTS: Final = ("her_words", "observation", "support")
MORE_ROWS: Final = 2  # empty ones, shown after those that are filled
Row = tuple[BoundField, BoundField, BoundField]


class SheetForm(Form):
    """Her answers above the worker's words; every question may stay empty."""

    part = forms.ChoiceField(widget=forms.HiddenInput, choices=Part.choices)
    on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    her_words = LongTextField(
        label=_("In their words"),
        hint=_("What the person said, as they said it. They may read this page."),
        required=False,
        rows=3,
    )
    observation = LongTextField(
        label=_("What you saw or did"),
        hint=_("Facts, without names of other people."),
        required=False,
        rows=3,
    )
    support = LongTextField(
        label=_("What helps next"),
        hint=_("One small step, their own if possible."),
        required=False,
        rows=2,
    )
    pen = RadiosField(label=_("Who held the pen?"), choices=Pen.choices, required=False)
    day = DayField(label=_("Which day do they date it from?"))

    def __init__(self, *args: Any, part: str, others: Any = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.of_part = Part(part)
        self.initial.setdefault("part", part)
        self.fields["part"].choices = [(part, part)]  # type: ignore[attr-defined]
        for question in QUESTIONS[part]:
            self.fields[question.name] = _asked(question)
        if part == Part.NET:
            self._add_rows()
        if part == Part.COURSE:
            self._add_rhythm()

    def _add_rows(self) -> None:
        for kind, most in ROWS.items():
            for number in range(most):
                for name, field in _row(kind, number).items():
                    self.fields[name] = field

    def _add_rhythm(self) -> None:
        unsaid = [("", _("Nothing agreed")), *Rhythm.choices]
        self.fields["rhythm"] = SelectField(
            label=_("Contacts further apart, as we agreed"), choices=unsaid, required=False
        )
        self.fields["agreed_on"] = DayField(
            label=_("The day I agreed to it"), required=False, latest=clock.today()
        )

    # What the page shows.

    def questions(self) -> list[BoundField]:
        """The questions of this sheet, in order; those of the levels apart."""
        of_levels = {q.name for level in asking.LEVELS for q in level.questions}
        return [self[q.name] for q in QUESTIONS[self.of_part] if q.name not in of_levels]

    def levels(self) -> list[tuple[asking.Level, list[BoundField]]]:
        """Three levels and their questions; none on the other sheets."""
        if self.of_part != Part.CRISIS:
            return []
        return [(level, [self[q.name] for q in level.questions]) for level in asking.LEVELS]

    def rows(self) -> list[tuple[Any, str, list[Row]]]:
        """By kind, the lines that are filled, and a few empty ones."""
        if self.of_part != Part.NET:
            return []
        shown = []
        for kind, (label, icon) in KINDS.items():
            rows = [
                (self[f"{kind}_{n}"], self[f"{kind}_{n}_reach"], self[f"{kind}_{n}_circle"])
                for n in range(ROWS[kind])
            ]
            filled = sum(1 for who, reach, _circle in rows if who.value() or reach.value())
            shown.append((label, icon, rows[: filled + MORE_ROWS]))
        return shown

    @property
    def is_worker_said(self) -> bool:
        """Whether something is written, or wrong, in what is folded: then it is shown unfolded."""
        return any(self[n].value() or self[n].errors for n in ("observation", "support"))

    # What is checked.

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            self.add_error("day", _("This day has not come yet. A file tells what took place."))
        return day

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        rhythm, agreed = said.get("rhythm"), said.get("agreed_on")
        if rhythm and not agreed and "agreed_on" not in self.errors:
            self.add_error(
                "agreed_on",
                _("Write the day they agreed. Without their agreement, nothing is agreed."),
            )
        if agreed and not rhythm:
            self.add_error("rhythm", _("Choose what they agreed to, or leave the day empty."))
        return said

    def refuse_code_word(self) -> None:
        """The sign is said aloud and stands on paper: it must not open her file."""
        self.add_error(
            "sign",
            _("This is the code word that opens the file. Choose another word together."),
        )

    def findings(self) -> list[Finding]:
        """What looks like a full name, or identifies somebody in the worker's words.

        Numbers and places are what a net is made of: only names are looked for there. Nothing is
        refused: once looked at again, it is kept as it is.
        """
        if not self.is_bound or self.data.get("looked_again"):
            return []
        hers = [q.name for q in QUESTIONS[self.of_part]]
        hers += [name for name in self.fields if name.split("_")[0] in ROWS and name.count("_") < 2]
        names = [
            Finding(words, _("looks like a full name"))
            for name in hers
            for words in full_names(str(self.data.get(name) or ""))
        ]
        worker = [f for name in FREE_TEXTS for f in look(str(self.data.get(name) or ""))]
        return [*names, *worker]

    # What the action takes.

    def written(self) -> Written:
        """The valid answers; noon stands for the day."""
        said = self.cleaned_data
        moment = datetime.combine(said["day"], time(12), tzinfo=ZoneInfo(settings.TIME_ZONE))
        return Written(
            id=self.record_id,
            on=said["on"],
            part=self.of_part,
            pen=said["pen"] or Pen.TOGETHER,
            occurred_at=moment,
            answers=self._answers(),
            rhythm=said.get("rhythm") or "",
            agreed_on=said.get("agreed_on"),
            **{name: said[name] for name in FREE_TEXTS},
        )

    def _answers(self) -> Answers:
        said = self.cleaned_data
        answers: Answers = {q.name: said[q.name] for q in QUESTIONS[self.of_part]}
        if self.of_part == Part.NET:
            answers["knots"] = [
                {
                    "kind": kind,
                    "who": said[f"{kind}_{n}"] or said[f"{kind}_{n}_reach"],
                    "reach": said[f"{kind}_{n}_reach"] if said[f"{kind}_{n}"] else "",
                    "circle": int(said[f"{kind}_{n}_circle"] or 2),
                }
                for kind, most in ROWS.items()
                for n in range(most)
                if said[f"{kind}_{n}"] or said[f"{kind}_{n}_reach"]
            ]
        return answers


def blank(part: str, on: int, stands: Sheet | None) -> SheetForm:
    """A sheet to write; where one stands already, what it says is there to be said otherwise."""
    values = values_of(stands) if stands else {}
    return SheetForm(
        part=part,
        initial={**values, "part": part, "on": on, "pen": Pen.TOGETHER, "day": clock.today()},
    )


def values_of(sheet: Sheet) -> dict[str, Any]:
    """What an opened version says. Her words and the worker's are of that day: not repeated."""
    answers = asking.read(sheet.opened.answers)
    values = {q.name: answers.get(q.name, "") for q in QUESTIONS[sheet.part]}
    counted = dict.fromkeys(ROWS, 0)
    for knot in answers.get("knots", []):
        name = f"{knot['kind']}_{counted[knot['kind']]}"
        counted[knot["kind"]] += 1
        values |= {name: knot["who"], f"{name}_reach": knot["reach"]}
        values[f"{name}_circle"] = str(knot["circle"])
    return values | {"rhythm": sheet.rhythm, "agreed_on": sheet.agreed_on}


def to_correct(sheet: Sheet, on: int) -> SheetForm:
    """An opened version, whole, to be corrected."""
    texts = {name: getattr(sheet.opened, name) for name in FREE_TEXTS}
    moment = {"day": clock.day_of(sheet.occurred_at), "pen": sheet.pen, "on": on}
    return SheetForm(part=sheet.part, initial={**values_of(sheet), **texts, **moment})


def _asked(question: asking.Question) -> forms.Field:
    kept = {"label": question.label, "hint": question.hint, "required": False}
    if question.is_line:
        return TextField(**kept, max_length=LONGEST)
    return LongTextField(**kept, rows=3)


WHO: Final = {
    "people": _("First name or nickname"),
    "places": _("Place"),
    "numbers": _("Service"),
}
REACH: Final = {
    "people": _("How to reach them"),
    "places": _("When, how to get there"),
    "numbers": _("Number"),
}


def _row(kind: str, number: int) -> dict[str, forms.Field]:
    kept = {"required": False, "max_length": LONGEST}
    return {
        f"{kind}_{number}": TextField(label=WHO[kind], **kept),
        f"{kind}_{number}_reach": TextField(label=REACH[kind], **kept),
        f"{kind}_{number}_circle": SelectField(
            label=_("How close?"), choices=CIRCLES, required=False, initial="2"
        ),
    }


class LookForm(Form):
    """One press says why."""

    why = forms.ChoiceField(choices=Look.Why.choices)

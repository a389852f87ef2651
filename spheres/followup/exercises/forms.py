"""What may be typed in an exercise? Anything may stay empty; nothing typed is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.exercises import prompts, queries
from spheres.followup.exercises.actions import Written
from spheres.followup.exercises.models import Pen, Sheet
from spheres.followup.exercises.prompts import Kind, Prompt
from spheres.followup.exercises.queries import Exercise
from spheres.records.naming.identifiers import Finding, look
from spheres.ui.fields import AgreeField, DayField, LongTextField, RadiosField
from spheres.ui.forms import Form

FACES = list(prompts.FACES.items())
# What the worker keeps apart: never on a screen that is shown to her.
PRIVATE = ("observation", "support")
HER_PENS = {
    Pen.HERSELF: _("I did"),
    Pen.TOGETHER: _("We wrote it together"),
    Pen.WORKER: _("My worker, beside me"),
}


@dataclass(frozen=True)
class Choice:
    """One radio button, or one line of a list to choose from."""

    value: str
    label: Any
    is_chosen: bool
    icon: str = ""


@dataclass(frozen=True)
class Line:
    """One card, sphere or line: its words, its fields with what they hold, its choices."""

    label: Any
    name: str
    value: str = ""
    cells: tuple[tuple[str, str, Any], ...] = ()  # name, value, label
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Group:
    """Lines that go together, and the field that says how many there are."""

    label: Any
    lines: tuple[Line, ...]
    more: str = ""  # what the button «add a line» sends
    count: int = 0


@dataclass(frozen=True)
class Question:
    """One prompt as the page draws it."""

    prompt: Prompt
    value: str = ""
    choices: tuple[Choice, ...] = ()
    groups: tuple[Group, ...] = ()
    tops: tuple[Line, ...] = ()
    measure: str = ""

    @property
    def id(self) -> str:
        return f"q-{self.prompt.id}"

    @property
    def template(self) -> str:
        shape = "columns" if self.prompt.kind in prompts.COLUMNS else self.prompt.kind.value
        return f"exercises/prompts/{shape}.html"

    @property
    def other_measure(self) -> str:
        return "numbers" if self.measure == "faces" else "faces"


def question(prompt: Prompt, sent: Mapping[str, str]) -> Question:
    """What stands in the page for one prompt, with what was typed or chosen so far."""
    value = sent.get(prompt.name, "")
    match prompt.kind:
        case Kind.TEXT:
            return Question(prompt, value)
        case Kind.SCALE | Kind.FACES | Kind.CHOICE:
            return Question(prompt, value, _choices(prompt.choices, value, skip=_("I’ll skip it")))
        case Kind.CARD_SORT:
            return _card_sort(prompt, sent)
        case Kind.WHEEL:
            return _wheel(prompt, sent)
        case Kind.MAP:
            groups = tuple(_map_group(prompt, group, sent) for group in prompt.words)
            return Question(prompt, groups=groups)
    count = prompts.lines(prompt, sent)
    named = [(n, one.label) for n, one in enumerate(prompt.words)]
    lines = tuple(
        Line(
            "",
            name := prompt.field(row),
            sent.get(name, ""),
            tuple((f"{name}-{n}", sent.get(f"{name}-{n}", ""), label) for n, label in named),
        )
        for row in range(count)
    )
    return Question(prompt, groups=(Group("", lines, prompt.field("lines"), count),))


def _choices(
    options: list[tuple[str, Any]], value: str, *, skip: Any = None, unsure: bool = True
) -> tuple[Choice, ...]:
    every = [*options, *(prompts.UNSURE.items() if unsure else ())]
    if skip is not None:
        every.append(("", skip))
    known = {code for code, _label in every}
    stands = value if value in known else ""
    faces = {code: f"face_{code}" for code in prompts.FACES} if options == FACES else {}
    return tuple(Choice(code, label, code == stands, faces.get(code, "")) for code, label in every)


def _card_sort(prompt: Prompt, sent: Mapping[str, str]) -> Question:
    piles = [(pile.id, pile.label) for pile in prompt.piles]
    cards = [(card.id, card.label) for card in prompt.words]
    lines = tuple(
        Line(
            card.label,
            prompt.field(card.id),
            choices=_choices(
                piles, sent.get(prompt.field(card.id), ""), skip=_("Set aside"), unsure=False
            ),
        )
        for card in prompt.words
    )
    tops = tuple(
        Line(
            place + 1,
            prompt.field("top", place),
            choices=_choices(
                [("", "–"), *cards], sent.get(prompt.field("top", place), ""), unsure=False
            ),
        )
        for place in range(prompt.keep)
    )
    return Question(prompt, groups=(Group("", lines),), tops=tops)


def _wheel(prompt: Prompt, sent: Mapping[str, str]) -> Question:
    by = prompts.measure(prompt, sent)
    options = list(prompts.FACES.items()) if by == "faces" else [
        (step, step) for step in prompts.MEASURES["numbers"]
    ]  # fmt: skip
    skip = _("Not this one")
    known = tuple(
        Line(
            one.label,
            name := prompt.field(one.id, by),
            choices=_choices(options, sent.get(name, ""), skip=skip),
        )
        for one in prompt.words
    )
    count = prompts.lines(prompt, sent)
    own = tuple(
        Line(
            "",
            name := prompt.field("own", row, by),
            cells=((own_name := prompt.field("own", row, "name"), sent.get(own_name, ""), ""),),
            choices=_choices(options, sent.get(name, ""), skip=skip),
        )
        for row in range(count)
    )
    groups = (Group("", known), Group("", own, prompt.field("lines"), count))
    return Question(prompt, groups=groups, measure=by)


def _map_group(prompt: Prompt, group: prompts.Word, sent: Mapping[str, str]) -> Group:
    count = prompts.lines(prompt, sent, group.id)
    lines = tuple(
        Line(
            "",
            prompt.field(group.id, row),
            cells=tuple(
                (name := prompt.field(group.id, row, part), sent.get(name, ""), label)
                for part, label in (("who", _("Who or what")), ("how", _("How, when")))
            ),
        )
        for row in range(count)
    )
    return Group(group.label, lines, prompt.field(group.id, "lines"), count)


TEAM, ALONE = "TEAM", "ALONE"


class SheetForm(Form):
    """The questions of one exercise, then what goes with any sheet: whose hand, which day.

    For whom it is comes first. What is for the person alone is not kept here, not even as a draft:
    whoever has this file, or this screen, would read it.
    """

    for_alone = _(
        "What is for the person alone is not kept here: whoever opens the file would read it. "
        "Write it on paper, which they take with them; in their notebook, once they have one."
    )
    read_by = RadiosField(
        label=_("Who may read it?"),
        choices=[
            (TEAM, _("The person and their team: it goes in the file")),
            (ALONE, _("The person alone")),
        ],
        required=False,
        initial=TEAM,
    )
    day = DayField(
        label=_("Which day is this from?"),
        hint=_("The day the person gives it. Empty: today."),
        required=False,
    )
    pen = RadiosField(label=_("Who held the pen?"), required=False)
    was_read = AgreeField(label=_("They have read it"), required=False)
    her_words = LongTextField(
        label=_("In their words"),
        hint=_("What the person wants to add, as they say it. They may read this page."),
        required=False,
        rows=2,
    )
    observation = LongTextField(
        label=_("What you saw or did"),
        hint=_("Facts, without names of other people, addresses or phone numbers."),
        required=False,
        rows=2,
    )
    support = LongTextField(
        label=_("What helps next"),
        hint=_("One small step, their own if possible."),
        required=False,
        rows=2,
    )

    def __init__(
        self, data: Any = None, *, exercise: Exercise, initial: Any = None, **others: Any
    ) -> None:
        super().__init__(data, initial=initial, **others)
        self.exercise = exercise
        held = dict(data.items()) if data is not None else dict(initial or {})
        self.sent: dict[str, str] = {
            name: str(value) for name, value in held.items() if name.startswith("p-")
        }
        self._press(held)
        pens = {code: label for code, label in self.pens() if code in exercise.asks.answered_by}
        self.choose_from("pen", pens.items())
        self.fields["pen"].initial = (
            Pen.TOGETHER.value if Pen.TOGETHER in pens else next(iter(pens))
        )

    def pens(self) -> list[tuple[str, Any]]:
        return [(str(code), label) for code, label in Pen.choices]

    def _press(self, held: Mapping[str, Any]) -> None:
        """A button that adds a line, or changes how a wheel is measured, sends the page again."""
        more, measure = str(held.get("more") or ""), str(held.get("measure") or "")
        self.adds_line = bool(more or measure or held.get("again"))
        for prompt in self.exercise.asks.prompts:
            if more.startswith(prompt.name):
                asked = more.removesuffix("-lines").removeprefix(prompt.name).strip("-")
                count = prompts.lines(prompt, self.sent, *filter(None, [asked]))
                self.sent[more] = str(count + 1)
            if prompt.kind == Kind.WHEEL and measure:
                self.sent[prompt.field("measure")] = measure

    @property
    def questions(self) -> list[Question]:
        return [question(prompt, self.sent) for prompt in self.exercise.asks.prompts]

    @property
    def answers(self) -> dict[str, Any]:
        return prompts.answers(self.exercise.asks, self.sent)

    def typed(self) -> dict[str, Any]:
        """What a draft keeps: the fields, the answers so far, and which version they answer."""
        return {**super().typed(), **self.sent, "exercise": str(self.exercise.id)}

    def findings(self) -> list[Finding]:
        """What looks like a name or a number in the worker's own texts; hers are never held up."""
        if not self.is_bound or self.data.get("looked_again"):
            return []
        texts = (str(self.data.get(name) or "") for name in PRIVATE if name in self.fields)
        return [found for each in texts for found in look(each)]

    @property
    def is_private(self) -> bool:
        """Whether it is for her alone: then nothing of it is kept, however the page is left."""
        return self.is_bound and self.data.get("read_by") == ALONE

    def clean_read_by(self) -> str:
        if self.is_private:
            self.add_error("read_by", self.for_alone)
        return TEAM

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        if day and day > clock.today():
            self.add_error("day", _("This day has not come yet."))
        return day

    def written(self, **apart: str) -> Written:
        """The valid answers, as the action takes them. Noon stands for a day.

        `apart` is what the worker keeps apart, when this page does not show it.
        """
        said = self.cleaned_data | apart
        zone = ZoneInfo(settings.TIME_ZONE)
        today = said["day"] in {None, clock.today()}
        moment = clock.now() if today else datetime.combine(said["day"], time(12), tzinfo=zone)
        return Written(
            id=self.record_id,
            exercise_id=self.exercise.id,
            occurred_at=moment,
            pen=said["pen"] or str(self.fields["pen"].initial),
            was_read=said["was_read"],
            answers=self.answers,
            **{name: said.get(name, "") for name in ("her_words", *PRIVATE)},
        )

    @classmethod
    def values_of(cls, sheet: Sheet, asked: Exercise) -> dict[str, Any]:
        """What an opened sheet says, to be corrected."""
        moment = sheet.occurred_at.astimezone(ZoneInfo(settings.TIME_ZONE))
        return {
            "day": moment.date(),
            "pen": sheet.pen,
            "was_read": sheet.was_read,
            "her_words": sheet.opened.her_words,
            "observation": sheet.opened.observation,
            "support": sheet.opened.support,
            **prompts.fields_of(asked.asks, queries.answers(sheet)),
        }


class SharedForm(SheetForm):
    """The same, on a screen she looks at: what the worker keeps apart is not in the page at all."""

    for_alone = _(
        "What is for you alone is not kept here: your team could read it. Write it on paper, and "
        "keep it with you; in your notebook, once you have one."
    )
    read_by = RadiosField(
        label=_("Who may read what you write?"),
        choices=[(TEAM, _("My team and me")), (ALONE, _("Me alone"))],
        required=False,
        initial=TEAM,
    )
    day = DayField(
        label=_("Which day do you want to give it?"),
        hint=_("Yours to choose. Empty: today."),
        required=False,
    )
    pen = RadiosField(label=_("Who wrote?"), required=False)
    was_read = AgreeField(label=_("I have read it over"), required=False)
    her_words = LongTextField(label=_("Something else you want to say?"), required=False, rows=2)
    observation = None  # type: ignore[assignment]
    support = None  # type: ignore[assignment]

    def pens(self) -> list[tuple[str, Any]]:
        return [(str(code), label) for code, label in HER_PENS.items()]

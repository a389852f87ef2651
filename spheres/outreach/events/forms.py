"""What may be typed of an event: its kind and its day; all else when there is time?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.outreach.events import policy
from spheres.outreach.events.actions import Said
from spheres.outreach.events.models import AskedFor
from spheres.outreach.events.queries import AUDIENCES, ENVIRONMENTS, KINDS, REGIONS, Shown
from spheres.records.between.lent import Work
from spheres.records.between.materials import Material
from spheres.records.forms import LookingForm
from spheres.regions import queries as regions
from spheres.ui.fields import (
    ChecksField,
    DayField,
    LongTextField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
)
from spheres.ui.forms import Form

NOT_SAID: Final = ("", _("Not said"))
MOST_PEOPLE, MOST_MINUTES, MOST_LINES = 100_000, 1_440, 40
HEADS: Final = "heads_"


def in_lines(said: str) -> list[str]:
    """One text a line, empty lines left out."""
    return [" ".join(line.split()) for line in said.splitlines() if line.strip()]


def questions_field() -> LongTextField:
    return LongTextField(
        label=_("Questions that the audience asked"),
        hint=_("One question a line, in their words and without anybody’s name."),
        max_length=6_000,
        required=False,
        rows=4,
    )


class AboutForm(LookingForm):
    """Kind and day are enough; everything else may come later, or stay unknown."""

    texts: tuple[str, ...] = ()

    kind = RadiosField(label=_("What kind of event is it?"))
    held_on = DayField(label=_("Which day?"), hint=_("A day that is past, or one to come."))
    organisation = TextField(
        label=_("Which organisation do you visit?"),
        hint=_("Its name, as it writes it. Nobody’s own name."),
        max_length=160,
        required=False,
    )
    environment = SelectField(label=_("Which environment is it?"), required=False, width="half")
    place = TextField(label=_("Where is it?"), max_length=200, required=False)
    region = SelectField(
        label=_("In which administrative region is it?"), required=False, width="half"
    )
    audiences = ChecksField(
        label=_("Who is there?"), hint=_("You can leave this empty."), required=False
    )
    presenters = ChecksField(label=_("Who presents?"), required=False)
    materials = ChecksField(label=_("With which materials?"), required=False)
    lasted_minutes = NumberField(
        label=_("How long did it last, in minutes?"),
        hint=_("Only if you want to say it."),
        required=False,
        min_value=0,
        max_value=MOST_MINUTES,
    )
    travel_minutes = NumberField(
        label=_("How long did you travel, in minutes?"),
        hint=_("Only if you want to say it."),
        required=False,
        min_value=0,
        max_value=MOST_MINUTES,
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[tuple[UUID, str]],
        known: Sequence[Material] = (),
        **others: Any,
    ) -> None:
        super().__init__(*args, **others)
        self.types = regions.choices(AUDIENCES)
        self.choose_from("kind", regions.choices(KINDS))
        self.choose_from("environment", [NOT_SAID, *regions.choices(ENVIRONMENTS)])
        self.choose_from("region", [NOT_SAID, *regions.choices(REGIONS)])
        self.choose_from("audiences", self.types)
        self.choose_from("presenters", [(str(key), name) for key, name in people])
        self.choose_from("materials", [(str(one.id), named(one)) for one in known])
        for code, label in self.types:
            self.fields[HEADS + code] = NumberField(
                label=label, required=False, min_value=0, max_value=MOST_PEOPLE
            )

    @property
    def heads(self) -> list[forms.BoundField]:
        """How many of each type."""
        return [self[HEADS + code] for code, _label in self.types]

    @property
    def says_more(self) -> bool:
        """Whether anything but kind and day was typed, or is wrong: then it is shown unfolded."""
        more = (
            "environment", "place", "region", "audiences", "materials", "lasted_minutes",
            "travel_minutes",
        )  # fmt: skip
        heads = (HEADS + code for code, _label in self.types)
        return any(self[name].value() or self[name].errors for name in (*more, *heads))

    def said(self) -> Said:
        """The valid answers, as the action takes them. A number says that the type was there."""
        it = self.cleaned_data
        heads = {code: it[HEADS + code] for code, _label in self.types}
        there = {
            code: number for code, number in heads.items() if code in it["audiences"] or number
        }
        return Said(
            it["kind"], it["held_on"], it["organisation"], it["environment"], it["place"], there,
            [UUID(one) for one in it["presenters"]], [UUID(one) for one in it["materials"]],
            it["travel_minutes"], it["region"], it["lasted_minutes"],
        )  # fmt: skip


class NoteForm(AboutForm):
    """An event, in a corridor: two answers and a press."""

    texts = ("questions",)
    questions = questions_field()

    def __init__(self, *args: Any, me: UUID, **others: Any) -> None:
        begun = {"held_on": clock.today(), "presenters": [str(me)]}
        super().__init__(*args, **{**others, "initial": begun | (others.get("initial") or {})})

    def asked(self) -> list[str]:
        return in_lines(self.cleaned_data["questions"])

    @property
    def says_more(self) -> bool:
        return super().says_more or bool(self["questions"].value())


class ChangeForm(AboutForm):
    """What stands, to be completed; `since` is the version that was read."""

    since = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, of: Shown, by: Actor, **others: Any) -> None:
        row = of.row
        self.row, self.by = row, by
        stands = {
            "since": row.text_version, "kind": row.kind, "held_on": row.held_on,
            "organisation": row.opened.organisation, "environment": row.environment,
            "place": row.opened.place, "audiences": row.audiences,
            "presenters": [str(one) for one in row.presenter_ids],
            "materials": [str(one) for one in row.material_ids],
            "region": row.region, "lasted_minutes": row.lasted_minutes,
            "travel_minutes": row.travel_minutes,
        } | {HEADS + code: n for code, n in zip(row.audiences, row.heads, strict=True)}  # fmt: skip
        stands |= others.pop("initial", None) or {}
        super().__init__(*args, initial=stands, **others)

    def clean_presenters(self) -> list[str]:
        said: list[str] = self.cleaned_data["presenters"]
        me, may = self.by.user_id, policy.can_stop_presenting(self.by, self.row)
        if me in self.row.presenter_ids and str(me) not in said and not may:
            raise forms.ValidationError(may.reason, code="presents")
        return said


def named(one: Material) -> str:
    """A material as it is chosen: its title, its version, its day."""
    said = {"title": one.title, "number": one.version, "year": one.dated_on.year}
    return str(_("%(title)s, version %(number)s (%(year)s)") % said)


class QuestionsForm(LookingForm):
    """What the audience asked, written down on the way back."""

    texts = ("questions",)
    questions = questions_field()

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.fields["questions"].required = True

    def lines(self) -> list[str]:
        return in_lines(self.cleaned_data["questions"])


class OutputForm(Form):
    """What an event leaves to others."""

    title = TextField(label=_("Its title"), max_length=300)
    where = TextField(
        label=_("Where to find it"),
        hint=_("An address, a journal, a shelf."),
        max_length=300,
        required=False,
    )


class CancelForm(LookingForm):
    """Why it is not held."""

    texts = ("reason",)
    reason = LongTextField(
        label=_("Why is it called off?"),
        hint=_("One sentence, for colleagues. Nobody’s name."),
        max_length=1_000,
        rows=2,
    )


class AskedForForm(Form):
    """Three buttons: what somebody asked for, and nothing of whom."""

    what = forms.ChoiceField(choices=AskedFor.What)


class AnswerForm(LookingForm):
    """The answer to a question of audiences; and which others it answers too."""

    texts = ("words",)
    words = LongTextField(
        label=_("The answer"),
        hint=_("Every colleague reads it, and may say it as it stands."),
        max_length=4_000,
        rows=5,
    )
    also = ChecksField(label=_("Which other questions does it answer too?"), required=False)

    def __init__(self, *args: Any, others: Iterable[tuple[UUID, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.choose_from("also", [(str(key), words) for key, words in others])

    def joined(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["also"]]


class VisitForm(Form):
    """By which day an organisation is visited again."""

    due_on = DayField(
        label=_("Visit it again by which day?"),
        hint=_("Leave it empty when no visit is due."),
        required=False,
    )


class KitForm(Form):
    """What is of use before one type of audience."""

    materials = ChecksField(label=_("Materials"), required=False)
    works = ChecksField(label=_("Works of the library"), required=False)

    def __init__(
        self, *args: Any, known: Iterable[Material], lent: Iterable[Work], **others: Any
    ) -> None:
        super().__init__(*args, **others)
        self.choose_from("materials", [(str(one.first_id), one.title) for one in known])
        self.choose_from("works", [(one.code, one.citation) for one in lent])

    def chosen(self) -> tuple[list[UUID], list[str]]:
        said = self.cleaned_data
        return [UUID(one) for one in said["materials"]], list(said["works"])

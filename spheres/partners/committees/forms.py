"""What may be typed of a committee: who sits, when it meets, what is brought, noted, promised?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.partners.committees.actions import Called, Said
from spheres.records.forms import LookingForm
from spheres.records.naming import vignettes
from spheres.records.naming.identifiers import Finding
from spheres.regions import queries as regions
from spheres.sharing.models import CommitteeItem, CommitteeMeeting
from spheres.ui.fields import (
    AgreeField,
    ChecksField,
    DayField,
    LongTextField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
    TimeField,
)
from spheres.ui.forms import Form

Mode = CommitteeItem.Mode
CHOOSE: Final = ("", _("Choose"))
NOBODY: Final = "nobody"
A_WEEK: Final = timedelta(days=7)


class MemberForm(Form):
    """Who sits, for which organisation, from now on."""

    who = SelectField(label=_("Who will sit on it?"))
    is_chair = AgreeField(label=_("They chair its meetings"), required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("who", [CHOOSE, *people])

    @property
    def ids(self) -> tuple[UUID, UUID]:
        organisation, user = self.cleaned_data["who"].split("/")
        return UUID(user), UUID(organisation)


class MeetingForm(Form):
    """When a committee meets, and in what kind of place."""

    held_on = DayField(label=_("Which day?"))
    starts = TimeField(label=_("From what time?"))
    ends = TimeField(label=_("Until what time?"))
    place = RadiosField(label=_("Where?"), choices=CommitteeMeeting.Place.choices)
    times = NumberField(
        label=_("How many meetings do you call at once?"),
        hint=_(
            "Each falls on the same weekday of its month as the first, as the second Thursday. "
            "Each can then be moved by itself."
        ),
        min_value=1,
        required=False,
    )

    def __init__(
        self, *args: Any, meeting: CommitteeMeeting | None = None, most: int = 1, **others: Any
    ) -> None:
        begun: dict[str, Any] = {"place": CommitteeMeeting.Place.IN_PERSON}
        if meeting is not None:
            begun = {
                "held_on": meeting.held_on,
                "starts": f"{timezone.localtime(meeting.starts_at):%H:%M}",
                "ends": f"{timezone.localtime(meeting.ends_at):%H:%M}",
                "place": meeting.place,
            }
        super().__init__(*args, **{"initial": begun | {"times": 1}, **others})
        self.most = most
        if most == 1:
            del self.fields["times"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if (said.get("times") or 1) > self.most:
            self.add_error("times", _("A year at once, and no more."))
        if said.get("held_on") and said["held_on"] < clock.today():
            self.add_error("held_on", _("This day is past: choose today or a later one."))
        if said.get("starts") and said.get("ends") and said["ends"] <= said["starts"]:
            self.add_error("ends", _("A meeting ends after it begins."))
        return said

    def called(self) -> Called:
        said = self.cleaned_data
        return Called(
            self.record_id, said["held_on"], said["starts"], said["ends"], said["place"],
            said.get("times") or 1,
        )  # fmt: skip


class RollForm(Form):
    """Who came, and how long it lasted."""

    came = ChecksField(label=_("Who came?"))
    minutes = NumberField(label=_("How many minutes did it last?"), min_value=5, max_value=720)

    def __init__(self, *args: Any, expected: Iterable[tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("came", expected)

    @property
    def seats(self) -> set[UUID]:
        return {UUID(one) for one in self.cleaned_data["came"]}


class NamelessForm(LookingForm):
    """A form whose texts name nobody: what looks like somebody is said, and looked at again."""

    def __init__(self, *args: Any, known: Collection[str] = (), **others: Any) -> None:
        super().__init__(*args, **others)
        self.known = known

    def findings(self) -> list[Finding]:
        """What could let somebody be recognised, unless it was looked at again."""
        if not self.is_bound or self.data.get("looked_again"):
            return []
        texts = [str(self.data.get(name) or "") for name in self.texts]
        found = vignettes.look_closely(
            "\n".join(texts), names=self.known, places=regions.local_names()
        )
        return list({one.words: one for one in found}.values())


class BringForm(NamelessForm):
    """What somebody brings: in which way, about whom, a question, and what it takes to answer."""

    texts = ("question", "words")

    mode = RadiosField(label=_("How do you bring it?"))
    about = SelectField(
        label=_("Of whom do you speak?"),
        hint=_(
            "For a vignette, or with an agreement. Nobody else is told: it serves one thing, that "
            "whoever knows this person, or whom they do not want, steps out."
        ),
        required=False,
    )
    question = TextField(
        label=_("What do you ask of the committee?"),
        hint=_("One sentence. No name, no place, no date."),
        max_length=200,
    )
    words = LongTextField(
        label=_("What it takes to understand"),
        hint=_(
            "For a vignette: an age group, what is lived, what was tried, what helps. With the "
            "person’s agreement, what is told is what you prepared with them: leave this empty."
        ),
        required=False,
        rows=8,
        max_length=6_000,
    )
    minutes = NumberField(label=_("How many minutes?"), min_value=5, max_value=120)

    def __init__(
        self, *args: Any, modes: Iterable[Mode], people: Iterable[tuple[UUID, str]], **others: Any
    ) -> None:
        modes = list(modes)
        super().__init__(*args, **{"initial": {"minutes": 20, "mode": modes[0]}, **others})
        self.choose_from("mode", [(mode, mode.label) for mode in modes])
        self.choose_from(
            "about",
            [
                CHOOSE,
                *((str(file_id), name) for file_id, name in people),
                (NOBODY, _("Nobody in particular")),
            ],
        )
        if Mode.VIGNETTE not in modes:
            # A subject alone can be brought: nothing is asked of how, nor of whom.
            del self.fields["about"]
            self.fields["mode"].widget = forms.HiddenInput()
            self.fields["words"].help_text = ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        mode, about = said.get("mode"), said.get("about")
        if mode == Mode.VIGNETTE and "about" not in self.errors and not about:
            self.add_error("about", _("Choose somebody, or “Nobody in particular”."))
        if mode == Mode.VIGNETTE and not said.get("words") and "words" not in self.errors:
            self.add_error("words", _("Write a few sentences."))
        if mode == Mode.CONSENT and about in {"", NOBODY}:
            self.add_error("about", _("Say who agrees to be spoken of."))
        return said

    def said(self) -> Said:
        it = self.cleaned_data
        about = it.get("about") or NOBODY
        is_of_somebody = it["mode"] != Mode.SUBJECT and about != NOBODY
        return Said(
            self.record_id,
            it["mode"],
            it["question"],
            # With an agreement, the words are those that were frozen: no others go beside them.
            it["words"] if it["mode"] != Mode.CONSENT else "",
            it["minutes"],
            UUID(about) if is_of_somebody else None,
        )


class PlaceForm(Form):
    """A place on the agenda, and a time for it."""

    position = NumberField(label=_("Place on the agenda"), min_value=1, max_value=40)
    minutes = NumberField(label=_("How many minutes?"), min_value=5, max_value=120)


class HoldForm(Form):
    """Who was there. Those who step out cannot be chosen."""

    present = ChecksField(label=_("Who is there for this item?"))

    def __init__(self, *args: Any, staying: Iterable[tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("present", staying)

    @property
    def ids(self) -> set[tuple[UUID, UUID]]:
        pairs = (one.split("/") for one in self.cleaned_data["present"])
        return {(UUID(user), UUID(place)) for user, place in pairs}


class MinutesForm(NamelessForm):
    """The minutes, whole: what was said and decided, without a name."""

    texts = ("words",)
    words = LongTextField(
        label=_("What was said and decided"),
        hint=_("No name of anybody whom the programme accompanies, even chosen by them."),
        rows=6,
        max_length=8_000,
    )
    after = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def followed(self) -> list[UUID]:
        found = []
        for word in self.cleaned_data["after"].split(","):
            try:
                found.append(UUID(word))
            except ValueError:
                continue
        return found


class DecisionForm(NamelessForm):
    """What was decided, in a sentence that names nobody."""

    texts = ("words",)
    words = TextField(
        label=_("What was decided?"),
        hint=_("One sentence. No name of anybody whom the programme accompanies."),
        max_length=240,
    )


class PromiseForm(NamelessForm):
    """Who takes what on, and for when."""

    texts = ("words",)
    owner = SelectField(label=_("Who takes it on?"))
    words = TextField(
        label=_("What?"), hint=_("No name: the worker knows of whom it is."), max_length=240
    )
    due_on = DayField(label=_("For which day?"))

    def __init__(self, *args: Any, staying: Iterable[tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("owner", [CHOOSE, *staying])

    @property
    def ids(self) -> tuple[UUID, UUID]:
        user, place = self.cleaned_data["owner"].split("/")
        return UUID(user), UUID(place)


class CarryForm(Form):
    """Done; or carried over to another day."""

    carried_to = DayField(label=_("To which day?"))

    def __init__(self, *args: Any, today: date, **others: Any) -> None:
        super().__init__(*args, **{"initial": {"carried_to": today + 4 * A_WEEK}, **others})

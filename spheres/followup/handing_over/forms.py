"""What may be typed of a hand-over? Almost nothing: a day, what she wants, what may pass."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.handing_over import policy
from spheres.followup.handing_over.actions import ANOTHER, BREAK, ME, Told, Wanted, Welcomed
from spheres.followup.handing_over.models import Choice, Relay
from spheres.followup.handing_over.queries import Colleague
from spheres.records.naming.identifiers import Finding, look
from spheres.ui.fields import ChecksField, DayField, LongTextField, RadiosField, SelectField
from spheres.ui.forms import Form

Way = Choice.Way
MOST = 2_000
A_MONTH = timedelta(days=30)
A_YEAR = timedelta(days=366)
FACES = {
    "identity": _("Who they are: chosen name, pronouns, day of birth, languages"),
    "contact": _("How to reach them safely"),
    "summary": _("Their page, “What you need to know to help me”, and how the follow-up stands"),
    "plan": _("Their plans"),
    "safety": _("What keeps them safe: safety net, crisis plan, staying on course"),
    "steps": _("Their steps"),
}
KNOWS = "KNOWS"
WHY = [
    (Relay.Reason.FULL, Relay.Reason.FULL.label),
    (Relay.Reason.AWAY, Relay.Reason.AWAY.label),
    (Relay.Reason.ANOTHER, Relay.Reason.ANOTHER.label),
    (Relay.Reason.UNSAID, Relay.Reason.UNSAID.label),
    (KNOWS, _("I know this person outside work: their file closes to me, and nobody is told why")),
]
HERS = _("In their words")


class LookingForm(Form):
    """A form whose words are looked at once for names and numbers, before they are kept."""

    def findings(self) -> list[Finding]:
        if not self.is_bound or self.data.get("looked_again"):
            return []
        return list(look(str(self.data.get("her_words") or "")))


class ToldForm(LookingForm):
    """I have told them: which day. Most often today."""

    told_on = DayField(label=_("Which day did you tell them?"))
    her_words = LongTextField(
        label=HERS,
        hint=_("What they said of it, if they want it kept. They may read this page."),
        required=False,
        max_length=MOST,
        rows=3,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **{"initial": {"told_on": clock.today()}, **others})
        told_on = self.fields["told_on"]
        assert isinstance(told_on, DayField)
        told_on.latest, told_on.earliest = clock.today(), clock.today() - A_YEAR

    def told(self) -> Told:
        said = self.cleaned_data
        return Told(self.record_id, said["told_on"], said["her_words"])


class WantedForm(LookingForm):
    """What they want next, and what may pass before the first meeting: nothing unless they say."""

    way = RadiosField(label=_("What do they want next?"), choices=Way.choices)
    colleague = SelectField(
        label=_("Who walks with them next?"),
        hint=_("The person chooses, among those who can."),
        required=False,
    )
    faces = ChecksField(
        label=_("What may pass before they meet?"),
        hint=_(
            "Tick only what the person says. Who walks with them always passes; all the rest opens "
            "when they have met."
        ),
        required=False,
    )
    her_words = LongTextField(label=HERS, required=False, max_length=MOST, rows=3)

    def __init__(
        self, *args: Any, proposed: list[Colleague], may_pass: tuple[str, ...], **others: Any
    ) -> None:
        super().__init__(*args, **others)
        self.may_pass = may_pass
        self.choose_from("faces", [(face, FACES[face]) for face in may_pass])
        self.names = {str(one.user_id): one.name for one in proposed}
        self.choose_from("colleague", [("", _("Choose")), *self.names.items()])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        way, named = said.get("way"), said.get("colleague")
        if way == Way.COLLEAGUE and not named and "colleague" not in self.errors:
            self.add_error("colleague", _("Choose who walks with them next."))
        if way and way not in policy.WITH_SOMEBODY and named:
            self.add_error(
                "colleague", _("With this answer nobody is named: choose the empty line.")
            )
        if said.get("faces") and not named:
            self.add_error("faces", _("Nothing passes to nobody: untick, or choose who."))
        return said

    @property
    def colleague_name(self) -> str:
        return self.names.get(str(self.cleaned_data.get("colleague") or ""), "")

    @property
    def way_label(self) -> str:
        return str(Way(self.cleaned_data["way"]).label)

    @property
    def passes(self) -> list[Any]:
        return [FACES[face] for face in self.may_pass if face in self.cleaned_data["faces"]]

    @property
    def holds_back(self) -> list[Any]:
        return [FACES[face] for face in self.may_pass if face not in self.cleaned_data["faces"]]

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        named = said["colleague"]
        return Wanted(
            id=self.record_id,
            way=said["way"],
            to_user_id=UUID(named) if named else None,
            faces=tuple(said["faces"]),
            her_words=said["her_words"],
        )


class DeclineForm(Form):
    """Why she cannot: one press among few, no sentence."""

    reason = RadiosField(
        label=_("Why?"),
        hint=_("Your colleague reads this answer, and chooses again with the person."),
        choices=WHY,
    )


class CannotForm(Form):
    """Whom nobody walks with, and I cannot either: nobody reads why."""

    reason = RadiosField(
        label=_("What do you want to say?"),
        choices=[(Relay.Reason.UNSAID, _("I cannot take them on")), WHY[-1]],
    )


class NameForm(Form):
    """Who is asked to tell somebody with whom nobody walks."""

    user = SelectField(label=_("Who tells them?"))

    def __init__(self, *args: Any, workers: list[Colleague], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from(
            "user", [("", _("Choose")), *((str(one.user_id), one.name) for one in workers)]
        )


class WelcomeForm(ToldForm):
    """Their worker is gone: they were told, and say with whom."""

    way = RadiosField(
        label=_("What do they want?"),
        choices=[
            (ME, _("With you")),
            (ANOTHER, _("With somebody else: you take them on until then")),
            (BREAK, _("A break: you take them on, and wait")),
        ],
    )
    field_order = ("told_on", "way", "her_words")

    def welcomed(self) -> Welcomed:
        said = self.cleaned_data
        return Welcomed(self.record_id, said["told_on"], said["way"], said["her_words"])


class StandInForm(Form):
    """Who answers for a colleague who is gone, until when."""

    gone = SelectField(label=_("For whom?"))
    user = SelectField(label=_("Who answers meanwhile?"))
    until = DayField(label=_("Until which day?"))

    def __init__(
        self, *args: Any, gone: list[tuple[str, str]], workers: list[Colleague], **others: Any
    ) -> None:
        super().__init__(*args, **others)
        self.choose_from("gone", gone)
        self.choose_from(
            "user", [("", _("Choose")), *((str(one.user_id), one.name) for one in workers)]
        )
        until = self.fields["until"]
        assert isinstance(until, DayField)
        until.earliest = clock.today() + timedelta(days=1)
        until.latest = clock.today() + A_YEAR
        until.initial = in_a_month(clock.today())

    @property
    def ends_at(self) -> datetime:
        """At the end of that day, where the programme works."""
        day: date = self.cleaned_data["until"] + timedelta(days=1)
        return timezone.make_aware(datetime.combine(day, time.min))


def in_a_month(today: date) -> date:
    return today + A_MONTH

"""What may be typed of what she shares? With whom, what, what for, until when; who said it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.consents import actions, policy, reading
from spheres.followup.consents.absences import Absence
from spheres.followup.consents.actions import Given
from spheres.followup.consents.models import Said
from spheres.followup.consents.queries import Recipient, Shared
from spheres.participants.policy import NOT_ONE_OF_THEM, NOT_THEM
from spheres.participants.queries import Header
from spheres.records.forms import LookingForm, refuse_the_suspended
from spheres.regions import queries as regions
from spheres.sharing.models import Consent, Form
from spheres.sharing.rules import CONTACT, PLAN, SAFETY, SHARED_BRIEFLY, STEPS, SUMMARY
from spheres.ui.fields import (
    ChecksField,
    DayField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
)
from spheres.ui.forms import Form as HouseForm

# Her name goes with all of them.
OFFERED = (SUMMARY, CONTACT, SAFETY, PLAN, STEPS)
OFFERED_BRIEFLY = tuple(section for section in OFFERED if section in SHARED_BRIEFLY)
HOW_IT_WAS_SAID = ("given_by", "giver", "ground", "reason", "form", "witness", "language")
FORMS = [
    (Form.ON_SCREEN, Form.ON_SCREEN.label),
    (Form.ORAL, Form.ORAL.label),
    (Form.WRITTEN, Form.WRITTEN.label),
]
# To take back asks for less than to give: no witness.
BACK = [
    (Form.ORAL, _("Said aloud")),
    (Form.ON_SCREEN, Form.ON_SCREEN.label),
    (Form.WRITTEN, Form.WRITTEN.label),
]
NOTHING_TICKED = _("Tick what is no longer shared, or take back everything.")
LANGUAGES = [("fr", _("French")), ("en", _("English"))]


class GiveForm(LookingForm):
    """What she agrees to share. Nothing is ticked beforehand but how long it usually lasts."""

    texts = ("reason",)
    asked: tuple[str, ...] = ("to", "purpose")
    dated: tuple[str, ...] = ("ends_on",)

    to = SelectField(
        label=_("With whom?"),
        hint=_("A partner, or one person there. Never the police."),
    )
    sections = ChecksField(
        label=_("What will be seen there?"),
        hint=_("The name goes with everything. Notes, therapy and where they are never leave."),
        choices=[(section, reading.SHOWS[section]) for section in OFFERED],
    )
    purpose = RadiosField(label=_("What for?"), hint=_("One purpose for each agreement."))
    ends_on = DayField(
        label=_("Until which day?"),
        hint=_("Six months unless they say otherwise; twelve at most. They can stop any day."),
    )
    given_by = RadiosField(label=_("Who says so?"), choices=Consent.Giver.choices)
    giver = TextField(
        label=_("Name of the parent or tutor, when it is not the person"),
        required=False,
        max_length=120,
    )
    ground = SelectField(
        label=_("Under 14, without a parent or tutor: which exception?"),
        choices=[("", "—"), *Said.Ground.choices],
        required=False,
    )
    reason = LongTextField(
        label=_("Why this exception applies"), required=False, rows=2, max_length=1_000
    )
    form = RadiosField(label=_("How was it said?"), choices=FORMS)
    witness = TextField(
        label=_("Witness, when it was said aloud"),
        hint=_("Who heard it besides you: a name."),
        required=False,
        max_length=120,
    )
    language = RadiosField(label=_("In which language was it read?"), choices=LANGUAGES)

    def __init__(
        self,
        *args: Any,
        recipients: list[Recipient],
        person: Header,
        renews: Shared | None = None,
        **others: Any,
    ) -> None:
        self.person, self.renews = person, renews
        self.today, self.alone = clock.today(), regions.region().self_from
        self.decides_alone = person.decides_alone(on=self.today, since_age=self.alone)
        self.recipients = {one.id: one for one in recipients}
        super().__init__(*args, **{"initial": self._begun(), **others})
        self._offer()
        self.choose_from("given_by", [(by, by.label) for by in self._givers()])
        refuse_the_suspended(self, "given_by", NOT_THEM, person.suspended)

    @property
    def read_in(self) -> list[tuple[str, Any]]:
        """The languages in which it can be read to her: the one that is noted as read is first.

        Both stand on the page, so that what is noted as read is always what could be read.
        """
        chosen = str(self["language"].value() or "")
        return sorted(LANGUAGES, key=lambda one: one[0] != chosen)

    def _offer(self) -> None:
        """With whom, and what for."""
        recipients = self.recipients.values()
        self.choose_from("to", [("", _("Choose")), *map(_choice, recipients)])
        self.choose_from("purpose", regions.choices("sharing_purposes"))

    def _begun(self) -> dict[str, Any]:
        """What the page begins with; what is renewed begins as it stands."""
        tutor = "" if self.decides_alone else Consent.Giver.TUTOR
        begun: dict[str, Any] = {
            "ends_on": policy.usual_day(self.today, latest=self._latest(tutor)),
            "given_by": Consent.Giver.HERSELF if self.decides_alone else "",
            "language": self.person.language if self.person.language in {"fr", "en"} else "",
        }
        if self.renews is not None:
            one = self.renews.consent
            begun |= {
                "to": self.renews.recipient,
                "sections": [section for section in one.sections if section in OFFERED],
                "purpose": one.purpose,
            }
        return begun

    def _givers(self) -> list[Consent.Giver]:
        """Who may say so, at the age that is known."""
        return [
            by
            for by in policy.By
            if policy.gives(by, decides_alone=self.decides_alone, suspended=self.person.suspended)
        ]

    def _latest(self, given_by: str) -> date:
        born = actions.born_on(self.person)
        return policy.latest_day(self.today, given_by, born=born, alone=self.alone)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        by, how = said.get("given_by", ""), said.get("form", "")
        for field, refusal in self._refusals(said, by, how):
            if field not in self.errors:
                self.add_error(field, str(refusal))
        return said

    def _refusals(self, said: dict[str, Any], by: str, how: str) -> Iterator[tuple[str, Any]]:
        if not by:
            return
        may = policy.gives(by, decides_alone=self.decides_alone, suspended=self.person.suspended)
        if not may:
            yield "given_by", may.reason
            return
        giver, ground, witness = (said.get(name, "") for name in ("giver", "ground", "witness"))
        if by in policy.FOR_HER and not giver:
            yield "giver", policy.is_whole(by, "", giver="", witness="", ground="").reason
        if by == policy.By.EXCEPTION and not ground:
            yield "ground", policy.is_whole(by, "", giver="", witness="", ground="").reason
        if by == policy.By.EXCEPTION and ground and not said.get("reason"):
            yield "reason", _("Say in a sentence why this exception applies.")
        if how == Form.ORAL and not witness:
            yield "witness", policy.is_whole("", how, giver="", witness="", ground="").reason
        if said.get("ends_on"):
            last = policy.can_last_until(said["ends_on"], self.today, latest=self._latest(by))
            if not last:
                yield "ends_on", last.reason

    @property
    def recipient(self) -> Recipient:
        return self.recipients[self.cleaned_data["to"]]

    @property
    def until(self) -> date:
        """The last day of it."""
        last: date = self.cleaned_data["ends_on"]
        return last

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What was typed, to be sent again once it is read together."""
        said = self.cleaned_data
        pairs = [(name, str(said[name])) for name in (*self.asked, *HOW_IT_WAS_SAID)]
        pairs += [("sections", section) for section in said["sections"]]
        return [*pairs, *((name, said[name].isoformat()) for name in self.dated)]

    def given(self) -> Given:
        """The valid answers, as the action takes them."""
        return self.as_said(self.cleaned_data)

    def as_said(self, said: dict[str, Any]) -> Given:
        to = self.recipient
        is_exception = said["given_by"] == policy.By.EXCEPTION
        return Given(
            id=self.record_id,
            organisation_id=to.organisation_id,
            user_id=to.user_id,
            sections=tuple(said["sections"]),
            purpose=said["purpose"],
            given_by=said["given_by"],
            form=said["form"],
            language=said["language"],
            text_version=regions.text("consent.version"),
            ends_on=said["ends_on"],
            giver=said["giver"] if said["given_by"] in policy.FOR_HER else "",
            witness=said["witness"] if said["form"] == Form.ORAL else "",
            ground=said["ground"] if is_exception else "",
            reason=said["reason"] if is_exception else "",
            renews_id=self.renews.consent.pk if self.renews else None,
        )


class AbsenceForm(GiveForm):
    """For one absence, with whoever answers: what of the little that person would read."""

    asked, dated = (), ()
    # That absence says them.
    to = purpose = ends_on = None  # type: ignore[assignment]
    sections = ChecksField(
        label=_("What will be seen there?"),
        hint=_("The name goes with everything. Nothing else of the file is seen."),
        choices=[(section, reading.SHOWS[section]) for section in OFFERED_BRIEFLY],
    )

    def __init__(self, *args: Any, absence: Absence, person: Header, **others: Any) -> None:
        self.absence = absence
        super().__init__(*args, recipients=[absence.who], person=person, **others)

    def _offer(self) -> None:
        """Nothing to choose: whoever answers was named, for that alone."""

    def _refusals(self, said: dict[str, Any], by: str, how: str) -> Iterator[tuple[str, Any]]:
        yield from super()._refusals(said, by, how)
        if by and actions.end_of(self._latest(by)) <= self.absence.starts_at:
            yield "given_by", _("The person will be 14 by then: ask again that day, of them alone.")

    @property
    def recipient(self) -> Recipient:
        return self.absence.who

    @property
    def until(self) -> date:
        """The last day of that absence, or before 14 when somebody else says so."""
        last = clock.day_of(self.absence.ends_at - timedelta(microseconds=1))
        return min(last, self._latest(self.cleaned_data["given_by"]))

    def given(self) -> Given:
        one, said = self.absence, self.cleaned_data | {
            "purpose": policy.FOR_AN_ABSENCE, "ends_on": self.until,
        }  # fmt: skip
        return replace(
            self.as_said(said), cover_id=one.id, starts_at=one.starts_at, ends_at=one.ends_at
        )


class AnewForm(GiveForm):
    """The same again, with the same partner, for the same purpose: until when, and who says so."""

    asked = ()
    # What is said anew says them.
    to = purpose = sections = None  # type: ignore[assignment]

    def __init__(self, *args: Any, recipient: Recipient, renews: Shared, **others: Any) -> None:
        self.same = renews.consent
        super().__init__(*args, recipients=[recipient], renews=renews, **others)

    def _offer(self) -> None:
        """Nothing to choose: it goes on as it stands."""

    @property
    def recipient(self) -> Recipient:
        return next(iter(self.recipients.values()))

    def given(self) -> Given:
        again = {
            "sections": [section for section in self.same.sections if section in OFFERED],
            "purpose": self.same.purpose,
        }
        return self.as_said(self.cleaned_data | again)


class NoForm(HouseForm):
    """How the person said no: as little as to take back."""

    form = RadiosField(label=_("How was it said?"), choices=BACK)

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **{"initial": {"form": Form.ORAL}, **others})


def _choice(one: Recipient) -> tuple[str, Any]:
    if not one.user_id:
        return one.id, _("%(organisation)s: whoever accompanies people there") % {
            "organisation": one.organisation
        }
    return one.id, f"{one.organisation} · {one.person}"


class BackForm(HouseForm):
    """Which ones are taken back, and who says so. As short as it can be."""

    which = ChecksField(label=_("What is no longer shared?"))
    said_by = RadiosField(label=_("Who says so?"), choices=Consent.Withdrawer.choices)
    form = RadiosField(label=_("How was it said?"), choices=BACK)

    def __init__(
        self,
        *args: Any,
        live: list[Shared],
        suspended: Collection[str] = (),
        chosen: str = "",
        **others: Any,
    ) -> None:
        begun = {
            "said_by": Consent.Withdrawer.HERSELF,
            "form": Form.ORAL,
            "which": [chosen] if chosen else [],
        }
        super().__init__(*args, **{"initial": begun, **others})
        self.is_all = self.is_bound and self.data.get("step") == "all"
        self.fields["which"].required = not self.is_all
        self.fields["which"].error_messages["required"] = NOTHING_TICKED
        self.choose_from("which", [(str(one.consent.pk), _label(one)) for one in live])
        if suspended:
            theirs = Consent.Withdrawer.REPRESENTATIVE
            may = [(code, label) for code, label in Consent.Withdrawer.choices if code != theirs]
            self.choose_from("said_by", may)
        refuse_the_suspended(self, "said_by", NOT_ONE_OF_THEM, suspended)

    @property
    def chosen(self) -> list[UUID]:
        return [] if self.is_all else [UUID(one) for one in self.cleaned_data["which"]]


def _label(one: Shared) -> str:
    return f"{one.who} ({one.purpose[:1].lower()}{one.purpose[1:]})"

"""What may be typed of what is told? Item by item; what the yes, or the law, asks besides."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.disclosures import actions, policy
from spheres.followup.disclosures.actions import Prepared
from spheres.followup.disclosures.policy import (
    ITEMS,
    OF_THERAPY,
    OUTSIDE,
    Capacity,
    Ground,
    Purpose,
)
from spheres.followup.disclosures.queries import Recipient
from spheres.participants.policy import NOT_THEM
from spheres.participants.queries import Header
from spheres.records.between import refusing
from spheres.records.forms import LookingForm, refuse_the_suspended
from spheres.regions import queries as regions
from spheres.sharing.models import Form
from spheres.sharing.models.disclosed import LETTER, WITH_LETTER
from spheres.ui.fields import (
    DayField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
)

OUTSIDER = "outside"
NO_KIN = "NONE"
FORMS = [
    (Form.ON_SCREEN, Form.ON_SCREEN.label),
    (Form.ORAL, Form.ORAL.label),
    (Form.WRITTEN, Form.WRITTEN.label),
]
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
TOLD_HER = [
    ("before", _("Yes, before")),
    ("after", _("Yes, after")),
    ("not_yet", _("Not yet: it could put somebody in danger")),
]
SHORT = {"NAME", "AGE", "LANGUAGE"}
FACTS = _("On which facts it rests")
NOTHING_TOLD = _("Write at least one thing to be told: what is left empty is not told.")


def item_field(code: str) -> TextField:
    """The words that go, for one item; empty, it is not told."""
    item = ITEMS[code]
    if code in SHORT:
        return TextField(label=item.label, hint=item.hint, required=False, max_length=120)
    rows, longest = (8, 4_000) if code == LETTER else (2, 2_000)
    return LongTextField(
        label=item.label, hint=item.hint, required=False, rows=rows, max_length=longest
    )


class SayForm(LookingForm):
    """What a yes of hers says: who gives it, how it was said, in which language."""

    given_by = RadiosField(label=_("Who says so?"))
    giver = TextField(
        label=_("Name of the parent or tutor, when it is not the person"),
        required=False,
        max_length=120,
    )
    form = RadiosField(label=_("How was it said?"), choices=FORMS)
    witness = TextField(
        label=_("Witness, when it was said aloud"),
        hint=_("Who heard it besides you: a name."),
        required=False,
        max_length=120,
    )
    language = RadiosField(label=_("In which language was it read?"), choices=LANGUAGES)
    reason = LongTextField(
        label=_("Why this exception applies"), required=False, rows=2, max_length=2_000
    )
    texts: tuple[str, ...] = ()
    ground: str = Ground.CONSENT

    def __init__(self, *args: Any, person: Header, **others: Any) -> None:
        self.person, self.today = person, clock.today()
        self.alone = regions.region().self_from
        self.decides_alone = person.decides_alone(on=self.today, since_age=self.alone)
        latest = policy.last_day(
            self.today,
            "" if self.decides_alone else policy.By.TUTOR,
            born=actions.born_on(person),
            alone=self.alone,
        )
        begun = {
            "given_by": policy.By.HERSELF if self.decides_alone else "",
            "language": person.language if person.language in {"fr", "en"} else "",
            "ends_on": min(clock.months_later(self.today, policy.USUAL), latest),
        }
        super().__init__(*args, **{"initial": begun, **others})
        if "given_by" in self.fields:
            givers = [
                by
                for by in policy.By
                if policy.gives(by, decides_alone=self.decides_alone, suspended=person.suspended)
            ]
            self.choose_from("given_by", [(by, by.label) for by in givers])
        refuse_the_suspended(self, "given_by", NOT_THEM, person.suspended)
        if self.ground == Ground.CONSENT and self.decides_alone:
            del self.fields["giver"], self.fields["reason"]

    @property
    def items(self) -> dict[str, str]:
        """What was written to be told, by its code."""
        said = {code: self.cleaned_data.get(f"item_{code}") for code in ITEMS}
        return {code: str(words) for code, words in said.items() if words}

    @property
    def about(self) -> dict[str, str]:
        """What stands behind it, that no recipient reads."""
        names = (
            "given_by", "giver", "form", "witness", "language", "reason", "consulted",
            "reference", "verified", "told_her", "told_words",
        )  # fmt: skip
        said = {name: str(self.cleaned_data.get(name) or "") for name in names}
        return {name: words for name, words in said.items() if words}

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What was typed, to be sent again once it was read over."""
        pairs = []
        for name, value in self.cleaned_data.items():
            if name == "form_id" or value in (None, "", False):
                continue
            if isinstance(value, date):
                value = value.isoformat()
            pairs.append((name, "on" if value is True else str(value)))
        return pairs

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name, refusal in self._refusals(said):
            if name in self.fields and name not in self.errors:
                self.add_error(name, str(refusal))
        return said

    def _refusals(self, said: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        yield from policy.is_whole(self.ground, self.about).items()
        if said.get("ends_on"):
            latest = policy.last_day(
                self.today,
                said.get("given_by", ""),
                born=actions.born_on(self.person),
                alone=self.alone,
            )
            lasts = policy.can_last_until(said["ends_on"], self.today, latest=latest)
            if not lasts:
                yield "ends_on", lasts.reason


class PrepareForm(SayForm):
    """What is told, on one ground: to whom, for what, item by item, until when."""

    to = SelectField(label=_("To whom?"))
    recipient = TextField(
        label=_("Somebody outside: their name and what they do"),
        hint=_("Left empty when it is an account of the list."),
        required=False,
        max_length=200,
    )
    capacity = SelectField(label=_("Somebody outside: from where?"), required=False)
    kin = RadiosField(label=_("A relative: which one?"), required=False)
    purpose = RadiosField(label=_("What for?"))
    meeting_on = DayField(
        label=_("Day of the committee meeting"),
        hint=_("It is read until the end of that day, and no longer."),
        required=False,
    )
    consulted = TextField(label=_("Who was consulted"), required=False, max_length=200)
    reference = TextField(
        label=_("Which document: its number, its date, who signed it"),
        required=False,
        max_length=200,
    )
    verified = TextField(
        label=_("How the identity of whoever asks was verified"), required=False, max_length=200
    )
    told_her = RadiosField(label=_("Was the person told?"), choices=TOLD_HER, required=False)
    told_words = LongTextField(
        label=_("What they said of it"), required=False, rows=2, max_length=1_000
    )
    ends_on = DayField(
        label=_("Until which day may it be read, or kept?"),
        hint=_("One month unless you say otherwise; twelve at most."),
    )

    def __init__(
        self,
        *args: Any,
        ground: str,
        recipients: list[Recipient],
        barred_of: Callable[[Recipient], Collection[str]],
        by: Actor,
        refused: Mapping[str, str],
        **others: Any,
    ) -> None:
        self.ground, self.barred_of, self.by, self.refused = ground, barred_of, by, refused
        self.codes = policy.codes_of(by, ground)
        self.purposes = policy.purposes_of(self.codes, ground)
        super().__init__(*args, **others)
        for code in self.codes:
            self.fields[f"item_{code}"] = item_field(code)
        for name in self._not_asked():
            del self.fields[name]
        if ground == Ground.CONSENT:
            self.texts = tuple(
                f"item_{code}" for code in self.codes if code not in {*SHORT, "CONTACT", "DATES"}
            )
        else:
            if "reason" in self.fields:
                self.fields["reason"].label = FACTS
            recipients = [one for one in recipients if one.user_id and not one.is_police]
        self.recipients = {one.id: one for one in recipients}
        accounts = [(one.id, one.who) for one in recipients]
        self.choose_from(
            "to", [("", _("Choose")), (OUTSIDER, _("Somebody outside Sphères")), *accounts]
        )
        self.choose_from("capacity", [("", "—"), *((one.value, one.label) for one in OUTSIDE)])
        self.choose_from("purpose", [(p, Purpose(p).label) for p in self.purposes])
        if len(self.purposes) == 1:
            self.initial["purpose"] = self.purposes[0]
        if "kin" in self.fields:
            self.fields["kin"].help_text = _("They refuse that anything be said to %(whom)s.") % {
                "whom": ", ".join(refused.values())
            }
            self.choose_from("kin", [*refusing.kinds(), (NO_KIN, _("None of these"))])
        if Purpose.MEETING not in self.purposes:
            self.fields.pop("meeting_on", None)
        self.order_fields([question.name for _title, asked in self.shown for question in asked])

    def _not_asked(self) -> Iterator[str]:
        """What this ground does not ask; nor which relative, when they refuse none."""
        if self.ground != Ground.CONSENT or not self.refused:
            yield "kin"
        if self.ground != Ground.CONSENT:
            yield from ("given_by", "giver", "form", "witness", "language", "meeting_on")
            demanded = policy.DEMANDS[self.ground]
            names = ("reason", "reference", "verified")
            yield from (name for name in names if name not in demanded)
        else:
            yield from ("consulted", "reference", "verified", "told_her", "told_words")

    def _refusals(self, said: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        yield from super()._refusals(said)
        purpose, to = said.get("purpose", ""), said.get("to", "")
        if not self.items and not any(name.startswith("item_") for name in self.errors):
            is_letter = set(self.codes) <= set(WITH_LETTER)
            yield f"item_{LETTER if is_letter else self.codes[0]}", NOTHING_TOLD
        elif not (mine := policy.may_write(self.by, self.items)):
            yield f"item_{next((c for c in self.items if c in OF_THERAPY), LETTER)}", mine.reason
        capacity = Capacity.WORKER if to in self.recipients else said.get("capacity", "")
        hears = policy.may_hear(self.items, self.ground, capacity)
        if capacity and not hears:
            yield ("capacity" if to == OUTSIDER else "to"), hears.reason
        told = policy.may_hear_as_relative(self.ground, capacity, said.get("kin", ""), self.refused)
        if not told:
            yield "kin", told.reason
        barred = self.barred_of(self.recipients[to]) if to in self.recipients else ()
        for code in self.items if purpose else ():
            may = policy.may_tell(code, purpose, barred=barred)
            if not may:
                yield f"item_{code}", may.reason
        if to == OUTSIDER and not said.get("recipient"):
            yield "recipient", _("Write their name and what they do.")
        if to == OUTSIDER and not said.get("capacity"):
            yield "capacity", _("Choose from where they are.")
        if to == OUTSIDER and purpose == Purpose.MEETING:
            yield "to", _("A member of the committee has an account: choose it in the list.")
        if to in self.recipients and purpose:
            may = policy.may_receive(
                self.ground, purpose, is_police=self.recipients[to].is_police, is_here=True,
                is_whole=self.recipients[to].user_id is None,
            )  # fmt: skip
            if not may:
                yield "to", may.reason
        yield from self._days(said, purpose)

    def _days(self, said: dict[str, Any], purpose: str) -> Iterator[tuple[str, Any]]:
        meeting = said.get("meeting_on")
        if purpose == Purpose.MEETING and not meeting:
            yield "meeting_on", _("Say which meeting it is for.")
        if meeting and meeting < self.today:
            yield "meeting_on", _("This day is past: choose today or a later one.")

    @property
    def shown(self) -> list[tuple[Any, list[Any]]]:
        """The questions of this ground under three titles, in the order in which they are read."""
        groups = {
            _("To whom, and what for"): [
                "to", "recipient", "capacity", "kin", "purpose", "meeting_on",
            ],
            _("What is told; what is left empty is not"): [
                *(f"item_{code}" for code in self.codes), "ends_on",
            ],
            _("What stands behind it"): [
                "reason", "consulted", "reference", "verified", "told_her", "told_words",
                "given_by", "giver", "form", "witness", "language",
            ],
        }  # fmt: skip
        return [
            (title, [self[name] for name in names if name in self.fields])
            for title, names in groups.items()
        ]

    @property
    def to_whom(self) -> str:
        chosen = self.recipients.get(self.cleaned_data["to"])
        return chosen.who if chosen else str(self.cleaned_data["recipient"])

    def prepared(self) -> Prepared:
        """The valid answers, as the action takes them."""
        said = self.cleaned_data
        chosen = self.recipients.get(said["to"])
        is_meeting = said["purpose"] == Purpose.MEETING
        capacity = said["capacity"]
        if chosen is not None:
            capacity = Capacity.MEMBER if is_meeting else Capacity.WORKER
        return Prepared(
            id=self.record_id,
            ground=self.ground,
            purpose=said["purpose"],
            capacity=capacity,
            items=self.items,
            # A meeting's papers are read until the end of its day.
            ends_on=said["meeting_on"] if is_meeting else said["ends_on"],
            to_organisation_id=chosen.organisation_id if chosen else None,
            to_user_id=chosen.user_id if chosen else None,
            recipient="" if chosen else said["recipient"],
            meeting_on=said["meeting_on"] if is_meeting else None,
            kin=said.get("kin", ""),
            about=self.about,
        )

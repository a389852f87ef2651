"""What is asked when she bars somebody, lifts it, or refuses? Whom, from what; never why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.followup.restrictions.actions import Explained, Said
from spheres.followup.restrictions.models import ALL, PARTS, Refusal, SaidBy
from spheres.followup.restrictions.policy import Barred, can_sign, faces_of
from spheres.followup.restrictions.queries import ANY_THEME
from spheres.participants.policy import NOT_THEM
from spheres.records.forms import LookingForm, refuse_the_suspended
from spheres.sharing.rules import (
    HEALTH,
    LEGAL,
    NOTES,
    PLAN,
    SAFETY,
    STEPS,
    SUMMARY,
    WHEREABOUTS,
)
from spheres.ui.fields import (
    ChecksField,
    DayField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
)

EVERYTHING, SOME = "EVERYTHING", "SOME"
NAMES: Final = {
    SUMMARY: pgettext_lazy("part of a file", "Their page in twelve lines"),
    PLAN: pgettext_lazy("part of a file", "Their plan, their dreams, their steps"),
    SAFETY: pgettext_lazy("part of a file", "Their safety"),
    STEPS: pgettext_lazy("part of a file", "Accompaniments and activities"),
    NOTES: pgettext_lazy("part of a file", "Notes of contacts, urgent needs"),
    WHEREABOUTS: pgettext_lazy("part of a file", "Where they are"),
    HEALTH: pgettext_lazy("part of a file", "Their health"),
    LEGAL: pgettext_lazy("part of a file", "Legal matters, among which this notice"),
}
MOST = 4_000


class SignedForm(LookingForm):
    """Whoever decides: she alone from the region's age; under it, or unknown, somebody signs."""

    decider = RadiosField(label=_("Who decides?"), choices=SaidBy.choices)
    decides_alone = True

    def __init__(
        self, *args: Any, decides_alone: bool, suspended: Collection[str] = (), **others: Any
    ) -> None:
        super().__init__(*args, **others)
        self.decides_alone, self.suspended = decides_alone, suspended
        if decides_alone:
            del self.fields["decider"]
            return
        self.fields["decider"].help_text = _(
            "The person is under 14, or their age is not known: somebody signs with them. When the "
            "age is known, write it on the page of who they say they are first."
        )
        self.choose_from(
            "decider",
            [
                (one.value, one.label)
                for one in SaidBy
                if can_sign(one, decides_alone=False, suspended=suspended)
            ],
        )
        refuse_the_suspended(self, "decider", NOT_THEM, suspended)

    @property
    def decided_by(self) -> str:
        return str(self.cleaned_data.get("decider") or SaidBy.HERSELF)

    def clean_decider(self) -> str:
        said = str(self.cleaned_data["decider"])
        decision = can_sign(said, decides_alone=self.decides_alone, suspended=self.suspended)
        if not decision:
            raise ValidationError(decision.reason)
        return said


class ExplainedForm(SignedForm):
    """Who explained what it changes, on which day; who signs with her; how to answer her."""

    texts: tuple[str, ...] = ("signed_with", "contact")

    explained_by = SelectField(
        label=_("Who explained to them what it changes?"),
        hint=_(
            "By name: it goes on the notice. Your organisation says who explains it: face to face, "
            "or by telephone with you there."
        ),
    )
    explained_on = DayField(label=_("On which day?"))
    signed_with = TextField(
        label=_("Who signs with them, and in which capacity"),
        hint=_("For a documented exception: which one, and why."),
        max_length=400,
        required=False,
    )
    contact = TextField(
        label=_("How to answer them, as they want it on the notice"),
        hint=_("Left empty, a line stays blank on the paper, to be filled by hand or not at all."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, explainers: Sequence[tuple[UUID, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        named = [(str(user_id), name) for user_id, name in explainers]
        self.choose_from("explained_by", [("", _("Choose")), *named])
        self.fields["explained_on"].initial = clock.today()
        if self.decides_alone:
            del self.fields["signed_with"]

    def clean_explained_on(self) -> Any:
        day = self.cleaned_data["explained_on"]
        if day > clock.today():
            raise ValidationError(
                _("The effects are explained before it is kept: today or before.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "signed_with" in self.fields and not said.get("signed_with") and "decider" in said:
            self.add_error("signed_with", ValidationError(_("Say who signs with them.")))
        return said


class RestrictionForm(ExplainedForm):
    """Whom she bars in this organisation, or anywhere, and from what."""

    texts = ("her_words", "signed_with", "contact")

    whom = SelectField(label=_("Who must not see?"))
    extent = RadiosField(
        label=_("What must they not see?"),
        choices=[
            (EVERYTHING, _("The whole file: for them, it does not exist")),
            (SOME, _("Some of the file only")),
        ],
    )
    parts = ChecksField(
        label=_("Which parts?"),
        hint=_(
            "Their name and how to reach them safely go with the whole file: whoever walks with "
            "them must know how not to put them in danger."
        ),
        choices=[(part, NAMES[part]) for part in PARTS],
        required=False,
    )
    her_words = LongTextField(
        label=_("In their words: what must stay between others"),
        hint=_("Only if they want it written. No reason is needed, and none is asked."),
        max_length=MOST,
        required=False,
        rows=3,
    )
    goes_on_with = SelectField(label=_("Who goes on with them?"), required=False)

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[UUID, str]],
        roles: Sequence[Role],
        organisation: UUID | None,
        where: str,
        colleagues: Sequence[tuple[UUID, str]],
        **others: Any,
    ) -> None:
        super().__init__(*args, **others)
        self.organisation = organisation
        choices: list[tuple[str, Any]] = [("", _("Choose"))]
        choices += [(f"u {user_id}", name) for user_id, name in people]
        if organisation:
            choices.append(("o", _("Everybody at %(organisation)s") % {"organisation": where}))
        work = (
            _("All those who are here as: %(role)s")
            if organisation
            else _("All those who are, anywhere: %(role)s")
        )
        choices += [(f"r {role}", work % {"role": role.label}) for role in roles]
        self.choose_from("whom", choices)
        going = [(str(user_id), name) for user_id, name in colleagues]
        self.choose_from("goes_on_with", [("", _("Choose")), *going])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("extent") == SOME and not said.get("parts"):
            self.add_error("parts", ValidationError(_("Tick at least one part.")))
        return said

    @property
    def barred(self) -> Barred:
        kind, _space, which = self.cleaned_data["whom"].partition(" ")
        if kind == "u":
            return Barred(user_id=UUID(which))
        return Barred(organisation_id=self.organisation, role=which)

    @property
    def whom_label(self) -> str:
        return str(dict(self.fields["whom"].choices)[self.cleaned_data["whom"]])  # type: ignore[attr-defined]

    @property
    def is_whole(self) -> bool:
        return bool(self.cleaned_data["extent"] == EVERYTHING)

    @property
    def faces(self) -> list[str]:
        return list(ALL) if self.is_whole else faces_of(self.cleaned_data["parts"])

    def said(self) -> Said:
        said = self.cleaned_data
        return Said(
            id=self.record_id,
            barred=self.barred,
            faces=tuple(self.faces),
            explained_by=UUID(said["explained_by"]),
            explained_on=said["explained_on"],
            decider=self.decided_by,
            her_words=said["her_words"],
            signer=said.get("signed_with", ""),
            contact=said["contact"],
            goes_on_with=UUID(said["goes_on_with"]) if said.get("goes_on_with") else None,
        )

    @property
    def carried(self) -> list[tuple[str, str]]:
        """All that was sent, to be sent again once the effects were read."""
        left = {"csrfmiddlewaretoken", "form_id", "step"}
        return [
            (name, value)
            for name, values in self.data.lists()  # type: ignore[attr-defined]
            if name not in left
            for value in values
        ]


class LiftForm(SignedForm):
    """She lifts it."""

    texts = ("her_words",)

    her_words = LongTextField(
        label=_("In their words, if they want"), max_length=MOST, required=False, rows=2
    )


class RefusalForm(ExplainedForm):
    """Which relatives are told nothing; which research takes nothing."""

    relatives = ChecksField(
        label=_("Say nothing to"),
        hint=_("By category: no name is kept."),
        choices=Refusal.Relatives.choices,
        required=False,
    )
    themes = ChecksField(
        label=_("No research about"),
        hint=_("Nothing of theirs goes to such a study, even without their name."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        themes: Sequence[tuple[str, str]],
        standing: set[tuple[str, str]],
        **others: Any,
    ) -> None:
        super().__init__(*args, **others)
        offered: dict[str, tuple[str, Sequence[tuple[str, Any]]]] = {
            "relatives": (Refusal.Kind.RELATIVES.value, Refusal.Relatives.choices),
            "themes": (Refusal.Kind.RESEARCH.value, [(ANY_THEME, _("Any research")), *themes]),
        }
        for name, (kind, choices) in offered.items():
            left = [one for one in choices if (kind, one[0]) not in standing]
            if left:
                self.choose_from(name, left)
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not self.wanted():
            self.add_error(None, ValidationError(_("Tick at least one line.")))
        return said

    def explained(self) -> Explained:
        said = self.cleaned_data
        return Explained(
            by=UUID(said["explained_by"]),
            on=said["explained_on"],
            signer=said.get("signed_with", ""),
            contact=said["contact"],
        )

    def wanted(self) -> list[tuple[str, str]]:
        said = self.cleaned_data
        return [
            *((Refusal.Kind.RELATIVES.value, code) for code in said.get("relatives", [])),
            *((Refusal.Kind.RESEARCH.value, code) for code in said.get("themes", [])),
        ]

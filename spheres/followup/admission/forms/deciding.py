"""What may be typed from a referral to an admission? Nothing that proves, nothing that promises."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.admission import policy
from spheres.followup.admission.actions import Conversation
from spheres.followup.admission.models import Admission, ReferralStatus
from spheres.followup.admission.queries import Candidate
from spheres.participants.policy import NOT_ONE_OF_THEM
from spheres.records.forms import refuse_the_suspended
from spheres.regions import queries as regions
from spheres.ui import moments
from spheres.ui.fields import ChecksField, DayField, LongTextField, RadiosField, SelectField
from spheres.ui.forms import Form

LANGUAGES = {"fr": _("French"), "en": _("English")}


class OfferForm(Form):
    """To whom? Everyone who accompanies young people, with what helps to choose, never a rank."""

    workers = ChecksField(
        label=_("Offer to"),
        hint=_("One person or several. The first who accepts accompanies the young person."),
    )

    def __init__(
        self, *args: Any, candidates: list[Candidate], language: str = "", **others: Any
    ) -> None:
        super().__init__(*args, **others)
        self.choose_from(
            "workers", [(str(one.user_id), described(one, language)) for one in candidates]
        )

    def asked(self) -> dict[UUID, UUID]:
        """Each worker, under an identifier that the form's own gives, however often it is sent."""
        chosen = self.cleaned_data["workers"]
        return {uuid5(self.record_id, worker): UUID(worker) for worker in chosen}


def described(candidate: Candidate, language: str) -> str:
    """Where she works, her languages, how many she accompanies, until when she is away; and why it
    could be she."""
    said = [
        candidate.name,
        candidate.organisation,
        languages_of(candidate),
        ngettext(
            "accompanies %(number)d person now",
            "accompanies %(number)d people now",
            candidate.accompanies,
        )
        % {"number": candidate.accompanies},
    ]
    if candidate.away_until:
        until = moments.day_of_year(candidate.away_until)
        said.append(gettext("away until %(day)s") % {"day": until})
    if language in candidate.languages:
        said.append(gettext("speaks their language"))
    return " · ".join(part for part in said if part)


def languages_of(candidate: Candidate) -> str:
    return ", ".join(str(LANGUAGES.get(code, code)) for code in candidate.languages)


class QuestionForm(Form):
    """One question to the desk, from the region's list: no text, so that nothing slips in."""

    question = RadiosField(label=_("What would help you decide?"))

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("question", regions.choices("offer_questions"))


class AnswerForm(Form):
    """The desk's answer, in a word of the region's list."""

    answer = SelectField(label=_("Answer"))

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("answer", [("", _("Choose")), *regions.choices("offer_answers")])


class DeclineForm(Form):
    """Why not, in a word that blames nobody."""

    reason = RadiosField(label=_("What makes it difficult?"))

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("reason", regions.choices("decline_reasons"))


class AdmissionForm(Form):
    """The conversation, in her words. Her agreement is the only thing that must be said by her;
    whoever asks says whether they read her the card."""

    card = RadiosField(
        label=_("The information card, at the top of this page"),
        hint=_("Who writes what, who reads it, how long it is kept, what they can ask for."),
        choices=Admission.Card.choices,
    )
    her_words = LongTextField(
        label=_("In their words: what they would like"),
        hint=_("As they say it. A few words are enough, or none."),
        required=False,
        rows=4,
    )
    recognition = RadiosField(
        label=_(
            "They recognise that they are living, or have lived, sexual exploitation or exchanges"
        ),
        hint=_(
            "Their own recognition, in the words they choose. No proof and no detail are asked for."
        ),
        choices=Admission.Recognition.choices,
    )
    harms = LongTextField(
        label=_("What it costs them, in their words"),
        hint=_(
            "They see that it harms them, in whatever way they say it. "
            "They need not want to change."
        ),
        required=False,
        rows=3,
    )
    birth_date = DayField(label=_("Date of birth, if they wish to give it"), required=False)
    agreed_by = RadiosField(
        label=_("Who agrees to the follow-up?"), choices=Admission.AgreedBy.choices
    )
    exception = SelectField(
        label=_("Under 14, without a parent or tutor: which exception?"),
        choices=[("", "—"), *Admission.Ground.choices],
        required=False,
    )
    exception_words = LongTextField(label=_("Why this exception applies"), required=False, rows=2)
    agreement_form = RadiosField(
        label=_("How was the agreement given?"), choices=Admission.Form.choices
    )

    def __init__(
        self, *args: Any, age_band: str, suspended: Collection[str] = (), **others: Any
    ) -> None:
        super().__init__(*args, **others)
        self.age_band, self.suspended = age_band, suspended
        if suspended:
            may = [one for one in Admission.AgreedBy if one != Admission.AgreedBy.TUTOR]
            self.choose_from("agreed_by", [(one.value, one.label) for one in may])
        refuse_the_suspended(self, "agreed_by", NOT_ONE_OF_THEM, suspended)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        region = regions.region()
        ages = policy.Ages(region.age_from, region.age_until, region.self_from)
        today = clock.today()
        age = None if self.age_band != "12-13" else ages.alone - 1
        if born := said.get("birth_date"):
            decision = policy.is_of_age(born, today, ages)
            if not decision:
                self.add_error("birth_date", ValidationError(decision.reason))
                return said
            age = policy.age_on(born, today)
        elif self.age_band != "12-13":
            age = ages.alone
        if "agreed_by" in said:
            fits = policy.agreement_fits(
                age,
                said["agreed_by"],
                said.get("exception", ""),
                ages,
                suspended=self.suspended,
            )
            if not fits:
                at = (
                    "exception"
                    if said["agreed_by"] == Admission.AgreedBy.EXCEPTION
                    else "agreed_by"
                )
                self.add_error(at, ValidationError(fits.reason))
        return said

    def conversation(self) -> Conversation:
        said = self.cleaned_data
        return Conversation(
            id=self.record_id,
            recognition=said["recognition"],
            agreed_by=said["agreed_by"],
            agreement_form=said["agreement_form"],
            her_words=said["her_words"],
            harms=said["harms"],
            birth_date=said["birth_date"],
            exception=said["exception"],
            exception_words=said["exception_words"],
            card=said["card"],
        )


class OwnAgreementForm(Form):
    """At 14, in her own name: how she said it."""

    form = RadiosField(label=_("How was the agreement given?"), choices=Admission.Form.choices)


class CloseForm(Form):
    """How it stands for now; the door stays open."""

    outcome = RadiosField(label=_("What happens for now?"))

    PREFIXES = {
        "not_now": ReferralStatus.Status.NOT_NOW,
        "elsewhere": ReferralStatus.Status.ORIENTED,
        "withdrawn": ReferralStatus.Status.WITHDRAWN,
    }

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from(
            "outcome",
            [
                (code, words)
                for code, words in regions.choices("outcome_reasons")
                if code.startswith(tuple(self.PREFIXES))
            ],
        )

    def decided(self) -> tuple[str, str]:
        """The status it moves to, and the coded reason."""
        code = self.cleaned_data["outcome"]
        prefix = next(prefix for prefix in self.PREFIXES if code.startswith(prefix))
        return self.PREFIXES[prefix], code

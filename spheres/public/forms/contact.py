"""What do the three ways in ask alike: how to call her, and how to reach her without harm?"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.followup.admission import actions as admission
from spheres.followup.admission.models import AgeBand, Language, Referral
from spheres.public.forms.parts import PublicForm

AGES = [
    (AgeBand.UNDER_14, _("12 or 13 years old")),
    (AgeBand.FROM_14, _("14 to 17 years old")),
    (AgeBand.FROM_18, _("18 to 24 years old")),
]
TONGUES = [
    (Language.FRENCH, "Français"),
    (Language.ENGLISH, "English"),
    (Language.OTHER, _("Another language")),
]
NO_YES = [("no", _("No")), ("yes", _("Yes"))]
BY_NUMBER, BY_MAIL, WAITS = {"text", "call"}, {"email"}, "wait"
CONTACT = ("channel", "reach", "hours", "words", "never")


class ContactForm(PublicForm):
    """The questions common to the three ways in: how to call her, how to reach her without harm."""

    SOURCE: ClassVar[str]
    URGENT: ClassVar[Any] = _("There is something urgent in the next 48 hours.")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("language") == Language.OTHER and not said.get("interpreter"):
            self.add_error("interpreter", ValidationError(_("Write which language.")))
        if said.get("channel") == WAITS:
            self.forget_missing("reach", "hours")
        self.check_reach(said.get("channel", ""), said.get("reach", ""))
        if said.get("urgent") == "no" and said.get("urgent_words"):
            self.add_error(
                "urgent",
                ValidationError(_("Something urgent is written below: answer Yes, or erase it.")),
            )
        return said

    def forget_missing(self, *names: str) -> None:
        """Whoever will reach out themselves need not say where, nor when."""
        for name in names:
            if self.has_error(name, "required"):
                del self.errors[name]
                self.cleaned_data[name] = ""

    def check_reach(self, channel: str, reach: str) -> None:
        """The place must be of the kind the way asks for."""
        figures = sum(character.isdigit() for character in reach)
        if not reach:
            return
        if channel in BY_NUMBER and figures < 7:
            self.add_error(
                "reach",
                ValidationError(
                    _("Write a phone number, with its area code. Example: 450 555-0142.")
                ),
            )
        elif channel in BY_MAIL and "@" not in reach:
            self.add_error(
                "reach",
                ValidationError(_("Write a whole e-mail address. Example: name@example.org.")),
            )

    def leave(self, *, desk: UUID, by: Actor, at: datetime) -> None:
        """One referral at the coordination's desk, however often it is sent."""
        admission.refer(self.sent(), desk=desk, by=by, at=at)

    def sent(self) -> admission.Sent:
        said = self.cleaned_data
        # Number or place, and the words to use, open together: to whoever will reach her.
        words = "\n".join(filter(None, (said["reach"], said["words"])))
        return admission.Sent(
            id=self.record_id,
            source=self.SOURCE,
            channel=Referral.Channel.WEB,
            agreement=said.get("aware") or Referral.Agreement.YES,
            age_band=said["age_band"],
            language=said["language"],
            chosen_name=said["chosen_name"],
            contact_channel=said["channel"],
            pronouns=said["pronouns"],
            interpreter=said["interpreter"],
            hours=said["hours"],
            words=words,
            never=said["never"],
            wish=said["wish"],
            urgent=self.what_is_urgent(),
            **self.referrer(),
        )

    @property
    def is_urgent(self) -> bool:
        return bool(self.cleaned_data.get("urgent") == "yes")

    def what_is_urgent(self) -> str:
        return (self.cleaned_data["urgent_words"] or str(self.URGENT)) if self.is_urgent else ""

    def referrer(self) -> dict[str, str]:
        """Who writes, when it is not herself."""
        return {}

"""What may be typed when a partner leaves? A last day, what somebody wants, that all was read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.departure import policy
from spheres.followup.departure.actions import Said, Way
from spheres.records.naming.identifiers import Finding, look
from spheres.ui.fields import (
    AgreeField,
    DayField,
    LongTextField,
    RadiosField,
    SecretField,
    SelectField,
)
from spheres.ui.forms import Form
from spheres.vault.sealing import SHORTEST, normal

MOST = 2_000


class AskForm(Form):
    """The last day as a partner, and that it was decided where such things are."""

    last_on = DayField(
        label=_("What is the last day as a partner?"),
        hint=_("Each person is asked before it. It takes weeks: allow at least a month."),
    )
    decided = AgreeField(label=_("Our board, or whoever decides such things here, has decided it."))

    def __init__(self, *args: Any, **others: Any) -> None:
        today = clock.today()
        super().__init__(*args, **{"initial": {"last_on": today + policy.NOTICE}, **others})
        last_on = self.fields["last_on"]
        assert isinstance(last_on, DayField)
        last_on.earliest, last_on.latest = today, today + policy.LONGEST


class SayForm(Form):
    """What they want next. They may change their mind until they have parted."""

    way = RadiosField(label=_("What do they want next?"), choices=Way.choices)
    partner = SelectField(
        label=_("Which partner?"),
        hint=_("The person chooses, among those who accompany people."),
        required=False,
    )
    her_words = LongTextField(
        label=_("In their words"),
        hint=_("What they said of it, if they want it kept. They may read this page."),
        required=False,
        max_length=MOST,
        rows=3,
    )

    def __init__(self, *args: Any, partners: list[tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("partner", [("", _("Choose")), *partners])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        way, partner = said.get("way"), said.get("partner")
        if way == Way.ANOTHER and not partner and "partner" not in self.errors:
            self.add_error("partner", _("Choose with which partner they go on."))
        if way and way != Way.ANOTHER and partner:
            self.add_error("partner", _("With this answer no partner is named: choose “Choose”."))
        return said

    def findings(self) -> list[Finding]:
        if not self.is_bound or self.data.get("looked_again"):
            return []
        return list(look(str(self.data.get("her_words") or "")))

    def said(self) -> Said:
        said = self.cleaned_data
        to = UUID(said["partner"]) if said["partner"] else None
        return Said(self.record_id, said["way"], to, said["her_words"])


class CopyForm(Form):
    """The passphrase that opens the copy: typed twice, since nobody can find it again."""

    passphrase = SecretField(
        label=_("Passphrase of the copy"),
        hint=_(
            "Several words that nobody guesses, 16 characters at least. Agree on it within your "
            "organisation: it is kept nowhere, and nobody can find it again."
        ),
        width="full",
    )
    again = SecretField(label=_("The same, once more"), width="full")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        passphrase, again = said.get("passphrase"), said.get("again")
        if passphrase and len(normal(passphrase)) < SHORTEST:
            self.add_error("passphrase", _("It is too short: 16 characters at least."))
        elif passphrase and again and normal(passphrase) != normal(again):
            self.add_error("again", _("The two are not the same. Type them again."))
        return said


class EndForm(Form):
    """The last press, once what follows was read."""

    read = AgreeField(label=_("I have read what ends, and for whom."))

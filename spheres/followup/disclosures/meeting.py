"""What is asked of whoever wishes to meet somebody who has lived through it? Four things."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.followup.disclosures import actions, policy
from spheres.followup.disclosures.actions import Prepared
from spheres.followup.disclosures.policy import ITEMS
from spheres.followup.disclosures.preparing import SayForm
from spheres.followup.disclosures.queries import Recipient
from spheres.records.naming.identifiers import Finding, full_names
from spheres.ui.fields import DayField, LongTextField, SelectField, TextField

FULL_NAME = _("looks like a full name")


class SurvivorForm(SayForm):
    """To ask the survivor programme for a meeting: four things, and her yes. Nothing else.

    A full name is pointed out, hers included: a first name is enough. A number is not: a safe way
    may be one.
    """

    texts = ("item_NAME", "item_LANGUAGE", "item_CONTACT")

    to = SelectField(label=_("Which programme?"))
    item_NAME = TextField(
        label=ITEMS["NAME"].label, hint=_("A first name is enough, or another."), max_length=60
    )
    item_LANGUAGE = TextField(label=ITEMS["LANGUAGE"].label, max_length=60)
    item_CONTACT = LongTextField(
        label=ITEMS["CONTACT"].label, hint=ITEMS["CONTACT"].hint, rows=2, max_length=400
    )
    first_on = DayField(label=_("A first day that suits them"))
    second_on = DayField(label=_("Another day that suits them"))

    def __init__(self, *args: Any, programmes: list[Recipient], **others: Any) -> None:
        super().__init__(*args, **others)
        self.programmes = {str(one.organisation_id): one for one in programmes}
        self.choose_from("to", [(key, one.organisation) for key, one in self.programmes.items()])
        self.initial["item_NAME"] = self.person.name
        self.initial["to"] = next(iter(self.programmes), "")
        self.order_fields([question.name for question in self.shown])

    def _refusals(self, said: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        yield from super()._refusals(said)
        for name in ("first_on", "second_on"):
            if said.get(name) and said[name] < self.today:
                yield name, _("This day is past: choose today or a later one.")
        if said.get("first_on") and said.get("first_on") == said.get("second_on"):
            yield "second_on", _("Propose two different days.")

    def findings(self) -> list[Finding]:
        if not self.is_bound or self.data.get("looked_again"):
            return []
        return [
            Finding(words, FULL_NAME)
            for name in self.texts
            for words in full_names(str(self.data.get(name) or ""))
        ]

    @property
    def shown(self) -> list[Any]:
        order = [
            "to", "item_NAME", "item_LANGUAGE", "item_CONTACT", "first_on", "second_on", "given_by",
            "giver", "reason", "form", "witness", "language",
        ]  # fmt: skip
        return [self[name] for name in order if name in self.fields]

    def prepared(self, dates: str) -> Prepared:
        """As the action takes it; `dates` are its two days, in words."""
        said = self.cleaned_data
        latest = policy.last_day(
            self.today, said["given_by"], born=actions.born_on(self.person), alone=self.alone
        )
        return actions.to_survivors(
            self.record_id,
            UUID(said["to"]),
            items={**self.items, "DATES": dates},
            about=self.about,
            # Until the later of the two days.
            ends_on=min(max(said["first_on"], said["second_on"]), latest),
        )

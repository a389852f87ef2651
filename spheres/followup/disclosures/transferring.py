"""What is asked of whoever goes on with another programme? What they take along, and their yes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.disclosures import actions, policy
from spheres.followup.disclosures.actions import Prepared
from spheres.followup.disclosures.policy import ITEMS, TAKEN, Capacity, Ground, Purpose
from spheres.followup.disclosures.preparing import NOTHING_TOLD, SayForm, item_field
from spheres.ui.fields import AgreeField, LongTextField, TextField

CODES: Final = policy.ALLOWED[Purpose.TRANSFER]
LONGEST: Final = 4_000  # signs of each thing that is taken along


class TransferForm(SayForm):
    """Picked with the person, put here as it stands in the file, then read over and cut."""

    recipient = TextField(label=_("Which programme, and who answers there"), max_length=200)
    texts = tuple(f"item_{code}" for code in ("WORDS", *TAKEN))

    def __init__(self, *args: Any, **others: Any) -> None:
        begun = others.pop("initial", {})
        super().__init__(*args, **others)
        for code in TAKEN:
            self.fields[f"take_{code}"] = AgreeField(label=ITEMS[code].label, required=False)
        for code in CODES:
            self.fields[f"item_{code}"] = (
                LongTextField(label=ITEMS[code].label, required=False, rows=5, max_length=LONGEST)
                if code in TAKEN
                else item_field(code)
            )
        self.initial.update({"item_NAME": self.person.name, **begun})
        self.order_fields([question.name for _title, asked in self.shown for question in asked])

    def filled(self, carried: Mapping[str, list[str]]) -> dict[str, Any]:
        """What was typed so far, and what was picked as it stands, once: where something is typed
        or was cut, it stays as it is."""
        typed = {name: self.data.get(name, "") for name in self.fields if name in self.data}
        for code, lines in carried.items():
            # Where something stands already, it may have been cut: nothing comes back by itself.
            if not str(typed.get(f"item_{code}") or "").strip():
                typed[f"item_{code}"] = "\n".join(lines)
            typed.pop(f"take_{code}", None)
        return typed

    @property
    def shown(self) -> list[tuple[Any, list[Any]]]:
        groups = {
            _("Where they go on"): ["recipient"],
            _("What goes; what is left empty does not"): [f"item_{code}" for code in CODES],
            _("Their yes"): ["given_by", "giver", "reason", "form", "witness", "language"],
        }
        return [
            (title, [self[name] for name in names if name in self.fields])
            for title, names in groups.items()
        ]

    @property
    def ticks(self) -> list[Any]:
        return [self[f"take_{code}"] for code in TAKEN]

    def _refusals(self, said: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        yield from super()._refusals(said)
        if not self.items and not any(name.startswith("item_") for name in self.errors):
            yield "item_NAME", NOTHING_TOLD

    def prepared(self) -> Prepared:
        """As the action takes it: a month to have it decided and sealed; sealed, fourteen days."""
        said = self.cleaned_data
        latest = policy.last_day(
            self.today, said["given_by"], born=actions.born_on(self.person), alone=self.alone
        )
        return Prepared(
            id=self.record_id,
            ground=Ground.CONSENT,
            purpose=Purpose.TRANSFER,
            capacity=Capacity.OTHER,
            items=self.items,
            ends_on=min(clock.months_later(self.today, policy.USUAL), latest),
            recipient=said["recipient"],
            about=self.about,
        )

"""What may be typed of a partner: what it is, what it expects and offers, what was signed?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.directory import queries as directory
from spheres.partners.cards.actions import Signed
from spheres.partners.cards.models import Card, Expectation, Protocol
from spheres.records.forms import LookingForm
from spheres.ui.fields import ChecksField, DayField, LongTextField, RadiosField, TextField

A_YEAR: Final = timedelta(days=365)
NAMES_NOBODY: Final = _("Nobody whom the programme accompanies is named here, nor told of.")


class CardForm(LookingForm):
    """What one’s organisation is, does, and does not do."""

    texts = ("mandate", "scope", "limits")
    mandate = LongTextField(label=_("What your organisation is for"), rows=3, max_length=2_000)
    scope = LongTextField(
        label=_("What you do in this programme"), hint=NAMES_NOBODY, rows=4, max_length=2_000
    )
    limits = LongTextField(
        label=_("Where you stop: what you cannot do, and who can"), rows=3, max_length=2_000
    )

    services = ChecksField(
        label=_("What you offer young people yourselves"),
        hint=_("What nobody offers shows in the portrait of the region."),
        required=False,
    )

    def __init__(self, *args: Any, card: Card | None = None, **others: Any) -> None:
        begun = {name: getattr(card, name) for name in (*self.texts, "services")} if card else {}
        super().__init__(*args, **{"initial": begun, **others})
        offered = [(word.code, word.label) for word in directory.words(directory.DOMAINS)]
        self.choose_from("services", offered)


class ExpectForm(LookingForm):
    """What one expects of another partner, and offers it."""

    texts = ("expects", "offers")
    expects = LongTextField(
        label=_("What we expect of you"), hint=NAMES_NOBODY, rows=3, max_length=2_000
    )
    offers = LongTextField(label=_("What we offer you"), rows=3, max_length=2_000)

    def __init__(self, *args: Any, now: Expectation | None = None, **others: Any) -> None:
        begun = {name: getattr(now, name) for name in self.texts} if now else {}
        super().__init__(*args, **{"initial": begun, **others})


class ProtocolForm(LookingForm):
    """An agreement that was signed; reviewed, it is written anew."""

    texts = ("title",)
    kind = RadiosField(label=_("What kind of agreement?"), choices=Protocol.Kind.choices)
    title = TextField(label=_("Its title"), max_length=200)
    organisations = ChecksField(label=_("Whom does it bind?"))
    signatories = LongTextField(
        label=_("Who signed it"),
        hint=_("For each organisation, the name and the title of whoever signed."),
        rows=3,
        max_length=1_000,
    )
    signed_on = DayField(label=_("Signed on which day?"))
    ends_on = DayField(label=_("Until which day, if it ends?"), required=False)
    review_on = DayField(label=_("When is it to be reviewed?"))

    def __init__(
        self,
        *args: Any,
        partners: Iterable[tuple[UUID, str]],
        before: Protocol | None = None,
        **others: Any,
    ) -> None:
        begun: dict[str, Any] = {"review_on": clock.today() + A_YEAR}
        if before is not None:
            names = ("kind", "title", "signatories", "signed_on", "ends_on")
            begun |= {name: getattr(before, name) for name in names}
            begun["organisations"] = [str(one) for one in before.organisations]
        super().__init__(*args, **{"initial": begun, **others})
        self.before = before
        self.choose_from("organisations", [(str(key), name) for key, name in partners])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        signed, ends = said.get("signed_on"), said.get("ends_on")
        if signed and signed > clock.today():
            self.add_error("signed_on", _("This day is still to come: write it once it is signed."))
        if signed and ends and ends <= signed:
            self.add_error("ends_on", _("It ends after the day on which it was signed."))
        if said.get("review_on") and said["review_on"] < clock.today():
            self.add_error("review_on", _("This day is past: choose today or a later one."))
        return said

    def signed(self) -> Signed:
        it = self.cleaned_data
        return Signed(
            self.record_id, it["kind"], it["title"], [UUID(one) for one in it["organisations"]],
            it["signatories"], it["signed_on"], it["review_on"], it["ends_on"],
            self.before.pk if self.before else None,
        )  # fmt: skip


class AgreeForm(LookingForm):
    """Yes, for a year: one press."""

    texts = ()

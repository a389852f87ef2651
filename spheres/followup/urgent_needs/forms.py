"""What may be typed of an urgent need? The need itself is one press; the rest may stay empty."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.urgent_needs.actions import Told, Written
from spheres.followup.urgent_needs.models import CLOSED, Answer, UrgentNeed
from spheres.records.forms import LookingForm
from spheres.regions import queries as regions
from spheres.ui.fields import LongTextField, RadiosField, SelectField, TextField

FREE_TEXTS = ("her_words", "observation", "support")
HER_WORDS_HINT = _("What the person said, as they said it. They may read this page.")
FACTS_HINT = _("Facts, without names of other people, addresses or phone numbers.")


class UrgentNeedForm(LookingForm):
    """Seven buttons, each a need: pressing one writes it down. Words may be added before."""

    need = SelectField(label=_("What is needed?"))
    her_words = LongTextField(
        label=_("In their words"), hint=HER_WORDS_HINT, required=False, rows=2
    )
    observation = LongTextField(
        label=_("What you saw or did"), hint=FACTS_HINT, required=False, rows=3
    )
    support = LongTextField(
        label=_("What helps next"),
        hint=_("One small step, their own if possible."),
        required=False,
        rows=2,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("need", regions.choices("urgent_needs"))

    @property
    def is_more_said(self) -> bool:
        return any(self[name].value() or self[name].errors for name in FREE_TEXTS)

    @classmethod
    def values_of(cls, record: UrgentNeed) -> dict[str, object]:
        """What an opened one says, to be corrected."""
        return {name: getattr(record.opened, name) for name in FREE_TEXTS} | {"need": record.need}

    def written(self, *, since: datetime | None = None) -> Written:
        """The valid answers, as the action takes them; a need is told when it is written down."""
        said = self.cleaned_data
        texts = {name: said[name] for name in FREE_TEXTS}
        moment = since or clock.now()
        return Written(id=self.record_id, need=said["need"], occurred_at=moment, **texts)


class OutcomeForm(LookingForm):
    """Closing the loop: where it stands, her words, one line."""

    texts = ("her_words", "line")

    status = RadiosField(label=_("Where does it stand now?"))
    her_words = LongTextField(
        label=_("In their words"), hint=HER_WORDS_HINT, required=False, rows=2
    )
    line = TextField(label=_("What came of it"), hint=FACTS_HINT, required=False, max_length=500)

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("status", [(status, Answer.Status(status).label) for status in CLOSED])

    def told(self) -> Told:
        said = self.cleaned_data
        return Told(
            id=self.record_id,
            status=said["status"],
            her_words=said["her_words"],
            line=said["line"],
        )

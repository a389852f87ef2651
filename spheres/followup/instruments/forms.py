"""What may be answered to a questionnaire? Anything may stay empty; nothing typed is refused."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.instruments import items, queries, scoring
from spheres.followup.instruments.actions import Written
from spheres.followup.instruments.items import Asked, Choice, Item, Kind
from spheres.followup.instruments.models import AnswerSheet
from spheres.followup.instruments.queries import Instrument
from spheres.records.models import Pen
from spheres.records.naming.identifiers import Finding, look
from spheres.ui.fields import DayField, LongTextField, RadiosField
from spheres.ui.forms import Form

READ_ALOUD = _("Read aloud, and marked by the worker")
# What the worker keeps apart.
PRIVATE = ("observation", "support")


class AnswersForm(Form):
    """The questions of one questionnaire, then what goes with any sheet: whose hand, which day."""

    day = DayField(
        label=_("Which day is this from?"),
        hint=_("The day the person gives it. Empty: today."),
        required=False,
    )
    pen = RadiosField(label=_("How was it answered?"), required=False)
    her_words = LongTextField(
        label=_("In their words"),
        hint=_("What the person wants to add, as they say it. They may read this page."),
        required=False,
        rows=2,
    )
    observation = LongTextField(
        label=_("What you saw or did"),
        hint=_("Facts, without names of other people, addresses or phone numbers."),
        required=False,
        rows=2,
    )
    support = LongTextField(
        label=_("What helps next"),
        hint=_("One small step, their own if possible."),
        required=False,
        rows=2,
    )

    def __init__(
        self, data: Any = None, *, instrument: Instrument, initial: Any = None, **others: Any
    ) -> None:
        super().__init__(data, initial=initial, **others)
        self.instrument = instrument
        held = dict(data.items()) if data is not None else dict(initial or {})
        self.sent: dict[str, str] = {
            name: str(value) for name, value in held.items() if name.startswith("q-")
        }
        self.was_shown = bool(held.get("protocol_shown"))
        pens = [(one, _named(one)) for one in instrument.terms.pens]
        self.choose_from("pen", pens)
        known = [one for one, _label in pens]
        self.fields["pen"].initial = Pen.TOGETHER.value if Pen.TOGETHER in known else known[0]

    @property
    def answers(self) -> dict[str, str]:
        return items.answers(self.instrument.asks, self.sent)

    @property
    def opening(self) -> list[Item]:
        """The questions whose answer asks that the protocol be read, before anything is kept."""
        return items.opening(self.instrument.asks, self.instrument.terms.protocol, self.answers)

    @property
    def must_be_shown(self) -> bool:
        return bool(self.opening) and not self.was_shown

    @property
    def questions(self) -> list[Asked]:
        return [self._asked(item) for item in self.instrument.asks.items]

    def _asked(self, item: Item) -> Asked:
        name = self.instrument.asks.field(item) if item.is_answered else ""
        value = self.sent.get(name, "")
        if item.kind not in {Kind.CHOICE, Kind.BOOLEAN}:
            return Asked(item, name, value, is_watched=self._is_watched(item))
        known = {code for code, _label in item.choices}
        chosen = value if value in known else ""
        choices = tuple(
            Choice(code, label, code == chosen, self._opens(item, code))
            for code, label in (*item.choices, ("", _("Skip this question")))
        )
        return Asked(item, name, value, choices, self._is_watched(item))

    def _is_watched(self, item: Item) -> bool:
        protocol = self.instrument.terms.protocol
        return protocol is not None and item.id in protocol.items

    def _opens(self, item: Item, code: str) -> bool:
        asks, protocol = self.instrument.asks, self.instrument.terms.protocol
        return bool(items.opening(asks, protocol, {item.id: code}))

    def typed(self) -> dict[str, Any]:
        """What a draft keeps: the fields, the answers so far, and which version they answer."""
        return {**super().typed(), **self.sent, "instrument": str(self.instrument.id)}

    def findings(self) -> list[Finding]:
        """What looks like a name or a number in the worker's own texts; hers are never held up."""
        if not self.is_bound or self.data.get("looked_again"):
            return []
        texts = (str(self.data.get(name) or "") for name in PRIVATE)
        return [found for each in texts for found in look(each)]

    def may_be_kept(self) -> bool:
        """Sound, looked at again, and the protocol read when an answer asks for it."""
        return self.is_valid() and not self.findings() and not self.must_be_shown

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        if day and day > clock.today():
            self.add_error("day", _("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        """A number that its question does not offer is said, and what was typed stays."""
        said: dict[str, Any] = super().clean() or {}
        for item in self.instrument.asks.answered:
            typed = self.sent.get(self.instrument.asks.field(item), "").strip()
            if item.kind == Kind.INTEGER and typed:
                number = scoring.whole(typed)
                if number is None or items.is_outside(item, number):
                    self.add_error(None, _span_of(item))
        return said

    def written(self) -> Written:
        """The valid answers, as the action takes them. Noon stands for a day."""
        said = self.cleaned_data
        zone = ZoneInfo(settings.TIME_ZONE)
        today = said["day"] in {None, clock.today()}
        moment = clock.now() if today else datetime.combine(said["day"], time(12), tzinfo=zone)
        return Written(
            id=self.record_id,
            instrument_id=self.instrument.id,
            occurred_at=moment,
            pen=said["pen"] or str(self.fields["pen"].initial),
            answers=self.answers,
            **{name: said.get(name, "") for name in ("her_words", *PRIVATE)},
        )

    @classmethod
    def values_of(cls, sheet: AnswerSheet, asked: Instrument) -> dict[str, Any]:
        """What an opened sheet says, to be corrected."""
        moment = sheet.occurred_at.astimezone(ZoneInfo(settings.TIME_ZONE))
        return {
            "day": moment.date(),
            "pen": sheet.pen,
            "her_words": sheet.opened.her_words,
            "observation": sheet.opened.observation,
            "support": sheet.opened.support,
            **items.fields_of(asked.asks, queries.answers(sheet)),
        }


def _named(pen: str) -> Any:
    return READ_ALOUD if pen == Pen.WORKER else Pen(pen).label


def _span_of(item: Item) -> str:
    said = {"question": str(item.label)}
    if item.span is None:
        return str(_("“%(question)s” is answered by a whole number, or left empty.") % said)
    said |= {"least": str(item.span[0]), "most": str(item.span[1])}
    return str(
        _("“%(question)s” is answered by a whole number from %(least)s to %(most)s, or left empty.")
        % said
    )

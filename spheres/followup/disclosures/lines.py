"""What does one line of the register say: what was told, to whom, and where it stands?"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from spheres.core import clock
from spheres.followup.disclosures.models import Behind, Remark, Told
from spheres.followup.disclosures.policy import ITEMS, Ground
from spheres.records.between import telling
from spheres.sharing.models import Consent, Disclosure, DisclosureStep
from spheres.sharing.rules import THERAPY
from spheres.vault.models import Lockable

Step = DisclosureStep.Kind


@dataclass(frozen=True)
class Line:
    """One line of the register: what was told or refused, to whom, by what right, and since."""

    row: Disclosure
    told: Told | None
    behind: Behind | None
    steps: list[DisclosureStep]
    remarks: dict[UUID, Remark]
    names: dict[UUID, str]
    organisations: dict[UUID, str]
    at: datetime
    # Another folder keeps its words, and says how it reads.
    elsewhere: telling.Kept | None = None

    @property
    def said_elsewhere(self) -> telling.Said | None:
        return self.elsewhere.say(self.row.pk) if self.elsewhere else None

    @property
    def is_kept_from_her(self) -> bool:
        """Not read to her for now: it could harm her."""
        return self.elsewhere is not None and self.row.pk in self.elsewhere.not_for_her

    @property
    def is_weighed(self) -> bool:
        """Nobody was told anything: it was weighed, by voice, whether to."""
        return self.row.items == [telling.WEIGHED]

    @property
    def is_never_on_paper(self) -> bool:
        """Who reads a paper, nobody knows: neither ours nor what a browser prints holds it."""
        return self.elsewhere is not None and self.row.pk in self.elsewhere.not_on_paper

    @property
    def is_by_her_yes(self) -> bool:
        """Told because she said yes, or asked and refused; never what the law required."""
        by_yes = self.row.ground in {Disclosure.Ground.CONSENT, ""}
        return by_yes and self.row.purpose != Disclosure.Purpose.ORDER

    def _step(self, *kinds: str) -> DisclosureStep | None:
        return next((one for one in self.steps if one.kind in kinds), None)

    @property
    def decided(self) -> DisclosureStep | None:
        return self._step(Step.APPROVED, Step.REFUSED)

    @property
    def is_approved(self) -> bool:
        return self._step(Step.APPROVED) is not None

    @property
    def is_not_approved(self) -> bool:
        return self._step(Step.REFUSED) is not None

    @property
    def handed(self) -> DisclosureStep | None:
        return self._step(Step.HANDED)

    @property
    def taken_back(self) -> DisclosureStep | None:
        return self._step(Step.WITHDRAWN)

    @property
    def received(self) -> DisclosureStep | None:
        return self._step(Step.RECEIVED)

    @property
    def is_over(self) -> bool:
        return self.row.ends_at is not None and self.row.ends_at <= self.at

    @property
    def stands_decided(self) -> bool:
        """Refused, or answered as the law requires: nobody is waited for."""
        return self.row.is_refused or self.row.items == ["DEMAND"]

    @property
    def waits(self) -> bool:
        """Whether a second person is still to decide."""
        is_closed = self.stands_decided or self.taken_back or self.decided
        return not is_closed and (self.row.made_at is not None or not self.is_over)

    @property
    def is_transfer(self) -> bool:
        """What they take along to another programme, in a parcel sealed for it."""
        return self.row.purpose == Disclosure.Purpose.TRANSFER

    @property
    def may_be_sealed(self) -> bool:
        """Also again, for a key that was wrong or a file that was lost; until its receipt is back:
        then it was received, and leaves for nobody else."""
        return self.may_leave and self.is_transfer and not self.was_received_there

    @property
    def was_received_there(self) -> bool:
        """The code that was in the parcel came back from the other programme."""
        return self.is_transfer and self.handed is not None

    @property
    def may_be_handed(self) -> bool:
        """On paper, to somebody outside; what goes to another programme leaves sealed alone."""
        return self.may_leave and not self.is_transfer

    @property
    def may_leave(self) -> bool:
        is_outside = self.row.to_organisation_id is None and self.row.made_at is None
        live = self.is_approved and not self.taken_back and not self.is_over
        return is_outside and live and self.told is not None

    @property
    def may_be_taken_back(self) -> bool:
        live = not (self.row.is_refused or self.taken_back or self.is_not_approved)
        return self.row.ground == Ground.CONSENT and live and not self.is_over

    @property
    def stands(self) -> str:
        """Where it stands, in one code for the page."""
        if self.row.is_refused:
            return "DECLINED"
        if self.row.items == ["DEMAND"]:
            return "ANSWERED"  # two people decided it, where legal demands are followed
        if self.taken_back:
            return "TAKEN_BACK"
        if self.is_not_approved:
            return "NOT_APPROVED"
        if self.waits:
            return "WAITS"
        if not self.is_approved:
            return "NEVER"  # its last day came before anybody decided
        if self.is_over:
            return "OVER"
        return "OPEN"

    @property
    def to(self) -> str:
        if said := self.said_elsewhere:
            return said.recipient
        where = self.organisations.get(self.row.to_organisation_id or UUID(int=0), "")
        person = self.names.get(self.row.to_user_id or UUID(int=0), "")
        if where and self.row.purpose == Disclosure.Purpose.MEETING and not self.row.to_user_id:
            return _("%(organisation)s · all who sit on the committee") % {"organisation": where}
        if where:
            return f"{where} · {person}" if person else where
        told = self.told.opened.recipient if self.told and self.told.is_open else ""
        return told or self.about.get("recipient", "")

    @property
    def capacity(self) -> str:
        if self.is_transfer:
            return _("Another programme")
        return str(self.row.get_capacity_display())

    @property
    def purpose(self) -> str:
        return str(self.row.get_purpose_display())

    @property
    def ground(self) -> str:
        return str(self.row.get_ground_display()) if self.row.ground else ""

    @property
    def prepared_by(self) -> str:
        return self.names.get(self.row.prepared_by, "")

    @property
    def decided_by(self) -> str:
        return self.names.get(self.decided.done_by, "") if self.decided else ""

    @property
    def said(self) -> dict[str, str]:
        """What was told, by its code, as it was frozen; nothing when one may not read it."""
        if self.told is None or not self.told.is_open or not self.told.opened.items:
            return {}
        said: dict[str, str] = json.loads(self.told.opened.items)
        return {code: words for code, words in said.items() if code in ITEMS}

    @property
    def items(self) -> list[tuple[str, str]]:
        """The same, item by item, in words."""
        return [(str(ITEMS[code].label), words) for code, words in self.said.items()]

    @property
    def is_letter(self) -> bool:
        """A psychotherapist’s: she reads its words, and whoever receives them."""
        return THERAPY in self.row.sections

    @property
    def kinds(self) -> list[str]:
        """What it is made of, without a word of it."""
        return [str(ITEMS[code].label) for code in self.row.items if code in ITEMS]

    @property
    def about(self) -> dict[str, str]:
        if self.behind is None or not self.behind.is_open or not self.behind.opened.about:
            return {}
        said: dict[str, str] = json.loads(self.behind.opened.about)
        return said

    @property
    def given_by(self) -> str:
        return str(Consent.Giver(self.row.giver).label) if self.row.giver else ""

    def _remark(self, step: DisclosureStep | None) -> str:
        found = self.remarks.get(step.pk) if step else None
        return found.opened.words if found is not None and found.is_open else ""

    @property
    def decision(self) -> str:
        return self._remark(self.decided)

    @property
    def receipt(self) -> str:
        return self._remark(self.handed)

    @property
    def until(self) -> date | None:
        """The last day of it."""
        return last_day(self.row)


@dataclass(frozen=True)
class Found:
    """Lines, and the rows that the vault opens with them."""

    lines: list[Line] = field(default_factory=list)
    elsewhere: telling.Kept = field(default_factory=telling.Kept)

    @property
    def rows(self) -> list[Lockable]:
        ours = [
            row
            for line in self.lines
            for row in (line.told, line.behind, *line.remarks.values())
            if row is not None
        ]
        return [*ours, *self.elsewhere.rows]


def last_day(row: Disclosure) -> date | None:
    return clock.day_of(row.ends_at - timedelta(microseconds=1)) if row.ends_at else None

"""By which of two ways is a demand about one file reached: beside the person, or seated at it?"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from spheres.participants.queries import Header
from spheres.privacy.legal_demands import policy, queries
from spheres.privacy.legal_demands.queries import Answered
from spheres.records.seated import Ways


@dataclass(frozen=True)
class Reached:
    """One demand about one file, opened; whose it is, and where its pages are for this reader."""

    answered: Answered
    person: Header
    from_seat: bool

    @property
    def file_id(self) -> UUID:
        return self.answered.row.file_id

    @property
    def papers_url(self) -> str:
        """Where its scanned papers are kept."""
        if self.from_seat:
            return reverse("papers:seat", args=["demand", self.answered.row.pk])
        return reverse("papers:page", args=[self.file_id, "demand", self.answered.row.pk])

    def url(self, name: str, *more: str) -> str:
        row = self.answered.row
        ids = [row.pk, *more] if self.from_seat else [row.file_id, row.pk, *more]
        names = {False: {"one": "of_file", "inform": "tell"}, True: {}}[self.from_seat]
        return reverse(f"legal_demands:{names.get(name, name)}", args=ids)


WAYS = Ways(
    key="matter_id",
    find=queries.one,
    sits=queries.is_seated,
    may_beside=policy.can_link,
    may_sit=policy.can_sit,
    reached=Reached,
)
beside, seated = WAYS.beside, WAYS.seated

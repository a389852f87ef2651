"""By which of two ways is a request reached: walking with the person, or seated at it?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import reverse

from spheres.core import clock
from spheres.participants.queries import Header
from spheres.privacy.access_requests import policy, queries
from spheres.privacy.access_requests.models import Age, Asker
from spheres.privacy.access_requests.queries import Asked
from spheres.records.seated import Ways
from spheres.regions import queries as regions


@dataclass(frozen=True)
class Reached:
    """One request, opened, whose it is, and where its pages are for whoever reads them."""

    asked: Asked
    person: Header
    age: int
    from_seat: bool

    @property
    def file_id(self) -> UUID:
        return self.asked.row.file_id

    @property
    def papers_url(self) -> str:
        """Where its scanned papers are kept."""
        if self.from_seat:
            return reverse("papers:seat", args=["request", self.asked.row.pk])
        return reverse("papers:page", args=[self.file_id, "request", self.asked.row.pk])

    def url(self, name: str, *more: str) -> str:
        ids = [self.asked.row.pk, *more] if self.from_seat else [
            self.file_id, self.asked.row.pk, *more,
        ]  # fmt: skip
        return reverse(f"access_requests:{'seat_' if self.from_seat else ''}{name}", args=ids)


def age_of(person: Header, on: date, asker: str = Asker.SELF) -> int:
    """From which age the law speaks of her, that day; when her day of birth is not known, by the
    band asked, which never ages: when another asks, she is then heard as from 14."""
    if person.decides_alone(on=on, since_age=Age.ADULT):
        return Age.ADULT
    alone = person.decides_alone(on=on, since_age=regions.region().self_from)
    if alone or (asker != Asker.SELF and not person.birth_date):
        return Age.FROM_14
    return Age.UNDER_14


def _reached(asked: Asked, person: Header, *, from_seat: bool) -> Reached:
    age = age_of(person, clock.today(), asked.row.asker)
    held = replace(
        asked,
        is_suspended=asked.row.asker in person.suspended,
        is_beside_suspended=asked.row.asker in policy.REPRESENTATIVES and bool(person.suspended),
        age=age,
    )
    return Reached(held, person, age, from_seat)


WAYS = Ways(
    key="request_id",
    find=queries.one,
    sits=queries.seated_at,
    may_beside=policy.can_receive,
    may_sit=policy.can_sit,
    reached=_reached,
)
beside, seated = WAYS.beside, WAYS.seated

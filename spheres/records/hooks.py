"""What follows a signed record, a received referral, a birth date? Folders say so, unknown to who
writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from spheres.core.actor import Actor


@dataclass(frozen=True)
class Received:
    """What a referral said, in clear, for as long as it is being received; kept by nobody so.

    `not_hers` is how to reach whoever wrote: it says nothing of her. An age or a language that is
    not known is every one.
    """

    name: str
    reach: str
    not_hers: str
    ages: tuple[str, ...]
    languages: tuple[str, ...]


_after_signing: list[Callable[..., None]] = []
_after_receiving: list[Callable[..., None]] = []
_after_birth_date: list[Callable[..., None]] = []
_after_suspension: list[Callable[..., None]] = []


def after_receiving(follow: Callable[..., None]) -> None:
    """Register `follow(file_id, told, by=…, at=…)`: same transaction, after the referral."""
    _after_receiving.append(follow)


def received(file_id: UUID, told: Received, *, by: Actor, at: datetime) -> None:
    """Tell it: a referral was received."""
    for follow in _after_receiving:
        follow(file_id, told, by=by, at=at)


def after_signing(follow: Callable[..., None]) -> None:
    """Register `follow(file_id, was_contact=…, by=…, at=…)`: same transaction, after the record."""
    _after_signing.append(follow)


def signed(file_id: UUID, *, was_contact: bool, by: Actor, at: datetime) -> None:
    """Tell it: a record was signed, which says, or not, that the person was there."""
    for follow in _after_signing:
        follow(file_id, was_contact=was_contact, by=by, at=at)


def after_birth_date(follow: Callable[..., None]) -> None:
    """Register `follow(file_id, born, by=…, at=…)`: same transaction, after her day of birth."""
    _after_birth_date.append(follow)


def born(file_id: UUID, day: date, *, by: Actor, at: datetime) -> None:
    """Tell it: her day of birth is known, or is another one than was thought."""
    for follow in _after_birth_date:
        follow(file_id, day, by=by, at=at)


def after_suspension(end: Callable[..., None]) -> None:
    """Register `end(file_id, who, by=…, at=…)`: same transaction, what a representative whose
    rights are suspended had agreed to for her, when her worker ends it."""
    _after_suspension.append(end)


def end_what_they_agreed_to(file_id: UUID, who: str, *, by: Actor, at: datetime) -> None:
    """Tell it: what this representative had agreed to is over now."""
    for end in _after_suspension:
        end(file_id, who, by=by, at=at)

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
_after_destroying: list[Callable[..., None]] = []
_on_taking_back: list[Callable[..., bool]] = []
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


def after_destroying(follow: Callable[..., None]) -> None:
    """Register `follow(file_id, by=…, at=…)`: same transaction, by the service of expiry, after the
    follow-up of a file was destroyed. What still led to the person is forgotten too."""
    _after_destroying.append(follow)


def destroyed(file_id: UUID, *, by: Actor, at: datetime) -> None:
    """Tell it: nothing can be read of this follow-up any more."""
    for follow in _after_destroying:
        follow(file_id, by=by, at=at)


def on_taking_back(forget: Callable[..., bool]) -> None:
    """Register `forget(file_id, by=…, at=…)`: same transaction, by the service of expiry, when
    whoever asked for help takes it back. It says whether all of it is gone now."""
    _on_taking_back.append(forget)


def taken_back(file_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Tell it: she takes it back. False when somebody walks with her: it is theirs to hear."""
    return any([forget(file_id, by=by, at=at) for forget in _on_taking_back])


def after_suspension(follow: Callable[..., None]) -> None:
    """Register `follow(file_id, who, ends_all=…, by=…, at=…)`: same transaction, after the rights
    of a representative are suspended. What waits on their yes never happens; what stands ends only
    when her worker says so."""
    _after_suspension.append(follow)


def suspended(file_id: UUID, who: str, *, ends_all: bool, by: Actor, at: datetime) -> None:
    """Tell it: the rights of this representative are suspended."""
    for follow in _after_suspension:
        follow(file_id, who, ends_all=ends_all, by=by, at=at)

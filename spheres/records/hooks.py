"""What follows when a record is signed? Upper folders say so, without the record knowing them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from spheres.core.actor import Actor

_after_signing: list[Callable[..., None]] = []


def after_signing(follow: Callable[..., None]) -> None:
    """Register `follow(file_id, was_contact=…, by=…, at=…)`: same transaction, after the record."""
    _after_signing.append(follow)


def signed(file_id: UUID, *, was_contact: bool, by: Actor, at: datetime) -> None:
    """Tell it: a record was signed, which says, or not, that the person was there."""
    for follow in _after_signing:
        follow(file_id, was_contact=was_contact, by=by, at=at)

"""How is one person found, as the top of every page about her shows her?"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.participants.models import Identity, SafeContact
from spheres.vault import actions as vault

IDENTITY, CONTACT = "identity", "contact"


@dataclass(frozen=True)
class Header:
    """Her chosen name, her pronouns, and how to reach her safely: on every page about her."""

    file_id: UUID
    name: str
    pronouns: str
    birth_date: str
    interpreter: str
    language: str
    age_band: str
    holder: str
    channel: str
    hours: str
    words: str
    never: str


def is_visible(file_id: UUID, *, actor: Actor) -> bool:
    """Whether this actor may know who is in this file; opens nothing."""
    context.require(actor)
    return Identity.objects.filter(file_id=file_id).exists()


def rows(file_id: UUID, *, actor: Actor) -> list[Identity | SafeContact]:
    """The newest identity and safe contact of one file, still locked; empty when not visible."""
    context.require(actor)
    identity = (
        Identity.objects.filter(file_id=file_id)
        .select_related("file__holder")
        .order_by("-written_at", "pk")
        .first()
    )
    if identity is None:
        return []
    contact = SafeContact.objects.filter(file_id=file_id).order_by("-written_at", "pk").first()
    return [identity, contact] if contact else [identity]


def header_of(opened: list[Identity | SafeContact]) -> Header:
    """The header of rows that the vault has opened."""
    identity = next(row for row in opened if isinstance(row, Identity))
    contact = next((row for row in opened if isinstance(row, SafeContact)), None)
    return Header(
        file_id=identity.file_id,
        name=identity.opened.chosen_name,
        pronouns=identity.opened.pronouns,
        birth_date=identity.opened.birth_date,
        interpreter=identity.opened.interpreter,
        language=identity.language,
        age_band=identity.age_band,
        holder=identity.file.holder.name,
        channel=contact.channel if contact else "",
        hours=contact.opened.hours if contact else "",
        words=contact.opened.words if contact else "",
        never=contact.opened.never if contact else "",
    )


def header(file_id: UUID, *, actor: Actor) -> Header | None:
    """The header of one file, opened; None when it is not visible, or does not exist."""
    found = rows(file_id, actor=actor)
    if not found:
        return None
    vault.open(found, by=actor, sections=[IDENTITY, CONTACT])
    return header_of(found)

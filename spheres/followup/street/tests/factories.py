"""What a telephone does, in Python: the same curve, the same words, so that the tests need none."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpResponse

from spheres.accounts.models import Device
from spheres.accounts.sessions import doorkeeping
from spheres.core.actor import Actor
from spheres.followup.street.models import Entry
from spheres.vault import parcels, street
from tests.cast import MONDAY, uuid_of
from tests.pages import signed_in

RECEIVE = "/street/entries/"

AN_EVENT = {
    "kind": "event", "at": "2026-03-01T23:30:00+00:00", "event": "presentation",
    "organisation": "École des Tilleuls", "place": "Au gymnase",
    "questions": "À qui peut-on écrire?\nEst-ce que c’est gratuit?",
}  # fmt: skip
SAID = {
    "kind": "contact", "mark": "Hirondelle", "at": "2026-03-02T13:30:00+00:00", "need": "",
    "her_words": "J’ai dormi dehors, mais pas seule.", "observation": "Vue au parc.",
    "support": "Se revoir jeudi.",
}  # fmt: skip


def phone_of(who: Actor, name: str = "phone") -> Device:
    """A telephone from which this person came in, not removed."""
    device = Device(
        id=uuid_of(f"{name} of {who.user_id}"), user_id=who.user_id,
        key_hash=uuid_of(name + str(who.user_id)).hex * 2, kind=Device.Kind.PHONE,
        first_seen_at=MONDAY, last_seen_on=MONDAY.date(), recognised_at=MONDAY, name=b"",
    )  # fmt: skip
    with doorkeeping():
        Device.objects.bulk_create([device])
    return device


def seal(device_id: UUID, entry_id: UUID, of: dict[str, str] = SAID, **said: str) -> bytes:
    """As the page of the street seals, with a pair of keys made for this text alone."""
    clear = json.dumps({**of, **said}, ensure_ascii=False)  # as a browser writes it
    return seal_text(device_id, entry_id, clear)


def seal_text(device_id: UUID, entry_id: UUID, clear: str) -> bytes:
    """Whatever was written there, sealed as it must be."""
    to, bound = street.public_key(device_id), street.info(device_id, entry_id)
    return parcels.seal(clear, to=to, bound=bound)


def posted(device_id: UUID, entry_id: UUID, sealed: bytes) -> dict[str, str]:
    return {
        "id": str(entry_id), "device": str(device_id), "sealed": base64.b64encode(sealed).decode()
    }  # fmt: skip


def send(
    who: Actor,
    device: Device,
    entry_id: UUID,
    sealed: bytes | None = None,
    *,
    at: datetime = MONDAY,
) -> HttpResponse:
    """One text, from a page that this person is signed in on."""
    body = posted(device.id, entry_id, sealed or seal(device.id, entry_id))
    return signed_in(who, at=at).post(RECEIVE, body)


def wait(who: Actor, how_many: int) -> list[UUID]:
    """So many texts of hers wait to be placed."""
    rows = [
        Entry(
            id=uuid4(), user_id=who.user_id, device_id=uuid4(), sealed=b"", received_at=MONDAY
        )
        for _each in range(how_many)
    ]  # fmt: skip
    return [row.id for row in Entry.objects.bulk_create(rows)]

"""How is a signed-in device remembered without keeping anything a thief could use?

The cookie holds the key, the table its SHA-256: a dump gives no live session. Django's engine
interface; every statement is the doorkeeper's.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import connection

from spheres.accounts.models import Device, Role, Session
from spheres.core import clock, context
from spheres.core.actor import service
from spheres.core.once import create_once

DOORKEEPER = service("doorkeeper")
# The numbers of a session (ADR 2026-11-21 sign-in). Whoever holds wider keys has a shorter one.
SHIFT = timedelta(hours=10)
LOCK, LOCK_STRICT, LOCK_SHARED = (timedelta(minutes=n) for n in (15, 10, 5))
FRESH = timedelta(minutes=5)
PARALLEL, PARALLEL_STRICT = 2, 1
# How long a browser is known again, from its last sign-in (ADR 2026-11-26 devices).
KNOWN = timedelta(days=180)
# How long her other devices ask about a new one.
ASKED = timedelta(days=30)
STRICT_ROLES = (Role.COORDINATOR, Role.TECHNICAL_ADMINISTRATOR)


def hash_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def new_key() -> str:
    """What the cookie holds: 256 bits nobody can guess."""
    return secrets.token_urlsafe(32)


BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
            ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"),
           ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip


def device_words(user_agent: str) -> str:
    """«Firefox · Windows»: the family of the browser and of the system, nothing finer."""
    known = (
        next((name for mark, name in families if mark in user_agent), "")
        for families in (BROWSERS, SYSTEMS)
    )
    return " · ".join(name for name in known if name)


PHONES, TABLETS = ("iPhone", "Mobile"), ("iPad", "Tablet", "Android")
COMPUTERS = ("CrOS", "Windows", "Mac OS", "Linux")


def device_kind(user_agent: str) -> str:
    """A telephone, a tablet, a computer: a guess, and no name of a maker."""
    for kind, marks in (
        (Device.Kind.PHONE, PHONES),
        (Device.Kind.TABLET, TABLETS),
        (Device.Kind.COMPUTER, COMPUTERS),
    ):
        if any(mark in user_agent for mark in marks):
            # A tablet of Apple calls itself mobile too.
            return Device.Kind.TABLET if "iPad" in user_agent else kind
    return Device.Kind.OTHER


@contextmanager
def doorkeeping() -> Iterator[None]:
    """Act as the doorkeeper, in the open transaction or in one of its own."""
    if connection.in_atomic_block:
        with context.acting_as(DOORKEEPER):
            yield
    else:
        with context.unit_of_work(DOORKEEPER):
            yield


class SessionStore(SessionBase):
    """Sessions in our own table: listed to their owner, revocable, hashed."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        with doorkeeping():
            session = Session.objects.filter(
                pk=hash_of(self.session_key or ""), ends_at__gt=clock.now()
            ).first()
        if session is None:
            self._session_key = None
            return {}
        return self.decode(session.data)

    def exists(self, session_key: str) -> bool:
        with doorkeeping():
            return Session.objects.filter(pk=hash_of(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        user_id = data.get("_auth_user_id")
        with doorkeeping():
            if must_create:
                now = clock.now()
                session = Session(
                    key_hash=hash_of(self.session_key),
                    user_id=user_id,
                    data=self.encode(data),
                    started_at=now,
                    seen_at=now,
                    ends_at=now + SHIFT,
                )
                if not create_once(session):
                    raise CreateError
                return None
            if not Session.objects.filter(pk=hash_of(self.session_key)).update(
                data=self.encode(data), user_id=user_id
            ):
                raise UpdateError
        return None

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is None:
            return
        with doorkeeping():
            Session.objects.filter(pk=hash_of(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        with doorkeeping():
            Session.objects.filter(ends_at__lte=clock.now()).delete()

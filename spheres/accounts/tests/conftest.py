"""People at the door: what a test of sign-in needs beside the cast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest
from django.test import Client
from django.utils.text import slugify

from spheres.accounts import actions
from spheres.accounts.actions import enrolling, secrets
from spheres.accounts.models import User
from spheres.accounts.sessions import DOORKEEPER
from spheres.core import clock
from spheres.core.actor import VISITOR, Actor
from tests.cast import LOADER, MONDAY, Cast, acting, add_person

PASSWORD = "quatre corneilles sur le toit"
STAFF = "staff.localhost"


@dataclass(frozen=True)
class WithCodes:
    """A person who signs in with a password and an application's codes."""

    actor: Actor
    email: str
    secret: str
    recovery: list[str]

    def code(self, at: datetime) -> str:
        return secrets.totp(self.secret, secrets.counter_at(at))


def enrol_codes(actor: Actor, at: datetime = MONDAY) -> WithCodes:
    secret = secrets.new_totp_secret()
    with acting(VISITOR, at):
        codes = enrolling.add_totp(
            actor.user_id, secret, PASSWORD, by=VISITOR, at=at, device="Firefox · Linux"
        )
    with acting(DOORKEEPER, at):
        name = User.objects.get(pk=actor.user_id).name
        email = f"{slugify(name)}@example.org"
        User.objects.filter(pk=actor.user_id).update(email=email)
    return WithCodes(actor, email, secret, codes)


def browser(actor: Actor | None = None, at: datetime = MONDAY, **signed: object) -> Client:
    """A browser at the staff site, signed in as `actor` if any."""
    client = Client(headers={"host": STAFF, "user-agent": "Mozilla/5.0 (Windows) Firefox/130"})
    if actor is not None:
        with clock.at(at):
            opened = actions.come_in(actor.user_id, at=at, way="test", **signed)  # type: ignore[arg-type]
        client.cookies["session"] = opened.session_key
    return client


@pytest.fixture
def ines(cast: Cast) -> WithCodes:
    """Inès, on the bridge: a password and codes."""
    return enrol_codes(cast.ines)


@pytest.fixture
def manon(cast: Cast) -> Actor:
    """Manon manages La Maison."""
    with acting(LOADER):
        return add_person("Manon", cast.la_maison, "organisation_manager")


@pytest.fixture
def theo(cast: Cast) -> Actor:
    """Théo looks after La Maison's machines."""
    with acting(LOADER):
        return add_person("Theo", cast.la_maison, "technical_administrator")

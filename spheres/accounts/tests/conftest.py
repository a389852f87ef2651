"""People at the door: what a test of sign-in needs beside the cast."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.text import slugify

from spheres.accounts import actions
from spheres.accounts.actions import enrolling, passkeys, secrets
from spheres.accounts.models import Role, Session, User
from spheres.accounts.sessions import DOORKEEPER, hash_of
from spheres.audit.models import Event
from spheres.config.continuity.passkey import Device
from spheres.core import clock
from spheres.core.actor import VISITOR, Actor
from tests.cast import LOADER, MONDAY, Cast, acting, add_person

PASSWORD = "quatre corneilles sur le toit"
STAFF = "staff.localhost"
MONDAY_ON = date(2026, 3, 2)


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
    with acting(DOORKEEPER, at):
        person = User.objects.get(pk=actor.user_id)
        email = f"{slugify(person.name)}@example.org"
        User.objects.filter(pk=actor.user_id).update(email=email)
    with acting(VISITOR, at):
        codes = enrolling.add_totp(
            actor.user_id, secret, PASSWORD, by=VISITOR, at=at, device="Firefox · Linux"
        )
    return WithCodes(actor, email, secret, codes)


def enrol_passkey(actor: Actor, at: datetime = MONDAY, **kind: Any) -> Device:
    device = Device(**kind)
    with acting(DOORKEEPER, at):
        person = User.objects.get(pk=actor.user_id)
    with acting(VISITOR, at):
        asked = passkeys.enrolment(person, enrolling.purpose_of(person.pk), [])
        answer = device.make(asked["options"])
        actions.add_passkey(
            person.pk, answer, asked["state"], by=VISITOR, at=at, device="Firefox · Linux"
        )
    return device


def try_passkey(
    device: Device, at: datetime = MONDAY, *, purpose: str = "sign in", **answer: Any
) -> UUID | None:
    with acting(VISITOR, at):
        asked = passkeys.challenge(purpose)
        given = device.answer(asked["options"], **answer)
        return actions.by_passkey(
            given, asked["state"], purpose=purpose, address="192.0.2.1", at=at
        )


def try_password(
    person: WithCodes,
    at: datetime = MONDAY,
    *,
    password: str = PASSWORD,
    code: str | None = None,
    address: str = "192.0.2.1",
) -> UUID | None:
    with acting(VISITOR, at):
        return actions.by_password(
            person.email, password, code or person.code(at), address=address, at=at
        )


def browser(actor: Actor | None = None, at: datetime = MONDAY, **signed: Any) -> Client:
    """A browser at the staff site, signed in as `actor` if any."""
    client = Client(headers={"host": STAFF, "user-agent": "Mozilla/5.0 (Windows) Firefox/130"})
    if actor is not None:
        with clock.at(at):
            opened = actions.come_in(actor.user_id, at=at, way="test", **signed)
        client.cookies["session"] = opened.session_key
    return client


def session_of(client: Client) -> Session:
    with acting(DOORKEEPER):
        return Session.objects.get(pk=hash_of(client.cookies["session"].value))


def form_id(page: HttpResponse, last: bool = False) -> str:
    found = re.findall(r'name="form_id" value="([^"]+)"', page.content.decode())
    return str(found[-1 if last else 0])


def events(chain_id: UUID, *actions_named: str) -> list[str]:
    """The journal of one chain, in the order written."""
    with acting(Actor(chain_id, chain_id, frozenset())):
        found = Event.objects.filter(chain_id=chain_id).order_by("number")
        return [one.action for one in found if not actions_named or one.action in actions_named]


def newcomer(email: str = "zoe@example.org", **others: Any) -> actions.NewPerson:
    known = {
        "email": email,
        "name": "Zoé Lavoie",
        "role": Role.YOUTH_WORKER,
        "job_title_fr": "Intervenante",
        "job_title_en": "Youth worker",
        "employer": User.Employer.COMMUNITY,
        "report_duty": User.ReportDuty.MUST_SOME,
    }
    return actions.NewPerson(**{**known, **others})


@pytest.fixture
def ines(cast: Cast) -> WithCodes:
    """Inès, on the bridge: a password and codes."""
    return enrol_codes(cast.ines)


@pytest.fixture
def manon(cast: Cast) -> Actor:
    """Manon manages La Maison."""
    with acting(LOADER):
        return add_person("Manon", cast.la_maison, Role.ORGANISATION_MANAGER)


@pytest.fixture
def theo(cast: Cast) -> Actor:
    """Théo looks after La Maison's machines."""
    with acting(LOADER):
        return add_person("Theo", cast.la_maison, Role.TECHNICAL_ADMINISTRATOR)


@pytest.fixture
def chief(cast: Cast) -> Actor:
    """The one who manages the police partner's accounts."""
    with acting(LOADER):
        return add_person("Chief", cast.police, Role.ORGANISATION_MANAGER)

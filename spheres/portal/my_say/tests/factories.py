"""Maya in her notebook, where she allowed «who sees my file», and past her PIN typed once more."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from spheres.core import clock
from spheres.followup.identity import actions as identity
from spheres.participants import queries as participants
from spheres.portal.notebook.tests.factories import (
    EVERYTHING,
    PIN,
    come_in,
    confirm_contact,
    give_code,
    open_notebook,
    telephone,
)
from tests.cast import MONDAY, Cast, acting

SAY = frozenset({"say"})
PROVEN = ("/n/41/", "/n/42/", "/n/43/", "/n/44/")


def her_notebook(
    cast: Cast, level: str = "READ", kinds: frozenset[str] = EVERYTHING | SAY, language: str = "fr"
) -> Client:
    """Opened with Inès, entered on her telephone."""
    confirm_contact(cast)
    open_notebook(cast, level, kinds)
    give_code(cast)
    client = telephone(language)
    come_in(client)
    return client


def get(client: Client, address: str, *, at: datetime = MONDAY) -> HttpResponse:
    with clock.at(at):
        return client.get(address)  # type: ignore[return-value]


def past_pin(
    client: Client, address: str, pin: str = PIN, *, at: datetime = MONDAY
) -> HttpResponse:
    """The page as it is once she has typed her PIN again."""
    with clock.at(at):
        shown = client.get(address)
        assert shown.status_code == 200, (shown.status_code, shown.headers.get("Location"))
        form_id = shown.context["form"].signed_id
        return client.post(address, {"form_id": form_id, "pin": pin})  # type: ignore[return-value]


def send(client: Client, address: str, *, at: datetime = MONDAY, **typed: str) -> HttpResponse:
    """A form of one page, sent from it."""
    with clock.at(at):
        form_id = client.get(address).context["form"].signed_id
        return client.post(address, {"form_id": form_id, **typed})  # type: ignore[return-value]


def born_on(cast: Cast, day: str, *, at: datetime = MONDAY + timedelta(seconds=1)) -> None:
    """Inès learns her day of birth."""
    with acting(cast.ines, at):
        person = participants.header(cast.maya.file_id, actor=cast.ines)
        assert person is not None
        identity.say(cast.maya.file_id, said(person, day), by=cast.ines, at=at)


def said(person: participants.Header, day: str) -> identity.Said:
    return identity.Said(
        id=uuid4(),
        chosen_name=person.name,
        pronouns="",
        language="fr",
        languages="",
        interpreter="",
        gender="",
        birth_date=date.fromisoformat(day),
    )

"""What do the tests of these pages stand on? Maya’s file, her workers, and terms that change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.instruments import actions, items, queries
from spheres.followup.instruments.items import Protocol, Said
from spheres.followup.instruments.models import HealthAnswers
from spheres.followup.instruments.policy import Age
from spheres.followup.instruments.queries import Instrument
from spheres.followup.instruments.tests.filled import Filling
from spheres.participants.models import Assignment
from spheres.regions import queries as regions
from spheres.sharing.rules import HEALTH
from spheres.vault import actions as vault
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.pages import Page, signed_in

WEEK = "Trial questionnaire: my week (invented)"
ROOM = "the week left room to breathe"
FIGURE = "where this questionnaire goes from 0 to 9"
PROTOCOL = Protocol(
    items=frozenset({"noise"}),
    words=Said("Rester avec la personne.", "Stay with the person."),
    title=Said("Médecin de garde", "Doctor on call"),
    organisation=Said("L’institut", "The institute"),
)


def on_terms(**said: Any) -> Instrument:
    """The questionnaire of the week, as its region would offer it on other terms."""
    week = Filling(HEALTH).instrument
    changed = replace(week, terms=replace(week.terms, **said))
    known = {**queries.all_versions(), week.id: changed}
    photograph = regions._photograph
    assert photograph is not None
    more = {**photograph.more, queries.INSTRUMENTS: known}
    regions._photograph = replace(photograph, more=more)
    return changed


def none_loaded() -> None:
    photograph = regions._photograph
    assert photograph is not None
    regions._photograph = replace(photograph, more={**photograph.more, queries.INSTRUMENTS: {}})


def where(cast: Cast, name: str, *ids: Any) -> str:
    return reverse(name, args=[cast.maya.file_id, *ids])


def at_her_desk(cast: Cast, who: Actor | None = None) -> Client:
    return signed_in(who or cast.ines, language="en")


def page_of(cast: Cast, name: str, *ids: Any, who: Actor | None = None) -> str:
    with clock.at(MONDAY):
        answer = at_her_desk(cast, who).get(where(cast, name, *ids))
    assert answer.status_code == 200
    return answer.content.decode()


def the_form(client: Client, address: str) -> dict[str, str]:
    """What the page sends when nothing is touched: its hidden fields."""
    page = Page(client.get(address).content.decode())
    names = ("form_id", "instrument", "protocol_shown")
    return {name: page.fields[name] for name in names if name in page.fields}


def answered(cast: Cast, name: str = "one", sent: dict[str, str] | None = None) -> UUID:
    filling = Filling(HEALTH)
    written = filling.written(uuid_of(name), MONDAY)
    if sent is not None:
        written = replace(written, answers=items.answers(filling.instrument.asks, sent))
    with acting(cast.ines):
        return actions.sign(
            HEALTH, cast.maya.file_id, written, age=Age("", "14-17"), by=cast.ines, at=MONDAY
        )


def kept(cast: Cast) -> list[Any]:
    with acting(cast.ines):
        rows = list(HealthAnswers.objects.order_by("pk"))
        vault.open(rows, by=cast.ines, sections=[HEALTH])
        return rows


def in_support(cast: Cast) -> Actor:
    """A colleague of Inès in professional support, who walks with Maya too."""
    return walking_with_her(cast, "Noa", Role.PROFESSIONAL_SUPPORT)


def walking_with_her(cast: Cast, name: str, role: Role) -> Actor:
    with acting(LOADER):
        colleague = add_person(name, cast.la_maison, role)
    with acting(cast.ines):
        Assignment.objects.bulk_create(
            [
                Assignment(
                    id=uuid_of(f"{name} walks too"),
                    file_id=cast.maya.file_id,
                    user_id=colleague.user_id,
                    part=Assignment.Part.SUPPORT,
                    starts_at=MONDAY,
                )
            ]
        )
    return colleague

"""La Maison leaves the programme: Hélène asks, Louise confirms, Maya says what she wants."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.test import Client

from spheres.accounts.models import Organisation
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.departure import actions, queries
from spheres.sharing.models import Departure
from tests.cast import MONDAY, Cast, acting, uuid_of

LAST = date(2026, 4, 3)
APRIL = datetime.fromisoformat("2026-04-03T15:00:00+00:00")
A_DAY = timedelta(days=1)


def announced(cast: Cast, helene: Actor) -> Departure:
    """Hélène asks, Louise confirms."""
    with acting(helene):
        actions.ask(uuid_of("departure"), LAST, by=helene)
    with acting(cast.louise):
        actions.confirm(the_departure(), by=cast.louise)
        return the_departure()


def the_departure() -> Departure:
    return Departure.objects.get(pk=uuid_of("departure"))


def says(
    cast: Cast, way: str, which: str = "Maya says", *, at: datetime = MONDAY, **said: Any
) -> None:
    with acting(cast.ines, at):
        said_now = actions.Said(uuid_of(which), way, **said)
        actions.say(cast.maya.file_id, said_now, by=cast.ines, at=at)


def received(helene: Actor) -> None:
    with acting(helene, APRIL - A_DAY):
        actions.receive(the_departure(), by=helene)


def ends(cast: Cast, at: datetime = APRIL) -> Departure:
    with acting(cast.louise, at):
        actions.end(the_departure(), by=cast.louise, at=at)
        return the_departure()


def counted(actor: Actor, organisation: Organisation, at: datetime = MONDAY) -> dict[str, int]:
    with acting(actor, at):
        found = queries.numbers(organisation.pk, actor=actor).counted
    return {name: number for name, number in found.items() if number}


def digest(cast: Cast, at: datetime = APRIL) -> list[str]:
    with acting(cast.louise, at), connection.cursor() as cursor:
        cursor.execute("select access.digest_of_others(%s)", [cast.la_maison.pk])
        return list(cursor.fetchone()[0])


def get(client: Client, path: str, at: datetime = MONDAY) -> tuple[int, str]:
    with clock.at(at):
        answer = client.get(path)
    return answer.status_code, answer.content.decode()


def send(client: Client, path: str, at: datetime = MONDAY, **said: str) -> tuple[int, str]:
    with clock.at(at):
        answer = client.post(path, said)
    return answer.status_code, answer.headers.get("Location", "")

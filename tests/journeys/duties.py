"""Who keeps the law in this house, and of what, so that each page of it has something to show?

What each page of privacy, of danger and of worrying situations shows is written here by the
actions themselves; whoever walks through them then finds the pages by their own links.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from spheres.accounts import actions as accounts
from spheres.accounts.models import Device, Membership, Role
from spheres.config.tests.test_clearance import a_clinic, adopts, clears
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.danger.tests import factories as dangers
from spheres.followup.restrictions.tests.factories import walk_beside
from spheres.followup.worrying.tests import factories as worries
from spheres.privacy.access_requests import actions as requests
from spheres.privacy.access_requests import queries as letters
from spheres.privacy.access_requests.models import Asker, Wish
from spheres.privacy.access_requests.tests import factories as asked
from spheres.privacy.incidents import actions as incidents
from spheres.privacy.incidents.models import Addition, Assessment, Step
from spheres.privacy.incidents.tests import factories as happened
from spheres.privacy.legal_demands import actions as matters
from spheres.privacy.legal_demands import queries as matter_queries
from spheres.privacy.legal_demands.policy import Do
from spheres.privacy.legal_demands.tests import factories as demands
from spheres.vault import actions as vault
from tests.architecture.test_guarded_pages import Place, all_places
from tests.cast import LOADER, Cast, acting, add_person, follow, uuid_of
from tests.deciding import House
from tests.pages import signed_in

FOLDERS = ("spheres.privacy.", "spheres.followup.danger.", "spheres.followup.worrying.")
SIX_YEARS = timedelta(days=6 * 366)
# Where everybody begins; what is reached by a press alone is said by `filled`.
DOORS = ("/", "/account/")


@dataclass(frozen=True)
class Duties:
    """Everybody of the house, and where each begins besides their day."""

    cast: Cast
    people: dict[str, Actor]
    begins: dict[str, tuple[str, ...]] = field(default_factory=dict)


def filled() -> Duties:
    """The cast, with one of each thing of which a page speaks, written a moment ago."""
    cast, now = Cast.gather(), clock.now()
    house = House(cast)
    unit = a_clinic(cast)
    device_id = _of_incidents(house, now)
    _of_requests(cast, now)
    _of_demands(house, now)
    _of_keeping(cast, now)
    _of_calls(cast, now)
    _of_undertakings(unit)
    people = {who: house[who] for who in ("ines", "karim", "louise", "nadia", "odile", "maude")}
    people |= {who: getattr(unit, who) for who in ("simon", "jean", "solene")}
    hers = f"/files/{cast.maya.file_id}/"
    begins = {
        "nadia": ("/privacy/", f"/incidents/lost/colleague/{cast.yanick.user_id}/"),
        "ines": (hers, f"/incidents/lost/device/{device_id}/", "/demands/received/"),
        "simon": ("/privacy/",),
    }
    return Duties(cast, people, begins)


def _of_incidents(house: House, now: datetime) -> UUID:
    """One past its five years, one that waits for an inquiry, two devices that are lost."""
    cast, nadia, ines = house.cast, house["nadia"], house["ines"]
    with acting(LOADER):
        Membership.objects.filter(user_id__in=[ines.user_id, nadia.user_id]).update(
            starts_at=now - SIX_YEARS - timedelta(days=30)
        )
    for which, at, conclusion in (
        ("of six years ago", now - SIX_YEARS, Assessment.Conclusion.NOT_SERIOUS),
        ("of now", now, Assessment.Conclusion.SERIOUS),
    ):
        incident_id = happened.tell(ines, uuid_of(which), at=at, happened_on=None)
        happened.assess(nadia, conclusion, f"judged {which}", at=at, incident_id=incident_id)
        if conclusion == Assessment.Conclusion.NOT_SERIOUS:
            with acting(nadia, at):
                incidents.close(incident_id, step_id=uuid_of("done"), by=nadia, at=at)
    until = clock.today() + timedelta(days=20)
    happened.give(nadia, Step.Kind.WAIT, now, incident_id, look_again_on=until, why="Une enquête.")
    letter = incidents.Added(uuid_of("letter"), Addition.Item.LETTER, "Voici ce qui est arrivé.")
    with acting(nadia, now):
        incidents.add(incident_id, letter, by=nadia, at=now)
    with acting(ines, now):
        incidents.concern(incident_id, [cast.maya.file_id], by=ines, at=now)
    accounts.come_in(ines.user_id, at=now, way="test")
    with acting(ines, now):
        device_id = Device.objects.values_list("pk", flat=True).get()
        accounts.remove_device(device_id, session_id=None, by=ines, at=now)
    with acting(nadia, now):
        accounts.say_lost(cast.yanick.user_id, by=nadia, at=now)
    return device_id


def _of_requests(cast: Cast, now: datetime) -> None:
    """Hers and her tutor's are answered; her parent's and her lawyer's are not. A letter came."""
    today, nadia = clock.today(), cast.nadia
    hers = asked.receive(cast, at=now, received_on=today, wish=Wish.PORTABLE)
    asked.step(hers, "IDENTITY", "KNOWN", by=cast.ines, at=now)
    asked.answer(hers, by=cast.ines, at=now)
    parents = asked.receive(cast, "a parent's", at=now, received_on=today, asker=Asker.PARENT)
    asked.step(parents, "IDENTITY", "TITLE", by=cast.ines, at=now)
    asked.seat(cast, parents, at=now)
    tutors = asked.receive(cast, "a tutor's", at=now, received_on=today, asker=Asker.TUTOR)
    asked.ready_for_parent(cast, tutors, opinion="YES", harm="SAFE")
    asked.answer(tutors, by=asked.seat(cast, tutors, at=now), at=now)
    asked.receive(cast, "a lawyer's", at=now, received_on=today, asker=Asker.LAWYER)
    arrived = requests.Arrived(
        uuid_of("a letter"), Asker.PARENT, Wish.COPY, today, "Maya T.", "Son père", "Ici"
    )
    with acting(nadia, now):
        requests.keep_letter(arrived, days=20, by=nadia, at=now)
        letter = letters.letter(arrived.id, actor=nadia)
        assert letter is not None
        vault.open([letter.row], by=nadia)
        requests.show_letter(letter, [cast.ines.user_id], by=nadia, at=now)


def _of_demands(house: House, now: datetime) -> None:
    """One waits for counsel, one is weighed, one released, one objected to; of one nobody sits any
    more. Of two linked to nobody, one was shown to her worker, and one is answered."""
    cast, dates = house.cast, {"received_on": clock.today(), "due_on": clock.today()}
    matter_id = demands.link(cast, at=now, **dates)
    nadia = demands.ready(cast, matter_id, at=now)
    demands.prepare(matter_id, by=nadia, at=now)
    demands.give_seat(matter_id, house["maude"], by=nadia, at=now)
    for which, kind, code in (
        ("weighed", "", ""), ("objected", Do.OBJECTED, "TOO_WIDE"), ("released", "", ""),
    ):  # fmt: skip
        other = demands.link(cast, which, at=now, **dates)
        demands.ready(cast, other, at=now)
        if kind:
            demands.weigh(other, kind, code, by=nadia, at=now)
        if which == "released":
            demands.prepare(other, by=nadia, at=now)
            second = demands.give_seat(other, house["maude"], by=nadia, at=now)
            demands.decide(other, by=second, at=now)
    third = demands.link(cast, "a third", at=now, **dates)
    with acting(cast.ines, now):
        matters.end_seats(demands.found(third, cast.ines), by=cast.ines, at=now)
    received = demands.receive(cast.karim, "of nobody yet", at=now, **dates)
    with acting(cast.nadia, now):
        arrived = matter_queries.demand(received.id, actor=cast.nadia)
        assert arrived is not None
        vault.open([arrived.row], by=cast.nadia)
        matters.show(arrived, [cast.ines.user_id], by=cast.nadia, at=now)
    ended = demands.receive(cast.karim, "of nobody", at=now, **dates)
    with acting(cast.nadia, now):
        arrived = matter_queries.demand(ended.id, actor=cast.nadia)
        assert arrived is not None
        matters.end_demand(arrived, "NOBODY", None, by=cast.nadia, at=now)


def _of_keeping(cast: Cast, now: datetime) -> None:
    """Somebody left and asked that all be erased: one proposes, nobody said yes yet."""
    alix = follow("Alix", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    house = House.__new__(House)
    house.cast, house.people, house.file_id = cast, {}, alix.file_id
    house.close(now)
    house.ask(now)
    house.propose(at=now)


def _of_calls(cast: Cast, now: datetime) -> None:
    """A life was in danger, and youth protection was called: Inès wrote it after; of another call,
    whoever wrote it has left."""
    dangers.call(cast, cast.ines, at=now)
    worries.report(cast, cast.ines, at=now)
    with acting(LOADER):
        gone = add_person("Ghislain", cast.la_maison, Role.YOUTH_WORKER)
    walk_beside(cast, gone)
    worries.report(cast, gone, uuid_of("of who left"), at=now)
    with acting(LOADER):
        Membership.objects.filter(user_id=gone.user_id).update(ends_at=now)


def _of_undertakings(unit: Any) -> None:
    """Farah walks with somebody, and what she was trained in soon lapses; Solène only begins."""
    cast, before = unit.cast, clock.now() - timedelta(days=330)
    adopts(unit, at=before)
    clears(unit.farah, unit, at=before)
    follow("Zoé", desk=cast.institute.pk, louise=cast.louise, worker=unit.farah)


# The walk.


class Ways(HTMLParser):
    """Where the links of a page lead, in order, and where its buttons send."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.presses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        for name, found in (("a href", self.links), ("form action", self.presses)):
            kind, _space, attribute = name.partition(" ")
            where = (said.get(attribute) or "").partition("#")[0]
            if tag == kind and where.startswith("/"):
                found.append(where)


@dataclass(frozen=True)
class Shown:
    """One page, and somebody to whom it is shown."""

    who: str
    path: str


def pages() -> dict[str, Place]:
    """Every address of these folders, by its name: a new one joins by itself."""
    return {
        place.name: place for place in all_places("staff") if f"{place.folder}.".startswith(FOLDERS)
    }


def walked(duties: Duties) -> tuple[dict[str, Shown], list[str]]:
    """Each page of these folders that somebody reaches by links, and the names that nobody does."""
    mine, now = pages(), clock.now()
    found: dict[str, Shown] = {}
    others: set[str] = set()  # what is sent to, and never read
    for who, actor in duties.people.items():
        client = signed_in(actor, at=now)
        with clock.at(now):
            for path, name, is_page in _walk(client, [*DOORS, *duties.begins.get(who, ())], mine):
                if is_page:
                    found.setdefault(name, Shown(who, path))
                else:
                    others.add(name.partition(" ")[0])
            if actor == duties.cast.ines:
                others |= {name for name, place in mine.items() if _is_sent_to(place, client)}
        accounts.go_out(client.cookies[settings.SESSION_COOKIE_NAME].value, at=clock.now())
    reached = {name.partition(" ")[0] for name in found} | others
    return found, sorted(mine.keys() - reached)


def _walk(
    client: Client, begin: Collection[str], mine: Mapping[str, Place]
) -> Iterator[tuple[str, str, bool]]:
    """What one person reaches: its path, its name with what it shows, and whether it is a page."""
    waits, seen, presses = list(begin), set(begin), set()
    while waits:
        path = waits.pop(0)
        answer = client.get(path, follow=True)
        arrived = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        name, is_there = _name(arrived), answer.status_code == 200
        is_page = is_there and answer["Content-Type"].startswith("text/html")
        if (is_there or path in presses) and name.partition(" ")[0] in mine:
            yield arrived, name, is_page
        if not is_page:
            continue
        ways = Ways(answer.content.decode())
        presses.update(ways.presses)
        for one in (*ways.links, *ways.presses):
            if one not in seen and _name(one).partition(" ")[0] in mine:
                seen.add(one)
                waits.append(one)


def _is_sent_to(place: Place, client: Client) -> bool:
    """It is pressed, and never read: whatever it is asked of, a page that reads says no."""
    ids = {name: uuid_of("nothing") if kind == "UUIDConverter" else "none"
           for name, kind in place.asks}  # fmt: skip
    return client.get(reverse(place.name, kwargs=ids)).status_code == 405


def _name(path: str) -> str:
    """The name of an address, and the kind of thing it shows when one page shows several."""
    with suppress(Resolver404):
        match = resolve(path.partition("?")[0])
        kind = match.kwargs.get("kind", "") or path.partition("?of=")[2]
        return f"{match.view_name} {kind}".strip()
    return ""

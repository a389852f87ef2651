"""Can a police account learn that somebody it was never told of is accompanied here?

Two worlds, alike but for her: in one she was referred, is accompanied, has notes, a plan, consents;
in the other nobody of that name ever came. Every police account, whatever its hat, asks for every
address with her true identifiers, and sends every form it finds, filled with her name. The answers
are the same, byte for byte, but for what a request draws at random; so are the number of questions
asked of the database, the rows it shows, and the lines of the journal. Then the clock: an address
of hers is answered as soon as one of nobody's.
"""

from __future__ import annotations

import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import zip_longest
from multiprocessing import get_context
from uuid import UUID, uuid4, uuid5

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from spheres.accounts.models import Organisation, Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.disclosures.tests import factories as disclosed
from spheres.outreach.events.tests import factories as events
from spheres.regions import queries as regions
from spheres.sharing import actions as sharing
from spheres.sharing.compile import our_models
from spheres.sharing.models import Consent, Form
from tests import committees as brought
from tests.architecture.test_guarded_pages import addresses
from tests.cast import LOADER, MONDAY, Cast, Gathered, acting, add_person, uuid_of
from tests.databases import leave_the_database, working_in
from tests.pages import signed_in
from tests.proofs import police_report
from tests.proofs.committed_world import World, database_of_our_own
from tests.proofs.figures import tell
from tests.proofs.police_browser import TIME, Answer, plain, tries
from tests.proofs.test_proof_audit_pages import WORD, plant

# Those who walk with a person, lead and sit, all at once: a rail of ways holds no more.
EVERY_HAT = "several hats at once"
HATS = (
    Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT, Role.PSYCHOTHERAPIST, Role.TEAM_LEAD,
    Role.POLICE_MEMBER, Role.STEERING_MEMBER,
)  # fmt: skip
TOLD = uuid_of("for the meeting")
SPOKEN = uuid_of("event one")
ROUNDS = 60  # of the clock: pairs of requests for each address that is timed
# Addresses that a curious officer would try first.
TIMED = ("dossier:file", "dossier:who", "notes:detail", "meetings:detail", "admission:offer")


@dataclass
class Learnt:
    """All that the police accounts of one world were answered, and what the database shows them."""

    answers: list[Answer] = field(default_factory=list)
    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    events: Counter[str] = field(default_factory=Counter)


UNIT = "a worker of a unit"
EVERYBODY = (ROY := "Constable Roy", *Role.values, EVERY_HAT, UNIT)


def account_at_the_police(cast: Cast, name: str) -> Actor:
    """Roy; somebody with each role there is; somebody with several; one of a unit of theirs.

    Each comes when it is their turn: what one of them ends there ends nobody who tries after.
    """
    if name == ROY:
        return cast.roy
    if name != UNIT:
        roles = HATS if name == EVERY_HAT else [name]
        return add_person(f"Police {name}", cast.police, *roles)
    unit = Organisation(
        id=uuid_of("a unit of the police"), slug="unite", name_fr="Unité", name_en="Unit",
        kind=Organisation.Kind.UNIT, parent=cast.police, is_partner=True, regime="A-2.1",
        privacy_officer_fr="Direction", privacy_officer_en="Direction", incident_notice=["cai"],
    )  # fmt: skip
    Organisation.objects.bulk_create([unit])
    return add_person("Police unit", unit, Role.YOUTH_WORKER)


def she_comes(world: World) -> dict[str, dict[str, UUID]]:
    """All that T13 plants of two persons, but what it tells the police; and one consent more."""
    known = plant(world, police=False).known
    with world.acting(world.cast.ines) as ines:
        agreed = Consent(
            id=uuid4(), file_id=known["followed"]["file_id"],
            organisation_id=world.cast.elsewhere.pk, purpose="coordination",
            sections=["identity", "summary"], giver=Consent.Giver.HERSELF, form=Form.ORAL,
            language="fr", text_version="1", taken_by=ines.user_id, taken_at=MONDAY,
            starts_at=MONDAY, ends_at=MONDAY + timedelta(days=90),
        )  # fmt: skip
        sharing.agree(agreed, by=ines)
    known["followed"]["disclosure_id"] = TOLD  # of another, whom they were told of
    known["followed"] |= {
        "event_id": SPOKEN, "engaged_id": SPOKEN, "put_id": uuid5(SPOKEN, "question 0"),
    }  # fmt: skip
    known["followed"] |= at_a_table(world, known["followed"]["file_id"])
    return known


def roy_has_something_to_read(world: World) -> None:
    """In both worlds Maya names Roy for one meeting, and he noted an event, which names nobody."""
    with transaction.atomic():
        told = disclosed.prepare(world.cast, disclosed.to_roy(world.cast))
        disclosed.decide(told, world.cast.karim, at=MONDAY)
        spoken = events.notes(world.cast.roy, asked=(events.HOW,))
    assert (told.pk, spoken) == (TOLD, SPOKEN)


def at_a_table(world: World, file_id: UUID) -> dict[str, UUID]:
    """Somebody who agrees is brought to a meeting where Roy sits, and to which she does not name
    him: the person of the proof in one world, another in the other."""
    with transaction.atomic():
        meeting = brought.convene(world.cast)
        # Not the day for which another told him something.
        brought.move(world.cast, brought.DAY + timedelta(days=1))
        brought.bring(world.cast, meeting)
        brought.bring(
            world.cast, meeting, brought.IDENTIFIED, mode="CONSENT", words="", about=file_id
        )
    return {
        "committee_id": meeting.committee_id, "sitting_id": meeting.pk,
        "brought_id": brought.IDENTIFIED, "seat_id": uuid_of("roy sits"),
    }  # fmt: skip


@contextmanager
def a_world(gathered: Gathered, name: str) -> Iterator[World]:
    own = f"{settings.DATABASES['default']['NAME']}_{name}"
    with database_of_our_own(own, template=gathered.database) as database:
        regions.forget()
        world = World(gathered.lend(), database, "")
        roy_has_something_to_read(world)
        yield world


def learn(world: World, known: dict[str, dict[str, UUID]], only: set[str] | None) -> Learnt:
    """Everything the police try in one world, in one order."""
    learnt, tried = Learnt(), []
    TIME.begin()
    for name in EVERYBODY:
        if only is not None and name not in only:
            continue
        with world.acting(LOADER):
            actor = account_at_the_police(world.cast, name)
        tried.append(actor.user_id)
        with clock.at(MONDAY):
            for who, ids in known.items():
                # The forms of the house are the same for both: they are tried once an account.
                come_in, first = partial(browser, actor), who == "followed"
                asked = tries(
                    come_in, name, ids, WORD, forms_of=first, public=first and name == ROY
                )
                learnt.answers.extend(asked)
            assert browser(actor).get("/account/").status_code == 200  # to the end, they were in
            learnt.rows[name] = rows_shown(actor)
    with world.admin() as admin:
        found = admin.execute(
            "select action, count(*) from audit_event where actor_id = any(%s) group by 1", [tried]
        )
        learnt.events.update(dict(found.fetchall()))
    return learnt


def learn_there(world: World, known: dict[str, dict[str, UUID]], only: set[str] | None) -> Learnt:
    """The same in that world's database, whichever process asks."""
    with working_in(world.name):
        return learn(world, known, only)


def browser(actor: Actor) -> Client:
    client = signed_in(actor, at=TIME.moment())
    client.raise_request_exception = False
    return client


def rows_shown(actor: Actor) -> dict[str, int]:
    """How many rows of every table the database shows to this account, asked as `app`."""
    shown = {}
    for model in our_models():
        table = model._meta.db_table
        try:
            with transaction.atomic(), acting(actor), connection.cursor() as cursor:
                cursor.execute(f"select count(*) from {table}")
                shown[table] = cursor.fetchone()[0]
        except Exception as error:
            shown[table] = -1 if "permission denied" in str(error) else -2
    return shown


def first_apart(one: str, other: str) -> str:
    """The first line that two pages do not share; what they hold is made up."""
    pairs = zip_longest(one.splitlines(), other.splitlines())
    return next((f"{a!r} / {b!r}"[:300] for a, b in pairs if a != b), "")


def differences(one: Learnt, other: Learnt) -> list[str]:
    """What an officer could tell apart, in words, with the first line where two pages part."""
    found = []
    if len(one.answers) != len(other.answers):
        found.append(f"{len(one.answers)} answers and {len(other.answers)}")
    for with_her, without in zip(one.answers, other.answers, strict=False):
        if with_her != without:
            parts = [
                name
                for name in ("asked", "status", "body", "headers", "queries")
                if getattr(with_her, name) != getattr(without, name)
            ]
            apart = first_apart(with_her.body, without.body)
            found.append(f"{with_her.who}, {with_her.asked}: {', '.join(parts)} {apart}".rstrip())
    found += [
        f"{who}: {table} {one.rows[who][table]} rows and {other.rows[who][table]}"
        for who in one.rows
        for table in one.rows[who]
        if one.rows[who][table] != other.rows[who][table]
    ]
    if one.events != other.events:
        found.append(f"journal: {one.events - other.events} {other.events - one.events}")
    return found


# The clock.


@dataclass(frozen=True)
class Clock:
    """Of one address: the median with her identifier, that of nobody's, and the interval."""

    hers: float
    nobodys: float
    low: float
    high: float

    @property
    def apart(self) -> float:
        """How far the medians are, as a part of the smaller."""
        return abs(self.hers - self.nobodys) / min(self.hers, self.nobodys)


def timed(world: World, known: dict[str, UUID]) -> Clock:
    """Hers and nobody's in turn, the order drawn each time, every pair on one address."""
    nowhere = {name: uuid4() for name in known}
    pairs = [
        (mine, other)
        for (place, mine), (_place, other) in zip(
            addresses("staff", known), addresses("staff", nowhere), strict=True
        )
        if place.name in TIMED
    ]
    assert len(pairs) == len(TIMED)
    taken: list[tuple[float, float]] = []
    drawn = random.Random(7)
    with clock.at(MONDAY):
        client = signed_in(world.cast.roy)
        for number in range(ROUNDS + 5):
            for mine, other in pairs:
                spent = {}
                for address in drawn.sample([mine, other], 2):
                    began = time.perf_counter()
                    client.get(address)
                    spent[address] = time.perf_counter() - began
                if number >= 5:  # the first ones warm the house
                    taken.append((spent[mine] * 1000, spent[other] * 1000))
    low, high = interval([mine - other for mine, other in taken], drawn)
    return Clock(
        statistics.median(mine for mine, _other in taken),
        statistics.median(other for _mine, other in taken),
        low,
        high,
    )


def interval(found: list[float], drawn: random.Random) -> tuple[float, float]:
    """Between which two figures the median of these differences lies, 95 times of 100."""
    medians = sorted(
        statistics.median(drawn.choices(found, k=len(found))) for _round in range(1000)
    )
    return medians[25], medians[974]


# The proof.


@pytest.mark.parametrize(
    "only",
    [{"Constable Roy"}, pytest.param(None, marks=pytest.mark.proof)],
    ids=["Roy", "every account"],
)
def test_no_police_account_learns_that_she_is_here(
    gathered: Gathered, django_db_blocker, only: set[str] | None
) -> None:
    with (
        django_db_blocker.unblock(),
        a_world(gathered, "without_her") as empty,
        a_world(gathered, "with_her") as world,
    ):
        known = she_comes(world)
        with working_in(empty.name):
            at_a_table(empty, empty.cast.maya.file_id)
        leave_the_database()  # no connection is shared by two processes
        if only is None and threading.active_count() == 1:  # in minutes: both at the same time
            with ProcessPoolExecutor(2, get_context("fork")) as side_by_side:
                hers = side_by_side.submit(learn_there, world, known, only)
                other = side_by_side.submit(learn_there, empty, known, only)
                with_her, without = hers.result(), other.result()
        else:  # a process that has other threads is not forked: their locks would never open
            with_her, without = learn_there(world, known, only), learn_there(empty, known, only)
        by_the_clock = timed(world, known["followed"]) if only is None else None

    told_apart = differences(with_her, without)
    accounts, answers = len(with_her.rows), len(with_her.answers)
    measured = (
        f"{accounts} accounts, {answers:,} answers, {len(told_apart)} differ; "
        f"{sum(map(len, with_her.rows.values())):,} tables counted"
    )
    tell("the police learn nothing", measured, "0 differ")
    assert not told_apart, "\n".join(told_apart)
    assert answers > 300 * accounts
    assert {answer.status for answer in with_her.answers} >= {200, 403, 404, 405}
    # What they typed themselves comes back to them; what was written of her, never.
    assert not [one for one in with_her.answers if f"{WORD}-" in one.body]
    assert {one.who for one in with_her.answers if "Dormir au chaud." in one.body} == {ROY}
    # Of what is closed to him, one line; of what names nobody, its words.
    agendas = [one for one in with_her.answers if "Point fermé à votre organisme" in one.body]
    assert {one.who for one in agendas} == {ROY}
    assert all(brought.QUESTION in one.body for one in agendas)
    if by_the_clock is not None:
        tell(
            "the same, by the clock (T4)",
            f"medians {by_the_clock.hers:.2f} and {by_the_clock.nobodys:.2f} ms, "
            f"{by_the_clock.apart:.1%} apart; difference {by_the_clock.low:+.2f} to "
            f"{by_the_clock.high:+.2f} ms, 95 times of 100",
            "medians within 5 %; difference within ±5 ms",
        )
        publish(accounts, answers, with_her, by_the_clock)
        assert -5 < by_the_clock.low <= by_the_clock.high < 5


def test_the_comparison_sees_one_byte_one_row_and_one_line_more() -> None:
    """Otherwise the proof would prove nothing."""
    one = Answer("Roy", "GET /", 200, "a page", (), 3)
    same = Learnt([one], {"Roy": {"notes_note": 0}}, Counter({"refused": 2}))
    assert differences(same, same) == []
    for other in (
        Learnt([Answer("Roy", "GET /", 200, "a page.", (), 3)], same.rows, same.events),
        Learnt([Answer("Roy", "GET /", 200, "a page", (), 4)], same.rows, same.events),
        Learnt([Answer("Roy", "GET /", 404, "a page", (), 3)], same.rows, same.events),
        Learnt(same.answers, {"Roy": {"notes_note": 1}}, same.events),
        Learnt(same.answers, same.rows, Counter({"refused": 3})),
        Learnt([], same.rows, same.events),
    ):
        assert len(differences(same, other)) == 1


@pytest.mark.parametrize(
    "drawn", ["8a1f0c2e-1234-4567-8901-9d3c0a7be214", "8a1f0c2e-12ab-4567-a901-9d3c0a7be214"]
)
def test_an_identifier_drawn_at_random_is_left_out_whatever_its_figures(drawn: str) -> None:
    """One in two hundred has three groups of figures alone, and looked like a number of a fault."""
    assert plain(f"value={drawn} 1A2B-3C4D-5E6F".encode(), set()) == "value=· ·"


def publish(accounts: int, answers: int, learnt: Learnt, by_the_clock: Clock) -> None:
    """The report that whoever signs the agreement with the police partner reads."""
    police_report.publish(
        accounts=accounts, answers=answers, tables=len(next(iter(learnt.rows.values()))),
        hers=by_the_clock.hers, nobodys=by_the_clock.nobodys, apart=by_the_clock.apart * 100,
        low=by_the_clock.low, high=by_the_clock.high, pairs=ROUNDS * len(TIMED),
    )  # fmt: skip


def test_the_report_writes_its_figures_as_each_language_does() -> None:
    figures = {"answers": 44664, "hers": 20.951, "low": -0.65}
    assert police_report.written(figures, "fr-ca") == {
        "answers": "44\u00a0664",
        "hers": "20,95",
        "low": "-0,65",
    }
    assert police_report.written(figures, "en") == {
        "answers": "44,664",
        "hers": "20.95",
        "low": "-0.65",
    }

"""When many want the last place at the same instant, does one have it, and do the others wait?

Each is on a connection of their own, each act committed: the database decides.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction

from spheres.core.actor import VISITOR, Actor
from spheres.training.sessions import actions
from spheres.training.sessions.actions import FromOutside
from spheres.training.sessions.models import TrainingSession
from spheres.training.sessions.tests.factories import SESSION, plan, teach
from tests.cast import MONDAY, acting
from tests.proofs.committed_world import World


def at_once(*acts: Callable[[], object]) -> None:
    start, faults = threading.Barrier(len(acts)), list[Exception]()

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    runners = [threading.Thread(target=run, args=[act]) for act in acts]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    assert faults == []


def enrols(world: World, who: Actor) -> Callable[[], object]:
    def act() -> None:
        with world.acting(who):
            of = TrainingSession.objects.get(pk=SESSION)
            actions.enrol(of, by=who, at=MONDAY)

    return act


def from_outside(world: World, name: str) -> Callable[[], object]:
    def act() -> None:
        said = FromOutside(name, "École", "school", "fr", f"{name}@example.org")
        with world.acting(VISITOR):
            actions.enrol_from_outside(SESSION, said, by=VISITOR, at=MONDAY)

    return act


def seats(world: World) -> list[tuple[str, int | None]]:
    with world.admin() as admin:
        return admin.execute(
            "select status, seat from sessions_enrolment order by seat nulls last"
        ).fetchall()


def test_of_many_who_want_the_last_place_one_has_it_and_the_next_have_it_once_it_is_freed(
    world: World,
) -> None:
    cast = world.cast
    with transaction.atomic():
        odile = teach(cast)
        plan(cast.louise, odile, places=1)

    at_once(
        *(enrols(world, who) for who in (cast.ines, cast.samir, cast.roy)),
        from_outside(world, "lea"), from_outside(world, "LEA"), enrols(world, cast.ines),
    )  # fmt: skip

    assert seats(world) == [("ENROLLED", 1), *[("WAITING", None)] * 3]
    has_it = holder(world)
    waiting = [one for one in (cast.ines, cast.samir, cast.roy) if one.user_id != has_it]
    if has_it is not None:
        first = next(one for one in (cast.ines, cast.samir, cast.roy) if one.user_id == has_it)
        at_once(leaves(world, first), leaves(world, waiting[0]), leaves(world, waiting[1]))
    else:
        at_once(*(leaves(world, one) for one in waiting))
    assert [seat for _status, seat in seats(world)] == [1, None, None, None]


def holder(world: World) -> object:
    with world.admin() as admin:
        row = admin.execute("select user_id from sessions_enrolment where seat = 1").fetchone()
        assert row is not None
        return row[0]


def leaves(world: World, who: Actor) -> Callable[[], object]:
    later = MONDAY + timedelta(minutes=1)

    def act() -> None:
        with transaction.atomic(), acting(who, later):
            of = TrainingSession.objects.get(pk=SESSION)
            actions.leave(of, by=who, at=later)

    return act

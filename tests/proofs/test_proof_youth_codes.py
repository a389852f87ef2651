"""Does another code put out whoever is at the door with the numbers of before, at that instant?"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from spheres.core import clock
from spheres.portal.notebook import actions
from spheres.portal.notebook.tests.factories import (
    CODE,
    PIN,
    confirm_contact,
    give_code,
    open_notebook,
)
from spheres.sharing import inside
from spheres.vault import stretching
from tests.cast import MONDAY
from tests.proofs.committed_world import World

SOON = MONDAY + timedelta(seconds=1)
OTHER_CODE, OTHER_PIN = "5141112222333344", "582047"
WAITING = "select count(*) from pg_locks where not granted"


class Beside(threading.Thread):
    """Somebody else, at the same instant, on a connection of their own."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self.act, self.found = act, None
        self.start()

    def run(self) -> None:
        try:
            self.found = self.act()
        finally:
            connection.close()


@pytest.fixture
def world_with_a_code(world: World) -> World:
    with transaction.atomic():
        confirm_contact(world.cast)
        open_notebook(world.cast)
        give_code(world.cast)
    return world


def he_comes_in() -> str:
    with clock.at(SOON):
        return actions.come_in(CODE, PIN, network="10.0.0.1", at=SOON)


def is_inside(key: str) -> bool:
    with transaction.atomic():
        return bool(key) and inside.enter(key, at=SOON + timedelta(seconds=1)) is not None


def wait_until_it_waits(world: World, other: Beside) -> None:
    """Until the other one waits for a lock, or has done what they came for."""
    with world.admin() as admin:
        admin.autocommit = True
        while other.is_alive() and not admin.execute(WAITING).fetchone()[0]:
            time.sleep(0.02)


@contextmanager
def stopped_between_the_try_and_the_session(
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[threading.Event, threading.Event]]:
    """He has been tried, and is not in yet: there he stays until told to go on."""
    true, tried, go_on = stretching.stretch, threading.Event(), threading.Event()

    def slow(code: str, pin: str, *, salt: bytes) -> bytes:
        if pin == PIN:
            tried.set()
            go_on.wait(30)
        return true(code, pin, salt=salt)

    with monkeypatch.context() as patched:
        patched.setattr(stretching, "stretch", slow)
        yield tried, go_on


def test_whoever_was_tried_when_another_code_is_given_is_out(
    world_with_a_code: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = world_with_a_code

    def another_code() -> None:
        with transaction.atomic():
            give_code(world.cast, OTHER_CODE, OTHER_PIN, at=SOON)

    with stopped_between_the_try_and_the_session(monkeypatch) as (tried, go_on):
        he = Beside(he_comes_in)
        assert tried.wait(30)
        ines = Beside(another_code)
        wait_until_it_waits(world, ines)
        go_on.set()
        he.join()
        ines.join()

    assert not is_inside(he.found)


def test_whoever_comes_while_another_code_is_being_given_does_not_come_in(
    world_with_a_code: World,
) -> None:
    with transaction.atomic():
        give_code(world_with_a_code.cast, OTHER_CODE, OTHER_PIN, at=SOON)
        he = Beside(he_comes_in)
        wait_until_it_waits(world_with_a_code, he)
    he.join()

    assert he.found == ""

"""Who opens her exercises, who only some of them, and is nobody told «none» for what is closed?"""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.exercises import policy, queries
from spheres.followup.exercises.models import PlanSheet
from spheres.followup.exercises.tests.filled import Filling
from spheres.records.models import RecordStatus
from spheres.sharing import actions as sharing
from spheres.sharing.models import Cover
from spheres.sharing.rules import PLAN, SAFETY
from tests.cast import FRIDAY, MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import signed_in
from tests.region import demo_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def region(db: None) -> Any:
    with demo_words():
        yield


def stand_in(cast: Cast) -> None:
    """Inès is away from Monday to Friday; Yanick answers, and reads nothing of her story."""
    with acting(cast.ines):
        Filling(SAFETY).write(cast.maya.file_id, uuid_of("hers"), by=cast.ines, at=MONDAY)
        sharing.cover(
            uuid_of("away"),
            kind=Cover.Kind.STAND_IN,
            for_user_id=cast.ines.user_id,
            user_id=cast.yanick.user_id,
            starts_at=MONDAY,
            ends_at=FRIDAY,
            by=cast.ines,
            at=MONDAY,
        )


def answer(cast: Cast, who: Actor, name: str, *ids: Any) -> int:
    with clock.at(TUESDAY):
        page = signed_in(who, at=TUESDAY).get(reverse(name, args=[cast.maya.file_id, *ids]))
    return page.status_code


def test_who_answers_for_a_while_is_never_told_that_she_has_no_safety_net(cast: Cast) -> None:
    stand_in(cast)
    net = Filling(SAFETY).exercise.id

    assert answer(cast, cast.yanick, "dossier:file") == 200
    assert answer(cast, cast.yanick, "exercises:library") == 404
    assert answer(cast, cast.yanick, "exercises:history", net) == 404
    assert answer(cast, cast.yanick, "safety_sheets:detail", uuid_of("hers")) == 404
    assert answer(cast, cast.ines, "exercises:history", net) == 200


def test_who_answers_for_a_while_is_told_why_the_page_cannot_be_filled(cast: Cast) -> None:
    stand_in(cast)

    assert answer(cast, cast.yanick, "safety_sheets:write") == 403
    assert answer(cast, cast.yanick, "exercises:together", Filling(PLAN).exercise.id) == 403


@pytest.mark.parametrize(
    ("who", "read", "write"),
    [("ines", {PLAN, SAFETY}, {PLAN, SAFETY}), ("yanick", set(), set()), ("samir", set(), set())],
)
def test_the_rules_say_which_sections_are_open(
    cast: Cast, who: str, read: set[str], write: set[str]
) -> None:
    actor = getattr(cast, who)
    with acting(actor):
        found = queries.opened(cast.maya.file_id, actor=actor)

    assert (set(found.to_read), set(found.to_write)) == (read, write)


# What may be done.


@pytest.mark.parametrize(
    ("who", "is_open", "may"),
    [
        ("ines", True, True),
        ("ines", False, False),
        ("louise", True, False),
        ("roy", True, False),
        ("amrani", True, False),
    ],
)
def test_whoever_accompanies_her_fills_in(cast: Cast, who: str, is_open: bool, may: bool) -> None:
    assert bool(policy.can_fill(getattr(cast, who), is_open=is_open)) == may


@pytest.mark.parametrize(
    ("who", "status", "may"),
    [
        ("ines", RecordStatus.Status.SIGNED, True),
        ("ines", RecordStatus.Status.CORRECTED, False),
        ("yanick", RecordStatus.Status.SIGNED, False),
    ],
)
def test_only_who_kept_a_sheet_corrects_it_and_once(
    cast: Cast, who: str, status: str, may: bool
) -> None:
    sheet = PlanSheet(written_by=cast.ines.user_id)

    assert bool(policy.can_correct(getattr(cast, who), sheet, status)) == may
    assert bool(policy.can_print(cast.ines))

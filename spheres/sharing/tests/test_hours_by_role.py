"""T9: whatever the role and wherever it is held, who may do what of an hour, in each of its states?

Said from design §10.2 and security.md §3.5: whoever opened it closes it sooner; somebody else of
the organisation who leads, coordinates or guards privacy lets it go on, once and while it runs, and
looks at it again, once; nobody of elsewhere, no police, no technician, and no other role.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.sharing import actions as sharing
from spheres.sharing.models import ExceptionalAccess
from spheres.sharing.tests.test_protecting import NIGHT, opened, seen
from tests.cast import LOADER, Cast, acting, add_person, uuid_of, yanick_answers_for_ines

LOOK_AGAIN = {Role.TEAM_LEAD, Role.COORDINATOR, Role.PRIVACY_OFFICER}
LATER = NIGHT + timedelta(minutes=30)
STATES = ("live", "extended", "closed", "over", "reviewed")
ACTS: dict[str, Callable[[str, Actor], bool]] = {
    "close": lambda key, by: sharing.close_exceptionally(uuid_of(key), by=by),
    "extend": lambda key, by: sharing.extend_exceptionally(uuid_of(key), by=by),
    "review": lambda key, by: sharing.review_exceptionally(
        uuid_of(key), outcome="JUSTIFIED", by=by
    ),
}
# What may still be done by somebody else who looks at it: by state.
MAY: dict[str, set[str]] = {
    "live": {"extend", "review"},
    "extended": {"review"},
    "closed": {"review"},
    "over": {"review"},
    "reviewed": set(),
}


@pytest.fixture
def hours(cast: Cast) -> Cast:
    """One opening of each state, by Yanick, who answers tonight for those of Inès."""
    yanick_answers_for_ines(cast)
    for state in STATES:
        at = NIGHT - timedelta(hours=2) if state == "over" else NIGHT
        for act in ACTS:
            assert opened(cast, cast.yanick, f"{state} {act}", at=at) == "OPENED"
            become(cast, state, f"{state} {act}")
    return cast


def become(cast: Cast, state: str, key: str) -> None:
    if state in {"extended", "reviewed"}:
        with acting(cast.nadia, NIGHT):
            assert ACTS["extend" if state == "extended" else "review"](key, cast.nadia)
    if state == "closed":
        with acting(cast.yanick, NIGHT):
            assert ACTS["close"](key, cast.yanick)


def stand(key: str, cast: Cast) -> tuple[object, ...]:
    with acting(cast.yanick, LATER):
        row = ExceptionalAccess.objects.get(pk=uuid_of(key))
    return row.ends_at, row.extended_by, row.outcome, row.reviewed_by


@pytest.mark.parametrize("where", ["la_maison", "elsewhere", "institute", "police"])
@pytest.mark.parametrize("role", Role)
def test_nobody_does_of_it_what_is_not_theirs(hours: Cast, role: Role, where: str) -> None:
    with acting(LOADER):
        other = add_person("Another", getattr(hours, where), role)
    done = 0
    for state in STATES:
        for act, do in ACTS.items():
            key = f"{state} {act}"
            before = stand(key, hours)
            allowed = where == "la_maison" and role in LOOK_AGAIN and act in MAY[state]
            with acting(other, LATER):
                told = do(key, other)
            assert told == allowed, (role, where, state, act)
            assert (stand(key, hours) != before) == allowed, (role, where, state, act)
            done += allowed
    with acting(other, LATER):
        for ground in ("LIFE", "UNREACHABLE"):
            became = sharing.open_exceptionally(
                uuid_of("another"), hours.maya.file_id, ground=ground, by=other
            )
            assert became == "UNKNOWN"  # nobody who cannot name her opens anything
    assert seen(other, at=LATER) == (0, 0)
    assert done == (5 if where == "la_maison" and role in LOOK_AGAIN else 0)

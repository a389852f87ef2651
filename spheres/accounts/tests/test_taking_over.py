"""Does whoever looks after accounts ever come in as somebody else?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from spheres.accounts import actions
from spheres.accounts.models import Membership, Role
from spheres.accounts.sessions import DOORKEEPER
from spheres.accounts.tests.conftest import (
    MONDAY_ON,
    Device,
    browser,
    enrol_codes,
    enrol_passkey,
    try_passkey,
)
from spheres.accounts.tests.test_giving_roles import accept, roles_of
from spheres.accounts.tests.test_inviting import enrol, invite
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from tests.cast import LOADER, MONDAY, Cast, acting, add_person

LOOKING_AFTER = [Role.TECHNICAL_ADMINISTRATOR, Role.ORGANISATION_MANAGER]
COMING = "coord@example.org"


def who_looks_after(role: str, where: object) -> Actor:
    with acting(LOADER):
        return add_person(f"Looks after as {role}", where, role)


def opens(token: str) -> int:
    with clock.at(MONDAY):
        return browser().get(f"/welcome/{token}/").status_code


@pytest.mark.parametrize("role", LOOKING_AFTER)
def test_a_coordinator_who_has_not_come_in_is_nobody_s_to_enrol_but_a_coordinator_s(
    cast: Cast, role: str
) -> None:
    waited = invite(cast.louise, email=COMING, role=Role.COORDINATOR)
    by = who_looks_after(role, cast.institute)

    with acting(by), pytest.raises(NotAllowed):
        actions.invite_again(waited.user_id, seen_on=MONDAY_ON, by=by, at=MONDAY)
    with pytest.raises(NotAllowed):
        invite(by, email=COMING, role=Role.FINANCE)

    who = Actor(waited.user_id, cast.institute.pk, frozenset())
    assert roles_of(who, cast.institute) == {Role.COORDINATOR}
    assert opens(waited.token) == 200
    with acting(cast.louise):
        again = actions.invite_again(waited.user_id, seen_on=MONDAY_ON, by=cast.louise, at=MONDAY)
    assert (opens(waited.token), opens(again.token)) == (404, 200)


def test_a_worker_who_has_not_come_in_is_enrolled_by_the_manager_alone(
    cast: Cast, manon: Actor, theo: Actor
) -> None:
    waited = invite(manon, email=COMING)

    with acting(theo), pytest.raises(NotAllowed):
        actions.invite_again(waited.user_id, seen_on=MONDAY_ON, by=theo, at=MONDAY)
    with pytest.raises(NotAllowed):
        invite(theo, email=COMING, role=Role.FINANCE)

    with clock.at(MONDAY):  # said before anything is typed
        page = browser(theo).get(f"/members/{waited.user_id}/invite/")
    assert (page.status_code, opens(waited.token)) == (403, 200)


def test_a_link_made_before_does_not_open_what_is_given_after(
    cast: Cast, manon: Actor, theo: Actor
) -> None:
    """An administrator lets the address in as finance first, and keeps the link."""
    kept = invite(theo, email=COMING, role=Role.FINANCE)

    given = invite(manon, email=COMING)

    assert (opens(kept.token), opens(given.token)) == (404, 200)


def test_a_coordinator_gives_her_role_to_whoever_others_let_in_once_they_have_come_in(
    cast: Cast,
) -> None:
    by = who_looks_after(Role.TECHNICAL_ADMINISTRATOR, cast.institute)
    kept = invite(by, email=COMING, role=Role.FINANCE)

    with pytest.raises(NotAllowed):
        invite(cast.louise, email=COMING, role=Role.COORDINATOR)
    with clock.at(MONDAY):
        enrol(browser(), kept.token)
    offered = invite(cast.louise, email=COMING, role=Role.COORDINATOR)

    assert offered.to_accept


def test_an_account_that_administration_enrolled_accepts_before_it_accompanies(
    cast: Cast, manon: Actor, theo: Actor
) -> None:
    kept = invite(theo, email=COMING, role=Role.FINANCE)
    with clock.at(MONDAY):
        _, device_of_theo = enrol(browser(), kept.token)

    offered = invite(manon, email=COMING)

    caught = Actor(kept.user_id, cast.la_maison.pk, frozenset())
    assert try_passkey(device_of_theo) == kept.user_id
    assert offered.to_accept
    assert roles_of(caught, cast.la_maison) == {Role.FINANCE}


def leaves(who: Actor) -> None:
    with acting(DOORKEEPER):
        Membership.objects.filter(user_id=who.user_id).update(ends_at=MONDAY)


@pytest.mark.parametrize("role", [Role.FINANCE, Role.TRAINER])
def test_whoever_was_ended_and_is_let_in_again_proves_it_is_she(
    cast: Cast, theo: Actor, role: str
) -> None:
    """One administrator ends Inès, then lets her address in: the link alone opens nothing."""
    enrol_passkey(cast.ines)
    with acting(theo):
        actions.end_membership(cast.ines.user_id, by=theo, at=MONDAY)

    later = invite(theo, email="inès@example.org", role=role)
    with clock.at(MONDAY):
        without, device = enrol(browser(), later.token)

    assert without.status_code == 422
    assert try_passkey(device) is None


def test_she_comes_back_with_one_of_her_codes(cast: Cast, manon: Actor) -> None:
    ines = enrol_codes(cast.ines)
    old = enrol_passkey(cast.ines)
    leaves(cast.ines)

    invited = invite(manon, email=ines.email)
    with clock.at(MONDAY):
        answer, new = enrol(browser(), invited.token, recovery=ines.recovery[0])

    assert invited.again
    assert (answer.status_code, try_passkey(old)) == (200, None)
    assert try_passkey(new) == cast.ines.user_id


def test_until_she_does_what_opened_before_opens_nothing(cast: Cast, manon: Actor) -> None:
    old = enrol_passkey(cast.ines)
    leaves(cast.ines)

    invite(manon, email="inès@example.org")

    assert try_passkey(old, MONDAY + timedelta(minutes=1)) is None


def test_without_her_codes_two_voices_and_a_day_are_what_is_left(cast: Cast, manon: Actor) -> None:
    enrol_passkey(cast.samir)
    leaves(cast.samir)
    invited = invite(manon, email="samir@example.org")
    with acting(manon):
        again = actions.invite_again(invited.user_id, seen_on=MONDAY_ON, by=manon, at=MONDAY)
    with clock.at(MONDAY):
        answer, _device = enrol(browser(), again.token)

    assert (invited.again, answer.status_code) == (True, 422)
    assert isinstance(_device, Device)
    assert accept(cast.samir, again.token) == 404

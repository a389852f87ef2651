"""Who gives which role to whom, and when does it start? Nobody gains by giving."""

from __future__ import annotations

from typing import Any

import pytest

from spheres.accounts import actions, policy
from spheres.accounts.models import Membership, Role
from spheres.accounts.sessions import DOORKEEPER
from spheres.accounts.tests.conftest import (
    MONDAY_ON,
    browser,
    enrol_codes,
    enrol_passkey,
    form_id,
    try_passkey,
)
from spheres.accounts.tests.test_inviting import (
    MANAGER,
    TECHNICAL,
    actor_with,
    enrol,
    invite,
)
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from tests.cast import MONDAY, Cast, acting

COORDINATION = frozenset({Role.COORDINATOR})


def roles_of(person: Actor, organisation: Any) -> set[str]:
    with acting(DOORKEEPER):
        return set(
            Membership.objects.filter(
                user_id=person.user_id, organisation=organisation
            ).values_list("role", flat=True)
        )


def accept(person: Actor, token: str) -> int:
    """Open the link on one's own device, signed in, and say yes."""
    client = browser(person)
    with clock.at(MONDAY):
        page = client.get(f"/join/{token}/")
        if page.status_code != 200:
            return page.status_code
        return client.post(f"/join/{token}/", {"form_id": form_id(page)}).status_code


def test_a_role_added_to_an_account_that_others_enrolled_starts_when_its_holder_accepts(
    cast: Cast, manon: Actor
) -> None:
    device = enrol_passkey(cast.samir)
    invited = invite(manon, email="samir@example.org")
    before = roles_of(cast.samir, cast.la_maison)

    answer = accept(cast.samir, invited.token)

    assert (invited.user_id, invited.to_accept) == (cast.samir.user_id, True)
    assert (before, answer) == (set(), 302)
    assert roles_of(cast.samir, cast.la_maison) == {Role.YOUTH_WORKER}
    assert try_passkey(device) == cast.samir.user_id


def test_a_role_is_accepted_once_and_by_nobody_else(cast: Cast, manon: Actor) -> None:
    enrol_passkey(cast.samir)
    invited = invite(manon, email="samir@example.org")

    answers = [accept(person, invited.token) for person in (cast.karim, cast.samir, cast.samir)]

    assert answers == [404, 302, 404]
    assert browser().get(f"/welcome/{invited.token}/").status_code == 404  # it enrols nobody


def test_who_enrolled_an_address_before_its_owner_gains_nothing_when_she_is_let_in(
    cast: Cast, manon: Actor, chief: Actor
) -> None:
    caught = invite(chief, email="future@example.org", role=Role.POLICE_MEMBER)
    with clock.at(MONDAY):
        _, device_of_the_chief = enrol(browser(), caught.token)

    offered = invite(manon, email="future@example.org")

    assert try_passkey(device_of_the_chief) == caught.user_id
    assert offered.to_accept
    assert roles_of(Actor(caught.user_id, chief.organisation_id, frozenset()), cast.la_maison) == (
        set()
    )


def test_who_comes_back_after_having_left_everywhere_enrols_anew(cast: Cast, manon: Actor) -> None:
    samir, old = enrol_codes(cast.samir), enrol_passkey(cast.samir)
    with acting(DOORKEEPER):
        Membership.objects.filter(user_id=cast.samir.user_id).update(ends_at=MONDAY)
    invited = invite(manon, email="samir@example.org")
    with clock.at(MONDAY):
        answer, new = enrol(browser(), invited.token, recovery=samir.recovery[0])

    assert (answer.status_code, try_passkey(old)) == (200, None)
    assert try_passkey(new) == cast.samir.user_id
    assert roles_of(cast.samir, cast.la_maison) == {Role.YOUTH_WORKER}


def test_a_coordinator_who_had_left_everywhere_is_let_in_anew_too(cast: Cast) -> None:
    samir, old = enrol_codes(cast.samir), enrol_passkey(cast.samir)
    with acting(DOORKEEPER):
        Membership.objects.filter(user_id=cast.samir.user_id).update(ends_at=MONDAY)
    invited = invite(cast.louise, email="samir@example.org", role=Role.COORDINATOR)
    with clock.at(MONDAY):
        answer, new = enrol(browser(), invited.token, recovery=samir.recovery[0])

    assert (invited.to_accept, answer.status_code) == (False, 200)
    assert (try_passkey(old), try_passkey(new)) == (None, cast.samir.user_id)


def test_a_colleague_gets_one_role_more_without_a_link(cast: Cast, manon: Actor) -> None:
    enrol_passkey(cast.ines)
    invited = invite(manon, email="inès@example.org", role=Role.TEAM_LEAD)

    assert invited == actions.Invited(cast.ines.user_id)
    assert roles_of(cast.ines, cast.la_maison) == {Role.YOUTH_WORKER, Role.TEAM_LEAD}


def test_nobody_gives_herself_a_role(cast: Cast, manon: Actor) -> None:
    with pytest.raises(NotAllowed):
        invite(manon, email="manon@example.org")

    assert roles_of(manon, cast.la_maison) == {Role.ORGANISATION_MANAGER}


def test_in_a_police_service_nobody_accompanies_people(cast: Cast, chief: Actor) -> None:
    for role in sorted(policy.WITH_PEOPLE):
        with pytest.raises(NotAllowed):
            invite(chief, role=role)

    assert invite(chief, role=Role.POLICE_MEMBER).token != ""


def test_a_person_waiting_elsewhere_cannot_be_taken_over_with_a_link(
    cast: Cast, manon: Actor
) -> None:
    invited = invite(manon, email="samir@example.org")

    assert browser().get(f"/welcome/{invited.token}/").status_code == 404
    with acting(manon), pytest.raises(NotAllowed):
        actions.invite_again(cast.samir.user_id, seen_on=MONDAY_ON, by=manon, at=MONDAY)


@pytest.mark.parametrize(
    ("roles", "role", "allowed"),
    [
        (MANAGER, Role.YOUTH_WORKER, True),
        (MANAGER, Role.PSYCHOTHERAPIST, True),
        (MANAGER, Role.ORGANISATION_MANAGER, True),
        (MANAGER, Role.FINANCE, True),
        (MANAGER, Role.COORDINATOR, False),
        (MANAGER, Role.TECHNICAL_ADMINISTRATOR, False),
        (MANAGER, Role.PRIVACY_OFFICER, False),
        (MANAGER, Role.COUNSEL, True),
        (MANAGER, Role.RECORDS_OFFICER, True),
        (TECHNICAL, Role.PRIVACY_OFFICER, False),
        (TECHNICAL, Role.COUNSEL, False),
        (TECHNICAL, Role.RECORDS_OFFICER, False),
        (TECHNICAL, Role.ORGANISATION_MANAGER, False),
        (frozenset({Role.PRIVACY_OFFICER}), Role.PRIVACY_OFFICER, True),
        (frozenset({Role.PRIVACY_OFFICER}), Role.COUNSEL, False),
        (TECHNICAL, Role.YOUTH_WORKER, False),
        (TECHNICAL, Role.TEAM_LEAD, False),
        (TECHNICAL, Role.COORDINATOR, False),
        (TECHNICAL, Role.FINANCE, True),
        (TECHNICAL, Role.TRAINER, True),
        (TECHNICAL, Role.AWARENESS_CONTRIBUTOR, True),
        (TECHNICAL, Role.CLINICAL_DIRECTOR, False),
        (TECHNICAL, Role.CONSULTANT, False),
        (TECHNICAL, Role.RESEARCH_OFFICER, False),
        (TECHNICAL, Role.RESEARCHER, False),
        (TECHNICAL, Role.POLICE_MEMBER, False),
        (TECHNICAL, Role.STEERING_MEMBER, False),
        (MANAGER, Role.CLINICAL_DIRECTOR, True),
        (MANAGER, Role.POLICE_MEMBER, True),
        (TECHNICAL, Role.TECHNICAL_ADMINISTRATOR, True),
        (COORDINATION, Role.COORDINATOR, True),
        (COORDINATION, Role.FINANCE, False),
        *(
            (frozenset({role}), Role.YOUTH_WORKER, False)
            for role in Role
            if role != Role.ORGANISATION_MANAGER
        ),
    ],
)
def test_who_lets_in(cast: Cast, roles: frozenset[str], role: str, allowed: bool) -> None:
    assert bool(policy.can_invite(actor_with(cast, roles), role)) == allowed


def test_the_coordination_lets_in_its_own_and_keeps_no_list(cast: Cast) -> None:
    client = browser(cast.louise)
    with clock.at(MONDAY):
        pages = [client.get(f"/{path}/") for path in ("account", "members/invite", "members")]

    assert [page.status_code for page in pages] == [200, 200, 403]
    assert [value for value, _ in pages[1].context["form"].fields["role"].choices if value] == [
        Role.COORDINATOR
    ]


def test_a_person_of_two_organisations_chooses_the_one_she_acts_for(
    cast: Cast, manon: Actor
) -> None:
    client = browser(cast.samir)
    accept(cast.samir, invite(manon, email="samir@example.org").token)
    with clock.at(MONDAY):
        client.post("/account/organisation/", {"organisation": cast.la_maison.pk})
        page = client.get("/account/")

    assert page.context["actor"].organisation_id == cast.la_maison.pk

"""Who has an account in a police service: its survivor programme, its captains, and nobody else?"""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from spheres.accounts import policy
from spheres.accounts.models import Invitation, Organisation, Role
from spheres.accounts.sessions import DOORKEEPER
from spheres.accounts.tests.conftest import browser, enrol_passkey
from spheres.accounts.tests.test_giving_roles import accept, roles_of
from spheres.accounts.tests.test_inviting import invite
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from tests.cast import LOADER, MONDAY, Cast, acting, add_organisation, add_person

THEIRS = {Role.POLICE_MEMBER, Role.STEERING_MEMBER}
BESIDE = {Role.ORGANISATION_MANAGER, Role.PRIVACY_OFFICER}


def unit_of(above: Organisation, slug: str = "unit") -> Organisation:
    with acting(LOADER):
        unit = add_organisation(slug, "unit", regime="A-2.1")
        unit.parent = above
        unit.save(update_fields=["parent"])
    return unit


def who_gives_everything(place: Organisation) -> Actor:
    """No such person exists: whoever holds every role may offer every role."""
    with acting(LOADER):
        return add_person("Every Hat", place, *Role.values)


@pytest.fixture(params=["the police", "a unit of theirs", "a team of that unit"])
def place(request: Any, cast: Cast) -> Organisation:
    if request.param == "the police":
        return cast.police
    unit = unit_of(cast.police)
    return unit if request.param == "a unit of theirs" else unit_of(unit, "team")


@pytest.mark.parametrize("role", Role)
def test_only_its_programme_and_its_captains_are_let_in(place: Organisation, role: Role) -> None:
    giver = who_gives_everything(place)

    if role in THEIRS:
        assert invite(giver, role=role).token != ""
        return
    with pytest.raises(NotAllowed) as refused:
        invite(giver, role=role)

    with translation.override("en"):
        said = str(refused.value)
    assert said == (
        "In a police service, only a member of its survivor programme or one of its steering "
        "captains holds this role."
        if role in BESIDE
        else "This role does not exist in a police service."
    )


@pytest.mark.parametrize("role", Role)
def test_one_of_them_also_manages_their_accounts_or_answers_for_privacy_and_nothing_else(
    place: Organisation, role: Role
) -> None:
    giver = who_gives_everything(place)
    with acting(LOADER):
        captain = add_person("Captain", place, Role.STEERING_MEMBER)
        member = add_person("Member", place, Role.POLICE_MEMBER)

    for who, before in ((captain, Role.STEERING_MEMBER), (member, Role.POLICE_MEMBER)):
        email = "captain@example.org" if who is captain else "member@example.org"
        if role in THEIRS | BESIDE:
            invite(giver, email=email, role=role)
            assert who.user_id in holders_of(place, role)
        else:
            with pytest.raises(NotAllowed):
                invite(giver, email=email, role=role)
            assert roles_of(who, place) == {before}


@pytest.mark.parametrize("role", Role)
def test_every_role_exists_elsewhere(cast: Cast, role: Role) -> None:
    assert policy.can_be_held(role, is_police=False)


def test_a_role_offered_before_the_place_became_a_part_of_the_police_starts_no_more(
    cast: Cast, manon: Actor
) -> None:
    enrol_passkey(cast.samir)
    offered = invite(manon, email="samir@example.org")
    with acting(LOADER):
        cast.la_maison.parent = cast.police
        cast.la_maison.save(update_fields=["parent"])

    answer = accept(cast.samir, offered.token)

    with acting(DOORKEEPER):
        used = Invitation.objects.filter(user_id=cast.samir.user_id).exclude(used_at=None)
        assert (answer, roles_of(cast.samir, cast.la_maison), used.count()) == (403, set(), 0)


def test_the_form_of_a_police_service_names_only_the_roles_that_exist_there(
    cast: Cast, chief: Actor
) -> None:
    with clock.at(MONDAY):
        page = browser(chief).get("/members/invite/")

    assert [value for value, _ in page.context["form"].fields["role"].choices if value] == [
        Role.POLICE_MEMBER,
        Role.STEERING_MEMBER,
        Role.ORGANISATION_MANAGER,
    ]


def test_a_place_above_itself_is_asked_once() -> None:
    around = {"one": ("unit", "two"), "two": ("unit", "one")}

    assert not policy.is_police("one", around)
    assert policy.is_police("one", around | {"two": ("police", "one")})


def holders_of(place: Organisation, role: Role) -> set[Any]:
    """Whom this role was given or offered to there."""
    with acting(DOORKEEPER):
        offered = Invitation.objects.filter(organisation_id=place.pk, role=role)
        held = place.memberships.filter(role=role)
        return {*offered.values_list("user_id", flat=True), *held.values_list("user_id", flat=True)}

"""Who sees an activity that two organisations offer together, and who decides of it?"""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, transaction

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.activities import actions, policy, queries
from spheres.followup.activities.models import Activity, Attendance, Companion, Guest, Seat
from spheres.followup.activities.tests.test_lists import CLIMBING
from spheres.followup.activities.tests.test_together import out_together
from tests.cast import (
    LOADER,
    MONDAY,
    TUESDAY,
    Cast,
    acting,
    add_organisation,
    add_person,
    uuid_of,
)

pytestmark = pytest.mark.django_db


def test_only_the_two_organisations_see_the_activity_and_only_companions_the_places(
    cast: Cast,
) -> None:
    out_together(cast)
    with acting(LOADER):
        zoe = add_person("Zoé", cast.elsewhere, Role.YOUTH_WORKER)
        nour = add_person("Nour", add_organisation("plus-loin", "community"), Role.YOUTH_WORKER)

    def sees(actor: Actor) -> tuple[int, int, int, int]:
        with acting(actor):
            models = (Activity, Guest, Companion, Seat)
            return tuple(model.objects.count() for model in models)  # type: ignore[return-value]

    assert {who.user_id: sees(who) for who in (cast.ines, cast.samir)} == {
        cast.ines.user_id: (1, 1, 2, 2),
        cast.samir.user_id: (1, 1, 2, 2),
    }
    assert sees(cast.yanick) == (1, 1, 2, 0)  # does not come along
    assert sees(zoe) == (1, 1, 2, 0)
    for other in (nour, cast.roy, cast.louise, cast.amrani):
        assert sees(other) == (0, 0, 0, 0)


def test_who_is_on_the_list_of_the_others_stays_in_their_files(cast: Cast) -> None:
    out_together(cast)

    with acting(cast.samir):
        assert Attendance.objects.count() == 1
    with acting(cast.ines):
        assert Attendance.objects.count() == 1


def test_the_police_is_not_invited_nor_is_ones_own_organisation(cast: Cast) -> None:
    out_together(cast)
    for number, whom in enumerate((cast.police.pk, cast.la_maison.pk)):
        with acting(cast.ines):
            with pytest.raises(WrongState):
                actions.invite(CLIMBING, uuid_of(f"no {number}"), whom, by=cast.ines, at=MONDAY)
            row = Guest(
                id=uuid_of(f"forced {number}"), activity_id=CLIMBING, host_id=cast.la_maison.pk,
                organisation_id=whom, invited_by=cast.ines.user_id, invited_at=MONDAY,
            )  # fmt: skip
            with pytest.raises(ProgrammingError), transaction.atomic():
                Guest.objects.bulk_create([row])


def test_nobody_invites_to_what_another_organisation_offers(cast: Cast) -> None:
    """A row that says so opens nothing: whoever offers the activity shows it, or nobody does."""
    with acting(cast.yanick):
        said = actions.Planned(CLIMBING, "sport_climbing", clock.day_of(TUESDAY))
        actions.plan(said, by=cast.yanick, at=MONDAY)
    with acting(LOADER):
        nour = add_person("Nour", add_organisation("plus-loin", "community"), Role.YOUTH_WORKER)
    row = Guest(
        id=uuid_of("forged"), activity_id=CLIMBING, host_id=nour.organisation_id,
        organisation_id=cast.elsewhere.pk, invited_by=nour.user_id, invited_at=MONDAY,
    )  # fmt: skip
    with acting(nour):
        Guest.objects.bulk_create([row])

    for who in (cast.samir, nour):
        with acting(who):
            assert (Activity.objects.count(), Companion.objects.count()) == (0, 0)


def test_a_guest_invites_nobody_and_does_not_say_what_became_of_it(cast: Cast) -> None:
    out_together(cast)
    with acting(cast.samir):
        activity = queries.activity(CLIMBING, actor=cast.samir)
        assert activity is not None
        assert not policy.can_invite(cast.samir, activity, today=clock.day_of(MONDAY))
        with pytest.raises(NotAllowed):
            actions.invite(
                CLIMBING, uuid_of("and more"), cast.foundation.pk, by=cast.samir, at=MONDAY
            )
        with pytest.raises(WrongState):
            actions.say(CLIMBING, "CALLED_OFF", number=None, cents=None, by=cast.samir, at=MONDAY)


def test_what_is_spent_is_exported_by_the_organisation_that_offers_it_alone(cast: Cast) -> None:
    out_together(cast)
    with acting(cast.ines, TUESDAY):
        actions.say(CLIMBING, "HELD", number=4, cents=4000, by=cast.ines, at=TUESDAY)
    with acting(LOADER):
        lead = add_person("Léa", cast.elsewhere, Role.TEAM_LEAD)

    with acting(lead, TUESDAY):
        assert queries.of_year(2026, actor=lead) == []
    with acting(cast.karim, TUESDAY):
        assert [one.pk for one in queries.of_year(2026, actor=cast.karim)] == [CLIMBING]

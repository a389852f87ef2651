"""Who explains to her what it changes? Those whom her organisation names for it."""

from __future__ import annotations

import pytest

from spheres.accounts.models import Membership, Organisation, Role
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.followup.restrictions import queries
from spheres.followup.restrictions.policy import Barred
from spheres.followup.restrictions.tests.factories import bar
from tests.cast import LOADER, TUESDAY, Cast, acting

pytestmark = pytest.mark.django_db


def explains(cast: Cast) -> list[str]:
    with acting(cast.ines, TUESDAY):
        return [name for _id, name in queries.who_may_explain(actor=cast.ines, at=TUESDAY)]


def says(cast: Cast, *roles: Role) -> None:
    with acting(LOADER):
        Organisation.objects.filter(pk=cast.la_maison.pk).update(explains=list(roles))


def bars(cast: Cast, by: Actor) -> None:
    bar(cast, Barred(user_id=cast.samir.user_id), explained_by=by.user_id)


def test_unless_it_is_said_otherwise_those_in_charge_of_privacy_and_who_lead(cast: Cast) -> None:
    assert explains(cast) == ["Karim", "Nadia"]
    with pytest.raises(NotAllowed):
        bars(cast, cast.ines)
    bars(cast, cast.nadia)


def test_an_organisation_names_others_oneself_first(cast: Cast) -> None:
    says(cast, Role.YOUTH_WORKER)

    assert explains(cast) == ["Inès", "Yanick"]
    with pytest.raises(NotAllowed):
        bars(cast, cast.karim)
    bars(cast, cast.ines)


def test_where_there_is_none_of_them_a_restriction_does_not_wait(cast: Cast) -> None:
    with acting(LOADER):
        gone = [cast.karim.user_id, cast.nadia.user_id]
        Membership.objects.filter(user_id__in=gone).update(ends_at=TUESDAY)

    assert explains(cast) == ["Inès", "Yanick"]
    bars(cast, cast.ines)

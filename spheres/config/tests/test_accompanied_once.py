"""Somebody who works in the programme was accompanied here once: who meets her closed file now?"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.urls import reverse

from spheres.accounts.models import Organisation, Role
from spheres.core.actor import Actor
from spheres.followup.code_words.tests import test_code_words as words
from spheres.followup.consents.tests import factories as consents
from spheres.followup.handing_over import queries as handing
from spheres.followup.passages import actions as passages
from spheres.followup.passages.actions import Farewell
from spheres.followup.restrictions.policy import Barred
from spheres.followup.restrictions.tests.factories import at_the_desk, bar, get, sees, walk_beside
from spheres.participants import queries as participants
from spheres.sharing import actions as sharing
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.committees import agenda_of, bring, convene

pytestmark = pytest.mark.django_db


@pytest.fixture
def rose(cast: Cast) -> Actor:
    """Rose works at La Maison now; it is her own file, closed, that we call Maya's here."""
    walk_beside(cast, cast.yanick)
    with acting(cast.ines):
        passages.close(
            cast.maya.file_id, Farewell(uuid_of("letter"), "Bonne route."), by=cast.ines, at=MONDAY
        )
    with acting(LOADER):
        return add_person("Rose", cast.la_maison, Role.YOUTH_WORKER)


def bars_everybody(cast: Cast, there: Organisation, **more: Any) -> UUID:
    """She told Inès, who writes it down as she says."""
    return bar(cast, Barred(organisation_id=there.pk), **more)


def page(who: Actor, cast: Cast) -> int:
    address = reverse("dossier:file", args=[cast.maya.file_id])
    return int(get(at_the_desk(who), address).status_code)


def named(who: Actor) -> list[UUID]:
    with acting(who, TUESDAY):
        return [one.identity.file_id for one in participants.all_mine(actor=who)]


def test_closed_long_ago_it_still_opens_to_those_who_walked_with_her_until_she_says_so(
    cast: Cast, rose: Actor
) -> None:
    before = page(cast.ines, cast), page(cast.yanick, cast), page(rose, cast)

    bars_everybody(cast, cast.la_maison)

    assert before == (200, 200, 404)
    assert [page(who, cast) for who in (cast.ines, cast.yanick, rose, cast.karim)] == [404] * 4
    assert [named(who) for who in (cast.ines, cast.yanick, rose)] == [[]] * 3


def test_no_other_way_opens_it_to_her_colleagues_of_now(cast: Cast, rose: Actor) -> None:
    words.agree_on("sirop", cast.maya.file_id, by=cast.ines)
    bars_everybody(cast, cast.la_maison)

    with acting(cast.ines, TUESDAY):
        sharing.cover(
            uuid4(), kind="STAND_IN", for_user_id=cast.ines.user_id, user_id=rose.user_id,
            starts_at=TUESDAY, ends_at=TUESDAY.replace(hour=23), by=cast.ines, at=TUESDAY,
        )  # fmt: skip
    for who in (rose, cast.yanick):
        status, said = words.say(cast, "sirop", to=who)
        assert "signer « Café »" not in said
        assert status in {302, 422}
        with acting(who, TUESDAY), connection.cursor() as cursor:
            cursor.execute(
                "select access.readable_identity_files(), access.readable_contact_files(), "
                "access.readable_summary_files(), access.handled('{DESK,WATCH,ENTRUSTED}')"
            )
            assert cursor.fetchone() == ([], [], [], [])


def test_the_team_lead_is_not_told_that_nobody_is_beside_somebody(cast: Cast, rose: Actor) -> None:
    """It was closed together: nobody waits for anybody."""
    bars_everybody(cast, cast.la_maison)

    with acting(cast.karim, TUESDAY):
        assert handing.nobody_beside(actor=cast.karim) == []


def test_she_may_keep_it_from_herself_alone(cast: Cast, rose: Actor) -> None:
    bar(cast, Barred(user_id=rose.user_id))
    walk_beside(cast, rose)

    assert (page(rose, cast), sees(cast, cast.ines), sees(cast, cast.yanick)) == (404, True, True)


def test_working_at_another_partner_it_is_closed_to_that_one_and_open_where_it_was(
    cast: Cast, rose: Actor
) -> None:
    shared = consents.share(cast)
    address = reverse("consents:shared", args=[shared])
    before = get(at_the_desk(cast.samir), address).status_code

    bars_everybody(cast, cast.elsewhere)

    assert (before, get(at_the_desk(cast.samir), address).status_code) == (200, 404)
    assert sees(cast, cast.ines)


def test_a_vignette_of_hers_is_closed_to_her_colleagues_at_the_committee(
    cast: Cast, rose: Actor
) -> None:
    meeting = convene(cast)
    bring(cast, meeting)
    bars_everybody(cast, cast.elsewhere)

    assert agenda_of(cast.samir, meeting, TUESDAY) == [""]
    assert agenda_of(cast.amrani, meeting, TUESDAY) != [""]


@pytest.mark.parametrize(
    ("language", "says"),
    [("fr", "Avez-vous déjà été accompagné·e ici?"), ("en", "Were you accompanied here once?")],
)
def test_she_reads_how_where_one_asks_why_a_page_does_not_open(
    rose: Actor, language: str, says: str
) -> None:
    answer = get(at_the_desk(rose, language), reverse("why:why"))

    assert says in answer.content.decode()

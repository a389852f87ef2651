"""Is a stand-in named ahead there only while it has lapsed, and does nobody lose hers meanwhile?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from spheres.config.tests.test_clearance import (
    answers,
    asked,
    clears,
    clinic,
    extends,
    given,
    is_trained,
    reads,
)
from spheres.config.tests.test_undertakings_pages import form_id, main_of, page
from spheres.core.actor import Actor
from spheres.followup.covering import queries as covers
from spheres.sharing import actions as sharing
from spheres.sharing.models import Cover
from tests.cast import MONDAY, acting, uuid_of

__all__ = ["clinic"]
DAY = timedelta(days=1)
AHEAD = MONDAY + 340 * DAY
LAPSE = datetime(2027, 3, 2, 5, tzinfo=MONDAY.tzinfo)  # midnight in Montréal, a year later
pytestmark = pytest.mark.django_db


@pytest.fixture
def file_id(clinic: Any) -> UUID:
    """Somebody walks with Farah; Solène was trained since, so that hers lapses later."""
    clears(clinic.farah, clinic, at=MONDAY)
    clears(clinic.solene, clinic, at=MONDAY + 100 * DAY)
    return given(clinic, clinic.farah)


def is_named(clinic: Any, *, at: datetime = AHEAD, who: Actor | None = None) -> Any:
    """Jean, who leads the team, names who answers in case it lapses."""
    path = f"/undertakings/people/{clinic.farah.user_id}/stand-in/"
    until = {"until_day_day": "20", "until_day_month": "5", "until_day_year": "2027"}
    return page(
        clinic.jean, path, at, form_id=form_id(page(clinic.jean, path, at)),
        user=str((who or clinic.solene).user_id), **until,
    )  # fmt: skip


def may_reach(who: Actor, file_id: UUID, at: datetime) -> bool:
    return bool(asked("%s = any(access.readable_contact_files())", who, at, file_id))


def test_named_ahead_they_answer_from_the_lapse_on_and_no_sooner(
    clinic: Any, file_id: UUID
) -> None:
    answer = is_named(clinic)

    assert answer.status_code == 302
    moments = (AHEAD, LAPSE - timedelta(microseconds=1), LAPSE, LAPSE + 10 * DAY)
    assert [may_reach(clinic.solene, file_id, at) for at in moments] == [False, False, True, True]
    # What was given to Farah stays hers all along.
    assert all(reads(clinic.farah, file_id, at) for at in moments)


def test_renewed_before_it_never_begins_and_renewed_after_it_ends(
    clinic: Any, file_id: UUID
) -> None:
    is_named(clinic)
    assert may_reach(clinic.solene, file_id, LAPSE + 2 * DAY)

    is_trained(clinic.farah, clinic, at=LAPSE + 3 * DAY)

    assert may_reach(clinic.solene, file_id, LAPSE + 2 * DAY)
    assert not may_reach(clinic.solene, file_id, LAPSE + 3 * DAY)
    with acting(clinic.solene, LAPSE + 3 * DAY):
        assert covers.mine_now(actor=clinic.solene, at=LAPSE + 3 * DAY) == []


def test_extended_it_begins_when_the_extension_is_over(clinic: Any, file_id: UUID) -> None:
    is_named(clinic)
    extends(clinic.farah, clinic, at=LAPSE - DAY, until=LAPSE + 20 * DAY)

    seen = [may_reach(clinic.solene, file_id, LAPSE + days * DAY) for days in (0, 19, 20)]

    assert seen == [False, False, True]


def test_nobody_names_herself_nor_somebody_of_a_partner_in_case_it_lapses(
    clinic: Any, file_id: UUID
) -> None:
    cast = clinic.cast

    def names(by: Actor, user: UUID, elsewhere: UUID | None) -> None:
        with acting(by, AHEAD), transaction.atomic():
            sharing.cover(
                uuid_of("in case"), kind=Cover.Kind.LAPSE, for_user_id=clinic.farah.user_id,
                user_id=user, elsewhere_id=elsewhere, starts_at=LAPSE, ends_at=LAPSE + DAY, by=by,
                at=AHEAD,
            )  # fmt: skip

    for by, user, elsewhere in (
        (clinic.solene, clinic.solene.user_id, None),
        (clinic.jean, cast.samir.user_id, cast.elsewhere.pk),
        (clinic.jean, clinic.jean.user_id, None),
    ):
        with pytest.raises(DatabaseError):
            names(by, user, elsewhere)
    names(clinic.jean, clinic.solene.user_id, None)


def test_whoever_will_have_lapsed_by_then_too_is_not_offered(clinic: Any, file_id: UUID) -> None:
    path = f"/undertakings/people/{clinic.farah.user_id}/stand-in/"

    before = main_of(page(clinic.jean, path, AHEAD))
    is_trained(clinic.solene, clinic, at=AHEAD, day=MONDAY)

    assert f'value="{clinic.solene.user_id}"' in before
    assert "Personne ici ne peut répondre pour l’instant" in main_of(page(clinic.jean, path, AHEAD))


def test_files_may_be_withheld_once_it_has_begun_and_open_again_when_she_is_back(
    clinic: Any, file_id: UUID
) -> None:
    is_named(clinic)
    one = f"/undertakings/people/{clinic.farah.user_id}/"
    ahead = page(clinic.jean, one, AHEAD)
    assert "Fermer ces dossiers entre-temps" not in main_of(ahead)

    ready = page(clinic.jean, one, LAPSE + DAY)
    page(clinic.jean, f"{one}withhold/", LAPSE + DAY, form_id=ready.context["withhold"].signed_id)

    assert not reads(clinic.farah, file_id, LAPSE + DAY)
    is_trained(clinic.farah, clinic, at=LAPSE + 2 * DAY)
    assert reads(clinic.farah, file_id, LAPSE + 2 * DAY)


def test_an_absence_named_before_the_stand_in_lapses_goes_on_through_it(
    clinic: Any, file_id: UUID
) -> None:
    """What was given is not stopped: nobody away is left without an answer at midnight."""
    lapse = LAPSE + 100 * DAY  # of Solène
    is_trained(clinic.farah, clinic, at=lapse - 20 * DAY)
    with acting(clinic.farah, lapse - 10 * DAY):
        answers(clinic.solene, clinic.farah, at=lapse - 10 * DAY, by=clinic.farah)

    moments = (lapse - DAY, lapse, lapse + 10 * DAY)
    assert [may_reach(clinic.solene, file_id, at) for at in moments] == [True, True, True]


def test_it_is_said_to_the_lead_and_to_both_of_them_and_may_be_called_off(
    clinic: Any, file_id: UUID
) -> None:
    one = f"/undertakings/people/{clinic.farah.user_id}/"
    assert "Nommer qui répondrait" in main_of(page(clinic.jean, one, AHEAD))
    is_named(clinic)

    said = main_of(page(clinic.jean, one, AHEAD)).replace("\u00a0", " ")
    assert "Si rien n’est renouvelé avant le 2 mars 2027, Solène répond" in said
    assert "Nommer qui répondrait" not in said
    for who in (clinic.jean, clinic.farah, clinic.solene):
        assert "Seulement tant que ce qui est demandé à cette personne est échu." in main_of(
            page(who, "/absences/", AHEAD)
        )
    [row] = _covers(clinic)
    page(clinic.farah, f"/absences/{row.pk}/end/", AHEAD, sure="on")
    assert not may_reach(clinic.solene, file_id, LAPSE + DAY)


def _covers(clinic: Any) -> list[Cover]:
    with acting(clinic.jean, AHEAD):
        return list(Cover.objects.filter(kind=Cover.Kind.LAPSE))


def test_longer_ahead_than_sixty_days_nobody_is_named(clinic: Any, file_id: UUID) -> None:
    one = f"/undertakings/people/{clinic.farah.user_id}/"

    early = page(clinic.jean, one, MONDAY + 300 * DAY)

    assert "Nommer qui répondrait" not in main_of(early)
    assert page(clinic.jean, f"{one}stand-in/", MONDAY + 300 * DAY).status_code == 403

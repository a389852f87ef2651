"""What another programme sealed for us: is it read, placed as a draft, and kept nowhere else?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from django.test import override_settings
from django.urls import reverse

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.disclosures.tests.asked import main, signed
from spheres.followup.disclosures.tests.factories import SOON
from spheres.followup.transfers import policy
from spheres.followup.transfers.forms import OpenForm, PlaceForm
from spheres.records import parcels
from spheres.records import queries as kept
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
PAGE = "Ma tante Rose compte pour moi."
ITEMS = [("Their page", PAGE), ("Words of their own", "À mon pas.")]


def parcel(which: str = "a parcel", *, key: str = "") -> str:
    return parcels.seal_for(
        uuid_of(which), key or parcels.our_key(), ITEMS, sender="Programme du Saguenay",
        language="fr", until=clock.day_of(MONDAY) + parcels.LIFE,
    )  # fmt: skip


def open_parcel(who: Actor, text: str, *, days: int = 0) -> Any:
    client = signed_in(who, at=MONDAY + timedelta(days=days))
    with clock.at(MONDAY + timedelta(days=days)):
        return client.post(reverse("transfers:open"), {"parcel": text, "form_id": signed(OpenForm)})


def place(who: Actor, text: str, file_id: UUID | str) -> Any:
    client = signed_in(who, at=MONDAY)
    said = {"parcel": text, "person": str(file_id), "form_id": signed(PlaceForm)}
    with clock.at(MONDAY):
        return client.post(reverse("transfers:place"), said)


def test_a_parcel_is_read_and_told_of_in_its_reader_s_journal_and_kept_nowhere(cast: Cast) -> None:
    page = main(open_parcel(cast.ines, parcel()))

    assert all(words in page for words in (PAGE, "À mon pas.", "Programme du Saguenay"))
    assert parcels.receipt_of(uuid_of("a parcel")) in page
    with acting(cast.ines, SOON):
        assert list(kept.drafts_of(cast.maya.file_id, actor=cast.ines)) == []
        assert Event.objects.filter(action="parcel.opened").count() == 1


def test_placed_twice_it_is_one_draft_of_one_of_my_people(cast: Cast) -> None:
    file_id = cast.maya.file_id
    first, second = place(cast.ines, parcel(), file_id), place(cast.ines, parcel(), file_id)

    draft = uuid5(uuid_of("a parcel"), str(file_id))
    assert first["Location"] == second["Location"] == f"/files/{file_id}/notes/new/?draft={draft}"
    with acting(cast.ines, SOON):
        assert [one.pk for one in kept.drafts_of(file_id, actor=cast.ines)] == [draft]


def test_in_nobody_s_file_it_is_not_placed(cast: Cast) -> None:
    """Nobody chosen, nobody known; or somebody whom another accompanies, and not oneself."""
    answers = [
        place(cast.ines, parcel(), ""),
        place(cast.ines, parcel(), uuid_of("nobody")),
        place(cast.karim, parcel(), cast.maya.file_id),
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422]


def test_after_its_last_day_altered_or_for_another_it_says_why(cast: Cast) -> None:
    text = parcel()
    late = open_parcel(cast.ines, text, days=15)
    altered = open_parcel(cast.ines, text.replace('"sealed": "AQ', '"sealed": "AR'))
    with override_settings(SPHERES_KEY=bytes(range(32))):
        theirs = parcels.our_key()
    of_another = open_parcel(cast.ines, parcel(key=theirs))

    answers = [late, altered, of_another]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    for answer, says in zip(answers, ("quatorze jours", "altéré", "autre programme"), strict=True):
        assert says in main(answer)
        assert PAGE not in main(answer)


@pytest.mark.parametrize("who", ["roy", "amrani", "nadia"])
def test_whoever_accompanies_nobody_opens_no_parcel(cast: Cast, who: str) -> None:
    assert not policy.can_open(getattr(cast, who))
    assert open_parcel(getattr(cast, who), parcel()).status_code == 403

"""Who asks that what was written of her be erased? She; and for her, only whoever may."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from spheres.core.clock import day_of
from spheres.core.errors import NotAllowed
from spheres.followup.representatives import actions as representatives
from spheres.privacy.retention import actions, policy
from spheres.privacy.retention.forms import AskForForm
from spheres.sharing.models import ErasureRequest
from tests.cast import MONDAY, TUESDAY, acting, uuid_of
from tests.deciding import House

pytestmark = pytest.mark.django_db


def suspend(house: House) -> None:
    ines = house.cast.ines
    said = representatives.Said(uuid_of("suspended"), "PARENT", "DANGER", "Ce qui a été vu.")
    with acting(ines, MONDAY):
        representatives.suspend(house.file_id, said, by=ines, at=MONDAY)


def asks_for_her(house: House, *, by: str) -> None:
    asked = actions.Asked(uuid_of("asked"), "REPRESENTATIVE", day_of(MONDAY), "Effacez tout.", "")
    with acting(house[by], MONDAY), transaction.atomic():
        actions.ask(house.file_id, asked, by=house[by], at=MONDAY)


def requests(house: House) -> int:
    with acting(house["nadia"], TUESDAY):
        return ErasureRequest.objects.count()


def test_whoever_speaks_for_her_asks_nothing_by_the_officer(house: House) -> None:
    with acting(house["nadia"], MONDAY):
        form = AskForForm(actor=house["nadia"])
        assert [code for code, _label in form.fields["asker"].choices] == ["HERSELF"]
    with pytest.raises(DatabaseError, match="row-level security"):
        asks_for_her(house, by="nadia")
    assert requests(house) == 0


def test_while_a_representative_is_suspended_nobody_asks_for_her(house: House) -> None:
    suspend(house)
    with pytest.raises(DatabaseError, match="row-level security"):
        asks_for_her(house, by="ines")
    assert requests(house) == 0


def test_what_was_asked_for_her_is_not_decided_once_they_are_suspended(house: House) -> None:
    house.close()
    asks_for_her(house, by="ines")
    proposed = house.propose()
    suspend(house)
    with pytest.raises(NotAllowed) as refused:
        house.confirm(proposed, at=TUESDAY)
    assert str(refused.value) == str(policy.REFUSED["CHANGED"])
    with acting(house["nadia"], TUESDAY):
        actions.take_back(house.row(proposed), by=house["nadia"])
    with pytest.raises(NotAllowed) as refused:
        house.propose("again", at=TUESDAY)
    assert str(refused.value) == str(policy.REFUSED["NO_REQUEST"])

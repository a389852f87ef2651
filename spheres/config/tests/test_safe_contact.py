"""Is «not safe» said on the pages of a person who is not admitted yet?"""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from spheres.core import clock
from spheres.followup.admission import actions as admission
from spheres.followup.reaching import actions
from tests.cast import MONDAY, acting, refer, uuid_of
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
UNSAFE = "pas sécuritaire depuis le 1er mars\u00a0: ne pas joindre"


@pytest.mark.parametrize("name", ["dossier:file", "admission:admit", "admission:close"])
def test_not_safe_is_said_before_admission_too(cast, name):
    file_id, offer = refer("Léa", desk=cast.institute.id), uuid_of("offer of Léa")
    with acting(cast.louise):
        admission.offer(file_id, to=cast.ines.user_id, offer_id=offer, by=cast.louise, at=MONDAY)
    with acting(cast.ines):
        admission.accept(offer, desk=cast.institute.id, by=cast.ines, at=MONDAY)
        admission.meet(file_id, by=cast.ines, at=MONDAY)
        actions.note_unsafe(
            file_id, uuid_of("unsafe Léa"), on=date(2026, 3, 1), by=cast.ines, at=MONDAY
        )
    client = signed_in(cast.ines, at=MONDAY)

    with clock.at(MONDAY):
        page = client.get(reverse(name, args=[file_id])).content.decode()

    assert page.count(UNSAFE) == 1

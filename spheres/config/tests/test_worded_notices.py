"""Do the notices of a restriction and of an incident read what the organisation words itself?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from spheres.core import clock
from spheres.followup.restrictions.policy import Barred
from spheres.followup.restrictions.tests.factories import bar
from spheres.privacy.access_requests.tests.test_papers import words_of
from spheres.privacy.incidents.models import Addition
from spheres.privacy.incidents.tests.factories import INCIDENT, add, concerns_maya, tell
from spheres.privacy.wording.tests.test_wording import adopt
from tests.cast import MONDAY, TUESDAY, Cast
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)
AFTER = TUESDAY + 2 * AN_HOUR
FR, EN = "Dites-le à {organisation}.", "Tell {organisation}."


def paper(who, url: str, **said: str) -> str:
    with clock.at(AFTER):
        made = signed_in(who, at=AFTER).post(url, said)
    assert made.status_code == 200
    return words_of(made.content)


def test_the_notice_of_a_restriction_keeps_the_words_of_its_day(cast: Cast) -> None:
    effects = {"letter": "restriction", "one": "effects"}
    first = bar(cast, Barred(user_id=cast.samir.user_id), of="ours", at=MONDAY)
    adopt(cast, "Comme dit ici.", "As said here.", at=MONDAY + AN_HOUR, **effects)
    then = bar(cast, Barred(user_id=cast.samir.user_id), of="theirs", at=TUESDAY)
    adopt(cast, FR, EN, at=TUESDAY + AN_HOUR, **effects)

    ours, theirs = (
        paper(cast.ines, reverse("restrictions:notice", args=[cast.maya.file_id, which]))
        for which in (first, then)
    )

    assert "Elle est levée quand vous le dites." in ours
    assert "Comme dit ici." in theirs
    assert "Dites-le à" not in ours + theirs


def test_the_notices_and_the_letter_of_an_incident_say_it_so(cast: Cast) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    add(cast.nadia, Addition.Item.LETTER, words="Une enveloppe a été oubliée.")
    for letter, one in (("incident_notice", "also"), ("incident", "recourse")):
        adopt(cast, FR, EN, at=MONDAY, letter=letter, one=one)
    press = reverse("incidents:paper", args=[INCIDENT])
    hers = reverse("incidents:letter", args=[cast.maya.file_id, INCIDENT])

    assert "Dites-le à La Maison." in paper(cast.nadia, press, of="CAI")
    assert "Dites-le à La Maison." in paper(cast.nadia, press, of="LETTER")
    assert "Dites-le à La Maison." in paper(cast.ines, hers, with_name="on")
    neutral = paper(cast.ines, hers)
    assert "Dites-le à l’organisme qui vous remet cette lettre." in neutral
    assert "La Maison" not in neutral

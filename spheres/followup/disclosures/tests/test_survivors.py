"""To meet somebody who has lived through it: does the programme read four things, and no more?"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from spheres.followup.disclosures.tests.asked import YES, again, get, main, send
from spheres.followup.disclosures.tests.factories import SOON, decide
from spheres.sharing.models import Disclosure
from tests.cast import Cast, acting
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines(cast: Cast) -> Client:
    return signed_in(cast.ines, at=SOON)


def asked(ines: Client, cast: Cast, **wrong: str) -> Any:
    typed = {
        "to": str(cast.police.pk), "item_NAME": "May", "item_LANGUAGE": "Français",
        "item_CONTACT": "Par Inès, jamais d’appel.", "first_on": "2026-03-10",
        "second_on": "2026-03-12", **YES, **wrong,
    }  # fmt: skip
    return send(ines, "survivors", cast.maya.file_id, **typed)


def test_the_survivor_programme_reads_four_things_and_nothing_else(
    cast: Cast, ines: Client
) -> None:
    where = reverse("disclosures:survivors", args=[cast.maya.file_id])
    preview = asked(ines, cast)
    again(ines, preview, where, step="confirm")
    with acting(cast.ines, SOON):
        [one] = Disclosure.objects.all()
    roy = signed_in(cast.roy, at=SOON)
    before = get(roy, "told", one.pk).status_code
    decide(one, cast.karim)

    page = main(get(roy, "told", one.pk))
    assert before == 404
    for words in ("May", "Français", "Par Inès, jamais d’appel.", "10 mars 2026", "12 mars 2026"):
        assert words in page
    assert one.items == ["NAME", "LANGUAGE", "CONTACT", "DATES"]
    for never in ("Dormir", "J’ai dormi", "14-17", "Mireille", "signer « Café »"):
        assert never not in page
    assert get(signed_in(cast.samir, at=SOON), "told", one.pk).status_code == 404
    send(ines, "detail", cast.maya.file_id, one.pk, step="back")
    assert get(roy, "told", one.pk).status_code == 404


@pytest.mark.parametrize(
    "named",
    [{"item_NAME": "Mila Tremblay"}, {"item_LANGUAGE": "Français, avec Rosa Lim"},
     {"item_CONTACT": "Par sa tante, Rosa Lim."}],
)  # fmt: skip
def test_a_full_name_is_pointed_out_first_and_kept_once_looked_at_again(
    cast: Cast, ines: Client, named: dict[str, str]
) -> None:
    pointed = asked(ines, cast, **named)
    looked = asked(ines, cast, **named, looked_again="yes")

    assert (pointed.status_code, looked.status_code) == (422, 200)
    assert "ressemble à un nom complet" in main(pointed)
    assert next(iter(named.values())) in main(pointed)
    with acting(cast.ines, SOON):
        assert not Disclosure.objects.exists()


def test_a_first_name_and_a_number_are_not_pointed_out(cast: Cast, ines: Client) -> None:
    answer = asked(ines, cast, item_CONTACT="Par texto au 514 555-0101, après 16 h.")

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"first_on": "2026-03-01"}, "Ce jour est passé"),
        ({"second_on": "2026-03-10"}, "Proposez deux jours différents."),
        ({"item_NAME": ""}, "Il faut cette réponse"),
        ({"witness": ""}, "il faut un témoin"),
    ],
)
def test_a_request_that_is_not_whole_says_what_is_missing(
    cast: Cast, ines: Client, wrong: dict[str, str], says: str
) -> None:
    answer = asked(ines, cast, **wrong)

    assert answer.status_code == 422
    assert says in main(answer)
    assert "Par Inès, jamais d’appel." in main(answer)

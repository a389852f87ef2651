"""She asks that what was written of her be erased: until which day, who is told, and only once?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import translation

from spheres.config.tests.test_retention_pages import ASKED, QUEUE, day, get, main_of, post
from spheres.core import clock
from spheres.core.errors import WrongState
from spheres.privacy.retention import actions, standing
from spheres.sharing.models import ErasureRequest
from tests.cast import MONDAY, acting, uuid_of
from tests.deciding import House

pytestmark = pytest.mark.django_db
# Said on 4 March, it is answered by Good Friday, when nobody works.
A_WEDNESDAY = datetime(2026, 3, 4, 14, tzinfo=UTC)
THE_DAY, THE_DAY_AFTER = datetime(2026, 4, 3, 14, tzinfo=UTC), datetime(2026, 4, 4, 14, tzinfo=UTC)
PASSED = "le jour prévu par la loi est passé"


def lines(house: House, at: datetime) -> list[str]:
    with translation.override("fr"), clock.at(at), acting(house["nadia"], at):
        said = [one.sentence for one in standing.waiting(actor=house["nadia"])]
    return [one.replace("\xa0", " ") for one in said]


def test_the_day_of_the_law_is_said_with_the_last_working_day_before_it(house: House) -> None:
    house.ask(A_WEDNESDAY)

    page = main_of(get(house, "nadia", QUEUE, at=THE_DAY).content.decode())

    assert "réponse attendue d’ici le 3 avril 2026" in page
    assert "le dernier jour ouvrable qui le précède est le 2 avril 2026" in page
    assert PASSED not in page


def test_once_that_day_has_passed_each_page_says_so_until_it_is_answered(house: House) -> None:
    house.close(A_WEDNESDAY)
    house.ask(A_WEDNESDAY)
    urls = {
        "nadia": (QUEUE, reverse("retention:file", args=[house.file_id])),
        "ines": (reverse("retention:hers", args=[house.file_id]),),
    }

    def say_it_has_passed(who: str) -> list[bool]:
        pages = [get(house, who, url, at=THE_DAY_AFTER).content.decode() for url in urls[who]]
        return [PASSED in main_of(page) for page in pages]

    assert (say_it_has_passed("nadia"), say_it_has_passed("ines")) == ([True, True], [True])
    house.confirm(house.propose(exit="KEPT", why="LAW", at=THE_DAY_AFTER), at=THE_DAY_AFTER)
    assert (say_it_has_passed("nadia"), say_it_has_passed("ines")) == ([False, False], [False])


def test_the_desk_reads_how_many_wait_and_until_when(house: House) -> None:
    house.ask(A_WEDNESDAY)

    assert lines(house, THE_DAY) == [
        "1 demande d’effacement attend une réponse d’ici le 3 avril 2026"
    ]
    assert lines(house, THE_DAY_AFTER) == [
        "1 demande d’effacement attend, et le délai de la loi était le 3 avril 2026 : "
        "voyez-y d’abord"
    ]


def asks(house: House, which: str, *, by: str, asker: str = "HERSELF") -> None:
    asked = actions.Asked(uuid_of(which), asker, date(2026, 3, 2), "Encore.", "")
    with acting(house[by], MONDAY):
        actions.ask(house.file_id, asked, by=house[by], at=MONDAY)


@pytest.mark.parametrize("by", ["ines", "nadia"])
def test_two_forms_make_one_open_request_and_once_it_is_answered_another(
    house: House, by: str
) -> None:
    house.close()
    house.ask()
    house.ask()  # sent twice, it is one

    with pytest.raises(WrongState, match="même demande"):
        asks(house, "another form", by=by)
    proposed = house.propose(exit="KEPT", why="LAW")
    with pytest.raises(WrongState, match="même demande"):
        asks(house, "another form", by=by)
    house.confirm(proposed)
    asks(house, "another form", by=by)

    with acting(house["nadia"]):
        assert ErasureRequest.objects.count() == 2


def test_the_form_says_that_it_waits_already_and_loses_nothing(house: House) -> None:
    house.ask()
    reference = str(house.file_id)[:4].upper() + " " + str(house.file_id)[4:8].upper()
    said = {
        "asker": "HERSELF",
        "her_words": "Mes photos aussi.",
        **day("said_on", date(2026, 3, 2)),
    }
    hers = reverse("retention:hers", args=[house.file_id])

    answers = [
        post(house, "ines", hers, **said),
        post(house, "nadia", ASKED, reference=reference, **said),
    ]

    assert [one.status_code for one in answers] == [422, 422]
    for one in answers:
        assert "La même demande attend déjà sa réponse" in one.content.decode()
        assert "Mes photos aussi." in one.content.decode()

"""As long as she may not be told of a demand, what shows that somebody sits at it?

The order forbids to tell her, or telling her now could harm her: whoever sits there opens her file,
and neither the page of openings, nor those who see it, nor her register may say so before.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from spheres.accounts.models import User
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.dossier import opened, seeing
from spheres.portal.my_say.tests.factories import her_notebook
from spheres.portal.notebook.tests.factories import herself
from spheres.privacy.access_requests.tests.factories import receive as request_of
from spheres.privacy.access_requests.tests.factories import seat as seat_at_request
from spheres.privacy.legal_demands.policy import Do
from spheres.privacy.legal_demands.tests.factories import (
    LATER,
    counsel,
    give_seat,
    inform,
    link,
    seated,
    weigh,
)
from tests.cast import Cast, acting
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
AFTER = LATER + timedelta(hours=1)
TOLD = AFTER + timedelta(hours=1)
IN_MARCH = date(2026, 3, 30)
LATER_ON: dict[str, Any] = {"way": "LATER", "look_again_on": IN_MARCH}


def at(actor: Actor, moment: Any) -> Client:
    return signed_in(actor, at=moment, language="en")


def opens(cast: Cast, matter_id: UUID, moment: Any = LATER) -> None:
    """The officer opens the demand, from her seat."""
    with clock.at(moment):
        page = at(cast.nadia, moment).get(reverse("legal_demands:one", args=[matter_id]))
    assert page.status_code == 200


def named(cast: Cast, actor: Actor, moment: Any, month: str = "") -> set[str]:
    """Who opened it or wrote in it, as the page made to be read with her says."""
    with acting(actor, moment):
        found = opened.opened(cast.maya.file_id, actor=actor, at=moment, month=month)
    days = [*found.days, *(day for one in found.months for day in one.days)]
    return {line.last.name for day in days for line in day.lines}


def times(cast: Cast, actor: Actor, moment: Any) -> list[int]:
    with acting(actor, moment):
        found = opened.opened(cast.maya.file_id, actor=actor, at=moment)
    return [one.times for one in found.months]


def seen_by(cast: Cast, actor: Actor, moment: Any) -> set[str]:
    with acting(actor, moment):
        return {one.name for one in seeing.seers(cast.maya.file_id, actor=actor, at=moment)}


@pytest.mark.parametrize("ground", ["FORBIDDEN", "HARM"])
def test_what_the_officer_opened_is_not_there_before_she_is_told_and_is_after(
    cast: Cast, ground: str
) -> None:
    matter_id = link(cast)
    inform(matter_id, by=cast.ines, ground=ground, **LATER_ON)
    opens(cast, matter_id, AFTER)

    before = named(cast, cast.ines, AFTER)
    seen_before = seen_by(cast, cast.ines, AFTER)
    inform(matter_id, by=cast.ines, at=TOLD)

    assert ("Nadia" in before, "Nadia" in seen_before) == (False, False)
    assert "Inès" in before
    assert ("Nadia" in named(cast, cast.ines, TOLD), "Nadia" in seen_by(cast, cast.ines, TOLD)) == (
        True, True,
    )  # fmt: skip


def test_as_long_as_nobody_has_said_whether_she_was_told_it_waits_too(cast: Cast) -> None:
    matter_id = link(cast)
    opens(cast, matter_id)

    assert "Nadia" not in named(cast, cast.ines, LATER)
    # Taken back before anybody told her: there is nothing left to protect.
    nadia = seated(cast.nadia)
    weigh(matter_id, Do.LAPSED, "", by=nadia, at=AFTER)
    weigh(matter_id, Do.CLOSED, "ENDS", by=nadia, at=AFTER)
    assert "Nadia" in named(cast, cast.ines, AFTER)


def test_the_months_before_do_not_count_it_and_do_once_she_is_told(cast: Cast) -> None:
    matter_id = link(cast)
    inform(matter_id, by=cast.ines, ground="FORBIDDEN", **LATER_ON)
    in_april = LATER + timedelta(days=40)
    [before] = times(cast, cast.ines, in_april)
    opens(cast, matter_id, AFTER)

    assert times(cast, cast.ines, in_april) == [before]
    assert "Nadia" not in named(cast, cast.ines, in_april, "2026-03")
    inform(matter_id, by=cast.ines, at=in_april)
    [after] = times(cast, cast.ines, in_april)
    assert after > before
    assert "Nadia" in named(cast, cast.ines, in_april, "2026-03")


def test_what_the_officer_opened_before_for_a_request_of_hers_stays(cast: Cast) -> None:
    request_id = request_of(cast)
    seat_at_request(cast, request_id, at=LATER)
    with clock.at(LATER):
        at(cast.nadia, LATER).get(reverse("access_requests:seat_one", args=[request_id]))
    matter_id = link(cast, at=AFTER)
    opens(cast, matter_id, AFTER)

    assert "Nadia" in named(cast, cast.ines, AFTER)


def test_the_page_read_with_her_says_it_in_neither_language(cast: Cast) -> None:
    matter_id = link(cast)
    inform(matter_id, by=cast.ines, ground="FORBIDDEN", **LATER_ON)
    opens(cast, matter_id, AFTER)

    for language in ("fr", "en"):
        client = signed_in(cast.ines, at=AFTER, language=language)
        with clock.at(AFTER):
            page = client.get(reverse("dossier:who", args=[cast.maya.file_id]))
        assert (page.status_code, "Nadia" in page.content.decode()) == (200, False)


def told_to_her(cast: Cast, moment: Any) -> set[str]:
    """The names that the database tells her in her notebook, whatever page would ask."""
    with acting(herself(cast), moment):
        return set(User.objects.values_list("name", flat=True))


@pytest.mark.parametrize("said", [{}, {"ground": "FORBIDDEN", **LATER_ON}])
def test_her_notebook_names_nobody_who_sits_at_a_demand_before_she_is_told(
    cast: Cast, said: dict[str, Any]
) -> None:
    her_notebook(cast)
    matter_id = link(cast)
    if said:
        inform(matter_id, by=cast.ines, **said)
    give_seat(matter_id, counsel(cast), by=seated(cast.nadia))
    opens(cast, matter_id, AFTER)

    before = told_to_her(cast, AFTER)
    inform(matter_id, by=cast.ines, at=TOLD)

    assert before == {"Inès", "Louise"}
    assert told_to_her(cast, TOLD) == {"Inès", "Louise", "Maître Côté", "Nadia"}


def test_nor_by_the_line_of_what_was_refused_nor_once_the_seats_are_over(cast: Cast) -> None:
    her_notebook(cast)
    matter_id = link(cast)
    inform(matter_id, by=cast.ines, ground="FORBIDDEN", **LATER_ON)
    nadia = seated(cast.nadia)
    weigh(matter_id, Do.OBJECTED, "NO_RIGHT", by=nadia)
    refused = told_to_her(cast, LATER)
    weigh(matter_id, Do.CLOSED, "ENDS", by=nadia, at=AFTER)

    assert (refused, told_to_her(cast, TOLD)) == ({"Inès", "Louise"}, {"Inès", "Louise"})


def test_whoever_sits_at_a_request_of_hers_is_named_at_once(cast: Cast) -> None:
    her_notebook(cast)
    request_id = request_of(cast)
    seat_at_request(cast, request_id, at=LATER)

    assert told_to_her(cast, LATER) == {"Inès", "Louise", "Nadia"}

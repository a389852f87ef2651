"""Is a coordinator of another organisation than the desk’s told no before the database says it?"""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, transaction

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.decision import Decision
from spheres.core.errors import NotAllowed
from spheres.outreach.events import actions, policy
from spheres.outreach.events.models import Event, NextVisit
from spheres.outreach.events.tests.factories import A_DAY, HOW, is_asked, notes, read, row_of
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/outreach/"
TODAY = clock.day_of(MONDAY)


def coordinator_elsewhere(cast: Cast) -> Actor:
    """She coordinates at an organisation where no referral arrives."""
    with acting(LOADER):
        return add_person("Lise", cast.elsewhere, Role.COORDINATOR)


def told(who: Actor, event: Event) -> list[bool]:
    """Whether she adds to this event, changes it, calls it off; answers, plans, chooses."""
    of_event: list[Decision] = [
        may(who, event) for may in (policy.can_add, policy.can_change, policy.can_cancel)
    ]
    of_all = [
        may(who)
        for may in (policy.can_answer_audiences, policy.can_plan_visit, policy.can_choose_kit)
    ]
    return [bool(one) for one in (*of_event, *of_all)]


def test_a_coordinator_elsewhere_has_no_part_in_what_the_desk_alone_may_do(cast: Cast) -> None:
    lise, event_id = coordinator_elsewhere(cast), notes(cast.ines, asked=(HOW,))
    visit = NextVisit(
        id=uuid_of("hers"), anchor_id=event_id, due_on=TODAY, written_by=lise.user_id,
        written_at=MONDAY,
    )  # fmt: skip

    with acting(lise):
        assert told(lise, row_of(lise, event_id)) == [False] * 6
        assert Event.objects.filter(pk=event_id).update(kind="media") == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            NextVisit.objects.bulk_create([visit])
    with acting(cast.louise):
        assert told(cast.louise, row_of(cast.louise, event_id)) == [True] * 6


def test_a_coordinator_elsewhere_keeps_her_part_in_what_she_noted_or_presents(cast: Cast) -> None:
    lise = coordinator_elsewhere(cast)
    hers = notes(lise, "hers", presenter_ids=[])
    shared = notes(cast.ines, "shared", presenter_ids=[lise.user_id])
    is_asked(lise, hers)
    with acting(lise):
        said = actions.Said("visit", A_DAY, place="au salon", presenter_ids=[lise.user_id])
        actions.change(shared, said, since=1, by=lise, at=MONDAY)
        actions.cancel(hers, reason="Reporté.", by=lise, at=MONDAY)

    found = [read(cast.samir, one) for one in (hers, shared)]
    assert [one and (one.shown.row.is_off, one.shown.row.opened.place) for one in found] == [
        (True, ""), (False, "au salon"),
    ]  # fmt: skip


def test_whoever_only_presents_does_not_take_herself_away_and_loses_no_word(cast: Cast) -> None:
    event_id = notes(cast.ines, presenter_ids=[cast.samir.user_id])
    url, without = f"{PAGE}{event_id}/change/", actions.Said("visit", A_DAY)
    with clock.at(MONDAY):
        samir = signed_in(cast.samir, language="en")
        fields = Page(samir.get(url).content.decode()).fields
        said = {"form_id": fields["form_id"], "since": "1", "kind": "visit"}
        answer = samir.post(url, said | {"held_on": "2026-02-26", "place": "au salon"})
    with acting(cast.samir), pytest.raises(NotAllowed):
        actions.change(event_id, without, since=1, by=cast.samir, at=MONDAY)
    with acting(cast.ines):
        actions.change(event_id, without, since=1, by=cast.ines, at=MONDAY)

    page = answer.content.decode()
    assert (answer.status_code, "au salon" in page) == (422, True)
    assert "Whoever noted the event, or the coordination, takes your name away from it." in page


def test_her_pages_offer_nothing_and_say_no_in_words(cast: Cast) -> None:
    lise, event_id = coordinator_elsewhere(cast), notes(cast.ines, asked=(HOW,))
    with clock.at(MONDAY):
        client = signed_in(lise, language="en")
        page = client.get(f"{PAGE}{event_id}/").content.decode()
        statuses = [
            client.get(f"{PAGE}{path}").status_code
            for path in (f"{event_id}/change/", f"{event_id}/cancel/", "kit/workers/")
        ]

    assert f"{event_id}/change/" not in page
    assert statuses == [403, 403, 403]

"""Is «this is no longer right» told in one line, seen by the coordination, and put away once?"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import ProgrammingError, transaction

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.directory import actions, policy, queries
from spheres.directory.models import TELLING, Remark
from spheres.directory.tests.factories import BEDS, resource_id
from tests.cast import FRIDAY, MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in

REMARK = uuid_of("the number no longer answers")


def told(cast: Cast, *, by: Actor | None = None, remark_id: UUID = REMARK) -> None:
    with acting(by or cast.ines) as who:
        actions.tell(resource_id(BEDS), "PHONE", remark_id=remark_id, by=who, at=MONDAY)


@pytest.mark.parametrize("role", Role)
def test_who_may_tell_and_who_may_keep(role: Role) -> None:
    actor = Actor(uuid_of("a"), uuid_of("b"), frozenset({role.value}))

    assert bool(policy.can_look(actor))
    assert bool(policy.can_tell(actor)) is (role in TELLING)
    assert bool(policy.can_keep(actor)) is (role == Role.COORDINATOR)


def test_a_worker_tells_and_the_coordination_reads_whom_to_ask(cast: Cast) -> None:
    told(cast)

    with acting(cast.louise):
        (one,) = queries.told(actor=cast.louise)
    assert (one.resource.slug, one.remark.what, one.name) == (BEDS, "PHONE", "Inès")


def test_told_twice_it_is_one_remark_and_one_event(cast: Cast) -> None:
    told(cast)
    told(cast)

    with acting(cast.ines):
        events = Event.objects.filter(action="resource.remarked")
        assert [event.record_ids for event in events] == [[REMARK, resource_id(BEDS)]]
        assert Remark.objects.count() == 1


def test_colleagues_see_on_the_page_that_somebody_told(cast: Cast) -> None:
    told(cast)

    with clock.at(MONDAY):
        page = signed_in(cast.samir, language="en").get(f"/directory/{resource_id(BEDS)}/")

    assert "The number no longer answers <span" in page.content.decode()
    assert "Inès" not in page.content.decode()


def test_the_coordination_puts_it_away_once(cast: Cast) -> None:
    told(cast)
    with acting(cast.louise, TUESDAY):
        actions.settle(REMARK, by=cast.louise, at=TUESDAY)
    with acting(cast.louise, FRIDAY):
        actions.settle(REMARK, by=cast.louise, at=FRIDAY)
        remark = Remark.objects.get(pk=REMARK)
        assert queries.told(actor=cast.louise) == []
        events = Event.objects.filter(action="resource.settled", actor_id=cast.louise.user_id)
        assert events.count() == 1

    assert (remark.settled_by, remark.settled_at) == (cast.louise.user_id, TUESDAY)


@pytest.mark.parametrize("who", ["ines", "karim", "samir", "roy"])
def test_nobody_else_puts_it_away(cast: Cast, who: str) -> None:
    told(cast)
    actor = getattr(cast, who)

    with acting(actor), pytest.raises(NotAllowed), transaction.atomic():
        actions.settle(REMARK, by=actor, at=TUESDAY)
    with acting(actor):
        assert (
            Remark.objects.filter(pk=REMARK).update(settled_by=actor.user_id, settled_at=TUESDAY)
            == 0
        )


def test_nobody_tells_in_anothers_name_nor_writes_what_a_resource_is(cast: Cast) -> None:
    forged = Remark(
        id=REMARK, resource_id=resource_id(BEDS), what="PHONE",
        told_by=cast.samir.user_id, told_at=MONDAY,
    )  # fmt: skip
    for write in (
        lambda: Remark.objects.bulk_create([forged]),
        lambda: Remark.objects.filter(resource_id=resource_id(BEDS)).delete(),
    ):
        with acting(cast.ines), pytest.raises(ProgrammingError), transaction.atomic():
            write()
    with acting(cast.louise):
        assert queries.resource(resource_id(BEDS), actor=cast.louise).call == "450 555-0110"


def test_a_police_member_reads_and_does_not_tell(cast: Cast) -> None:
    roy = signed_in(cast.roy, language="en")
    with clock.at(MONDAY):
        page = roy.get(f"/directory/{resource_id(BEDS)}/")
        answer = roy.post(f"/directory/{resource_id(BEDS)}/tell/", {"what": "PHONE"})

    assert (page.status_code, "Something here is no longer right" in page.content.decode()) == (
        200, False,
    )  # fmt: skip
    assert answer.status_code in {403, 422}
    with acting(cast.louise):
        assert Remark.objects.count() == 0


def test_it_is_told_from_the_page_of_the_resource(cast: Cast) -> None:
    ines, address = signed_in(cast.ines), f"/directory/{resource_id(BEDS)}/"
    with clock.at(MONDAY):
        number = Page(ines.get(address).content.decode()).fields["form_id"]
        nothing = ines.post(f"{address}tell/", {"form_id": number})
        answer = ines.post(f"{address}tell/", {"form_id": number, "what": "HOURS"})

    assert (nothing.status_code, answer.status_code, answer["Location"]) == (422, 302, address)
    with acting(cast.louise):
        assert [remark.what for remark in Remark.objects.all()] == ["HOURS"]


@pytest.mark.parametrize(
    ("on", "lines"),
    [
        (date(2027, 1, 13), 4),  # the ninetieth day: those that were never verified
        (date(2027, 1, 14), 12),
    ],
)
def test_a_help_line_is_to_verify_after_ninety_days(cast: Cast, on: date, lines: int) -> None:
    with acting(cast.louise):
        assert len(queries.lines_to_verify(on=on)) == lines

"""The same demand arrives twice and both are linked: who is warned, what becomes of the hold?"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import Error, transaction
from django.test import Client

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.privacy.legal_demands import actions, registers
from spheres.privacy.legal_demands.actions import Weighed
from spheres.privacy.legal_demands.forms import ReceiveForm, SameForm
from spheres.privacy.legal_demands.models import Matter, MatterStatus, Step
from spheres.privacy.legal_demands.tests.factories import (
    LATER,
    SAID,
    found,
    inform,
    link,
    other_officer,
    seated,
    weigh,
)
from spheres.sharing import holding
from tests import pages
from tests.cast import Cast, acting, uuid_of

pytestmark = pytest.mark.django_db
SEEMS = "Une demande de même nature, du même jour et portant le même numéro"
COMPARE = "comparez leurs numéros"


def twice(cast: Cast) -> tuple[UUID, UUID]:
    """One paper, received by two colleagues, and linked by Inès each time."""
    return link(cast, "by mail"), link(cast, "by hand", office="Le greffe", number=" s2026-14")


def end_as_same(matter_id: UUID, same_id: UUID, *, by: Actor) -> bool:
    said = Weighed(uuid_of("the same"), "CLOSED", "SAME", words="Même numéro.")
    with acting(by, LATER):
        return actions.end_as_same(found(matter_id, by), said, same_id, by=by, at=LATER)


def client(actor: Actor) -> Client:
    return pages.signed_in(actor, at=LATER, language="fr")


def page(actor: Actor, path: str) -> str:
    with clock.at(LATER):
        return client(actor).get(path).content.decode()


def post(actor: Actor, path: str, form: type, **typed: Any) -> Any:
    sent = {"form_id": form.signer().sign(uuid_of("sent").hex), **typed}  # type: ignore[attr-defined]
    with clock.at(LATER):
        return client(actor).post(path, sent)


def test_whoever_sits_there_reads_that_it_seems_to_be_here_twice(cast: Cast) -> None:
    first, again = twice(cast)
    other = link(cast, "another", received_on=date(2026, 3, 1))

    seen = {
        one: COMPARE in page(cast.nadia, f"/demands/seats/{one}/") for one in (first, again, other)
    }

    assert seen == {first: True, again: True, other: False}


def test_whoever_links_it_again_is_asked_first_whether_it_is_another_one(cast: Cast) -> None:
    link(cast, "by mail")
    here = f"/files/{cast.maya.file_id}/demands/"
    typed = SAID | {"officer": str(cast.nadia.user_id), "kind": "PROTECTION", "asker": "PROTECTION"}
    typed |= {"received_on": "2026-03-02", "due_on": "2026-03-13"}

    asked = post(cast.ines, here, ReceiveForm, **typed)

    assert (asked.status_code, SEEMS in asked.content.decode()) == (422, True)
    with acting(cast.ines, LATER):
        assert Matter.objects.count() == 1
    assert post(cast.ines, here, ReceiveForm, another="yes", **typed).status_code == 302
    with acting(cast.ines, LATER):
        assert Matter.objects.count() == 2


def test_the_one_that_is_another_again_ends_and_its_hold_stays_until_that_other_is_over(
    cast: Cast,
) -> None:
    first, again = twice(cast)
    nadia, farah = seated(cast.nadia), other_officer(cast)

    assert [end_as_same(again, first, by=nadia) for _twice in range(2)] == [True, False]
    with acting(cast.ines, LATER):
        standing = MatterStatus.objects.get(pk=again)
        assert (standing.status, standing.same_id) == ("CLOSED", first)
    with acting(cast.nadia, LATER):
        assert not holding.ask_to_end(again, by=cast.nadia)

    weigh(first, "LAPSED", "", by=nadia)
    weigh(first, "CLOSED", "ENDS", by=nadia)
    with acting(cast.nadia, LATER):
        assert holding.ask_to_end(again, by=cast.nadia)
    with acting(farah, LATER):
        assert [holding.end(one, by=farah) for one in (again, first)] == ["DONE", "DONE"]


def test_what_she_may_not_be_told_of_the_one_she_is_not_told_of_the_other(cast: Cast) -> None:
    first, again = twice(cast)
    end_as_same(again, first, by=seated(cast.nadia))

    with acting(cast.ines, LATER):
        before = registers.not_told_yet(cast.maya.file_id, actor=cast.ines)
    inform(first, by=cast.ines)

    with acting(cast.ines, LATER):
        after = registers.not_told_yet(cast.maya.file_id, actor=cast.ines)
    assert (len(before), len(after)) == (2, 0)


def test_neither_a_closed_one_nor_itself_is_the_one_that_goes_on(cast: Cast) -> None:
    first, again = twice(cast)
    nadia = seated(cast.nadia)
    with pytest.raises(WrongState):
        end_as_same(again, again, by=nadia)
    with pytest.raises(NotAllowed):
        end_as_same(again, first, by=cast.ines)
    weigh(first, "LAPSED", "", by=nadia)
    weigh(first, "CLOSED", "ENDS", by=nadia)
    with pytest.raises(WrongState):
        end_as_same(again, first, by=nadia)


@pytest.mark.parametrize("which", ["none", "unanswered", "itself", "elsewhere"])
def test_the_database_ends_it_as_the_same_only_as_an_open_one_of_the_same_person(
    cast: Cast, which: str
) -> None:
    _first, again = twice(cast)
    nadia = seated(cast.nadia)
    same = {"itself": again, "elsewhere": uuid_of("elsewhere")}.get(which)
    code = "ENDS" if which == "unanswered" else "SAME"
    with acting(nadia, LATER):
        said = Step(
            id=uuid_of("said"), file_id=cast.maya.file_id, matter_id=again, kind="CLOSED",
            code=code, written_by=nadia.user_id, written_at=LATER,
        )  # fmt: skip
        Step.objects.bulk_create([said])
        moved = {"status": "CLOSED", "status_by": nadia.user_id, "status_at": LATER}
        with pytest.raises(Error, match="row-level"), transaction.atomic():
            MatterStatus.objects.filter(pk=again).update(**moved, same_id=same)


def test_it_is_ended_from_its_page_and_sent_twice_once(cast: Cast) -> None:
    first, again = twice(cast)
    path = f"/demands/seats/{again}/same/"
    assert "La même demande, deux fois" in page(cast.nadia, path)
    typed = {"same": str(first), "words": "Le même numéro, le même jour."}

    bare = post(cast.nadia, path, SameForm, same=str(first))
    sent = [post(cast.nadia, path, SameForm, **typed).status_code for _twice in range(2)]

    assert (bare.status_code, sent) == (422, [302, 404])  # the seat ended with it

"""Who reads what she leaves in her notebook, and what opens it at 14?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from spheres.core import clock
from spheres.core.actor import SHARED
from spheres.followup.consents.tests.factories import share
from spheres.followup.handing_over.tests.factories import LATER, hand_over
from spheres.participants import queries as participants
from spheres.portal.my_say.models import Answer, Ask
from spheres.portal.my_say.tests.factories import SAY, born_on, get, her_notebook, send
from spheres.portal.notebook import actions, queries
from spheres.portal.notebook.actions import Asked
from spheres.portal.notebook.models import Naming, Reply, Word
from spheres.portal.notebook.tests.factories import (
    EVERYTHING,
    come_in,
    confirm_contact,
    give_code,
    herself,
    open_notebook,
    telephone,
)
from spheres.vault import actions as vault
from tests.cast import MONDAY, Cast, acting
from tests.pages import learn_french, signed_in

learn_french()
SOON = MONDAY + timedelta(minutes=1)
AT_14 = datetime(2026, 3, 6, 15, tzinfo=UTC)
PAGES = (41, 42, 43, 44)


def left_in_it(cast: Cast) -> None:
    client = her_notebook(cast, "WRITE")
    send(client, "/n/11/", words="Pas Yanick, il me fait peur")
    send(client, "/n/46/1/", words="Yanick")


def readable() -> int:
    return sum(model.objects.count() for model in (Word, Ask, Naming, Reply, Answer))


def test_whoever_is_to_take_over_reads_none_of_it_before_they_have_met(cast: Cast) -> None:
    left_in_it(cast)
    hand_over(cast, "identity", "contact")

    with clock.at(LATER):
        yanick = signed_in(cast.yanick, at=LATER)
        pages = [
            yanick.get(f"/files/{cast.maya.file_id}/{at}") for at in ("notebook/words/", "my-say/")
        ]

    assert [page for page in pages if "Pas Yanick" in page.content.decode()] == []
    with acting(cast.yanick, LATER):
        assert readable() == 0


def test_a_partner_to_whom_she_shares_how_to_reach_her_reads_none_of_it(cast: Cast) -> None:
    left_in_it(cast)
    share(cast, user_id=cast.samir.user_id)

    with acting(replace(cast.samir, purpose=SHARED), SOON):
        assert readable() == 0


def test_her_worker_and_she_herself_read_it(cast: Cast) -> None:
    left_in_it(cast)

    for who in (cast.ines, herself(cast)):
        with acting(who, SOON):
            assert (Word.objects.count(), Ask.objects.count()) == (1, 1)


def opened_on_a_parents_yes(cast: Cast) -> None:
    born_on(cast, "2012-03-05")
    confirm_contact(cast, at=SOON)
    with acting(cast.ines, SOON):
        known = participants.known(cast.maya.file_id, actor=cast.ines)
        assert known is not None
        vault.open(known.rows, by=cast.ines)
        ready = queries.ready(participants.header_of(known), known, at=SOON)
        asked = Asked(uuid4(), "READ", EVERYTHING | SAY, agreed="PARENT")
        actions.open_together(cast.maya.file_id, asked, ready=ready, by=cast.ines, at=SOON)
    give_code(cast, at=SOON)


def met(at: datetime) -> list[int]:
    client = telephone()
    come_in(client, at=at)
    return [get(client, f"/n/{number}/", at=at).status_code for number in PAGES]


def test_at_14_a_notebook_opened_on_a_parents_yes_opens_no_more_than_before(cast: Cast) -> None:
    opened_on_a_parents_yes(cast)

    assert (met(SOON), met(AT_14)) == ([404, 404, 404, 200], [404, 404, 404, 200])


def test_opened_anew_on_her_own_yes_it_opens_them(cast: Cast) -> None:
    opened_on_a_parents_yes(cast)
    confirm_contact(cast, at=AT_14)
    open_notebook(cast, "READ", EVERYTHING | SAY, at=AT_14)

    assert met(AT_14) == [200, 200, 200, 200]


@pytest.mark.parametrize(("at", "status"), [(SOON, 200), (AT_14, 403)])
def test_her_worker_is_told_to_open_it_anew_and_gives_no_code_meanwhile(
    cast: Cast, at: datetime, status: int
) -> None:
    opened_on_a_parents_yes(cast)

    with clock.at(at):
        ines = signed_in(cast.ines, at=at)
        page = ines.get(f"/files/{cast.maya.file_id}/notebook/").content.decode()
        code = ines.get(f"/files/{cast.maya.file_id}/notebook/code/")

    assert ("ne parle plus pour elle" in page) is (at == AT_14)
    assert code.status_code == status

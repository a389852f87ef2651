"""Is what is said in supervision read by two people alone, and does it go with them?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction

from spheres.accounts import actions as accounts
from spheres.accounts.models import Membership, Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import SEAT, Actor
from spheres.sharing import holding
from spheres.sharing.models import Hold
from spheres.vault import actions as vault
from spheres.vault import keys
from spheres.vault.models import Kind
from spheres.worker_support.supervision.models import Entry, Slot, Supervision
from spheres.worker_support.supervision.tests.factories import (
    AFTER,
    CUT,
    EXPIRY,
    NOTED,
    WORDS,
    accepts,
    asks,
    held,
    offers,
    slot,
    ten_minutes_pass,
    texts,
    the_night_comes,
    writes,
)
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/supervision/"
ALL = [WORDS, NOTED]
VERBS = ("note", "accept", "held", "cancel", "move")
LEFT = AFTER + timedelta(days=1)


def of_role(cast: Cast, role: Role, where: str = "la_maison") -> Actor:
    with acting(LOADER):
        return add_person(f"Person {role.value} {where}", getattr(cast, where), role)


def leaves(cast: Cast, who: Actor, where: str, at: datetime) -> Actor:
    manager = of_role(cast, Role.ORGANISATION_MANAGER, where)
    with acting(manager, at):
        accounts.end_membership(who.user_id, by=manager, at=at)
    ten_minutes_pass(at + CUT)
    return manager


def counts(who: Actor, at: datetime = AFTER) -> tuple[int, int, int]:
    with acting(who, at):
        return (Slot.objects.count(), Supervision.objects.count(), Entry.objects.count())


def test_both_read_the_note_and_each_writes_below_the_other(cast: Cast) -> None:
    slot_id = held(cast)
    writes(cast.louise, slot_id, "Y revenir dans un mois.", which="two", at=AFTER + CUT)

    for who in (cast.ines, cast.louise):
        assert texts(who, slot_id, AFTER + CUT) == [*ALL, "Y revenir dans un mois."]


@pytest.mark.parametrize("where", ["la_maison", "institute"])
@pytest.mark.parametrize("role", list(Role))
def test_no_role_of_either_organisation_reads_it_by_a_page_nor_in_the_database(
    cast: Cast, role: Role, where: str
) -> None:
    slot_id = held(cast)
    other = of_role(cast, role, where)
    with clock.at(AFTER):
        client = signed_in(other, at=AFTER)
        answers = [
            client.get(f"{PAGE}{slot_id}/"),
            client.post(f"{PAGE}{slot_id}/", {"words": "Je lis."}),
            *(client.post(f"{PAGE}{slot_id}/{verb}/") for verb in VERBS),
            client.get(PAGE),
        ]  # fmt: skip

    assert counts(other) == (0, 0, 0)
    with acting(other, AFTER):
        assert not Event.objects.filter(record_ids__contains=[slot_id]).exists()
    assert {answer.status_code for answer in answers[:-1]} == {404}
    assert [word in answer.content.decode() for answer in answers for word in ALL] == [False] * 16


def test_a_colleague_writes_nothing_there_whatever_she_knows_of_it(cast: Cast) -> None:
    slot_id = held(cast)
    row = Entry(
        id=uuid_of("forged"), supervision_id=slot_id, written_by=cast.yanick.user_id,
        written_at=AFTER,
    )  # fmt: skip
    with acting(cast.yanick, AFTER), pytest.raises(ProgrammingError), transaction.atomic():
        Entry.objects.bulk_create([row])
    with acting(cast.yanick, AFTER):
        assert Slot.objects.filter(pk=slot_id).update(starts_at=LEFT) == 0


def test_whoever_leaves_reads_it_no_more_and_the_other_does(cast: Cast) -> None:
    slot_id = held(cast)
    leaves(cast, cast.ines, "la_maison", LEFT)
    the_night_comes(LEFT + CUT)

    assert counts(cast.ines, LEFT) == (0, 0, 0)
    assert texts(cast.louise, slot_id, LEFT + CUT) == ALL


def test_whoever_comes_back_does_not_read_it_anew(cast: Cast) -> None:
    slot_id = held(cast)
    leaves(cast, cast.ines, "la_maison", LEFT)
    with acting(LOADER, LEFT):
        Membership.objects.filter(user_id=cast.ines.user_id).update(ends_at=None)
    again = offers(cast.louise, which="again", at=LEFT, starts_at=LEFT + timedelta(days=1))
    asks(cast.ines, again, at=LEFT + 2 * CUT)

    assert texts(cast.ines, slot_id, LEFT + 2 * CUT) is None
    assert texts(cast.ines, again, LEFT + 2 * CUT) == [WORDS]


def test_when_both_have_left_the_key_and_the_texts_are_destroyed(cast: Cast) -> None:
    slot_id = held(cast)
    leaves(cast, cast.ines, "la_maison", LEFT)
    leaves(cast, cast.louise, "institute", LEFT + CUT)
    the_night_comes(LEFT + 3 * CUT)

    with acting(EXPIRY, LEFT + 3 * CUT):
        assert vault._is_erased(slot_id, Kind.COMMITTEE)
        assert keys.newest(slot_id, Kind.COMMITTEE) is None
        assert Supervision.objects.count() == 0


def test_a_subpoena_keeps_it_sealed_and_whoever_answers_the_law_reads_it_nowhere(
    cast: Cast,
) -> None:
    """The demand goes by the path of legal demands: a hold of the file of a person whom one of the
    two walked with; nobody who weighs it reads what the two wrote."""
    slot_id = held(cast)
    with acting(cast.nadia, AFTER):
        assert holding.place(
            uuid_of("a hold"), cast.maya.file_id, ground=Hold.Ground.SUBPOENA,
            words="Les notes de supervision", by=cast.nadia, at=AFTER,
        )  # fmt: skip
    manager = leaves(cast, cast.ines, "la_maison", LEFT)
    leaves(cast, cast.louise, "institute", LEFT + CUT)
    the_night_comes(LEFT + 3 * CUT)
    counsel = of_role(cast, Role.COUNSEL)
    seated = Actor(counsel.user_id, counsel.organisation_id, counsel.roles, purpose=SEAT)

    for who in (cast.nadia, counsel, seated, manager, cast.karim, cast.ines, cast.louise):
        assert counts(who, LEFT + 3 * CUT) == (0, 0, 0)
    with acting(EXPIRY, LEFT + 3 * CUT):
        assert not vault._is_erased(slot_id, Kind.COMMITTEE)
    _end_hold(cast, manager, LEFT + 4 * CUT)
    ten_minutes_pass(LEFT + 5 * CUT)
    the_night_comes(LEFT + 6 * CUT)
    with acting(EXPIRY, LEFT + 6 * CUT):
        assert vault._is_erased(slot_id, Kind.COMMITTEE)


def _end_hold(cast: Cast, manager: Actor, at: datetime) -> None:
    with acting(cast.nadia, at):
        assert holding.ask_to_end(uuid_of("a hold"), by=cast.nadia)
    with acting(manager, at):
        assert holding.end(uuid_of("a hold"), by=manager) == holding.DONE


def test_the_page_leads_a_demand_of_the_law_to_whoever_weighs_it(cast: Cast) -> None:
    slot_id = held(cast)
    with clock.at(AFTER):
        ines = signed_in(cast.ines, at=AFTER, language="en")
        page = ines.get(f"{PAGE}{slot_id}/").content.decode()
        path = ines.get("/demands/new/").status_code

    assert "Hand nothing over yourself" in page
    assert 'href="/demands/new/"' in page
    assert path == 200


def test_slots_that_nobody_asked_for_are_forgotten_and_old_ones_with_nothing_to_read(
    cast: Cast,
) -> None:
    past = offers(cast.louise)
    coming = offers(cast.louise, which="coming", starts_at=AFTER + timedelta(days=30))
    of_karim = offers(cast.karim, which="of Karim", starts_at=AFTER + timedelta(days=30))
    leaves(cast, cast.karim, "la_maison", LEFT)
    the_night_comes(LEFT + CUT)

    left = {one for one in (past, coming, of_karim) if slot(one, cast.louise, LEFT + CUT)}
    assert left == {coming}
    with acting(EXPIRY, LEFT + CUT):
        assert list(Slot.objects.values_list("pk", flat=True)) == [coming]


def test_what_is_read_is_in_the_chains_of_the_two_alone_and_in_no_file(cast: Cast) -> None:
    slot_id = offers(cast.louise)
    asks(cast.ines, slot_id, at=TUESDAY)
    accepts(cast.louise, slot_id, at=TUESDAY)
    texts(cast.ines, slot_id)

    told = {}
    for who in (cast.ines, cast.louise, cast.nadia, cast.karim):
        with acting(who, AFTER):
            found = Event.objects.filter(record_ids__contains=[slot_id]).order_by("at", "action")
            told[who] = list(found.values_list("action", "chain"))
    assert told == {
        cast.ines: [("supervision.asked", "ACTOR"), ("open", "ACTOR")],
        cast.louise: [("supervision.offered", "ACTOR"), ("supervision.accepted", "ACTOR")],
        cast.nadia: [],
        cast.karim: [],
    }
    columns = {field.column for field in Supervision._meta.concrete_fields}
    assert columns.isdisjoint({"file_id", "participant_id", "follow_up_id"})


def test_a_note_of_ones_own_is_one_press_away_but_for_a_psychotherapist(cast: Cast) -> None:
    mine = held(cast)
    hers = offers(cast.louise, which="two", starts_at=AFTER + timedelta(days=1))
    asks(cast.amrani, hers)
    with clock.at(MONDAY):
        pages = [
            signed_in(who).get(f"{PAGE}{one}/").content.decode()
            for who, one in ((cast.ines, mine), (cast.louise, mine), (cast.amrani, hers))
        ]

    assert ['href="/own-notes/"' in page[page.index("<main") :] for page in pages] == [
        True, True, False,
    ]  # fmt: skip

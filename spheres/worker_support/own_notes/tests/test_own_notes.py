"""Does a worker alone read what she keeps for herself, and does it go with her?"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from pypdf import PdfReader

from spheres.accounts import actions as accounts
from spheres.accounts.models import Membership, Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.sharing import holding
from spheres.sharing.models import Hold, Stay
from spheres.vault import actions as vault
from spheres.vault import keys
from spheres.vault.models import Kind
from spheres.worker_support.own_notes import actions, policy, queries
from spheres.worker_support.own_notes.models import OwnNote, PutAway
from spheres.worker_support.own_notes.tests.factories import (
    EXPIRY,
    KEPT,
    LAST,
    keeps,
    leaves,
    manager,
    ten_minutes_pass,
    the_night_comes,
)
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of
from tests.pages import Page, signed_in

pytestmark = pytest.mark.django_db
NEVER = ("yanick", "karim", "louise", "nadia", "samir", "roy", "amrani")
CUT = timedelta(minutes=10)


def texts(who: Actor, at=MONDAY) -> list[str]:
    with acting(who, at):
        return [note.opened.text for note in queries.newest(actor=who)]


def hold(cast: Cast, at=MONDAY) -> None:
    with acting(cast.nadia, at):
        placed = holding.place(
            uuid_of("a hold"), cast.maya.file_id, ground=Hold.Ground.SUBPOENA,
            words="Dossier 500", by=cast.nadia, at=at,
        )  # fmt: skip
    assert placed


def end_hold(cast: Cast, solange: Actor, at) -> None:
    with acting(cast.nadia, at):
        assert holding.ask_to_end(uuid_of("a hold"), by=cast.nadia)
    with acting(solange, at):
        assert holding.end(uuid_of("a hold"), by=solange) == holding.DONE


def test_a_worker_keeps_a_note_for_herself_from_one_page(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        form = Page(ines.get("/own-notes/").content.decode())
        said = {"form_id": form.fields["form_id"], "text": KEPT, "pseudonym": "Hirondelle"}
        answers = [ines.post("/own-notes/", said).status_code for _ in range(2)]
        page = ines.get("/own-notes/").content.decode()

    assert answers == [302, 302]
    assert texts(cast.ines) == [KEPT]
    assert KEPT in page
    assert "<strong>Hirondelle</strong>" in page


def test_a_full_name_is_warned_of_and_nothing_typed_is_lost(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        form = Page(ines.get("/own-notes/").content.decode())
        said = {"form_id": form.fields["form_id"], "text": KEPT, "pseudonym": "Maya Tremblay"}
        warned = ines.post("/own-notes/", said)
        kept = ines.post("/own-notes/", said | {"looked_again": "yes"})

    assert warned.status_code == 422
    assert "“Maya Tremblay” looks like a full name." in warned.content.decode()
    assert KEPT in warned.content.decode()
    assert kept.status_code == 302


def test_the_page_says_what_belongs_in_the_file_and_leads_there(cast: Cast) -> None:
    with clock.at(MONDAY):
        page = signed_in(cast.ines, language="en").get("/own-notes/").content.decode()

    assert "it belongs in their file, where they can read it" in page
    assert f'href="{reverse("dossier:contact")}"' in page


@pytest.mark.parametrize("who", NEVER)
def test_nobody_else_reads_it_by_a_page_nor_in_the_database(cast: Cast, who: str) -> None:
    written = keeps(cast.ines, pseudonym="Hirondelle")
    other = getattr(cast, who)
    with clock.at(MONDAY):
        client = signed_in(other)
        answers = [
            client.get("/own-notes/"),
            client.get(f"/own-notes/{written.id}/erase/"),
            client.post(f"/own-notes/{written.id}/erase/"),
            client.post("/own-notes/paper/"),
        ]

    with acting(other):
        seen = (Stay.objects.count(), OwnNote.objects.count(), PutAway.objects.count())
    assert seen == (0, 0, 0)
    assert [KEPT in answer.content.decode(errors="replace") for answer in answers] == [False] * 4
    assert {answer.status_code for answer in answers[1:3]} == {404}
    assert texts(cast.ines) == [KEPT]


def test_an_administrator_and_a_manager_read_nothing_of_it(cast: Cast) -> None:
    keeps(cast.ines)
    with acting(LOADER):
        admin = add_person("Théo", cast.la_maison, Role.TECHNICAL_ADMINISTRATOR)
    for other in (admin, manager(cast)):
        with acting(other):
            assert (Stay.objects.count(), OwnNote.objects.count()) == (0, 0)


def test_nobody_writes_one_in_her_name(cast: Cast) -> None:
    keeps(cast.ines)
    with acting(cast.ines):
        stay_id = Stay.objects.get().pk

    for row in (
        OwnNote(
            id=uuid_of("forged"), user_id=cast.ines.user_id, stay_id=stay_id, written_at=MONDAY
        ),
        OwnNote(
            id=uuid_of("forged"), user_id=cast.yanick.user_id, stay_id=stay_id, written_at=MONDAY
        ),
        PutAway(
            id=uuid_of("own note one"), user_id=cast.yanick.user_id, stay_id=stay_id,
            put_away_at=MONDAY,
        ),
    ):  # fmt: skip
        with acting(cast.yanick), pytest.raises(ProgrammingError), transaction.atomic():
            type(row).objects.bulk_create([row])


def test_it_is_in_no_file_and_its_reading_is_in_her_own_chain(cast: Cast) -> None:
    keeps(cast.ines)
    texts(cast.ines)

    with acting(cast.ines):
        told = list(
            Event.objects.filter(record_ids__contains=[uuid_of("own note one")])
            .order_by("number")
            .values_list("action", "chain_id")
        )
    assert told == [("own_note.written", cast.ines.user_id), ("open", cast.ines.user_id)]


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("ines", True), ("karim", True), ("amrani", False), ("louise", True), ("nadia", False)],
)
def test_those_who_accompany_and_those_who_lead_or_supervise_keep_own_notes(
    cast: Cast, who: str, allowed: bool
) -> None:
    assert bool(policy.can_write(getattr(cast, who))) is allowed


def test_a_psychotherapist_writes_in_the_sealed_file_alone(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        keeps(cast.amrani)


def test_what_is_put_away_is_read_no_more_and_destroyed_in_the_night(cast: Cast) -> None:
    keeps(cast.ines)
    kept = keeps(cast.ines, "Une autre.", which="two")
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        asked = ines.get(f"/own-notes/{uuid_of('own note one')}/erase/").status_code
        done = [
            ines.post(f"/own-notes/{uuid_of('own note one')}/erase/").status_code for _ in range(2)
        ]

    assert (asked, done) == (200, [302, 404])
    assert texts(cast.ines) == [kept.text]
    with acting(EXPIRY):
        assert OwnNote.objects.count() == 1  # the one put away, and no other
    the_night_comes(TUESDAY)
    with acting(EXPIRY, TUESDAY):
        assert (OwnNote.objects.count(), PutAway.objects.count()) == (0, 0)
    assert texts(cast.ines, TUESDAY) == [kept.text]


def test_under_a_hold_what_is_put_away_waits_and_she_sees_no_difference(cast: Cast) -> None:
    keeps(cast.ines)
    hold(cast)
    with acting(cast.ines):
        assert actions.put_all_away(by=cast.ines, at=MONDAY) == 1
    the_night_comes(TUESDAY)

    assert texts(cast.ines, TUESDAY) == []
    with acting(EXPIRY, TUESDAY):
        assert (OwnNote.objects.count(), PutAway.objects.count()) == (1, 1)


def test_whoever_leaves_is_told_how_many_and_takes_them_on_paper(cast: Cast) -> None:
    keeps(cast.ines, pseudonym="Hirondelle")
    keeps(cast.ines, "Une autre.", which="two", at=MONDAY + timedelta(hours=1))
    leaves(cast, cast.ines, MONDAY, last_at=LAST)
    with clock.at(TUESDAY):
        ines = signed_in(cast.ines, at=TUESDAY, language="en")
        page = ines.get(reverse("handing_over:leaving")).content.decode()
        paper = ines.post("/own-notes/paper/")

    assert "You keep 2 own notes, which nobody else can read." in page
    assert "Take them along, on paper" in page
    assert paper["Content-Type"] == "application/pdf"
    said = " ".join(
        " ".join(p.extract_text() for p in PdfReader(BytesIO(paper.content)).pages).split()
    )
    assert "Hirondelle" in said
    assert said.index(KEPT) < said.index("Une autre.")
    assert "Inès" not in said


def test_they_are_not_taken_along_before_the_last_day_is_known(cast: Cast) -> None:
    keeps(cast.ines)
    with clock.at(MONDAY):
        answer = signed_in(cast.ines).post("/own-notes/paper/")

    assert answer.status_code == 403


def test_at_the_hour_she_leaves_they_close_and_within_ten_minutes_key_and_notes_are_gone(
    cast: Cast,
) -> None:
    keeps(cast.ines)
    keeps(cast.yanick, "À moi.", which="of Yanick")
    leaves(cast, cast.ines, MONDAY, last_at=LAST)
    with acting(cast.ines):
        stay_id = Stay.objects.get().pk

    ten_minutes_pass(LAST - CUT)
    assert texts(cast.ines, LAST - CUT) == [KEPT]
    with acting(cast.ines, LAST):
        assert (Stay.objects.count(), OwnNote.objects.count()) == (0, 0)
    ten_minutes_pass(LAST)

    with acting(cast.ines, LAST):
        assert vault._is_erased(stay_id, Kind.OWN)
    with acting(EXPIRY, LAST):
        assert keys.newest(stay_id, Kind.OWN) is None
    assert texts(cast.yanick, LAST) == ["À moi."]


def test_an_unplanned_departure_destroys_them_too(cast: Cast) -> None:
    keeps(cast.ines)
    leaves(cast, cast.ines, TUESDAY)
    with acting(cast.ines):
        stay_id = Stay.objects.get().pk
    ten_minutes_pass(TUESDAY)

    with acting(cast.ines):  # were she not gone
        assert (Stay.objects.count(), OwnNote.objects.count()) == (0, 0)
    with acting(EXPIRY, TUESDAY):
        assert vault._is_erased(stay_id, Kind.OWN)


def test_under_a_hold_they_are_sealed_to_all_and_go_when_it_ends(cast: Cast) -> None:
    keeps(cast.ines)
    hold(cast)
    solange = manager(cast)
    with acting(solange, TUESDAY):
        accounts.end_membership(cast.ines.user_id, by=solange, at=TUESDAY)
    with acting(cast.ines):
        stay_id = Stay.objects.get().pk
    ten_minutes_pass(TUESDAY)

    # Not even she, back in the same organisation, and not the officer who placed the hold.
    for who in (cast.ines, cast.nadia, solange, EXPIRY):
        with acting(who, TUESDAY):
            assert (who, Stay.objects.count(), OwnNote.objects.count()) == (who, 0, 0)
    with acting(EXPIRY, TUESDAY):
        assert not vault._is_erased(stay_id, Kind.OWN)
    end_hold(cast, solange, TUESDAY + CUT)
    ten_minutes_pass(TUESDAY + 2 * CUT)
    with acting(EXPIRY, TUESDAY + 2 * CUT):
        assert vault._is_erased(stay_id, Kind.OWN)


def test_a_hold_of_a_person_she_never_walked_with_keeps_nothing_of_hers(cast: Cast) -> None:
    keeps(cast.yanick, "À moi.", which="of Yanick")
    hold(cast)
    leaves(cast, cast.yanick, TUESDAY)
    with acting(cast.yanick):
        stay_id = Stay.objects.get().pk
    ten_minutes_pass(TUESDAY)

    with acting(EXPIRY, TUESDAY):
        assert vault._is_erased(stay_id, Kind.OWN)


def test_the_database_destroys_none_of_somebody_who_is_still_here(cast: Cast) -> None:
    keeps(cast.ines)
    with acting(cast.ines):
        stay_id = Stay.objects.get().pk

    with acting(EXPIRY), pytest.raises(ProgrammingError), transaction.atomic():
        vault.erase(stay_id, kinds=[Kind.OWN], basis="by hand", by=EXPIRY, at=MONDAY)
    assert texts(cast.ines) == [KEPT]


def test_whoever_comes_back_begins_anew(cast: Cast) -> None:
    keeps(cast.ines)
    leaves(cast, cast.ines, TUESDAY)
    ten_minutes_pass(TUESDAY)
    with acting(LOADER, TUESDAY):
        Membership.objects.filter(user_id=cast.ines.user_id).update(ends_at=None)
    keeps(cast.ines, "De retour.", at=TUESDAY + CUT, which="back")

    assert texts(cast.ines, TUESDAY + CUT) == ["De retour."]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_note_and_for_three(
    cast: Cast, number: int, django_assert_num_queries
) -> None:
    for which in range(number):
        keeps(cast.ines, which=str(which))
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        ines.get("/own-notes/")
        with django_assert_num_queries(8):
            assert ines.get("/own-notes/").status_code == 200


def test_her_own_notes_are_in_no_copy_of_a_file(cast: Cast) -> None:
    """What is copied of a file, for a request or a departure, asks its texts by their file."""
    columns = {field.column for field in OwnNote._meta.concrete_fields}

    assert columns.isdisjoint({"file_id", "participant_id", "follow_up_id"})
    assert not any(field.remote_field for field in OwnNote._meta.concrete_fields)

"""Does what is held stay, without a word, and what is sealed close to everybody?"""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.db import DatabaseError, transaction

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core.actor import EXCEPTIONAL, SHARED, Actor
from spheres.core.clock import day_of
from spheres.followup.admission import actions as admission
from spheres.followup.admission.models import ReferralStatus
from spheres.followup.consents import actions as consents
from spheres.followup.notes.models import Note
from spheres.participants import queries as participants
from spheres.participants.models import File, Identity
from spheres.privacy.retention import actions, policy, queries
from spheres.records import actions as records
from spheres.records.models import Draft
from spheres.regions import queries as regions
from spheres.sharing import holding, keeping
from spheres.sharing.models import ErasureRequest, Hold, HoldWords
from spheres.sharing.models.keeping import Sort
from spheres.vault import actions as vault
from spheres.vault.models import Kind
from tests.cast import LOADER, MONDAY, TUESDAY, acting, add_person, refer, uuid_of
from tests.deciding import (
    A_YEAR_ON,
    EVERYBODY,
    EXPIRY,
    YEAR,
    House,
    keys,
    notes_of,
    place,
    refused,
    sealed,
)

pytestmark = pytest.mark.django_db


# Sealed.


def test_what_is_sealed_is_read_by_nobody_at_the_next_statement(house: House) -> None:
    share_with_elsewhere(house)
    assert notes_of(house.cast.ines, MONDAY) == 1
    samir = Actor(house.cast.samir.user_id, house.cast.elsewhere.pk, house.cast.samir.roles, SHARED)
    with acting(samir):
        assert Identity.objects.count() == 1

    sealed(house)

    for who, purpose in product(EVERYBODY, ("ordinary", SHARED, EXCEPTIONAL, "custody")):
        actor = house[who]
        with acting(Actor(actor.user_id, actor.organisation_id, actor.roles, purpose), TUESDAY):
            found = [Note.objects.count(), Identity.objects.count(), File.objects.count()]
            assert found == [0, 0, 0], (who, purpose)
    assert keys(house) >= {"FOLLOW_UP"}  # it still exists


def share_with_elsewhere(house: House) -> None:
    given = consents.Given(
        uuid_of("shared"), house.cast.elsewhere.pk, ("summary",), "coordination", "HERSELF",
        "WRITTEN", "fr", "2026-11", day_of(MONDAY + YEAR / 2),
    )  # fmt: skip
    with acting(house.cast.ines):
        person = participants.header(house.file_id, actor=house.cast.ines)
        assert person is not None
        consents.give(house.file_id, given, person=person, by=house.cast.ines, at=MONDAY)


def test_its_day_come_it_stays_closed_and_comes_back_to_those_who_decide(house: House) -> None:
    sealed(house)
    later = MONDAY + 6 * YEAR

    assert notes_of(house.cast.ines, later) == 0
    with acting(house["nadia"], later):
        (due,) = queries.due(actor=house["nadia"])
    assert (due.sorts, due.sealed_until) == ((Sort.FOLLOW_UP,), A_YEAR_ON)
    destroy = house.propose("after", why="TERM", at=later)
    house.confirm(destroy, at=later)
    assert house.carry_out(destroy, later)


def test_opened_again_by_two_those_who_read_it_read_it_again(house: House) -> None:
    row = sealed(house)
    with acting(house["lucie"], TUESDAY):
        actions.ask_to_lift(row, "ACCESS", by=house["lucie"])
    assert notes_of(house.cast.ines) == 0

    with acting(house["nadia"], TUESDAY):
        actions.lift(row, by=house["nadia"])

    assert notes_of(house.cast.ines, TUESDAY) == 1


def test_a_seal_of_registers_closes_them_alone(house: House) -> None:
    sealed(house, sorts=[Sort.REGISTER])

    assert notes_of(house.cast.ines) == 1
    with acting(house.cast.ines, TUESDAY):
        assert not ErasureRequest.objects.exists()


# Held.


def test_the_erasure_of_a_held_file_is_refused_by_the_database_whatever_was_decided(
    house: House,
) -> None:
    ending_id = house.decide()
    place(house)

    assert house.carry_out(ending_id, TUESDAY) is False
    with (
        pytest.raises(DatabaseError, match="held"),
        transaction.atomic(),
        acting(EXPIRY, TUESDAY),
    ):
        vault.erase(house.file_id, kinds=[Kind.FOLLOW_UP], basis="x", by=EXPIRY, at=TUESDAY)
    assert notes_of(house.cast.ines) == 1


def test_once_it_is_ended_by_two_what_was_decided_is_carried_out_at_night(house: House) -> None:
    ending_id = house.decide()
    place(house)
    nadia, maude = house["nadia"], house["maude"]
    with acting(maude):
        assert not Hold.objects.exists()  # she knows of none until its end is asked
    with acting(nadia):
        actions.end_hold(Hold.objects.get(), by=nadia)
        assert refused(lambda: actions.end_hold(Hold.objects.get(), by=nadia)) == str(
            policy.REFUSED[holding.SAME]
        )
    with acting(EXPIRY):
        assert queries.to_carry_out(actor=EXPIRY) == []
    with acting(maude):
        actions.end_hold(Hold.objects.get(), by=maude)

    with acting(EXPIRY):
        assert queries.to_carry_out(actor=EXPIRY) == [ending_id]
    assert house.carry_out(ending_id, TUESDAY)


def test_a_hold_is_known_to_the_privacy_officers_alone(house: House) -> None:
    place(house)

    seen = {}
    for who in EVERYBODY:
        with acting(house[who]):
            seen[who] = (Hold.objects.count(), HoldWords.objects.count())
    assert {who for who, found in seen.items() if found != (0, 0)} == {"nadia", "norbert"}
    # Nor does the file's own journal say it.
    with acting(Actor(house.file_id, house.file_id, frozenset())):
        told = Event.objects.filter(chain_id=house.file_id).values_list("action", flat=True)
        assert [action for action in told if "hold" in action] == []


def test_what_others_propose_of_a_held_file_waits_in_the_same_words(house: House) -> None:
    house.close()
    house.ask()
    place(house)

    ending_id = house.propose(by="lucie")

    assert house.row(ending_id, by="lucie").is_pending
    assert refused(lambda: house.confirm(ending_id, by="odile")) == str(
        policy.REFUSED[keeping.OFFICER]
    )
    assert refused(lambda: house.confirm(ending_id, by="nadia")) == str(
        policy.REFUSED[keeping.HELD]
    )
    assert refused(lambda: house.propose("mine", by="nadia", sorts=[Sort.REGISTER])) == str(
        policy.REFUSED[keeping.HELD]
    )


def test_what_the_officer_had_proposed_is_taken_back_when_it_is_held(house: House) -> None:
    """Else whoever could have said yes would be refused, and would guess why."""
    house.close()
    house.ask()
    ending_id = house.propose()

    place(house)

    row = house.row(ending_id, by="odile")
    assert (row.withdrawn_by, row.is_pending) == (house["nadia"].user_id, False)
    assert refused(lambda: house.confirm(ending_id, by="odile")) == str(
        policy.REFUSED[keeping.CHANGED]
    )


def test_a_held_file_may_be_sealed(house: House) -> None:
    place(house)

    sealed(house)

    assert notes_of(house.cast.ines) == 0


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in {"nadia", "norbert"}])
def test_nobody_else_places_one(house: House, who: str) -> None:
    with acting(house[who]):
        assert not holding.place(
            uuid_of("h"), house.file_id, ground="CLAIM", words="x", by=house[who], at=MONDAY
        )


def test_an_officer_of_another_organisation_holds_nothing_here(house: House) -> None:
    with acting(LOADER):
        other = add_person("Autre", house.cast.elsewhere, Role.PRIVACY_OFFICER)
    with acting(other):
        assert not holding.place(
            uuid_of("h"), house.file_id, ground="CLAIM", words="x", by=other, at=MONDAY
        )
        assert queries.due(actor=other) == []
        assert queries.matter_called(str(house.file_id)[:8], actor=other) is None


def test_a_held_referral_is_not_forgotten_and_nothing_says_why(house: House) -> None:
    """What is at the desk is held by the officer of the desk's organisation; the night goes by."""
    cast = house.cast
    lou = refer("Lou", desk=cast.institute.id)
    late = MONDAY + timedelta(days=regions.region().referral_keep_days)
    with acting(LOADER):
        officer = add_person("Renée", cast.institute, Role.PRIVACY_OFFICER)
    with acting(officer):
        matter = queries.matter_called(str(lou)[:8], actor=officer)
        assert matter == lou
        actions.place_hold(uuid_of("hold"), lou, ground="CORONER", words="x", by=officer, at=MONDAY)

    with acting(EXPIRY, late):
        assert admission.expire(lou, before=MONDAY, by=EXPIRY, at=late) is False
        status = ReferralStatus.objects.get(file_id=lou).status

    assert status == ReferralStatus.Status.RECEIVED
    with acting(cast.louise, late):
        assert ReferralStatus.objects.get(file_id=lou).number


def test_a_draft_of_a_held_file_is_not_forgotten_at_night(house: House) -> None:
    with acting(house.cast.ines):
        records.save_draft(
            uuid_of("draft"),
            file_id=house.file_id,
            section="notes",
            record_type="notes",
            fields={"her_words": "Je"},
            by=house.cast.ines,
            at=MONDAY,
        )
    place(house)

    with acting(EXPIRY, TUESDAY):
        assert vault.forget_due("draft", before=TUESDAY, by=EXPIRY) == 0
    with acting(house.cast.ines, TUESDAY):
        assert Draft.objects.count() == 1


def test_what_an_officer_wrote_of_a_hold_is_read_by_officers_alone(house: House) -> None:
    """Whoever ends it knows that it stands, not what it says."""
    place(house)
    with acting(house["nadia"], TUESDAY):
        holding.ask_to_end(uuid_of("hold"), by=house["nadia"])
    read = {}
    for who in ("nadia", "norbert", "maude", "odile", "lucie"):
        with acting(house[who], TUESDAY):
            read[who] = HoldWords.objects.count()
    assert read == {"nadia": 1, "norbert": 1, "maude": 0, "odile": 0, "lucie": 0}

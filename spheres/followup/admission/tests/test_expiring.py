"""Does the night's round leave alone whoever is accompanied, even when a button was not pressed?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from spheres.core.actor import service
from spheres.followup.admission import actions, queries
from spheres.followup.admission.models import ReferralStatus
from spheres.followup.notes import actions as notes
from spheres.followup.notes.models import Note
from spheres.participants.models import Identity
from spheres.records import actions as records
from spheres.regions import queries as regions
from spheres.sharing.rules import NOTES
from spheres.vault import actions as vault
from spheres.vault.models import Kind
from tests.cast import MONDAY, acting, refer, uuid_of

EXPIRY = service("expiry")
Status = ReferralStatus.Status
DAY = timedelta(days=1)


def accepted_by(worker, cast):
    """Samir takes Léa on, and never presses «We have been in contact»."""
    file_id, offer_id = refer("Léa", desk=cast.institute.id), uuid_of("offer of Léa")
    with acting(cast.louise):
        actions.offer(file_id, to=worker.user_id, offer_id=offer_id, by=cast.louise, at=MONDAY)
    with acting(worker):
        actions.accept(offer_id, desk=cast.institute.id, by=worker, at=MONDAY)
    return file_id


def write(file_id, by, at, kind="meeting"):
    with acting(by, at):
        said = notes.Written(id=uuid_of(f"{kind} {at}"), kind=kind, occurred_at=at, her_words="Oui")
        notes.sign(file_id, said, by=by, at=at)


def keep_days():
    return timedelta(days=regions.region().referral_keep_days)


def forgotten(file_id, at):
    with acting(EXPIRY, at):
        return actions.expire(file_id, before=at - keep_days(), by=EXPIRY, at=at)


def status_of(file_id):
    with acting(EXPIRY):
        return queries.standing(file_id, actor=EXPIRY).get().status


def test_signing_a_note_notes_the_first_contact(cast):
    file_id = accepted_by(cast.samir, cast)

    write(file_id, cast.samir, MONDAY + DAY)

    assert status_of(file_id) == Status.IN_CONTACT


def test_a_missed_meeting_is_not_a_contact(cast):
    file_id = accepted_by(cast.samir, cast)

    write(file_id, cast.samir, MONDAY + DAY, kind="missed")

    assert status_of(file_id) == Status.ACCEPTED


def test_a_note_leaves_an_admitted_person_as_she_stands(cast):
    write(cast.maya.file_id, cast.ines, MONDAY + DAY)

    assert status_of(cast.maya.file_id) == Status.ADMITTED


def test_a_note_signed_yesterday_keeps_the_file_of_a_person_never_said_to_be_met(cast):
    file_id = accepted_by(cast.samir, cast)
    yesterday = MONDAY + keep_days()
    write(file_id, cast.samir, yesterday)

    assert forgotten(file_id, yesterday + DAY) is False

    with acting(cast.samir, yesterday + DAY):
        assert Note.objects.filter(file_id=file_id).count() == 1
        assert Identity.objects.filter(file_id=file_id).count() == 1


@pytest.mark.parametrize("last", ["a missed meeting", "a draft", "nothing"])
def test_only_what_nobody_wrote_in_since_the_term_is_forgotten(cast, last):
    file_id = accepted_by(cast.samir, cast)
    yesterday = MONDAY + keep_days()
    if last == "a missed meeting":
        write(file_id, cast.samir, yesterday, kind="missed")
    if last == "a draft":
        with acting(cast.samir, yesterday):
            records.save_draft(
                uuid_of("draft"),
                file_id=file_id,
                section=NOTES,
                record_type="notes",
                fields={"her_words": "Je"},
                by=cast.samir,
                at=yesterday,
            )

    assert forgotten(file_id, yesterday + DAY) is (last == "nothing")


def test_what_was_written_before_the_term_keeps_nothing_for_ever(cast):
    file_id = accepted_by(cast.samir, cast)
    write(file_id, cast.samir, MONDAY + DAY, kind="missed")

    assert forgotten(file_id, MONDAY + DAY + keep_days()) is True


@pytest.mark.parametrize("who", ["louise", "ines", "roy", "nadia"])
def test_nobody_but_the_service_asks_whether_somebody_writes_in_a_file(cast, who):
    actor = getattr(cast, who)

    with pytest.raises(ProgrammingError), transaction.atomic(), acting(actor):
        vault.is_written_since(cast.maya.file_id, kinds=[Kind.FOLLOW_UP], since=MONDAY, by=actor)

"""Does the night's round leave alone whoever is accompanied, even when a button was not pressed?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor, service
from spheres.followup.admission import actions, queries
from spheres.followup.admission.models import Offer, ReferralStatus
from spheres.followup.notes import actions as notes
from spheres.followup.notes.models import Note
from spheres.participants.models import Identity
from spheres.records import actions as records
from spheres.records.models import Draft
from spheres.records.tasks import forget_drafts
from spheres.regions import queries as regions
from spheres.sharing import actions as sharing
from spheres.sharing.models import Conflict, Handler
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
            save_draft(file_id, cast.samir, yesterday)

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


def test_what_is_forgotten_leaves_nobody_s_name_no_reason_and_no_number(cast):
    """Samir was offered it and knows her; Inès took it on, and nothing came of it."""
    file_id, first = refer("Léa", desk=cast.institute.id), uuid_of("first offer")
    with acting(cast.louise):
        actions.offer(file_id, to=cast.samir.user_id, offer_id=first, by=cast.louise, at=MONDAY)
    with acting(cast.samir):
        actions.decline(first, reason="known", knows_her=True, by=cast.samir, at=MONDAY)
    with acting(cast.louise):
        number = queries.standing(file_id, actor=cast.louise).get().number
        offer_id = uuid_of("second offer")
        actions.offer(file_id, to=cast.ines.user_id, offer_id=offer_id, by=cast.louise, at=MONDAY)
    with acting(cast.ines):
        actions.accept(offer_id, desk=cast.institute.id, by=cast.ines, at=MONDAY)
    late = MONDAY + keep_days()

    assert forgotten(file_id, late) is True

    assert len(number) == 9
    with acting(EXPIRY, late):
        left = queries.standing(file_id, actor=EXPIRY).get()
        assert (left.status, left.number, left.received_at) == (Status.EXPIRED, "", MONDAY)
        # Where it stood stays, ended, to be counted there; who was asked does not.
        assert list(
            Handler.objects.filter(matter_id=file_id)
            .order_by("kind")
            .values_list("kind", "user_id", "ends_at")
        ) == [("DESK", None, MONDAY), ("WATCH", None, late)]
        assert number not in {actions.number_of(record) for record in records_in_journal(file_id)}
    with acting(cast.samir, late):
        assert not Conflict.objects.filter(file_id=file_id).exists()
        assert not Offer.objects.exists()


def records_in_journal(file_id):
    with acting(Actor(file_id, file_id, frozenset())):
        rows = Event.objects.filter(chain_id=file_id).values_list("record_ids", flat=True)
        return {record for records in rows for record in records}


def test_a_conflict_outlives_the_referral_as_long_as_the_file_stands(cast):
    with acting(cast.samir):
        sharing.declare_conflict(cast.maya.file_id, by=cast.samir, at=MONDAY)

    with acting(EXPIRY):
        kinds = [Kind.REFERRAL]
        vault.erase(cast.maya.file_id, kinds=kinds, basis="term", by=EXPIRY, at=MONDAY)

    with acting(cast.samir):
        assert Conflict.objects.filter(file_id=cast.maya.file_id).exists()


def test_an_old_copy_of_a_draft_no_longer_opens_once_the_file_is_forgotten(cast):
    file_id = accepted_by(cast.samir, cast)
    with acting(cast.samir):
        draft = save_draft(file_id, cast.samir, MONDAY)
        kept = Draft.objects.get(pk=draft.pk)

    assert forgotten(file_id, MONDAY + keep_days()) is True

    with acting(cast.samir, MONDAY + keep_days()):
        vault.open([kept], by=cast.samir)
        assert kept.opened.text == str(vault.ERASED)


def test_opening_a_draft_is_said_in_its_author_s_chain_and_not_in_the_person_s(cast):
    with acting(cast.ines):
        draft = save_draft(cast.maya.file_id, cast.ines, MONDAY)
        records.open_draft(Draft.objects.get(pk=draft.pk), by=cast.ines)

        said = Event.objects.filter(action="draft.opened").values_list("chain", "chain_id")
        assert list(said) == [(Event.Chain.ACTOR, cast.ines.user_id)]


def test_a_draft_not_touched_is_forgotten_at_night_by_the_region_s_rule(cast):
    with acting(cast.ines):
        save_draft(cast.maya.file_id, cast.ines, MONDAY)
    (rule,) = [rule for rule in regions.retention_rules() if rule.code == "draft"]
    term = MONDAY + rule.keep_days * DAY

    left = []
    for at in (term - timedelta(seconds=1), term):
        with clock.at(at):
            forget_drafts()
        with acting(cast.ines, at):
            left.append(Draft.objects.count())

    assert left == [1, 0]


def save_draft(file_id, by, at):
    return records.save_draft(
        uuid_of("draft"),
        file_id=file_id,
        section=NOTES,
        record_type="notes",
        fields={"her_words": "Je"},
        by=by,
        at=at,
    )

"""When a referral becomes nothing, is it forgotten in time, whole, and only then?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import VISITOR, Actor, service
from spheres.core.errors import WrongState
from spheres.followup.admission import actions, queries, tasks
from spheres.followup.admission.models import ReferralStatus
from spheres.participants.models import Assignment
from spheres.regions import queries as regions
from spheres.sharing import compile as policy
from spheres.sharing import destroying
from spheres.sharing.models import Handler
from spheres.vault.models import Kind
from tests.cast import MONDAY, acting, refer, sign_note, uuid_of

EXPIRY = service("expiry")
Status = ReferralStatus.Status
REASON = "other"


def received(cast):
    return refer("Lou", desk=cast.institute.id)


def offered(cast):
    file_id = received(cast)
    with acting(cast.louise):
        actions.offer(
            file_id, to=cast.ines.user_id, offer_id=uuid_of("offer"), by=cast.louise, at=MONDAY
        )
    return file_id


def accepted(cast):
    file_id = offered(cast)
    with acting(cast.ines):
        actions.accept(uuid_of("offer"), desk=cast.institute.id, by=cast.ines, at=MONDAY)
    return file_id


def in_contact(cast):
    file_id = accepted(cast)
    with acting(cast.ines):
        actions.meet(file_id, by=cast.ines, at=MONDAY)
        sign_note(file_id, "a note before admission", by=cast.ines, her_words="Pas tout de suite.")
    return file_id


def closed(to, *, by="ines", after=in_contact):
    def until(cast):
        file_id = after(cast)
        actor = getattr(cast, by)
        with acting(actor):
            actions.close(file_id, to=to, reason=REASON, by=actor, at=MONDAY)
        return file_id

    return until


BECAME_NOTHING = {
    "received": received,
    "offered": offered,
    "accepted, never contacted": accepted,
    "not now": closed(Status.NOT_NOW),
    "withdrawn": closed(Status.WITHDRAWN),
    "withdrawn before anybody met her": closed(Status.WITHDRAWN, by="louise", after=received),
    "oriented": closed(Status.ORIENTED),
    "oriented by the desk": closed(Status.ORIENTED, by="louise", after=received),
}
EACH = pytest.mark.parametrize("until", BECAME_NOTHING.values(), ids=BECAME_NOTHING)


def the_term():
    return MONDAY + timedelta(days=regions.region().referral_keep_days)


def the_night(at) -> int:
    """What the worker does at night: the round, then each job it queued."""
    with clock.at(at):
        tasks.expire()
        queued = ProcrastinateJob.objects.filter(task_name="admission.expire_one", status="todo")
        for job in queued.order_by("pk"):
            tasks.expire_one(**job.args)
        count = queued.count()
        with connection.cursor() as cursor:
            cursor.execute(
                "delete from procrastinate_jobs where task_name = 'admission.expire_one'"
            )
    return count


def standings(file_id):
    with acting(EXPIRY, the_term()):
        return [(row.status, row.reason) for row in queries.standing(file_id, actor=EXPIRY)]


def keys_of(file_id) -> int:
    with acting(EXPIRY, the_term()), connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from unnest(%s::text[]) k(kind), access.newest_key(%s, k.kind)",
            [Kind.values, file_id],
        )
        return cursor.fetchone()[0]


def rows_left(file_id, reader: Actor) -> int:
    """What this person still finds of it, in every table that holds its words."""
    with acting(reader, the_term()):
        return sum(
            model.objects.filter(file_id=file_id).count()
            for model in policy.our_models()
            if policy.model_is_content(model) and destroying._hangs_on_a_file(model)
        )


@EACH
def test_what_became_nothing_leaves_nothing_readable_and_one_to_count(cast, until):
    file_id = until(cast)

    assert the_night(the_term() - timedelta(seconds=1)) == 0
    assert keys_of(file_id) > 0
    assert the_night(the_term()) == 1

    assert [status for status, _reason in standings(file_id)] == [Status.EXPIRED]
    assert keys_of(file_id) == 0
    assert [rows_left(file_id, who) for who in (cast.louise, cast.ines, EXPIRY)] == [0, 0, 0]
    with acting(EXPIRY, the_term()):
        assert not Handler.objects.filter(matter_id=file_id, ends_at=None).exists()
        assert not Assignment.objects.filter(file_id=file_id, ends_at=None).exists()
    for who in (cast.louise, cast.ines):
        with acting(who, the_term()):
            assert not queries.standing(file_id, actor=who).exists()


@EACH
def test_running_twice_does_nothing_more(cast, until):
    file_id = until(cast)
    the_night(the_term())
    before = standings(file_id), what_the_journal_says(file_id)

    assert the_night(the_term() + timedelta(days=1)) == 0
    with clock.at(the_term() + timedelta(days=1)):
        tasks.expire_one(file_id=str(file_id))

    assert (standings(file_id), what_the_journal_says(file_id)) == before


def what_the_journal_says(file_id):
    with connection.cursor() as cursor:
        cursor.execute("select set_config('spheres.context', '', true)")
    with acting(EXPIRY, the_term()):
        return list(
            Event.objects.filter(actor_id=EXPIRY.user_id, chain_id=file_id).values_list("action")
        )


def test_who_is_in_contact_or_admitted_stays(cast):
    met = in_contact(cast)

    assert the_night(the_term() + timedelta(days=4000)) == 0

    assert [status for status, _reason in standings(met)] == [Status.IN_CONTACT]
    assert [status for status, _reason in standings(cast.maya.file_id)] == [Status.ADMITTED]
    assert rows_left(met, cast.ines) > 0
    assert rows_left(cast.maya.file_id, cast.ines) > 0


def test_a_contact_made_after_the_round_keeps_it(cast):
    """The round found it due; before its own job ran, she answered."""
    file_id = accepted(cast)
    with clock.at(the_term()):
        tasks.expire()
    with acting(cast.ines, the_term()):
        actions.meet(file_id, by=cast.ines, at=the_term())
    with clock.at(the_term()):
        tasks.expire_one(file_id=str(file_id))

    assert [status for status, _reason in standings(file_id)] == [Status.IN_CONTACT]
    assert rows_left(file_id, cast.ines) > 0


@pytest.mark.parametrize("who", ["louise", "ines", "karim", "nadia", "sealer", "visitor"])
def test_nobody_but_the_service_expires(cast, who):
    file_id = accepted(cast)
    actor = {"sealer": service("sealer"), "visitor": VISITOR}.get(who) or getattr(cast, who)

    with (
        pytest.raises((ProgrammingError, WrongState)),
        transaction.atomic(),
        acting(actor, the_term()),
    ):
        actions.expire(file_id, before=the_term(), by=actor, at=the_term())

    assert [status for status, _reason in standings(file_id)] == [Status.ACCEPTED]
    assert rows_left(file_id, cast.ines) > 0


def test_the_service_reads_no_word_of_anybody(cast):
    received(cast)

    with acting(EXPIRY, the_term()):
        assert not queries.referrals(actor=EXPIRY).exists()
    assert rows_left(cast.maya.file_id, EXPIRY) == 0

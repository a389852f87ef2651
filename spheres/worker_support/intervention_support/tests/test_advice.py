"""Does a request for advice reach the coordination, and nobody else?"""

from datetime import timedelta
from uuid import NAMESPACE_DNS, uuid5

import pytest
from django.db import ProgrammingError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from spheres.core import clock
from spheres.core.actor import VISITOR, service
from spheres.regions import queries as regions
from spheres.sharing.models import Handler
from spheres.vault import actions as vault
from spheres.worker_support.intervention_support import actions, tasks
from spheres.worker_support.intervention_support.models import AdviceRequest
from tests.cast import MONDAY, acting

WORRY = "Une élève manque l’école et revient avec un téléphone neuf."


def asked(word="school", **changes):
    said = {
        "id": uuid5(NAMESPACE_DNS, f"{word}.advice.spheres"),
        "number": "K7PM-2XQ9",
        "age_band": "14-17",
        "language": "fr",
        "worries": WORRY,
        "role": "psychoéducatrice en milieu scolaire",
        "reach": "450 555-0142, le midi",
    }
    return actions.Asked(**(said | changes))


def leave(cast, said=None):
    said = said or asked()
    with acting(VISITOR):
        actions.ask(said, desk=cast.institute.id, by=VISITOR, at=MONDAY)
    return said


def seen_by(actor):
    with acting(actor):
        return list(AdviceRequest.objects.order_by("pk"))


def test_the_coordination_reads_the_request(cast):
    said = leave(cast)

    with acting(cast.louise):
        (request,) = vault.open(list(AdviceRequest.objects.all()), by=cast.louise, sections=[])

    assert request.number == said.number
    assert (request.opened.worries, request.opened.tried) == (WORRY, "")
    assert (request.opened.role, request.opened.reach) == (said.role, said.reach)


def test_nobody_else_knows_it_exists(cast):
    leave(cast)

    others = [cast.ines, cast.karim, cast.samir, cast.roy, cast.amrani, cast.nadia, VISITOR]

    assert [seen_by(actor) for actor in others] == [[] for _ in others]


def test_sending_twice_makes_one_request_as_it_was_first_written(cast):
    leave(cast)
    leave(cast, asked(worries="Autre chose, écrit ensuite."))

    with acting(cast.louise):
        (request,) = vault.open(list(AdviceRequest.objects.all()), by=cast.louise, sections=[])
        handlers = Handler.objects.filter(matter_id=request.id).count()
    assert (request.opened.worries, handlers) == (WORRY, 1)


def test_no_word_of_it_stands_in_clear_in_the_database(cast):
    leave(cast)

    with acting(cast.louise), connection.cursor() as cursor:
        cursor.execute("select row_to_json(r)::text from intervention_support_advicerequest r")
        kept = cursor.fetchone()[0]
    assert [word for word in ("élève", "psycho", "555-0142") if word in kept] == []


def test_a_request_is_kept_as_written(cast):
    leave(cast)

    with pytest.raises(ProgrammingError), acting(cast.louise), transaction.atomic():
        AdviceRequest.objects.update(age_band="18-24")


def test_a_request_is_forgotten_at_night_after_the_region_s_delay(cast):
    said = leave(cast)
    (rule,) = [rule for rule in regions.retention_rules() if rule.code == "advice"]
    due = MONDAY + timedelta(days=366 * rule.keep_years)

    assert the_night(due - timedelta(seconds=1)) == 0
    assert seen_by(cast.louise) != []
    assert the_night(due) == 1

    assert seen_by(cast.louise) == []
    with acting(service("expiry"), due):
        with connection.cursor() as cursor:
            cursor.execute("select access.is_erased(%s, %s)", [said.id, AdviceRequest.KIND])
            assert cursor.fetchone() == (True,)
        assert list(
            Handler.objects.filter(matter_id=said.id).values_list("kind", "user_id", "ends_at")
        ) == [("DESK", None, due)]


def the_night(at):
    """What the worker does at night: the round, then each job it queued."""
    with clock.at(at):
        tasks.expire()
        queued = list(ProcrastinateJob.objects.filter(task_name="advice.expire_one"))
        for job in queued:
            tasks.expire_one(**job.args)
    return len(queued)


@pytest.mark.parametrize("who", ["louise", "ines", "roy"])
def test_nobody_but_the_service_asks_what_is_due(cast, who):
    actor = getattr(cast, who)

    with pytest.raises(ProgrammingError), transaction.atomic(), acting(actor):
        vault.due("advice", before=MONDAY, by=actor)
    with pytest.raises(ProgrammingError), transaction.atomic(), acting(actor):
        vault.forget_due("draft", before=MONDAY, by=actor)

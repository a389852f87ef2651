"""Does a request for advice reach the coordination, and nobody else?"""

from uuid import NAMESPACE_DNS, uuid5

import pytest
from django.db import ProgrammingError, connection, transaction

from spheres.core.actor import VISITOR
from spheres.sharing.models import Handler
from spheres.vault import actions as vault
from spheres.worker_support.intervention_support import actions
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

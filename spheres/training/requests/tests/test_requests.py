"""Does a request for training reach the coordination alone, and what is answered to it?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from spheres.core import clock
from spheres.core.actor import VISITOR, Actor
from spheres.core.errors import NotAllowed
from spheres.regions import queries as regions
from spheres.sharing.models import Handler
from spheres.training.requests import actions, policy, queries, standing, tasks
from spheres.training.requests.forms import AnswerForm
from spheres.training.requests.models import Answer, TrainingRequest
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)
NEEDS = "Savoir accueillir une confidence sans brusquer."
Outcome = Answer.Outcome
A_DAY = date(2026, 4, 16)


def asked(word: str = "school", **changes: object) -> actions.Sent:
    said = {
        "id": uuid_of(word), "number": "K7PM-2XQ9", "environment": "school",
        "organisation": "École des Rives", "people": 12, "group": "Équipe du deuxième cycle",
        "needs": NEEDS, "dates": "un jeudi d’avril", "place": "THERE", "where": "au village",
        "language": "fr", "reach": "450 555-0142, le midi", "said_in": "fr",
    } | changes  # fmt: skip
    return actions.Sent(**said)  # type: ignore[arg-type]


def leave(cast: Cast, word: str = "school", at: datetime = MONDAY, **changes: object) -> UUID:
    said = asked(word, **changes)
    with acting(VISITOR, at):
        actions.ask(said, desk=cast.institute.id, by=VISITOR, at=at)
    return said.id


def answer(
    by: Actor, outcome: str, *, word: str = "school", at: datetime = MONDAY, words: str = ""
) -> None:
    given = actions.Given(uuid_of(f"{outcome} {word} {at}"), outcome, words, A_DAY)
    with acting(by, at):
        actions.answer(given, uuid_of(word), by=by, at=at)


def test_the_coordination_reads_who_asks_what_and_until_when_to_answer(cast: Cast) -> None:
    leave(cast)

    with acting(cast.louise):
        found = queries.request(uuid_of("school"), actor=cast.louise)

    assert found is not None
    days = regions.region().training_answer_days
    assert found.row.due_on == clock.day_of(MONDAY) + timedelta(days=days)
    assert vars(found.row.opened) == {
        "organisation": "École des Rives",
        "group": "Équipe du deuxième cycle",
        "needs": NEEDS,
        "dates": "un jeudi d’avril",
        "where": "au village",
        "reach": "450 555-0142, le midi",
    }
    assert (found.is_late(found.row.due_on), found.is_late(date(2026, 5, 1))) == (False, True)


def test_nobody_else_knows_it_exists_and_no_word_of_it_stands_in_clear(cast: Cast) -> None:
    leave(cast)
    answer(cast.louise, Outcome.NO, words="Voyez le Cercle.")

    for actor in (cast.ines, cast.karim, cast.samir, cast.roy, cast.amrani, cast.nadia, VISITOR):
        with acting(actor):
            assert (TrainingRequest.objects.count(), Answer.objects.count()) == (0, 0)
    with acting(cast.louise), connection.cursor() as cursor:
        cursor.execute(
            "select row_to_json(r)::text || row_to_json(a)::text "
            "from requests_trainingrequest r, requests_answer a"
        )
        kept = cursor.fetchone()[0]
    assert [word for word in ("Rives", "confidence", "555-0142", "Cercle") if word in kept] == []


def test_sent_twice_it_is_one_request_as_it_was_first_written(cast: Cast) -> None:
    leave(cast)
    leave(cast, needs="Autre chose, écrit ensuite.", at=MONDAY + AN_HOUR)

    with acting(cast.louise):
        found = queries.request(uuid_of("school"), actor=cast.louise)
        assert found is not None
        assert (found.row.opened.needs, TrainingRequest.objects.count()) == (NEEDS, 1)
        assert Handler.objects.filter(matter_id=uuid_of("school")).count() == 1


def test_the_newest_answer_stands_and_a_day_is_agreed_once_proposed(cast: Cast) -> None:
    leave(cast)
    with pytest.raises(NotAllowed):
        answer(cast.louise, Outcome.AGREED)
    answer(cast.louise, Outcome.OTHERWISE, words="Plutôt en ligne.")
    answer(cast.louise, Outcome.PROPOSED, at=MONDAY + AN_HOUR)
    answer(cast.louise, Outcome.PROPOSED, at=MONDAY + AN_HOUR)
    answer(cast.louise, Outcome.AGREED, at=MONDAY + 2 * AN_HOUR)

    with acting(cast.louise):
        found = queries.request(uuid_of("school"), actor=cast.louise)

    assert found is not None
    assert [(one.row.outcome, one.row.proposed_on, one.who) for one in found.answers] == [
        ("AGREED", A_DAY, "Louise"), ("PROPOSED", A_DAY, "Louise"), ("OTHERWISE", None, "Louise"),
    ]  # fmt: skip
    with acting(cast.ines):
        assert not policy.can_answer_it(cast.ines, Outcome.NO, None)


def test_the_database_lets_nobody_answer_in_the_name_of_another_nor_without_its_day(
    cast: Cast,
) -> None:
    leave(cast)
    row = {"request_id": uuid_of("school"), "answered_at": MONDAY, "words": b""}
    louise, karim = cast.louise.user_id, cast.karim.user_id
    for who, said, refusal in (
        (cast.louise, {"outcome": "NO", "answered_by": karim}, ProgrammingError),
        (cast.karim, {"outcome": "NO", "answered_by": karim}, ProgrammingError),
        (cast.louise, {"outcome": "PROPOSED", "answered_by": louise}, IntegrityError),
        (cast.louise, {"outcome": "NO", "answered_by": louise, "proposed_on": A_DAY},
         IntegrityError),
    ):  # fmt: skip
        with acting(who), pytest.raises(refusal), transaction.atomic():
            Answer.objects.bulk_create([Answer(id=uuid_of("by hand"), **row, **said)])
    with acting(cast.louise), pytest.raises(ProgrammingError), transaction.atomic():
        TrainingRequest.objects.update(people=2)


def test_what_was_asked_before_stands_by_environment_and_the_desk_is_told_what_waits(
    cast: Cast,
) -> None:
    leave(cast)
    leave(cast, "hospital", MONDAY + AN_HOUR, environment="health", organisation="Hôpital du Nord")
    leave(cast, "school again", MONDAY + 2 * AN_HOUR, organisation="École du Parc")
    later = MONDAY + timedelta(days=1)
    for word in ("school", "school again"):
        answer(cast.louise, Outcome.NO, word=word, at=later, words="Voyez le Cercle.")

    with acting(cast.louise, later):
        found = queries.requests(actor=cast.louise)
        places = queries.by_environment([one for one in found if one.last])
        told = standing.at_desk(actor=cast.louise)
    with acting(cast.ines, later):
        assert standing.at_desk(actor=cast.ines) == []

    assert [
        (place.environment, [one.row.opened.organisation for one in place.asked])
        for place in places
    ] == [("Milieu scolaire", ["École du Parc", "École des Rives"])]
    assert [one.url for one in told] == ["/training/requests/"]


def test_a_request_is_forgotten_at_night_with_what_was_answered(cast: Cast) -> None:
    request_id = leave(cast)
    answer(cast.louise, Outcome.NO, words="Voyez le Cercle.")
    (rule,) = [rule for rule in regions.retention_rules() if rule.code == TrainingRequest.KEEP]
    assert rule.keep_years is not None
    due = MONDAY + timedelta(days=366 * rule.keep_years)

    assert [the_night(due - timedelta(seconds=1)), the_night(due)] == [0, 1]

    with acting(cast.louise, due):
        assert (TrainingRequest.objects.count(), Answer.objects.count()) == (0, 0)
        assert not Handler.objects.filter(matter_id=request_id, ends_at=None).exists()


def the_night(at: datetime) -> int:
    """What the worker does at night: the round, then each job it queued."""
    with clock.at(at):
        tasks.expire()
        queued = list(ProcrastinateJob.objects.filter(task_name="training_requests.expire_one"))
        for job in queued:
            tasks.expire_one(**job.args)
    return len(queued)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_answer_and_write_the_letter(cast: Cast, language: str) -> None:
    leave(cast, said_in=language)
    there = f"/training/requests/{uuid_of('school')}/"
    form = AnswerForm(record_id=uuid_of("yes"))
    sent = {
        "form_id": form.signed_id, "outcome": "PROPOSED", "proposed_on": A_DAY.isoformat(),
        "words": "Nous venons à deux.",
    }  # fmt: skip
    with clock.at(MONDAY), untranslated() as missing:
        louise = signed_in(cast.louise, language=language)
        ines = signed_in(cast.ines, language=language)
        assert [ines.get(page).status_code for page in ("/training/requests/", there)] == [403, 403]
        assert louise.get(f"/training/requests/{uuid_of('nowhere')}/").status_code == 404
        assert "École des Rives" in louise.get("/training/requests/").content.decode()
        for wrong in (
            {"proposed_on": ""}, {"proposed_on": "2026-01-01"}, {"outcome": ""},
            {"outcome": "NO", "words": ""}, {"outcome": "AGREED"},
            {"words": "Parlez à Marie Tremblay."},
        ):  # fmt: skip
            assert louise.post(there, sent | wrong).status_code == 422, wrong
        assert louise.post(there, sent).status_code == 302
        page = louise.get(there).content.decode()
        assert louise.get("/training/requests/").status_code == 200
    letter = page[page.index("<blockquote") : page.index("</blockquote>")]
    assert f'lang="{language}"' in letter
    assert [word in letter for word in ("K7PM-2XQ9", "Nous venons à deux.")] == [True, True]
    assert missing == set()


def test_the_list_costs_the_same_for_one_and_for_three(cast: Cast) -> None:
    def cost() -> int:
        client = signed_in(cast.louise)
        client.get("/training/requests/")
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/training/requests/").status_code == 200
        return len(seen)

    leave(cast)
    answer(cast.louise, Outcome.PROPOSED)
    with clock.at(MONDAY):
        once = cost()
    for word in ("hospital", "shelter"):
        leave(cast, word)
        answer(cast.louise, Outcome.PROPOSED, word=word)
    with clock.at(MONDAY):
        assert cost() == once
    assert once <= 8, once

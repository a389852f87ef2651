"""Does the desk answer a professional, hand a request over, close it, and open no file with it?"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.core.actor import VISITOR, Actor, asker
from spheres.core.errors import NotAllowed, WrongState
from spheres.records.between.lent import Work
from spheres.regions import queries as regions
from spheres.worker_support.intervention_support import actions, policy, queries, standing
from spheres.worker_support.intervention_support.forms import GiveForm
from spheres.worker_support.intervention_support.models import (
    AdviceFeedback,
    AdviceStanding,
    AdviceWord,
)
from spheres.worker_support.intervention_support.tests.test_advice import WORRY, asked
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)
LIST = "/support/advice/"
GUIDE = Work("guide", "Un guide, 2021.", "https://example.org/guide")
PLAIN = Work("chapter", "Un chapitre, 2019.")
Status = AdviceStanding.Status


def leave(cast: Cast, word: str = "school", at: datetime = MONDAY, **changes: object) -> UUID:
    said = asked(word, **changes)
    with acting(VISITOR, at):
        actions.ask(said, desk=cast.institute.id, by=VISITOR, at=at)
    return said.id


def give(
    by: Actor, advice_id: UUID, way: str = "CODE", *, at: datetime = MONDAY, **said: object
) -> None:
    given = actions.Given(uuid_of(f"{way} {at}"), way, **said)  # type: ignore[arg-type]
    with acting(by, at):
        actions.answer(advice_id, given, by=by, at=at)


def thread(by: Actor, advice_id: UUID, at: datetime = MONDAY) -> queries.Thread | None:
    with acting(by, at):
        return queries.thread(advice_id, actor=by)


def said(by: Actor, advice_id: UUID, at: datetime = MONDAY) -> list[tuple[object, ...]]:
    found = thread(by, advice_id, at)
    assert found is not None
    return [
        (one.row.side, one.row.way, one.row.opened.words, one.works, one.row.speed, one.who)
        for one in found.words
    ]


def test_a_call_leaves_a_line_without_content_and_what_went_along(cast: Cast) -> None:
    advice_id = leave(cast)
    sent = {"works": (GUIDE, PLAIN), "outcomes": ("equipped",), "words": "Ce qui s’est dit."}
    give(cast.louise, advice_id, "PHONE", at=MONDAY + AN_HOUR, **sent)
    give(cast.louise, advice_id, "PHONE", at=MONDAY + AN_HOUR, **sent)

    works = [(GUIDE.citation, GUIDE.address), (PLAIN.citation, "")]
    assert said(cast.louise, advice_id) == [("OURS", "PHONE", "", works, "SAME_DAY", "Louise")]
    found = thread(cast.louise, advice_id)
    assert found is not None
    assert (found.standing.status, found.taken_by) == (Status.ANSWERED, "Louise")
    assert found.words[0].outcomes == [regions.label(queries.OUTCOMES, "equipped")]


def test_whoever_holds_the_code_reads_writes_again_and_says_that_it_is_done(cast: Cast) -> None:
    advice_id = leave(cast)
    give(cast.louise, advice_id, words="Commencez par le lien.", is_ongoing=True)
    them = asker(advice_id)
    assert said(them, advice_id) == [("OURS", "CODE", "Commencez par le lien.", [], "SAME_DAY", "")]

    later = MONDAY + timedelta(days=10)
    with acting(them, later):
        for _ in range(2):
            actions.ask_more(
                advice_id, uuid_of("more"), words="Et si elle part?", by=them, at=later
            )
        found = queries.thread(advice_id, actor=them)
        assert found is not None
        due = clock.day_of(later) + timedelta(days=regions.region().advice_answer_days)
        assert (found.standing.status, found.standing.due_on, len(found.words)) == (
            Status.WAITING, due, 2,
        )  # fmt: skip
        actions.be_done(advice_id, by=them, at=later)
        actions.be_done(advice_id, by=them, at=later)
        found = queries.thread(advice_id, actor=them)
        assert found is not None
        assert (found.standing.status, found.row.opened.worries) == (Status.CLOSED, WORRY)


def test_a_code_opens_its_own_request_and_no_other(cast: Cast) -> None:
    advice_id, other = leave(cast), leave(cast, "hospital")
    code = actions.code_of(advice_id)
    with acting(VISITOR):
        assert queries.matter_of(code.lower().replace("-", " "), actor=VISITOR) == advice_id
        nobody = queries.matter_of("2222-2222-2222", actor=VISITOR)
    assert thread(asker(nobody), nobody) is None
    assert thread(asker(advice_id), other) is None


def test_the_desk_hands_it_to_one_worker_who_alone_then_answers_beside_it(cast: Cast) -> None:
    advice_id = leave(cast)
    with acting(cast.louise):
        actions.hand(advice_id, to=cast.ines.user_id, by=cast.louise, at=MONDAY)
    give(cast.ines, advice_id, words="Voici.", at=MONDAY + AN_HOUR)
    with acting(cast.ines):
        assert [one.url for one in standing.handed(actor=cast.ines)] == []
    assert thread(cast.karim, advice_id) is None
    with acting(cast.louise, TUESDAY):
        actions.take(advice_id, by=cast.louise, at=TUESDAY)

    assert thread(cast.ines, advice_id, TUESDAY) is None
    found = thread(cast.louise, advice_id, TUESDAY)
    assert found is not None
    assert (found.taken_by, [one.who for one in found.words]) == ("Louise", ["Inès"])


def test_nobody_of_the_police_may_be_named(cast: Cast) -> None:
    advice_id = leave(cast)
    with acting(cast.louise):
        named = {one.user_id for one in queries.candidates(actor=cast.louise, at=MONDAY)}
        assert cast.roy.user_id not in named
        with pytest.raises(NotAllowed):
            actions.hand(advice_id, to=cast.roy.user_id, by=cast.louise, at=MONDAY)


def test_what_is_closed_is_answered_once_it_is_opened_again(cast: Cast) -> None:
    advice_id = leave(cast)
    with acting(cast.louise):
        actions.close(advice_id, by=cast.louise, at=MONDAY)
        with pytest.raises(NotAllowed):
            actions.close(advice_id, by=cast.louise, at=MONDAY)
    with pytest.raises(NotAllowed):
        give(cast.louise, advice_id, words="Voici.")
    with acting(cast.louise):
        actions.reopen(advice_id, by=cast.louise, at=MONDAY)
        assert queries.lock(advice_id, actor=cast.louise).status == Status.WAITING
        with pytest.raises(NotAllowed):
            actions.reopen(advice_id, by=cast.louise, at=MONDAY)
    give(cast.louise, advice_id, words="Voici.")

    assert [line[2] for line in said(cast.louise, advice_id)] == ["Voici."]


@pytest.mark.parametrize(
    ("after", "speed"), [(0, "SAME_DAY"), (2, "IN_TIME"), (3, "IN_TIME"), (4, "LATER")]
)
def test_how_long_it_waited_is_said_of_the_first_answer_alone(
    cast: Cast, after: int, speed: str
) -> None:
    advice_id, at = leave(cast), MONDAY + timedelta(days=after)
    give(cast.louise, advice_id, words="Voici.", at=at)
    give(cast.louise, advice_id, words="Encore.", at=at + AN_HOUR)

    assert [line[4] for line in said(cast.louise, advice_id)] == [speed, ""]


def test_two_answers_are_kept_once_and_nothing_ties_them_to_the_request(cast: Cast) -> None:
    advice_id = leave(cast)
    give(cast.louise, advice_id, words="Voici.")
    them = asker(advice_id)
    with acting(them):
        for _ in range(2):
            actions.say_how_it_was(
                advice_id, clearer="YES", equipped="PARTLY", desk=cast.institute.id,
                by=them, at=MONDAY,
            )  # fmt: skip
    for who in (cast.louise, them):
        with acting(who), pytest.raises(ProgrammingError), transaction.atomic():
            AdviceFeedback.objects.count()
    names = {field.name for field in AdviceFeedback._meta.concrete_fields}
    assert names == {"id", "organisation_id", "starts_on", "clearer", "equipped"}


def test_the_database_lets_nobody_write_in_the_name_of_another_nor_for_the_professional(
    cast: Cast,
) -> None:
    advice_id = leave(cast)
    row = {"request_id": advice_id, "way": "CODE", "words": b"", "works": b""}
    louise, them = cast.louise.user_id, asker(advice_id)
    for who, side, writer in (
        (cast.louise, "OURS", cast.karim.user_id), (cast.louise, "THEIRS", louise),
        (cast.karim, "OURS", cast.karim.user_id), (them, "OURS", them.user_id),
    ):  # fmt: skip
        with acting(who), pytest.raises(ProgrammingError), transaction.atomic():
            AdviceWord.objects.bulk_create(
                [
                    AdviceWord(
                        id=uuid_of("x"), side=side, written_by=writer, written_at=MONDAY, **row
                    )
                ]
            )
    with acting(cast.louise), pytest.raises(IntegrityError), transaction.atomic():
        AdviceStanding.objects.filter(pk=advice_id).update(taken_by=louise)
    with acting(cast.karim), pytest.raises(WrongState):
        actions.take(advice_id, by=cast.karim, at=MONDAY)


def test_only_the_coordination_sees_the_desk_and_only_the_code_writes_again(cast: Cast) -> None:
    advice_id = leave(cast)
    with acting(cast.louise):
        stands = queries.lock(advice_id, actor=cast.louise)
    them = asker(advice_id)
    asks = (policy.can_ask_more, policy.can_be_done, policy.can_say_how_it_was)
    gives = (policy.can_give_advice, policy.can_close_advice)

    assert [bool(policy.can_see_advice(who)) for who in (cast.louise, cast.ines, them)] == [
        True, False, False,
    ]  # fmt: skip
    assert [[bool(may(who, stands)) for may in asks] for who in (them, cast.louise)] == [
        [True] * 3, [False] * 3,
    ]  # fmt: skip
    assert [[bool(may(who, stands)) for may in gives] for who in (cast.ines, them)] == [
        [True] * 2, [False] * 2,
    ]  # fmt: skip
    assert not policy.can_entrust_advice(cast.ines, stands)
    assert not policy.can_reopen_advice(them, stands)


def test_the_desk_and_the_worker_it_named_are_told_what_waits(cast: Cast) -> None:
    advice_id = leave(cast)
    leave(cast, "hospital")
    with acting(cast.louise):
        actions.hand(advice_id, to=cast.ines.user_id, by=cast.louise, at=MONDAY)
        told = standing.at_desk(actor=cast.louise)
        assert standing.handed(actor=cast.louise) == []
    with acting(cast.ines):
        hers = standing.handed(actor=cast.ines)
        assert standing.at_desk(actor=cast.ines) == []

    assert [one.url for one in told] == [LIST]
    assert [one.url for one in hers] == [f"{LIST}{advice_id}/"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_answer_hand_over_close_and_open_again(cast: Cast, language: str) -> None:
    advice_id = leave(cast, language=language, is_team=True, says_nobody=True)
    there = f"{LIST}{advice_id}/"
    with clock.at(MONDAY), untranslated() as missing:
        louise = signed_in(cast.louise, language=language)
        ines = signed_in(cast.ines, language=language)
        assert ines.get(LIST).status_code == 403
        for name in ("", "hand/", "take/", "close/", "open-again/"):
            answer = ines.post(there + name) if name else ines.get(there)
            assert answer.status_code == 404, name
        assert louise.get(f"{LIST}{uuid_of('nowhere')}/").status_code == 404
        assert "psychoéducatrice" in louise.get(LIST).content.decode()
        sent = {
            "form_id": GiveForm(record_id=uuid_of("yes")).signed_id, "way": "CODE",
            "words": "Commencez par le lien.", "outcomes": ["informed"],
        }  # fmt: skip
        for wrong in (
            {"way": ""}, {"words": ""}, {"way": "PHONE"},
            {"words": "Parlez à Marie Tremblay."}, {"works": ["nowhere"]},
        ):  # fmt: skip
            assert louise.post(there, sent | wrong).status_code == 422, wrong
        assert louise.post(there, sent).status_code == 302
        assert louise.post(there + "hand/", {"worker": ""}).status_code == 422
        hand = louise.get(there).content.decode()
        assert "Commencez par le lien." in hand
        assert {"fr": "A une réponse", "en": "Has an answer"}[language] in hand
        form_id = hand.split("/hand/", 1)[1].split('name="form_id" value="', 1)[1].split('"')[0]
        worker = {"form_id": form_id, "worker": str(cast.ines.user_id)}
        assert louise.post(there + "hand/", worker).status_code == 302
        assert ines.get(there).status_code == 200
        for name in ("take/", "close/", "open-again/"):
            assert louise.post(there + name).status_code == 302, name
            assert louise.get(LIST).status_code == 200
            assert louise.get(there).status_code == 200
    assert missing == set()


def test_the_list_costs_the_same_for_one_and_for_three(cast: Cast) -> None:
    def cost() -> int:
        client = signed_in(cast.louise)
        client.get(LIST)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(LIST).status_code == 200
        return len(seen)

    give(cast.louise, leave(cast), words="Voici.")
    with clock.at(MONDAY):
        once = cost()
    for word in ("hospital", "shelter"):
        give(cast.louise, leave(cast, word), words="Voici.")
    with clock.at(MONDAY):
        assert cost() == once
    assert once <= 8, once

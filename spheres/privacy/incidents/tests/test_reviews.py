"""Is an entry of the register kept five years, then looked at by two people, by nothing else?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from spheres.accounts.models import Organisation
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.privacy.incidents import actions, queries, tasks
from spheres.privacy.incidents.models import (
    Addition,
    Answer,
    Assessment,
    Concerned,
    Incident,
    Review,
    Step,
)
from spheres.privacy.incidents.tests.factories import (
    INCIDENT,
    add,
    assess,
    concerns_maya,
    inform,
    tell,
)
from spheres.privacy.incidents.tests.test_pages import seen, sends
from spheres.privacy.retention import actions as retention
from spheres.records.documents import reference
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.deciding import EXPIRY, House
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
Decision, Reason = Review.Decision, Review.Reason
# Closed on the 3rd of March 2026: five years of the calendar, and the leap days they may hold.
EVE = datetime(2031, 3, 2, 14, 0, tzinfo=TUESDAY.tzinfo)
DAY = EVE + timedelta(days=1)
NIGHT = DAY + timedelta(days=10)
PROPOSED = uuid_of("proposed of an incident")
LIST, PROPOSE = reverse("incidents:reviews"), reverse("incidents:propose", args=[INCIDENT])


@pytest.fixture
def house(cast: Cast) -> House:
    tell(cast.ines)
    add(cast.nadia, Addition.Item.MEASURES, words="Serrure changée.")
    assess(cast.nadia, Assessment.Conclusion.NOT_SERIOUS)
    with acting(cast.nadia, TUESDAY):
        actions.close(INCIDENT, step_id=uuid_of("done"), by=cast.nadia, at=TUESDAY)
    return House(cast)


def due(actor: Actor, at: datetime = DAY) -> list[tuple[Any, bool]]:
    with acting(actor, at):
        return [(one.id, one.is_held) for one in queries.due(actor=actor)]


def propose(
    by: Actor, decision: str = Decision.DELETE, at: datetime = DAY, which: Any = PROPOSED,
    years: int = 0, reason: str = "",
) -> None:  # fmt: skip
    said = actions.Proposed(which, decision, years, reason)
    with acting(by, at):
        actions.propose(INCIDENT, said, by=by, at=at)


def answer(by: Actor, at: datetime = DAY, *, is_yes: bool = True, which: Any = PROPOSED) -> None:
    with acting(by, at):
        actions.answer(which, is_yes=is_yes, by=by, at=at)


def night(at: datetime = NIGHT) -> None:
    with clock.at(at):
        tasks.forget()


def left(actor: Actor, at: datetime = NIGHT) -> dict[str, int]:
    with acting(actor, at):
        models = (Incident, Addition, Assessment, Step)
        return {model.__name__: model._base_manager.count() for model in models}


WHOLE = {"Incident": 1, "Addition": 1, "Assessment": 1, "Step": 1}
NOTHING = dict.fromkeys(WHOLE, 0)


def test_it_is_due_five_years_after_the_last_word_and_not_a_day_before(house: House) -> None:
    nadia = house["nadia"]

    assert due(nadia, EVE) == []
    assert due(nadia, DAY) == [(INCIDENT, False)]
    with acting(nadia, DAY):
        entry = queries.entry(INCIDENT, actor=nadia)
        assert entry is not None
        assert entry.kept_until == date(2031, 3, 3)


def test_the_organisation_may_say_more_years_and_never_less(house: House) -> None:
    for years, expected in ((1, [(INCIDENT, False)]), (7, [])):
        with acting(LOADER):
            Organisation.objects.filter(pk=house.cast.la_maison.pk).update(keep_years=years)
        assert due(house["nadia"]) == expected


def test_what_is_not_closed_or_was_judged_or_told_again_since_is_not_due(house: House) -> None:
    nadia = house["nadia"]
    assess(nadia, Assessment.Conclusion.NOT_YET, "again", at=TUESDAY + timedelta(days=1))

    assert due(nadia, DAY + timedelta(days=400)) == []


def test_a_word_added_late_counts_five_years_again(house: House) -> None:
    add(house["nadia"], Addition.Item.MEASURES, "late", at=EVE, words="Le cahier est retrouvé.")

    assert due(house["nadia"], DAY) == []


def test_what_two_people_decide_goes_at_night_and_the_line_of_who_decided_stays(
    house: House,
) -> None:
    propose(house["nadia"])
    night()
    assert left(house["nadia"]) == WHOLE
    answer(house["lucie"])
    assert left(house["nadia"]) == WHOLE

    night()
    night()

    assert left(house["nadia"]) == left(house["ines"]) == NOTHING
    with acting(house["nadia"], NIGHT):
        (one,) = queries.listed(actor=house["nadia"])
        assert (one.proposer, one.answerer, one.row.decision) == ("Nadia", "Lucie", "DELETE")
    with acting(house["nadia"], NIGHT):
        mine = Event.objects.filter(chain_id=house["nadia"].user_id, action="incident.proposed")
        assert mine.count() == 1


def test_one_person_alone_decides_nothing_and_the_database_refuses_it(house: House) -> None:
    nadia = house["nadia"]
    propose(nadia)
    with pytest.raises(NotAllowed, match="une autre personne dit oui"):
        answer(nadia)
    with acting(nadia, DAY), pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.bulk_create([
            Answer(id=PROPOSED, organisation_id=nadia.organisation_id, is_yes=True,
                   answered_by=nadia.user_id, answered_at=DAY)
        ])  # fmt: skip
    night()

    assert left(nadia) == WHOLE


@pytest.mark.parametrize(
    "said",
    [
        {"proposed_at": EVE},
        {"decision": "KEEP"},
        {"incident_id": uuid_of("of nobody")},
        {"proposed_by": uuid_of("somebody else")},
    ],
)
def test_the_database_refuses_a_proposal_that_is_not_of_this_moment_nor_due(
    house: House, said: dict[str, Any]
) -> None:
    nadia = house["nadia"]
    row = {
        "id": PROPOSED, "incident_id": INCIDENT, "organisation_id": nadia.organisation_id,
        "decision": "DELETE", "proposed_by": nadia.user_id, "proposed_at": DAY, **said,
    }  # fmt: skip

    with acting(nadia, DAY), pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.bulk_create([Review(**row)])
    with acting(nadia, EVE), pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.bulk_create([Review(**(row | {"proposed_at": EVE}))])


def test_nobody_proposes_but_whoever_keeps_the_register(house: House) -> None:
    for who in ("lucie", "odile", "ines", "maude", "louise"):
        with pytest.raises((NotAllowed, WrongState)):
            propose(house[who])
        with acting(house[who], DAY), pytest.raises(DatabaseError), transaction.atomic():
            Review.objects.bulk_create([
                Review(id=PROPOSED, incident_id=INCIDENT, decision="DELETE",
                       organisation_id=house[who].organisation_id,
                       proposed_by=house[who].user_id, proposed_at=DAY)
            ])  # fmt: skip


def test_only_those_who_keep_the_files_here_see_what_is_proposed_or_say_yes(house: House) -> None:
    propose(house["nadia"])
    for who in ("ines", "maude", "louise", "samir", "karim", "roy"):
        with acting(house[who], DAY):
            assert Review.objects.count() == 0
        with pytest.raises(WrongState):
            answer(house[who])
        with acting(house[who], DAY), pytest.raises(DatabaseError), transaction.atomic():
            Answer.objects.bulk_create([
                Answer(id=PROPOSED, organisation_id=house["nadia"].organisation_id, is_yes=True,
                       answered_by=house[who].user_id, answered_at=DAY)
            ])  # fmt: skip


def test_kept_three_years_more_it_comes_back_on_that_day(house: House) -> None:
    nadia = house["nadia"]
    propose(nadia, Decision.KEEP, years=3, reason=Reason.CLAIM)
    assert due(nadia) == []
    answer(house["odile"])

    assert due(nadia, DAY + timedelta(days=3 * 365 - 1)) == []
    assert due(nadia, DAY + timedelta(days=3 * 365 + 1)) == [(INCIDENT, False)]
    night(DAY + timedelta(days=4000))
    assert left(nadia, DAY + timedelta(days=4000)) == WHOLE


def test_what_is_taken_back_is_due_again_and_nothing_goes(house: House) -> None:
    propose(house["nadia"])
    answer(house["nadia"], is_yes=False)
    answer(house["nadia"], is_yes=False)

    assert due(house["nadia"]) == [(INCIDENT, False)]
    with pytest.raises(WrongState):
        answer(house["lucie"])
    night()
    assert left(house["nadia"]) == WHOLE


def test_a_word_written_after_it_was_proposed_stops_it(house: House) -> None:
    propose(house["nadia"])
    answer(house["lucie"])
    add(house["ines"], Addition.Item.MEASURES, "late", at=DAY + timedelta(hours=1), words="Encore.")

    night()

    assert left(house["nadia"]) == WHOLE | {"Addition": 2}
    five_more = DAY + timedelta(days=5 * 366)
    assert due(house["nadia"], NIGHT) == []
    assert due(house["nadia"], five_more) == [(INCIDENT, False)]


def held(house: House, at: datetime) -> None:
    with acting(house["nadia"], at):
        retention.place_hold(
            uuid_of("hold"), house.file_id, ground="SUBPOENA", words="500-01", by=house["nadia"],
            at=at,
        )  # fmt: skip


def test_what_concerns_somebody_whose_file_is_held_is_kept(cast: Cast) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    inform(cast, cast.ines)
    assess(cast.nadia, Assessment.Conclusion.NOT_SERIOUS)
    with acting(cast.nadia, TUESDAY):
        actions.close(INCIDENT, step_id=uuid_of("done"), by=cast.nadia, at=TUESDAY)
    house = House(cast)
    held(house, TUESDAY)

    assert due(cast.nadia) == [(INCIDENT, True)]
    with pytest.raises(NotAllowed, match="gel juridique"):
        propose(cast.nadia)
    with acting(cast.nadia, DAY), pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.bulk_create([
            Review(id=PROPOSED, incident_id=INCIDENT, decision="DELETE",
                   organisation_id=cast.nadia.organisation_id,
                   proposed_by=cast.nadia.user_id, proposed_at=DAY)
        ])  # fmt: skip
    propose(cast.nadia, Decision.KEEP, years=1, reason=Reason.CLAIM)


def test_a_hold_placed_after_the_decision_keeps_it_and_her_own_lines_stay_in_her_file(
    cast: Cast,
) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    inform(cast, cast.ines)
    assess(cast.nadia, Assessment.Conclusion.NOT_SERIOUS)
    with acting(cast.nadia, TUESDAY):
        actions.close(INCIDENT, step_id=uuid_of("done"), by=cast.nadia, at=TUESDAY)
    house = House(cast)
    propose(cast.nadia)
    answer(house["lucie"])
    held(house, DAY)
    night()
    assert left(cast.nadia)["Incident"] == 1
    for who in ("nadia", "norbert"):
        with acting(house[who], DAY):
            hold = retention.queries.holds(actor=house[who])[0]
            retention.end_hold(getattr(hold, "row", hold), by=house[who])

    night()

    assert left(cast.nadia)["Incident"] == 0
    with acting(cast.ines, NIGHT):
        assert Concerned.objects.count() == 1
        assert len(queries.of_file(cast.maya.file_id, actor=cast.ines, today=NIGHT.date())) == 1


def test_the_other_entries_of_the_register_stay(house: House) -> None:
    other = tell(house["ines"], uuid_of("another"), at=TUESDAY)
    propose(house["nadia"])
    answer(house["lucie"])

    night()

    with acting(house["nadia"], NIGHT):
        assert [row.pk for row in Incident.objects.all()] == [other]


def test_the_service_that_forgets_deletes_nothing_that_is_younger_than_the_rule(
    house: House,
) -> None:
    propose(house["nadia"])
    answer(house["lucie"])
    with acting(EXPIRY, DAY):
        assert actions.forget(before=MONDAY, by=EXPIRY) == 0
    with acting(house["nadia"], NIGHT), connection.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute("select access.forget_due('incident', %s)", [DAY])


# Its pages.


def test_the_keeper_is_told_on_her_page_proposes_and_another_says_yes(house: House) -> None:
    due_line = "1 incident of the register is past its time"
    assert due_line in seen(house["nadia"], reverse("office:page"), DAY)
    assert due_line not in seen(house["nadia"], reverse("office:page"), EVE)
    keeper = signed_in(house["nadia"], at=DAY, language="en")
    wrong = sends(keeper, PROPOSE, DAY, decision="KEEP")
    assert wrong.status_code == 422
    assert "Say for how many years." in wrong.content.decode()
    assert "Say why: what is kept longer has a reason." in wrong.content.decode()
    assert sends(keeper, PROPOSE, DAY, decision="DELETE").status_code == 302
    assert "You proposed it: another person says yes." in seen(house["nadia"], LIST, DAY)

    waits = "1 decision about the register of incidents waits for a second person."
    assert waits in seen(house["odile"], "/", DAY)
    page = seen(house["odile"], LIST, DAY)
    assert reference(INCIDENT) in page
    assert "Entries past their time" not in page
    with acting(house["odile"], DAY):
        (one,) = queries.listed(actor=house["odile"])
    second = signed_in(house["odile"], at=DAY, language="en")
    with clock.at(DAY):
        said = second.post(reverse("incidents:answer", args=[one.row.pk]), {"answer": "yes"})
    assert said.status_code == 302
    assert "Decided by Nadia and Odile on March 3, 2031" in seen(house["odile"], LIST, DAY)


def test_nobody_else_finds_these_pages(house: House) -> None:
    for who in ("ines", "louise", "maude"):
        seen(house[who], LIST, DAY, status=403)
    seen(house["lucie"], PROPOSE, DAY, status=403)
    seen(house["nadia"], reverse("incidents:propose", args=[uuid_of("x")]), DAY, status=404)


def test_the_pages_are_whole_in_french(house: House) -> None:
    with untranslated() as found:
        for where in (LIST, PROPOSE):
            seen(house["nadia"], where, DAY, language="fr")
        propose(house["nadia"], Decision.KEEP, years=2, reason=Reason.AUTHORITY)
        seen(house["odile"], LIST, DAY, language="fr")
        answer(house["odile"])
        seen(house["odile"], LIST, DAY, language="fr")
    assert found == set()

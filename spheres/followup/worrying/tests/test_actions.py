"""Who reads a report, who knows that there is one, who adds, tells and looks: in the database?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.worrying import actions, queries, standing
from spheres.followup.worrying.models import Addition, Duty, Situation, Telling
from spheres.followup.worrying.tests.factories import (
    DAY,
    LATER,
    REPORT,
    SAID,
    WHY,
    report,
    weigh,
    written,
)
from spheres.participants.models import Assignment
from spheres.records import spoken
from spheres.sharing import actions as sharing
from spheres.sharing.models import Disclosure, DisclosureStep
from spheres.vault import actions as vault
from spheres.vault.queries import doubtful_rows
from tests.cast import (
    LOADER,
    MONDAY,
    TUESDAY,
    Cast,
    acting,
    add_person,
    uuid_of,
    yanick_answers_for_ines,
)

pytestmark = pytest.mark.django_db
Way = Telling.Way


def words(actor: Actor, at: Any = LATER) -> list[str]:
    """What this person reads of it."""
    with acting(actor, at):
        rows = list(Situation.objects.filter(pk=REPORT))
        vault.open(rows, by=actor)
        return [row.opened.said or row.opened.because for row in rows]


def knows(actor: Actor, at: Any = LATER) -> int:
    """How many rows of any table tell this person that there is one."""
    with acting(actor, at):
        return sum(
            model._default_manager.filter(**{column: REPORT}).count()  # type: ignore[attr-defined]
            for model, column in (
                (Disclosure, "pk"), (DisclosureStep, "disclosure_id"), (Situation, "pk"),
                (Addition, "disclosure_id"), (Telling, "disclosure_id"),
            )
        ) + Event.objects.filter(record_ids__contains=[REPORT]).count()  # fmt: skip


def told(way: str = Way.AFTER, word: str = "told", **said: Any) -> actions.Told:
    return actions.Told(uuid_of(word), way, **said)


def walks_too(cast: Cast) -> None:
    beside = {"file_id": cast.maya.file_id, "user_id": cast.yanick.user_id}
    with acting(cast.ines):
        Assignment.objects.bulk_create(
            [Assignment(id=uuid_of("beside"), starts_at=MONDAY, **beside)]
        )


def looked_at(cast: Cast) -> None:
    with acting(cast.karim, LATER):
        actions.review(REPORT, step_id=uuid_of("step"), learnt="À deux.", by=cast.karim, at=LATER)


def test_what_was_reported_is_a_row_of_the_rule_table_told_by_voice(cast: Cast) -> None:
    report(cast, cast.ines)

    with acting(cast.ines, LATER):
        row = Disclosure.objects.get(pk=REPORT)
        [kept] = Situation.objects.filter(pk=REPORT)
    assert (row.ground, row.purpose, row.capacity, row.items, row.sections, row.made_at) == (
        "YOUTH_PROTECTION", "PROTECTION", "YOUTH_PROTECTION", ["REPORT"], ["safety"], DAY,
    )  # fmt: skip
    assert (kept.outcome, kept.reached, kept.category) == ("REPORTED", "INTAKE", "must_some")
    assert words(cast.ines) == [SAID]


def test_that_nothing_was_reported_is_kept_with_its_reason_by_the_same_rules(cast: Cast) -> None:
    weigh(cast, cast.ines)

    with acting(cast.ines, LATER):
        row = Disclosure.objects.get(pk=REPORT)
    assert (row.ground, row.items) == ("YOUTH_PROTECTION", ["WEIGHED"])
    assert (words(cast.ines), words(cast.karim), words(cast.yanick)) == ([WHY], [WHY], [])
    looked_at(cast)


def test_its_author_and_those_who_supervise_there_know_of_it_and_nobody_else(cast: Cast) -> None:
    walks_too(cast)
    report(cast, cast.ines, told_her="BEFORE", her_words="Fais-le.")
    looked_at(cast)
    everybody = {
        "ines": cast.ines, "yanick": cast.yanick, "karim": cast.karim, "louise": cast.louise,
        "samir": cast.samir, "roy": cast.roy, "amrani": cast.amrani, "nadia": cast.nadia,
    }  # fmt: skip

    reads = {name for name, actor in everybody.items() if words(actor)}
    know = {name for name, actor in everybody.items() if knows(actor, TUESDAY)}

    assert (reads, know) == ({"ines", "karim"}, {"ines", "karim"})


def test_the_journal_of_the_file_says_nothing_of_it(cast: Cast) -> None:
    with acting(cast.ines):
        before = Event.objects.filter(chain_id=cast.maya.file_id).count()
    report(cast, cast.ines, told_her="AFTER", her_words="Ok.")
    words(cast.ines)
    with acting(cast.ines, LATER):
        actions.add(
            cast.maya.file_id, REPORT, addition_id=uuid_of("since"), about="SINCE",
            text="On m’a rappelée.", by=cast.ines, at=LATER,
        )  # fmt: skip
    looked_at(cast)

    with acting(cast.ines, LATER):
        in_file = Event.objects.filter(chain_id=cast.maya.file_id).count()
        mine = Event.objects.filter(chain_id=cast.ines.user_id, record_ids__contains=[REPORT])
        assert in_file == before
        assert list(mine.order_by("at", "number").values_list("action", flat=True)) == [
            "worrying.written", "worrying.told_her", "open",
        ]  # fmt: skip
        assert [one for one in doubtful_rows(cast.maya.file_id, connection=connection)
                if one.row_id in {REPORT, uuid_of("since")}] == []  # fmt: skip


def test_whoever_answers_for_a_colleague_reports_too_and_completes_it_after(cast: Cast) -> None:
    yanick_answers_for_ines(cast, until=DAY + timedelta(hours=8))
    report(cast, cast.yanick)
    later = MONDAY + timedelta(days=3)

    assert (words(cast.yanick, later), words(cast.karim, later)) == ([SAID], [SAID])
    assert knows(cast.ines, later) == 0
    with acting(cast.yanick, later):
        actions.add(
            cast.maya.file_id, REPORT, addition_id=uuid_of("since"), about="SINCE",
            text="On m’a rappelé.", by=cast.yanick, at=later,
        )  # fmt: skip
        assert [one.about for one in Addition.objects.all()] == ["SINCE"]


def test_nobody_writes_one_in_a_file_they_do_not_answer_for_or_of_an_adult(cast: Cast) -> None:
    for stranger in (cast.samir, cast.yanick):
        with acting(stranger, DAY), pytest.raises(ProgrammingError), transaction.atomic():
            actions.write(cast.maya.file_id, written(), by=stranger, at=DAY)
    with acting(cast.ines, DAY), pytest.raises(NotAllowed):
        actions.write(cast.maya.file_id, written(), is_adult=True, by=cast.ines, at=DAY)


def test_the_database_refuses_a_report_without_what_was_said_or_a_silence_without_why(
    cast: Cast,
) -> None:
    for said in ({"said": ""}, {"reached": ""}, {"because": WHY}, {"outcome": "NOT_REPORTED"}):
        with acting(cast.ines, DAY), pytest.raises(IntegrityError), transaction.atomic():
            actions.write(cast.maya.file_id, written(**said), by=cast.ines, at=DAY)


def test_sent_twice_it_is_one_record(cast: Cast) -> None:
    for _ in range(2):
        report(cast, cast.ines, told_her="BEFORE", her_words="Fais-le.")

    with acting(cast.ines, LATER):
        assert Disclosure.objects.filter(items=["REPORT"]).count() == 1
        assert (Telling.objects.count(), Addition.objects.count()) == (1, 1)


def test_nothing_that_stands_is_changed_or_taken_away(cast: Cast) -> None:
    report(cast, cast.ines, told_her="AFTER", her_words="Ok.")
    for model in (Situation, Addition, Telling, Duty):
        table = model._meta.db_table
        for change in (f"update {table} set id = id", f"delete from {table}"):
            with (
                acting(cast.ines, LATER),
                pytest.raises(ProgrammingError),
                transaction.atomic(),
            ):
                connection.cursor().execute(change)


def test_only_its_author_adds_to_it_and_tells_her(cast: Cast) -> None:
    walks_too(cast)
    report(cast, cast.ines)
    since = {"addition_id": uuid_of("since"), "about": "SINCE", "text": "À la maison."}

    with acting(cast.karim, LATER), pytest.raises(NotAllowed):
        actions.add(cast.maya.file_id, REPORT, by=cast.karim, at=LATER, **since)  # type: ignore[arg-type]
    with acting(cast.karim, LATER), pytest.raises(NotAllowed):
        actions.tell(cast.maya.file_id, REPORT, told(), by=cast.karim, at=LATER)
    with acting(cast.yanick, LATER), pytest.raises(WrongState):
        actions.tell(cast.maya.file_id, REPORT, told(), by=cast.yanick, at=LATER)
    with acting(cast.ines, LATER):
        for _ in range(2):
            actions.add(cast.maya.file_id, REPORT, by=cast.ines, at=LATER, **since)  # type: ignore[arg-type]
            actions.tell(cast.maya.file_id, REPORT, told(words="Ok."), by=cast.ines, at=LATER)
        assert (Addition.objects.count(), Telling.objects.count()) == (2, 1)
        with pytest.raises(NotAllowed):
            actions.tell(cast.maya.file_id, REPORT, told(word="again"), by=cast.ines, at=LATER)


def test_somebody_who_supervises_looks_at_it_again_once_and_never_its_author(cast: Cast) -> None:
    report(cast, cast.ines)
    step = uuid_of("looked at again")

    for other in (cast.ines, cast.louise, cast.nadia, cast.samir, cast.roy):
        with acting(other, LATER), pytest.raises((NotAllowed, WrongState)):
            actions.review(REPORT, step_id=step, learnt="", by=other, at=LATER)
    with acting(cast.karim, LATER):
        waiting = spoken.to_look_at(queries.TO_LOOK_AT, actor=cast.karim, at=LATER)
        for _ in range(2):
            actions.review(REPORT, step_id=step, learnt="À deux.", by=cast.karim, at=LATER)
        after = spoken.to_look_at(queries.TO_LOOK_AT, actor=cast.karim, at=LATER)
        with pytest.raises(WrongState):
            actions.review(REPORT, step_id=uuid_of("no"), learnt="", by=cast.karim, at=LATER)
    with acting(cast.ines, TUESDAY):
        found = queries.of_file(cast.maya.file_id, REPORT, actor=cast.ines)
        assert found is not None
        vault.open(found.rows, by=cast.ines)
        learnt = [(one.about, one.opened.text) for one in found.additions]
    assert (len(waiting), after, learnt) == (1, [], [("LEARNT", "À deux.")])
    assert found.reviewer == "Karim"


def still_to_tell(cast: Cast, at: Any = LATER) -> list[UUID]:
    with acting(cast.ines, at):
        return [one.id for one in spoken.to_tell(queries.TO_TELL, actor=cast.ines, at=at)]


def kept_from_her(cast: Cast, by: Actor, at: Any = LATER) -> set[UUID]:
    with acting(by, at):
        rows = list(Disclosure.objects.filter(pk=REPORT))
        return set(standing.told(rows, actor=by).not_for_her)


def test_she_reads_it_once_her_worker_has_told_her_and_not_before(cast: Cast) -> None:
    report(cast, cast.ines)
    before = still_to_tell(cast), kept_from_her(cast, cast.ines)
    day = (LATER + timedelta(days=3)).date()
    not_now = told(Way.NOT_NOW, ground="THREATENED", look_again_on=day)
    with acting(cast.ines, LATER):
        actions.tell(cast.maya.file_id, REPORT, not_now, by=cast.ines, at=LATER)
    during = kept_from_her(cast, cast.ines)
    days = {n: still_to_tell(cast, LATER + timedelta(days=n)) for n in (0, 2, 3, 9)}
    later = LATER + timedelta(days=3)
    with acting(cast.ines, later):
        actions.tell(cast.maya.file_id, REPORT, told(word="at last"), by=cast.ines, at=later)

    assert before == ([REPORT], {REPORT})
    assert during == {REPORT}
    assert days == {0: [], 2: [], 3: [REPORT], 9: [REPORT]}
    assert (still_to_tell(cast, later), kept_from_her(cast, cast.ines, later)) == ([], set())


def test_whoever_supervises_and_walks_with_her_reads_it_to_her_neither(cast: Cast) -> None:
    report(cast, cast.ines, told_her="BEFORE")

    assert kept_from_her(cast, cast.karim) == {REPORT}


def test_not_for_now_beyond_three_months_or_without_a_harm_is_refused(cast: Cast) -> None:
    report(cast, cast.ines)
    far = told(Way.NOT_NOW, ground="LIFE", look_again_on=(LATER + timedelta(days=91)).date())
    vague = told(Way.NOT_NOW, look_again_on=(LATER + timedelta(days=3)).date())

    with acting(cast.ines, LATER), pytest.raises(NotAllowed):
        actions.tell(cast.maya.file_id, REPORT, far, by=cast.ines, at=LATER)
    with acting(cast.ines, LATER), pytest.raises(IntegrityError), transaction.atomic():
        actions.tell(cast.maya.file_id, REPORT, vague, by=cast.ines, at=LATER)


def test_a_personal_conflict_keeps_out_even_whoever_supervises(cast: Cast) -> None:
    report(cast, cast.ines)
    with acting(cast.karim, LATER):
        sharing.declare_conflict(cast.maya.file_id, by=cast.karim, at=LATER)

    assert (words(cast.karim, TUESDAY), knows(cast.karim, TUESDAY)) == ([], 0)


def test_what_the_law_asks_of_somebody_is_said_by_themself_or_a_manager_and_stands(
    cast: Cast,
) -> None:
    with acting(LOADER):
        manager = add_person("Gestion", cast.la_maison, Role.ORGANISATION_MANAGER)

    def says(by: Actor, of: Actor, category: str, word: str, at: Any = DAY) -> None:
        with acting(by, at):
            actions.say(uuid_of(word), user_id=of.user_id, category=category, by=by, at=at)

    def is_said(of: Actor, to: Actor) -> str:
        with acting(to, LATER):
            return queries.category_of(of.user_id, actor=to)

    invited = is_said(cast.ines, cast.ines)
    says(cast.ines, cast.ines, "must_all", "herself")
    herself = is_said(cast.ines, cast.yanick)
    says(manager, cast.ines, "must_some", "manager", LATER)
    by_manager = is_said(cast.ines, cast.ines)
    for by, of in ((cast.yanick, cast.ines), (manager, cast.samir), (cast.karim, cast.karim)):
        with pytest.raises(NotAllowed):
            says(by, of, "must_all", "no")
    for by, of, where in (
        (cast.yanick, cast.ines, cast.la_maison), (manager, cast.samir, cast.la_maison),
        (cast.ines, cast.ines, cast.elsewhere),
    ):  # fmt: skip
        with acting(by, DAY), pytest.raises(ProgrammingError), transaction.atomic():
            Duty.objects.bulk_create(
                [Duty(id=uuid_of("forced"), organisation_id=where.pk, user_id=of.user_id,
                      category="must_all", said_by=by.user_id, said_at=DAY)]
            )  # fmt: skip

    assert (invited, herself, by_manager) == ("must_some", "must_all", "must_some")

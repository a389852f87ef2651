"""Who reads a danger, who adds, tells and looks at it again, in the database as it stands?"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.danger import actions, queries, standing
from spheres.followup.danger.models import Addition, Danger, Telling
from spheres.followup.danger.tests.factories import CALL, MORNING, NIGHT, SAID, call, written
from spheres.participants.models import Assignment
from spheres.records import spoken
from spheres.sharing import actions as sharing
from spheres.sharing.models import Disclosure, DisclosureStep
from spheres.vault import actions as vault
from tests.cast import (
    LOADER,
    MONDAY,
    TUESDAY,
    Cast,
    acting,
    add_person,
    follow,
    uuid_of,
    yanick_answers_for_ines,
)

pytestmark = pytest.mark.django_db
Way = Telling.Way


def words(actor: Actor, at: object = MORNING) -> list[str]:
    """What this person reads of the call of that night."""
    with acting(actor, at):  # type: ignore[arg-type]
        rows = list(Danger.objects.filter(pk=CALL))
        vault.open(rows, by=actor)
        return [row.opened.said for row in rows]


def told(way: str = Way.AFTER, word: str = "told", **said: object) -> actions.Told:
    return actions.Told(uuid_of(word), way, **said)  # type: ignore[arg-type]


def test_three_answers_are_a_danger_and_a_line_of_her_register(cast: Cast) -> None:
    call(cast, cast.ines)

    with acting(cast.ines, MORNING):
        row = Disclosure.objects.get(pk=CALL)
        [danger] = Danger.objects.filter(pk=CALL)
        events = Event.objects.filter(record_ids=[CALL]).values_list("action", flat=True)
        assert list(events) == ["danger.written"]
    assert (row.ground, row.items, row.sections, row.made_at, row.prepared_by) == (
        "DANGER", ["CALL"], ["safety"], NIGHT, cast.ines.user_id,
    )  # fmt: skip
    assert (danger.called, danger.imminence, words(cast.ines)) == ("EMERGENCY", "", [SAID])


def test_it_is_read_by_its_author_and_those_who_supervise_there_and_by_nobody_else(
    cast: Cast,
) -> None:
    call(cast, cast.ines)
    everybody = {
        "ines": cast.ines, "yanick": cast.yanick, "karim": cast.karim, "louise": cast.louise,
        "samir": cast.samir, "roy": cast.roy, "amrani": cast.amrani, "nadia": cast.nadia,
    }  # fmt: skip

    reads = {name for name, actor in everybody.items() if words(actor)}

    assert reads == {"ines", "karim"}


def test_a_colleague_who_walks_with_her_too_knows_of_it_and_does_not_read_it(cast: Cast) -> None:
    call(cast, cast.ines)
    walks_too(cast)

    with acting(cast.yanick, MORNING):
        found = queries.of_file(cast.maya.file_id, CALL, actor=cast.yanick)
        assert found is not None
        assert (found.words, found.additions, found.author) == (None, [], "Inès")


def walks_too(cast: Cast) -> None:
    beside = {"file_id": cast.maya.file_id, "user_id": cast.yanick.user_id}
    with acting(cast.ines):
        Assignment.objects.bulk_create(
            [Assignment(id=uuid_of("beside"), starts_at=MONDAY, **beside)]
        )


def test_whoever_answers_for_a_colleague_writes_the_call_of_that_night_and_reads_it_after(
    cast: Cast,
) -> None:
    yanick_answers_for_ines(cast, until=NIGHT + timedelta(hours=8))
    call(cast, cast.yanick)
    later = MONDAY + timedelta(days=3)

    assert words(cast.yanick, later) == [SAID]
    assert words(cast.karim, later) == [SAID]
    assert words(cast.ines, later) == []
    with acting(cast.yanick, later):
        actions.add(
            cast.maya.file_id, CALL, addition_id=uuid_of("since"), about="SINCE",
            text="Hospitalisée, hors de danger.", by=cast.yanick, at=later,
        )  # fmt: skip
        assert [one.about for one in Addition.objects.all()] == ["SINCE"]


def test_nobody_writes_one_in_a_file_she_does_not_answer_for(cast: Cast) -> None:
    for stranger in (cast.samir, cast.yanick):
        with acting(stranger, NIGHT), pytest.raises(ProgrammingError), transaction.atomic():
            actions.write(cast.maya.file_id, written(), by=stranger, at=NIGHT)


def test_nobody_writes_one_in_another_name_or_for_another_organisation(cast: Cast) -> None:
    yanick_answers_for_ines(cast)
    row = {
        "file_id": cast.maya.file_id, "organisation_id": cast.la_maison.pk, "ground": "DANGER",
        "purpose": "SAFETY", "capacity": "OTHER", "items": ["CALL"], "sections": ["safety"],
        "made_at": NIGHT, "ends_at": TUESDAY, "prepared_by": cast.yanick.user_id,
        "prepared_at": MONDAY,
    }  # fmt: skip
    wrong = (
        {"prepared_by": cast.ines.user_id}, {"organisation_id": cast.elsewhere.pk},
        {"made_at": None}, {"ground": "ORDER"}, {"to_organisation_id": cast.police.pk},
        {"file_id": uuid_of("another file")},
    )  # fmt: skip

    for number, one in enumerate(wrong):
        with acting(cast.yanick, NIGHT), pytest.raises(ProgrammingError), transaction.atomic():
            Disclosure.objects.bulk_create(
                [Disclosure(id=uuid_of(f"wrong {number}"), **(row | one))]
            )


def test_a_call_still_to_come_is_refused(cast: Cast) -> None:
    late = written(at=NIGHT + timedelta(minutes=1))
    with acting(cast.ines, NIGHT), pytest.raises(NotAllowed):
        actions.write(cast.maya.file_id, late, by=cast.ines, at=NIGHT)


def test_sent_twice_it_is_one_danger(cast: Cast) -> None:
    for _ in range(2):
        call(cast, cast.ines, told_her="BEFORE", her_words="Fais-le.")

    with acting(cast.ines, MORNING):
        assert Disclosure.objects.filter(items=["CALL"]).count() == 1
        assert (Telling.objects.count(), Addition.objects.count()) == (1, 1)


def test_nothing_that_stands_is_changed_or_taken_away(cast: Cast) -> None:
    call(cast, cast.ines, told_her="AFTER", her_words="Ok.")
    for model in (Danger, Addition, Telling, Disclosure):
        table = model._meta.db_table
        for change in (f"update {table} set file_id = file_id", f"delete from {table}"):
            with (
                acting(cast.ines, MORNING),
                pytest.raises(ProgrammingError),
                transaction.atomic(),
            ):
                connection.cursor().execute(change)


def test_only_its_author_adds_to_it_and_it_is_dated_in_her_name(cast: Cast) -> None:
    call(cast, cast.ines)
    since = {"addition_id": uuid_of("since"), "about": "SINCE", "text": "À l’urgence."}

    with acting(cast.karim, MORNING), pytest.raises(NotAllowed):
        actions.add(cast.maya.file_id, CALL, by=cast.karim, at=MORNING, **since)  # type: ignore[arg-type]
    with acting(cast.ines, MORNING):
        for _ in range(2):
            actions.add(cast.maya.file_id, CALL, by=cast.ines, at=MORNING, **since)  # type: ignore[arg-type]
        rows = list(Addition.objects.all())
        vault.open(rows, by=cast.ines)
        assert [(one.opened.text, one.written_by, one.written_at) for one in rows] == [
            ("À l’urgence.", cast.ines.user_id, MORNING)
        ]


def test_somebody_who_supervises_looks_at_it_again_once_and_never_its_author(cast: Cast) -> None:
    call(cast, cast.ines)
    step = uuid_of("looked at again")

    for other in (cast.ines, cast.louise, cast.nadia, cast.samir, cast.roy):
        with acting(other, MORNING), pytest.raises((NotAllowed, WrongState)):
            actions.review(CALL, step_id=step, learnt="", by=other, at=MORNING)
    with acting(cast.karim, MORNING):
        for _ in range(2):
            actions.review(CALL, step_id=step, learnt="Appeler à deux.", by=cast.karim, at=MORNING)
        assert spoken.to_look_at(queries.TO_LOOK_AT, actor=cast.karim, at=MORNING) == []
        again = uuid_of("again")
        with pytest.raises(WrongState):
            actions.review(CALL, step_id=again, learnt="", by=cast.karim, at=MORNING)
    with acting(cast.ines, TUESDAY):
        found = queries.of_file(cast.maya.file_id, CALL, actor=cast.ines)
        assert found is not None
        vault.open(found.rows, by=cast.ines)
        assert [(one.about, one.opened.text) for one in found.additions] == [
            ("LEARNT", "Appeler à deux.")
        ]
        assert (found.reviewer, found.reviewed and found.reviewed.done_at) == ("Karim", MORNING)


def test_the_database_itself_lets_no_author_look_at_it_again(cast: Cast) -> None:
    call(cast, cast.ines)

    with acting(cast.ines, MORNING), pytest.raises(ProgrammingError), transaction.atomic():
        DisclosureStep.objects.bulk_create(
            [
                DisclosureStep(
                    id=uuid_of("by herself"), disclosure_id=CALL, file_id=cast.maya.file_id,
                    kind="APPROVED", done_by=cast.ines.user_id, done_at=MORNING,
                )
            ]
        )  # fmt: skip


def test_it_may_be_completed_after_it_was_looked_at(cast: Cast) -> None:
    call(cast, cast.ines)
    with acting(cast.karim, MORNING):
        actions.review(CALL, step_id=uuid_of("step"), learnt="", by=cast.karim, at=MORNING)
    with acting(cast.ines, TUESDAY):
        actions.add(
            cast.maya.file_id, CALL, addition_id=uuid_of("late"), about="ACT",
            text="Un geste suicidaire.", by=cast.ines, at=TUESDAY,
        )  # fmt: skip

    assert [word for word in words(cast.karim, TUESDAY)] == [SAID]


def to_tell(cast: Cast, at: object = MORNING) -> list[UUID]:
    with acting(cast.ines, at):  # type: ignore[arg-type]
        return [one.id for one in spoken.to_tell(queries.TO_TELL, actor=cast.ines, at=at)]  # type: ignore[arg-type]


def test_she_stays_to_be_told_on_her_workers_day_until_she_is(cast: Cast) -> None:
    yanick_answers_for_ines(cast)
    call(cast, cast.yanick)

    before = to_tell(cast)
    with acting(cast.ines, MORNING):
        for _ in range(2):
            said = told(words="Elle est fâchée, elle comprend.")
            actions.tell(cast.maya.file_id, CALL, said, by=cast.ines, at=MORNING)
        with pytest.raises(NotAllowed):
            actions.tell(cast.maya.file_id, CALL, told(word="again"), by=cast.ines, at=MORNING)
        tellings = [(one.way, one.told_by) for one in Telling.objects.all()]

    assert (before, to_tell(cast)) == ([CALL], [])
    assert tellings == [(Way.AFTER, cast.ines.user_id)]


def test_what_could_harm_her_leaves_her_register_and_comes_back_on_its_day(cast: Cast) -> None:
    call(cast, cast.ines)
    day = (MORNING + timedelta(days=3)).date()
    not_now = told(Way.NOT_NOW, ground="LIFE", look_again_on=day)

    def kept() -> set[UUID]:
        with acting(cast.ines, MORNING):
            rows = Disclosure.objects.filter(pk=CALL)
            return set(standing.told(rows, actor=cast.ines).not_for_her)

    before = kept()
    with acting(cast.ines, MORNING):
        actions.tell(cast.maya.file_id, CALL, not_now, by=cast.ines, at=MORNING)
    during = kept()
    days = {n: to_tell(cast, MORNING + timedelta(days=n)) for n in (0, 2, 3, 9)}
    later = MORNING + timedelta(days=3)
    with acting(cast.ines, later):
        actions.tell(cast.maya.file_id, CALL, told(word="at last"), by=cast.ines, at=later)

    assert (before, during, kept()) == (set(), {CALL}, set())
    assert days == {0: [], 2: [], 3: [CALL], 9: [CALL]}
    assert to_tell(cast, later) == []


def test_a_personal_conflict_keeps_out_even_whoever_supervises(cast: Cast) -> None:
    call(cast, cast.ines)
    with acting(cast.karim, MORNING):
        sharing.declare_conflict(cast.maya.file_id, by=cast.karim, at=MORNING)

    assert words(cast.karim, TUESDAY) == []


def test_an_organisation_says_who_answers_and_only_its_own_people_read_it(cast: Cast) -> None:
    with acting(LOADER):
        manager = add_person("Gestion", cast.la_maison, Role.ORGANISATION_MANAGER)
    for stranger in (cast.ines, cast.karim):
        with acting(stranger), pytest.raises(NotAllowed):
            actions.direct(uuid_of("no"), on_call="1", fr="", en="", by=stranger, at=MONDAY)
    for n, number in enumerate(("514 555-0100", "514 555-0199")):
        at = MONDAY + timedelta(minutes=n)
        with acting(manager, at):
            actions.direct(uuid_of(number), on_call=number, fr="Appeler.", en="", by=manager, at=at)

    def reads(actor: Actor) -> tuple[str, str]:
        with acting(actor):
            said = queries.directive(actor=actor)
            return queries.on_call(actor=actor), queries.words_of(said)

    assert {reads(actor) for actor in (cast.ines, cast.karim)} == {("514 555-0199", "Appeler.")}
    assert {reads(actor) for actor in (cast.samir, cast.roy, cast.louise)} == {("", "")}


def test_what_is_written_of_a_call_hangs_on_the_file_of_that_call_and_on_no_other(
    cast: Cast,
) -> None:
    call(cast, cast.ines)
    lou = follow("Lou", desk=cast.institute.id, louise=cast.louise, worker=cast.ines).file_id
    hers = Telling(
        id=uuid_of("told"), disclosure_id=CALL, file_id=lou, way=Way.AFTER,
        told_by=cast.ines.user_id, told_at=MORNING,
    )  # fmt: skip

    with acting(cast.ines, MORNING):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Telling.objects.bulk_create([hers])
        hers.file_id = cast.maya.file_id
        Telling.objects.bulk_create([hers])
        assert Telling.objects.count() == 1

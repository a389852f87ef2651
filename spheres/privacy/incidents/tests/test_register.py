"""Who tells an incident, who keeps its register, and does nothing of it ever change?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from spheres.accounts.models import Organisation, Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor, service
from spheres.core.errors import NotAllowed, WrongState
from spheres.privacy.incidents import actions, queries
from spheres.privacy.incidents.models import (
    Addition,
    Assessment,
    Concerned,
    Incident,
    Informed,
    Step,
)
from spheres.privacy.incidents.policy import Done
from spheres.privacy.incidents.tests.factories import (
    INCIDENT,
    SUNDAY,
    WEDNESDAY,
    WORDS,
    add,
    assess,
    concerns_maya,
    give,
    inform,
    tell,
)
from spheres.vault import actions as vault
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of

pytestmark = pytest.mark.django_db
Kind, Item, Conclusion = Step.Kind, Addition.Item, Assessment.Conclusion
TABLES: tuple[type[Model], ...] = (Incident, Addition, Assessment, Step, Concerned, Informed)


def entry(actor: Actor, at: Any = TUESDAY) -> queries.Entry:
    with acting(actor, at):
        found = queries.entry(INCIDENT, actor=actor)
    assert found is not None
    return found


def seen(actor: Actor) -> dict[str, int]:
    """How many rows of each table this person reads."""
    with acting(actor, WEDNESDAY):
        return {model.__name__: model._base_manager.count() for model in TABLES}


def handled(actor: Actor, at: Any = TUESDAY) -> list[queries.Waiting]:
    with acting(actor, at):
        return queries.to_handle(actor=actor, at=at)


def test_an_incident_reaches_whoever_keeps_the_register_and_nobody_else(cast: Cast) -> None:
    tell(cast.ines)

    one = entry(cast.nadia)
    with acting(cast.nadia, TUESDAY):
        vault.open(one.rows, by=cast.nadia)
    assert (one.row.opened.words, one.teller, one.row.happened_on) == (WORDS, "Inès", SUNDAY)
    nothing = dict.fromkeys((model.__name__ for model in TABLES), 0)
    others = (cast.yanick, cast.karim, cast.louise, cast.samir, cast.roy, cast.amrani)
    assert {who.user_id: seen(who) for who in others} == {who.user_id: nothing for who in others}
    assert seen(cast.ines) == seen(cast.nadia) == nothing | {"Incident": 1}


def test_opening_an_entry_is_told_in_the_reader_s_own_chain(cast: Cast) -> None:
    tell(cast.ines)
    one = entry(cast.nadia)

    with acting(cast.nadia, TUESDAY):
        vault.open(one.rows, by=cast.nadia, action="incident.opened")
        events = Event.objects.filter(action="incident.opened").values_list("chain_id", flat=True)
        assert list(events) == [cast.nadia.user_id]


def test_told_twice_by_a_double_click_it_is_told_once(cast: Cast) -> None:
    tell(cast.ines)
    tell(cast.ines)

    assert [one.row.pk for one in register(cast.nadia)] == [INCIDENT]


def register(actor: Actor) -> list[queries.Entry]:
    with acting(actor, TUESDAY):
        return queries.register(actor=actor)


def test_another_organisation_s_register_is_not_there(cast: Cast) -> None:
    tell(cast.ines)
    with acting(LOADER):
        elsewhere = add_person("Gilles", cast.elsewhere, Role.PRIVACY_OFFICER)
        police = add_person("Simone", cast.police, Role.PRIVACY_OFFICER)
    other = tell(cast.roy, uuid_of("something of an account of the police"))

    assert [one.row.pk for one in register(elsewhere)] == []
    assert [one.row.pk for one in register(police)] == [other]
    assert [one.row.pk for one in register(cast.nadia)] == [INCIDENT]
    with acting(elsewhere, TUESDAY), pytest.raises(WrongState):
        actions.add(
            INCIDENT, actions.Added(uuid4(), Item.MEASURES, "Vu."), by=elsewhere, at=TUESDAY
        )


def test_a_unit_without_anybody_in_charge_is_answered_for_by_what_it_is_part_of(
    cast: Cast,
) -> None:
    with acting(LOADER):
        unit = Organisation(
            id=uuid_of("unit"), slug="unite", name_fr="Unité", name_en="Unit", kind="unit",
            parent_id=cast.la_maison.pk, regime="P-39.1", privacy_officer_fr="Direction",
            privacy_officer_en="Direction", incident_notice=["cai"],
        )  # fmt: skip
        Organisation.objects.bulk_create([unit])
        rose = add_person("Rose", unit, Role.YOUTH_WORKER)
    tell(rose)

    assert [one.row.pk for one in register(cast.nadia)] == [INCIDENT]
    with acting(rose, TUESDAY):
        assert queries.answering(actor=rose, at=TUESDAY).names == ("Nadia",)


def test_where_nobody_is_in_charge_it_waits_for_whoever_will_be(cast: Cast) -> None:
    with acting(cast.samir):
        assert queries.answering(actor=cast.samir, at=MONDAY).names == ()
    tell(cast.samir)
    with acting(LOADER):
        later = add_person("Gilles", cast.elsewhere, Role.PRIVACY_OFFICER)

    assert [one.row.pk for one in register(later)] == [INCIDENT]


def test_nobody_tells_in_another_s_name_nor_in_another_organisation(cast: Cast) -> None:
    def row(**said: Any) -> Incident:
        whole = {
            "id": uuid4(), "organisation_id": cast.la_maison.pk, "told_in_id": cast.la_maison.pk,
            "told_by": cast.ines.user_id, "told_at": MONDAY, "happened": "LOST",
            "concerns": ["NAME"], "aware_on": SUNDAY,
        }  # fmt: skip
        return Incident(**(whole | said))

    for wrong in (
        {"told_by": cast.yanick.user_id},
        {"organisation_id": cast.elsewhere.pk},
        {"told_in_id": cast.elsewhere.pk},
    ):
        with acting(cast.ines), pytest.raises(DatabaseError), transaction.atomic():
            Incident.objects.bulk_create([row(**wrong)])
    with acting(cast.ines):
        Incident.objects.bulk_create([row()])


def test_a_correction_is_added_and_what_stood_stays(cast: Cast) -> None:
    tell(cast.ines)
    add(cast.ines, Item.CIRCUMSTANCES, "mine", words="C’était un vendredi.")
    add(cast.nadia, Item.PERSONS, "two", persons=2, in_quebec=2, is_approximate=True)
    add(cast.nadia, Item.PERSONS, "three", at=WEDNESDAY, persons=3, in_quebec=3)

    one = entry(cast.nadia, WEDNESDAY)
    assert [(each.persons, each.is_approximate) for each in one.of(Item.PERSONS)] == [
        (2, True), (3, False),
    ]  # fmt: skip
    assert one.persons is not None
    assert one.persons.persons == 3
    # Whoever told it reads what they added, and not what is judged.
    assert [each.item for each in entry(cast.ines, WEDNESDAY).additions] == [Item.CIRCUMSTANCES]


@pytest.mark.parametrize("item", [Item.RISK, Item.NOTICES, Item.AWARE, Item.LETTER])
def test_whoever_told_it_does_not_write_what_the_register_decides(cast: Cast, item: str) -> None:
    tell(cast.ines)

    with pytest.raises(NotAllowed):
        add(cast.ines, item, words="Rien de grave.")
    row = Addition(
        id=uuid4(), incident_id=INCIDENT, organisation_id=cast.la_maison.pk, item=item,
        told_by=cast.ines.user_id, told_at=MONDAY,
    )  # fmt: skip
    with acting(cast.ines), pytest.raises(DatabaseError), transaction.atomic():
        Addition.objects.bulk_create([row])


def test_a_conclusion_has_its_four_reasons(cast: Cast) -> None:
    tell(cast.ines)
    bare = actions.Assessed(uuid4(), Conclusion.NOT_SERIOUS, sensitivity="Peu.")

    with acting(cast.nadia, TUESDAY):
        with pytest.raises(NotAllowed):
            actions.assess(INCIDENT, bare, by=cast.nadia, at=TUESDAY)
        soon = actions.Assessed(uuid4(), Conclusion.NOT_YET)
        actions.assess(INCIDENT, soon, by=cast.nadia, at=TUESDAY)
    assert entry(cast.nadia).duties(SUNDAY) == [Item.RISK]
    assess(cast.nadia, at=WEDNESDAY)
    assert entry(cast.nadia).done.conclusion == Conclusion.SERIOUS


@pytest.mark.parametrize(
    ("regime", "configured", "to"),
    [
        ("P-39.1", ["cai"], [Kind.CAI]),
        ("A-2.1", ["cai"], [Kind.CAI]),
        ("R-22.1", ["minister", "cai"], [Kind.MINISTER, Kind.CAI]),
        # What an organisation says never takes away what the law asks; it may add.
        ("R-22.1", ["cai"], [Kind.MINISTER, Kind.CAI]),
        ("P-39.1", ["minister", "cai"], [Kind.MINISTER, Kind.CAI]),
    ],
)
def test_whom_to_notify_follows_the_regime(
    cast: Cast, regime: str, configured: list[str], to: list[str]
) -> None:
    with acting(LOADER):
        Organisation.objects.filter(pk=cast.la_maison.pk).update(
            regime=regime, incident_notice=configured
        )
    tell(cast.ines)
    assess(cast.nadia)

    assert entry(cast.nadia).duties(clock.day_of(TUESDAY)) == [*to, Kind.PERSONS]


def test_each_notice_given_is_one_thing_less_to_do_then_it_is_done(cast: Cast) -> None:
    today = clock.day_of(WEDNESDAY)
    tell(cast.ines)
    assess(cast.nadia)
    with acting(cast.nadia, TUESDAY), pytest.raises(NotAllowed):
        actions.close(INCIDENT, step_id=uuid4(), by=cast.nadia, at=TUESDAY)
    give(cast.nadia, Kind.CAI)
    assert entry(cast.nadia).duties(today) == [Kind.PERSONS]
    give(cast.nadia, Kind.PERSONS, persons=1)
    assert entry(cast.nadia).duties(today) == []

    with acting(cast.nadia, WEDNESDAY):
        actions.close(INCIDENT, step_id=uuid_of("done"), by=cast.nadia, at=WEDNESDAY)
        actions.close(INCIDENT, step_id=uuid_of("done"), by=cast.nadia, at=WEDNESDAY)
    assert entry(cast.nadia).is_over
    assert handled(cast.nadia, WEDNESDAY) == []
    # Judged again since, it is open again.
    assess(cast.nadia, which="again", at=WEDNESDAY + timedelta(days=1))
    assert not entry(cast.nadia).is_over


def test_without_a_risk_of_serious_injury_no_notice_is_due(cast: Cast) -> None:
    tell(cast.ines)
    assess(cast.nadia, Conclusion.NOT_SERIOUS)

    assert entry(cast.nadia).duties(clock.day_of(TUESDAY)) == []


def test_the_persons_wait_while_it_would_hamper_an_investigation_and_it_comes_back(
    cast: Cast,
) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    assess(cast.nadia)
    give(cast.nadia, Kind.CAI)
    day = clock.day_of(TUESDAY) + timedelta(days=10)
    give(cast.nadia, Kind.WAIT, look_again_on=day, why="Une enquête est en cours.")

    assert handled(cast.nadia) == []
    with acting(cast.nadia, TUESDAY), pytest.raises(NotAllowed):
        actions.close(INCIDENT, step_id=uuid4(), by=cast.nadia, at=TUESDAY)
    with pytest.raises(NotAllowed):
        inform(cast, cast.ines)
    with acting(cast.ines, TUESDAY):
        assert queries.to_tell(actor=cast.ines, at=TUESDAY) == []

    then = TUESDAY + timedelta(days=10)
    assert entry(cast.nadia).duties(day) == [Kind.WAIT]
    assert [one.is_assessed for one in handled(cast.nadia, then)] == [True]
    with acting(cast.ines, then):
        assert queries.to_tell(actor=cast.ines, at=then) == [(cast.maya.file_id, MONDAY)]


def test_it_is_asked_for_until_it_is_assessed_and_never_of_anybody_else(cast: Cast) -> None:
    tell(cast.ines)

    assert handled(cast.nadia) == [queries.Waiting(clock.day_of(MONDAY), is_assessed=False)]
    assert handled(cast.karim) == []


def test_it_is_kept_five_years_from_the_last_word_or_longer_if_the_organisation_says(
    cast: Cast,
) -> None:
    tell(cast.ines)
    assert entry(cast.nadia).kept_until == date(2031, 3, 2)
    add(cast.nadia, Item.AWARE, "earlier", from_on=date(2026, 2, 20))
    assert entry(cast.nadia).aware_on == date(2026, 2, 20)
    # A correction never makes it shorter: it is counted from the last word written.
    assert entry(cast.nadia).kept_until == date(2031, 3, 3)
    with acting(LOADER):
        Organisation.objects.filter(pk=cast.la_maison.pk).update(keep_years=7)
    assert entry(cast.nadia).kept_until == date(2033, 3, 3)


KEPT = ("incident", "addition", "assessment", "step")


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("verb", ["delete from {}", "update {} set id = id", "truncate {}"])
def test_nothing_deletes_nor_edits_it_whoever_asks(cast: Cast, table: str, verb: str) -> None:
    tell(cast.ines)
    add(cast.nadia, Item.MEASURES, words="Serrure changée.")
    assess(cast.nadia)
    give(cast.nadia, Kind.CAI)
    late = MONDAY + timedelta(days=4 * 365)
    actors = (cast.nadia, cast.ines, cast.louise, service("expiry"), LOADER)

    for actor in actors:
        with (
            acting(actor, late),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(verb.format(f"incidents_{table}"))
    assert {name: number > 0 for name, number in seen(cast.nadia).items()} == {
        "Incident": True, "Addition": True, "Assessment": True, "Step": True, "Concerned": False,
        "Informed": False,
    }  # fmt: skip


def test_no_file_that_goes_takes_a_row_of_the_register_with_it() -> None:
    for model in TABLES[:4]:
        assert (getattr(model, "KEEP", ""), hasattr(model, "GOES_WITH")) == ("incident", False)


def test_the_trigger_stands_even_for_the_owner_at_work(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid "
            "where t.tgname = 'kept_as_written' and c.relname like 'incidents_%%'"
        )
        assert {name for (name,) in cursor.fetchall()} >= {f"incidents_{name}" for name in KEPT}


def test_done_is_what_the_newest_rows_say() -> None:
    day, later = date(2026, 3, 9), date(2026, 3, 20)
    steps = [("WAIT", MONDAY, day), ("CAI", TUESDAY, None), ("WAIT", TUESDAY, later)]

    assert queries.done_of("SERIOUS", MONDAY, steps) == Done(
        "SERIOUS", MONDAY, frozenset({"CAI"}), later, None
    )

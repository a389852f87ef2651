"""Does an incident say whom it concerns to nobody but their own workers; and are they told?"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.privacy.incidents import actions, documents, queries
from spheres.privacy.incidents.forms import LetterForm
from spheres.privacy.incidents.models import Addition, Concerned, Informed
from spheres.privacy.incidents.tests.factories import (
    INCIDENT,
    WEDNESDAY,
    add,
    concerns_maya,
    inform,
    tell,
)
from spheres.records.between import telling
from spheres.vault import actions as vault
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, follow, uuid_of

pytestmark = pytest.mark.django_db


def of_maya(cast: Cast, actor=None, at=TUESDAY) -> list[queries.Beside]:
    actor = actor or cast.ines
    with acting(actor, at):
        return queries.of_file(cast.maya.file_id, actor=actor, today=clock.day_of(at))


def register_of_maya(cast: Cast, at=WEDNESDAY) -> list[telling.Besides]:
    with acting(cast.ines, at):
        return telling.besides(cast.maya.file_id, actor=cast.ines)


def test_whoever_told_it_says_that_it_concerns_somebody_they_accompany(cast: Cast) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    concerns_maya(cast)

    [one] = of_maya(cast)
    assert (one.row.incident_id, one.is_told, one.row.happened) == (INCIDENT, False, "LOST")
    with acting(cast.ines, TUESDAY):
        assert queries.to_tell(actor=cast.ines, at=TUESDAY) == [(cast.maya.file_id, MONDAY)]


def test_nobody_links_a_file_they_do_not_walk_with_nor_an_incident_they_did_not_tell(
    cast: Cast,
) -> None:
    tell(cast.ines)
    other = tell(cast.yanick, uuid_of("of Yanick"))
    row = {"organisation_id": cast.la_maison.pk, "happened": "LOST", "concerns": ["NAME"]}

    for who, incident in ((cast.yanick, other), (cast.ines, other), (cast.nadia, INCIDENT)):
        wrong = Concerned(
            id=uuid4(), file_id=cast.maya.file_id, incident_id=incident, said_by=who.user_id,
            said_at=MONDAY, **row,
        )  # fmt: skip
        with acting(who), pytest.raises(DatabaseError), transaction.atomic():
            Concerned.objects.bulk_create([wrong])
    with pytest.raises(NotAllowed):
        concerns_maya(cast, by=cast.nadia)


def test_the_person_in_charge_counts_them_and_opens_no_file_by_it(cast: Cast) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    inform(cast, cast.ines)

    with acting(cast.nadia, TUESDAY):
        one = queries.entry(INCIDENT, actor=cast.nadia)
        assert one is not None
        assert (len(one.concerned), one.told) == (1, 1)
        assert queries.my_people(actor=cast.nadia, at=TUESDAY) == []
    for stranger in (cast.yanick, cast.karim, cast.louise, cast.samir, cast.roy):
        with acting(stranger, TUESDAY):
            counts = (Concerned.objects.count(), Informed.objects.count())
            assert counts == (0, 0)


def test_an_officer_elsewhere_counts_nothing(cast: Cast) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    with acting(LOADER):
        gilles = add_person("Gilles", cast.elsewhere, Role.PRIVACY_OFFICER)

    with acting(gilles, TUESDAY):
        assert Concerned.objects.count() == 0


def test_she_reads_it_once_she_was_told_and_not_before(cast: Cast) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    assert register_of_maya(cast) == []
    day = clock.day_of(WEDNESDAY)
    inform(cast, cast.ines, until=day, which="not yet")
    assert register_of_maya(cast) == []
    with acting(cast.ines, TUESDAY):
        assert queries.to_tell(actor=cast.ines, at=TUESDAY) == []
    with acting(cast.ines, WEDNESDAY):
        assert queries.to_tell(actor=cast.ines, at=WEDNESDAY) == [(cast.maya.file_id, MONDAY)]

    inform(cast, cast.ines, at=WEDNESDAY)
    inform(cast, cast.ines, at=WEDNESDAY)

    [line] = register_of_maya(cast)
    assert line.at == MONDAY
    assert line.sentences[0] == "Un appareil ou un papier a été perdu."
    with acting(cast.ines, WEDNESDAY):
        assert queries.to_tell(actor=cast.ines, at=WEDNESDAY) == []
    with pytest.raises(NotAllowed):
        inform(cast, cast.ines, at=WEDNESDAY, which="told again")


def test_another_worker_of_hers_tells_her_and_reads_what_she_is_told(cast: Cast) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    add(cast.nadia, Addition.Item.LETTER, words="Voici ce qui s’est passé.")
    add(cast.nadia, Addition.Item.MEASURES, "inside", words="Entre nous.")

    [one] = of_maya(cast)
    assert one.letter is not None
    with acting(cast.ines, TUESDAY):
        vault.open([one.letter], by=cast.ines)
        assert one.letter.opened.words == "Voici ce qui s’est passé."
        assert list(Addition.objects.values_list("item", flat=True)) == ["LETTER"]


def test_her_journal_says_that_it_was_noted(cast: Cast) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    inform(cast, cast.ines)

    with acting(cast.ines, TUESDAY):
        found = Event.objects.filter(chain_id=cast.maya.file_id, action__startswith="incident.")
        assert sorted(found.values_list("action", flat=True)) == [
            "incident.concerned", "incident.informed",
        ]  # fmt: skip


def test_it_waits_for_a_day_soon_and_never_for_good(cast: Cast) -> None:
    tell(cast.ines)
    concerns_maya(cast)

    for day in (clock.day_of(TUESDAY), clock.day_of(TUESDAY) + timedelta(days=91)):
        with pytest.raises(NotAllowed):
            inform(cast, cast.ines, until=day, which=f"until {day}")


def test_none_of_mine_is_an_answer(cast: Cast) -> None:
    tell(cast.ines)

    with acting(cast.ines):
        actions.concern(INCIDENT, [], by=cast.ines, at=MONDAY)
    assert of_maya(cast) == []


def test_that_one_was_told_is_written_of_whom_it_concerns_and_of_nobody_else(cast: Cast) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    lou = follow("Lou", desk=cast.institute.id, louise=cast.louise, worker=cast.ines).file_id
    row = {
        "incident_id": INCIDENT, "organisation_id": cast.la_maison.pk, "way": "TOLD",
        "told_by": cast.ines.user_id, "told_at": TUESDAY,
    }  # fmt: skip

    with acting(cast.ines, TUESDAY):
        with pytest.raises(DatabaseError), transaction.atomic():
            Informed.objects.bulk_create([Informed(id=uuid4(), file_id=lou, **row)])
        later = row | {"told_at": TUESDAY + timedelta(days=9000)}
        with pytest.raises(DatabaseError), transaction.atomic():
            Informed.objects.bulk_create([Informed(id=uuid4(), file_id=cast.maya.file_id, **later)])
        Informed.objects.bulk_create([Informed(id=uuid4(), file_id=cast.maya.file_id, **row)])


def test_the_letter_names_the_organisation_only_when_it_is_ticked(cast: Cast) -> None:
    tell(cast.ines)
    concerns_maya(cast)
    add(cast.nadia, Addition.Item.LETTER, words="Une enveloppe a été oubliée.")
    [one] = of_maya(cast)
    with acting(cast.ines, TUESDAY):
        vault.open([one.letter], by=cast.ines)
        words = documents.words_of(one.letter, actor=cast.ines)

    plain, named = (
        documents.letter(one, words, is_neutral=is_neutral).decode("latin-1")
        for is_neutral in (True, False)
    )

    assert len(named) > len(plain)
    assert [LetterForm(said).is_neutral for said in ({}, {"with_name": "on"})] == [True, False]

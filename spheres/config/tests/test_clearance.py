"""Are files given only to whoever is cleared, and does nobody lose hers by a lapse alone?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from spheres.accounts.models import (
    ClearanceRule,
    Extension,
    Role,
    TrainingDay,
    Undertaking,
    UndertakingText,
)
from spheres.core import clock
from spheres.core.actor import SHARED, Actor
from spheres.core.errors import is_not_cleared
from spheres.followup.admission import actions as admission
from spheres.participants.models import CodeWord
from spheres.sharing import actions as sharing
from spheres.sharing.models import Consent, Cover, Form, Handler, Withheld
from spheres.vault import actions as vault
from tests.cast import LOADER, MONDAY, Cast, acting, add_organisation, add_person, refer, uuid_of

DAY = timedelta(days=1)
YEAR = timedelta(days=365)
pytestmark = pytest.mark.django_db


def a_clinic(cast: Cast) -> Any:
    """A health institution, with a unit of it: who guards privacy there, leads, and accompanies."""
    with acting(LOADER):
        whole = add_organisation("clinique", "institution", regime="R-22.1")
        unit = add_organisation("clinique-unite", "unit", regime="R-22.1")
        type(unit).objects.filter(pk=unit.pk).update(parent_id=whole.pk)
        return SimpleNamespace(
            whole=whole,
            unit=unit,
            simon=add_person("Simon", whole, Role.PRIVACY_OFFICER),
            jean=add_person("Jean", unit, Role.TEAM_LEAD),
            farah=add_person("Farah", unit, Role.YOUTH_WORKER),
            solene=add_person("Solène", unit, Role.YOUTH_WORKER),
            cast=cast,
        )


@pytest.fixture
def clinic(cast: Cast) -> Any:
    return a_clinic(cast)


def adopts(clinic: Any, *, at: datetime, starts_at: datetime | None = None) -> UUID:
    text = UndertakingText(
        id=uuid4(), organisation_id=clinic.whole.pk, words_fr="Je garde.", words_en="I keep.",
        starts_at=starts_at or at, adopted_by=clinic.simon.user_id, adopted_at=at,
    )  # fmt: skip
    with acting(clinic.simon, at):
        UndertakingText.objects.bulk_create([text])
    return text.pk


def signs(who: Actor, text_id: UUID, clinic: Any, *, at: datetime) -> None:
    with acting(who, at):
        Undertaking.objects.bulk_create(
            [Undertaking(
                id=uuid4(), organisation_id=clinic.whole.pk, user_id=who.user_id, text_id=text_id,
                language="fr", signed_at=at,
            )]
        )  # fmt: skip


def is_trained(who: Actor, clinic: Any, *, at: datetime, day: datetime | None = None) -> None:
    row = TrainingDay(
        id=uuid4(), organisation_id=clinic.whole.pk, user_id=who.user_id,
        trained_on=clock.day_of(day or at), source="HERE", said_by=clinic.simon.user_id, said_at=at,
    )  # fmt: skip
    with acting(clinic.simon, at):
        TrainingDay.objects.bulk_create([row])


def extends(who: Actor, clinic: Any, *, at: datetime, until: datetime) -> None:
    row = Extension(
        id=uuid4(), organisation_id=clinic.whole.pk, user_id=who.user_id, reason="BOOKED",
        ends_at=until, said_by=clinic.simon.user_id, said_at=at,
    )  # fmt: skip
    with acting(clinic.simon, at):
        Extension.objects.bulk_create([row])


def clears(who: Actor, clinic: Any, *, at: datetime) -> None:
    """All that the law asks, on that day."""
    with acting(clinic.simon, at):
        known = UndertakingText.objects.order_by("-starts_at").values_list("pk", flat=True).first()
    signs(who, known or adopts(clinic, at=at), clinic, at=at)
    is_trained(who, clinic, at=at)


def asked(question: str, who: Actor, at: datetime, *values: object) -> Any:
    with acting(who, at), connection.cursor() as cursor:
        cursor.execute(f"select {question}", values)
        return cursor.fetchone()[0]


def may_be_given(who: Actor, at: datetime) -> bool:
    listed = "exists (select from access.who_is_clear(%s) c where c.of_user = %s)"
    return bool(asked(listed, who, at, who.organisation_id, who.user_id))


def reads(who: Actor, file_id: UUID, at: datetime) -> bool:
    return bool(asked("%s = any(access.readable_notes_files())", who, at, file_id))


@contextmanager
def refused() -> Iterator[None]:
    """The database says that nothing is given to this person for now."""
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        yield
    assert is_not_cleared(error.value)


def test_whoever_is_asked_for_nothing_is_cleared(cast: Cast) -> None:
    assert may_be_given(cast.ines, MONDAY)


def test_a_newcomer_of_a_health_institution_is_not_cleared_before_all_of_it(clinic: Any) -> None:
    farah, seen = clinic.farah, []
    text = adopts(clinic, at=MONDAY)
    seen.append(may_be_given(farah, MONDAY))
    signs(farah, text, clinic, at=MONDAY + DAY)
    seen.append(may_be_given(farah, MONDAY + DAY))
    is_trained(farah, clinic, at=MONDAY + 2 * DAY)
    seen.append(may_be_given(farah, MONDAY + 2 * DAY))

    assert seen == [False, False, True]


def test_a_training_counts_a_year_and_a_refresher_another(clinic: Any) -> None:
    clears(clinic.farah, clinic, at=MONDAY)
    # 2026-03-02 until 2027-03-02 at midnight, where the programme works.
    last, after = MONDAY + 364 * DAY, MONDAY + 365 * DAY

    assert [may_be_given(clinic.farah, moment) for moment in (last, after)] == [True, False]

    is_trained(clinic.farah, clinic, at=after)
    assert may_be_given(clinic.farah, after)


def test_what_was_said_last_of_a_training_stands(clinic: Any) -> None:
    clears(clinic.farah, clinic, at=MONDAY)
    is_trained(clinic.farah, clinic, at=MONDAY + DAY, day=MONDAY - 400 * DAY)

    assert [may_be_given(clinic.farah, MONDAY), may_be_given(clinic.farah, MONDAY + DAY)] == [
        True, False,
    ]  # fmt: skip


def test_a_new_text_asks_again_from_its_first_day_and_may_be_signed_before(clinic: Any) -> None:
    clears(clinic.farah, clinic, at=MONDAY)
    clears(clinic.solene, clinic, at=MONDAY)
    first_day = MONDAY + 30 * DAY
    new = adopts(clinic, at=MONDAY + DAY, starts_at=first_day)
    signs(clinic.solene, new, clinic, at=MONDAY + 2 * DAY)

    before = [may_be_given(who, first_day - DAY) for who in (clinic.farah, clinic.solene)]
    since = [may_be_given(who, first_day) for who in (clinic.farah, clinic.solene)]
    assert (before, since) == ([True, True], [False, True])


def test_a_rule_of_another_regime_asks_from_its_own_day_on(cast: Cast) -> None:
    from_day = MONDAY + 10 * DAY
    rule = ClearanceRule(
        id=uuid4(), organisation_id=cast.la_maison.pk, asks_undertaking=False, asks_training=True,
        starts_at=from_day, said_by=cast.nadia.user_id, said_at=MONDAY,
    )  # fmt: skip
    with acting(cast.nadia):
        ClearanceRule.objects.bulk_create([rule])

    assert [may_be_given(cast.ines, at) for at in (MONDAY, from_day)] == [True, False]


def test_a_rule_of_a_health_institution_takes_nothing_away(clinic: Any) -> None:
    rule = ClearanceRule(
        id=uuid4(), organisation_id=clinic.whole.pk, asks_undertaking=False, asks_training=False,
        starts_at=MONDAY, said_by=clinic.simon.user_id, said_at=MONDAY,
    )  # fmt: skip
    with acting(clinic.simon):
        ClearanceRule.objects.bulk_create([rule])

    assert not may_be_given(clinic.farah, MONDAY)


def test_an_extension_counts_from_what_stood_sixty_days_at_most_and_never_twice(
    clinic: Any,
) -> None:
    clears(clinic.farah, clinic, at=MONDAY)
    lapsed = MONDAY + 370 * DAY
    limit = datetime(2027, 3, 2, 5, tzinfo=MONDAY.tzinfo) + 60 * DAY  # midnight in Montréal

    for who, until in ((clinic.solene, lapsed + DAY), (clinic.farah, limit + DAY)):
        with pytest.raises(DatabaseError), transaction.atomic():
            extends(who, clinic, at=lapsed, until=until)
    extends(clinic.farah, clinic, at=lapsed, until=limit)

    assert [may_be_given(clinic.farah, at) for at in (lapsed, limit - DAY, limit)] == [
        True, True, False,
    ]  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        extends(clinic.farah, clinic, at=limit, until=limit + DAY)


def test_nobody_is_extended_or_trained_by_herself(clinic: Any) -> None:
    clears(clinic.farah, clinic, at=MONDAY)
    for say in (
        lambda: is_trained(clinic.simon, clinic, at=MONDAY),
        lambda: extends(clinic.simon, clinic, at=MONDAY, until=MONDAY + DAY),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            say()


def test_nothing_is_offered_nor_covered_by_whoever_is_not_cleared(clinic: Any) -> None:
    cast, farah, solene = clinic.cast, clinic.farah, clinic.solene
    clears(solene, clinic, at=MONDAY)
    matter = refer("Nora", desk=cast.institute.pk)
    with refused(), acting(cast.louise):
        sharing.give_to_person(matter, user_id=farah.user_id, kind=Handler.Kind.OFFERED, at=MONDAY)
    with refused(), acting(solene):
        answers(farah, solene, at=MONDAY, by=solene)

    with acting(farah):
        answers(solene, farah, at=MONDAY, by=farah)  # for whoever is not cleared, somebody may


def answers(who: Actor, for_whom: Actor, *, at: datetime, by: Actor) -> None:
    sharing.cover(
        uuid_of(f"{who.user_id} {at}"), kind=Cover.Kind.STAND_IN, for_user_id=for_whom.user_id,
        user_id=who.user_id, starts_at=at, ends_at=at + 30 * DAY, by=by, at=at,
    )  # fmt: skip


def given(clinic: Any, who: Actor, *, at: datetime = MONDAY) -> UUID:
    """A person walks with her: an offer, and her yes."""
    desk = clinic.cast.institute.pk
    matter = refer(f"of {who.user_id}", desk=desk, at=at)
    offer_id = uuid_of(f"offer {matter}")
    with acting(clinic.cast.louise, at):
        admission.offer(matter, to=who.user_id, offer_id=offer_id, by=clinic.cast.louise, at=at)
    with acting(who, at):
        admission.accept(offer_id, desk=desk, by=who, at=at)
    return matter


def test_a_lapse_takes_nothing_until_a_stand_in_answers_for_each_of_her_people(
    clinic: Any,
) -> None:
    farah, solene, jean = clinic.farah, clinic.solene, clinic.jean
    clears(farah, clinic, at=MONDAY)
    file_id = given(clinic, farah)
    lapsed = MONDAY + 370 * DAY
    clears(solene, clinic, at=lapsed - DAY)

    assert (may_be_given(farah, lapsed), reads(farah, file_id, lapsed)) == (False, True)
    with pytest.raises(DatabaseError), transaction.atomic():
        withholds(jean, farah, clinic, at=lapsed)  # nobody answers yet

    with acting(jean, lapsed):
        answers(solene, farah, at=lapsed, by=jean)
    withholds(jean, farah, clinic, at=lapsed)
    assert not reads(farah, file_id, lapsed)
    assert asked("%s = any(access.readable_contact_files())", solene, lapsed, file_id)

    # The stand-in gone, her file is hers again: nobody is left alone.
    assert reads(farah, file_id, lapsed + 31 * DAY)
    is_trained(farah, clinic, at=lapsed + DAY)
    assert reads(farah, file_id, lapsed + DAY)


def withholds(by: Actor, who: Actor, clinic: Any, *, at: datetime) -> None:
    row = Withheld(
        id=uuid4(), organisation_id=clinic.unit.pk, user_id=who.user_id,
        cover_id=uuid_of(f"{clinic.solene.user_id} {at}"), withheld_by=by.user_id, withheld_at=at,
    )  # fmt: skip
    with acting(by, at):
        Withheld.objects.bulk_create([row])


def test_a_lapse_never_stands_between_a_life_in_danger_and_what_protects_it(clinic: Any) -> None:
    farah, lapsed = clinic.farah, MONDAY + 370 * DAY
    clears(farah, clinic, at=MONDAY)
    file_id = given(clinic, farah)
    answers = []
    for ground in ("UNREACHABLE", "LIFE"):
        with acting(farah, lapsed):
            answers.append(
                sharing.open_exceptionally(
                    uuid_of(ground), file_id, ground=ground, second=None, by=farah
                )
            )

    assert answers == ["LAPSED", "OPENED"]


def test_a_code_word_opens_nothing_to_whoever_is_not_cleared(clinic: Any) -> None:
    clears(clinic.farah, clinic, at=MONDAY)
    file_id = given(clinic, clinic.farah)
    digest = b"\x01" * 32
    with acting(clinic.farah):
        word = CodeWord(
            id=uuid4(), file_id=file_id, written_by=clinic.farah.user_id, written_at=MONDAY,
            digest=digest, key_file="",
        )  # fmt: skip
        vault.lock(word, word="tournesol")
        CodeWord.objects.bulk_create([word])

    with refused():
        asked("access.recognise(%s, %s)", clinic.solene, MONDAY, digest, uuid4())
    clears(clinic.solene, clinic, at=MONDAY)
    assert asked("access.recognise(%s, %s)", clinic.solene, MONDAY, digest, uuid4()) == file_id


def test_what_is_shared_with_an_organisation_is_read_by_whoever_is_cleared_there(
    clinic: Any,
) -> None:
    """Maya shares with the unit: the cleared worker reads it, the newcomer does not."""
    cast = clinic.cast
    clears(clinic.solene, clinic, at=MONDAY)
    consent = Consent(
        id=uuid4(), file_id=cast.maya.file_id, organisation_id=clinic.unit.pk, purpose="support",
        sections=["identity", "summary"], giver=Consent.Giver.HERSELF, form=Form.ORAL,
        language="fr", text_version="1", taken_by=cast.ines.user_id, taken_at=MONDAY,
        starts_at=MONDAY, ends_at=MONDAY + 90 * DAY,
    )  # fmt: skip
    with acting(cast.ines):
        sharing.agree(consent, by=cast.ines)

    seen = [
        bool(
            asked(
                "%s = any(access.readable_summary_files())",
                replace(who, purpose=SHARED), MONDAY, cast.maya.file_id,
            )
        )
        for who in (clinic.solene, clinic.farah)
    ]  # fmt: skip

    assert seen == [True, False]

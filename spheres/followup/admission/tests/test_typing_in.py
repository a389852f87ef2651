"""Does the desk write down what came by voice or by mail, as the public form would, and no more?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.errors import NotAllowed
from spheres.followup.admission import actions, queries
from spheres.followup.admission.forms import TypedInForm
from spheres.followup.admission.models import Referral
from spheres.sharing.models import Handler
from tests.cast import LOADER, MONDAY, acting, add_person, refer, uuid_of
from tests.pages import signed_in

CALL = uuid_of("a call about Léa")
LEA = {
    "source": "professional",
    "came_by": "phone",
    "came_on": "2026-03-02",
    "referrer_name": "Mireille Fortin",
    "referrer_role": "psychoéducatrice",
    "referrer_organisation": "École des Rives",
    "referrer_contact": "mireille@example.org",
    "aware": "yes",
    "chosen_name": "Léa",
    "age_band": "14-17",
    "language": "fr",
    "channel": "text",
    "reach": "450 555-0142",
    "hours": "Après l’école",
    "wish": "Dormir tranquille.",
    "urgent": "no",
}


def type_in(cast, *, who=None, form_id=CALL, **said):
    typed = LEA | said | {"form_id": TypedInForm().signer().sign(form_id.hex)}
    with clock.at(MONDAY):
        return signed_in(who or cast.louise).post("/desk/new/", typed)


def referrals_of(cast, who=None):
    actor = who or cast.louise
    with acting(actor):
        return list(queries.referrals(actor=actor))


def test_louise_types_in_a_call_and_reads_its_number_aloud(cast):
    answer = type_in(cast)

    number = actions.number_of(CALL)
    assert answer.status_code == 200
    assert f"<output>{number}</output>" in answer.content.decode()
    with acting(cast.louise):
        matter = queries.matter(actions.file_of(CALL), actor=cast.louise)
        said = matter.referral
        assert (said.number, said.source, said.channel) == (number, "professional", "phone")
        assert (said.received_by, said.received_at) == (cast.louise.user_id, MONDAY)
        assert (said.agreement, said.age_band, said.language) == ("yes", "14-17", "fr")
        assert said.opened.wish == "Dormir tranquille."
        assert matter.person.opened.chosen_name == "Léa"
        assert matter.person.opened.words == "450 555-0142"
        assert matter.referrer.opened.organisation == "École des Rives"


def test_a_call_waits_in_the_queue_and_is_offered_like_any_other(cast):
    type_in(cast)
    file_id, offer_id = actions.file_of(CALL), uuid_of("offer of Léa")

    with acting(cast.louise):
        actions.offer(file_id, to=cast.samir.user_id, offer_id=offer_id, by=cast.louise, at=MONDAY)
    with acting(cast.samir):
        file = actions.accept(offer_id, desk=cast.institute.id, by=cast.samir, at=MONDAY)

    assert file.holder_id == cast.elsewhere.id
    assert referrals_of(cast) == []


def test_the_same_call_sent_again_gives_the_same_number_even_after_it_is_taken_on(cast):
    first = type_in(cast)
    with acting(cast.louise):
        actions.offer(
            actions.file_of(CALL), to=cast.samir.user_id, offer_id=CALL, by=cast.louise, at=MONDAY
        )
    with acting(cast.samir):
        actions.accept(CALL, desk=cast.institute.id, by=cast.samir, at=MONDAY)

    again = type_in(cast, chosen_name="Another")

    number = actions.number_of(CALL)
    assert [number in answer.content.decode() for answer in (first, again)] == [True, True]
    assert referrals_of(cast) == []
    with acting(cast.samir):
        assert Event.objects.filter(chain_id=actions.file_of(CALL)).exists()


def test_a_letter_came_on_its_day_and_never_tomorrow(cast):
    type_in(cast, came_by="mail", came_on="2026-02-26")
    tomorrow = type_in(cast, form_id=uuid_of("another letter"), came_on="2026-03-03")

    (letter,) = referrals_of(cast)
    assert (letter.channel, letter.received_at) == ("mail", datetime(2026, 2, 26, 17, tzinfo=UTC))
    assert tomorrow.status_code == 422
    assert "Léa" in tomorrow.content.decode()


def test_the_young_person_calls_and_nobody_else_is_written(cast):
    nobody = dict.fromkeys(
        ("referrer_name", "referrer_role", "referrer_organisation", "referrer_contact"), ""
    )

    type_in(cast, source="self", **nobody)
    mixed = type_in(cast, source="self", form_id=uuid_of("mixed"))

    assert [one.source for one in referrals_of(cast)] == ["self"]
    with acting(cast.louise):
        assert queries.matter(actions.file_of(CALL), actor=cast.louise).referrer is None
    assert mixed.status_code == 422
    assert "Mireille Fortin" in mixed.content.decode()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"aware": "not_yet"}, "Demander conseil, sans nommer personne"),
        ({"obligation": "on"}, "le programme ne peut pas être imposé"),
    ],
)
def test_whoever_does_not_know_or_is_obliged_is_not_referred(cast, said, words):
    answer = type_in(cast, **said)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Dormir tranquille." in page
    assert not re.search(r'name="obligation"[^>]*checked', page)
    assert referrals_of(cast) == []


def test_a_missing_answer_is_said_beside_it_and_nothing_is_lost(cast):
    answer = type_in(cast, referrer_name="", age_band="")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("Mireille") == 0
    assert "École des Rives" in page
    assert "Dormir tranquille." in page
    assert referrals_of(cast) == []


def test_nobody_else_types_in_a_referral(cast):
    with acting(LOADER):
        away = add_person("Odile", cast.elsewhere, Role.COORDINATOR)
    for who in (cast.samir, cast.ines, cast.karim, cast.roy, cast.nadia, away):
        assert type_in(cast, who=who).status_code == 403
        with acting(who), pytest.raises(NotAllowed):
            actions.type_in(a_call(), desk=cast.institute.id, by=who, at=MONDAY)


def a_call(**more):
    sent = actions.Sent(
        id=CALL,
        source="self",
        channel="phone",
        agreement="yes",
        age_band="14-17",
        language="fr",
        chosen_name="Léa",
        contact_channel="text",
    )
    return replace(sent, **more)


# The wall behind the pages: what somebody with SQL and her own context could open.


def opens(actor, matter_id, **differs):
    """What the database answers to a desk's row: an error's name, or nothing."""
    row = {
        "kind": "DESK",
        "organisation_id": actor.organisation_id,
        "role": Role.COORDINATOR,
        "starts_at": MONDAY,
    }
    refused = pytest.raises((ProgrammingError, IntegrityError))
    with acting(actor), refused as told, transaction.atomic():
        Handler.objects.bulk_create(
            [Handler(id=uuid_of("a row"), matter_id=matter_id, **(row | differs))]
        )
    return told.value.__cause__.sqlstate


def test_the_desk_opens_nothing_that_is_somebodys(cast):
    arrived = refer("Zoé", desk=cast.institute.id)
    for number, matter in enumerate((cast.maya.file_id, arrived)):
        assert (number, opens(cast.louise, matter)) == (number, "23505")
    of_others = (cast.ines.user_id, cast.louise.user_id)
    assert [opens(cast.louise, matter) for matter in of_others] == ["42501", "42501"]


def test_the_desk_opens_at_its_own_desk_and_nowhere_else(cast):
    new = uuid_of("nobody has it")
    assert opens(cast.louise, new, organisation_id=cast.elsewhere.id) == "42501"
    assert opens(cast.louise, new, role=Role.TEAM_LEAD) == "42501"
    assert opens(cast.louise, new, kind="WATCH") == "42501"
    assert opens(cast.louise, new, kind="ENTRUSTED") == "42501"
    mine = {"organisation_id": None, "role": "", "user_id": cast.louise.user_id}
    assert opens(cast.louise, new, **mine) == "42501"


def test_no_other_hat_opens_a_matter_at_the_desk(cast):
    with acting(LOADER):
        away = add_person("Odile", cast.elsewhere, Role.COORDINATOR)
        left = add_person("Paule", cast.institute, Role.COORDINATOR, until=MONDAY)
    at_the_desk = {"organisation_id": cast.institute.id}
    for who in (away, left, cast.samir, cast.karim, cast.roy):
        assert opens(who, uuid_of("nobody has it"), **at_the_desk) == "42501"


def test_nobody_types_in_under_another_name(cast):
    type_in(cast)
    with acting(cast.louise), pytest.raises(ProgrammingError), transaction.atomic():
        Referral.objects.bulk_create(
            [
                Referral(
                    id=uuid_of("forged"),
                    file_id=actions.file_of(CALL),
                    number="AAAA-AAAA",
                    source="self",
                    channel="phone",
                    agreement="yes",
                    age_band="14-17",
                    language="fr",
                    received_at=MONDAY - timedelta(days=1),
                    received_by=cast.samir.user_id,
                )
            ]
        )
    assert connection.in_atomic_block
    assert [one.received_by for one in referrals_of(cast)] == [cast.louise.user_id]

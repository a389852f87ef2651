"""Is an undertaking read, signed and kept, and followed by those who may?"""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from spheres.accounts.models import Role, TrainingDay, Undertaking, UndertakingText
from spheres.config.tests.test_clearance import adopts, clears, clinic, given, is_trained
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.admission import actions as admission
from tests.cast import LOADER, MONDAY, acting, add_person, refer, uuid_of
from tests.pages import signed_in

__all__ = ["clinic"]
DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def page(who: Actor, path: str, at: Any = MONDAY, **answers: Any) -> Any:
    """What this person is shown, having just proved who they are."""
    with clock.at(at):
        client: Client = signed_in(who, at=at)
        return client.post(path, answers) if answers else client.get(path)


def main_of(answer: Any) -> str:
    return str(answer.content.decode())


def form_id(answer: Any) -> str:
    return str(answer.context["form"].signed_id)


def test_a_newcomer_reads_the_text_and_signs_it_once(clinic: Any) -> None:
    farah = clinic.farah
    text_id = adopts(clinic, at=MONDAY)

    shown = page(farah, "/undertaking/sign/")
    assert "Je garde." in main_of(shown)
    refused = page(farah, "/undertaking/sign/", form_id=form_id(shown), text=text_id)
    assert refused.status_code == 422
    assert "Cocher la case pour continuer." in main_of(refused)
    for _twice in range(2):
        answer = page(
            farah, "/undertaking/sign/", form_id=form_id(shown), text=text_id, agreed="on"
        )
        assert (answer.status_code, answer["Location"]) == (302, "/undertaking/")

    with acting(farah):
        assert [(one.text_id, one.language) for one in Undertaking.objects.all()] == [
            (text_id, "fr")
        ]


def test_a_text_that_changed_meanwhile_is_read_anew(clinic: Any) -> None:
    old = adopts(clinic, at=MONDAY)
    shown = page(clinic.farah, "/undertaking/sign/", MONDAY + DAY)
    adopts(clinic, at=MONDAY + DAY)

    answer = page(
        clinic.farah, "/undertaking/sign/", MONDAY + DAY,
        form_id=form_id(shown), text=old, agreed="on",
    )  # fmt: skip

    assert answer.status_code == 409


def test_what_was_signed_is_kept_as_a_paper_by_those_who_may_read_it(clinic: Any) -> None:
    clears(clinic.farah, clinic, at=MONDAY)
    with acting(clinic.farah):
        path = f"/undertakings/{Undertaking.objects.get().pk}/paper/"

    made = page(clinic.farah, path)
    text = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(made.content)).pages)
    assert "Engagement de discrétion" in text
    assert "Je garde." in text
    assert "Signé par Farah, 2 mars 2026" in text
    assert page(clinic.simon, path).status_code == 200
    assert page(clinic.jean, path).status_code == 200
    assert page(clinic.solene, path).status_code == 404
    assert page(clinic.cast.nadia, path).status_code == 404


def test_the_privacy_officer_adopts_our_wording_and_says_a_training(clinic: Any) -> None:
    shown = page(clinic.simon, "/undertakings/text/")
    assert "Ces mots sont les nôtres." in main_of(shown)
    initial = shown.context["form"].initial
    assert initial["words_fr"].startswith("Dans mon travail")
    assert initial["words_en"].startswith("In my work")
    answers = {
        "form_id": form_id(shown), "words_fr": "À nous.", "words_en": "Ours.",
        "from_day_day": "2", "from_day_month": "3", "from_day_year": "2026",
    }  # fmt: skip
    assert page(clinic.simon, "/undertakings/text/", **answers).status_code == 302

    path = f"/undertakings/people/{clinic.farah.user_id}/training/"
    shown = page(clinic.simon, path)
    wrong = page(clinic.simon, path, form_id=form_id(shown), source="HERE")
    assert wrong.status_code == 422
    assert "Écrivez le jour de la formation." in main_of(wrong)
    day = {"trained_on_day": "1", "trained_on_month": "3", "trained_on_year": "2026"}
    page(clinic.simon, path, form_id=form_id(shown), source="SHOWN", **day)

    with acting(clinic.simon):
        assert UndertakingText.objects.get().words_fr == "À nous."
        said = TrainingDay.objects.get()
    assert (said.user_id, str(said.trained_on), said.source) == (
        clinic.farah.user_id, "2026-03-01", "SHOWN",
    )  # fmt: skip


def test_a_lapse_is_extended_to_a_day_that_the_page_says(clinic: Any) -> None:
    clears(clinic.farah, clinic, at=MONDAY)
    lapsed = MONDAY + 370 * DAY
    path = f"/undertakings/people/{clinic.farah.user_id}/extend/"
    shown = page(clinic.simon, path, lapsed)
    late = {"until_day_day": "1", "until_day_month": "6", "until_day_year": "2027"}
    wrong = page(clinic.simon, path, lapsed, form_id=form_id(shown), reason="BOOKED", **late)
    assert wrong.status_code == 422
    assert "30 avril 2027" in main_of(wrong)

    good = {"until_day_day": "30", "until_day_month": "4", "until_day_year": "2027"}
    page(clinic.simon, path, lapsed, form_id=form_id(shown), reason="BOOKED", **good)

    answer = page(clinic.farah, "/undertaking/", lapsed)
    assert "La personne responsable de la protection des renseignements personnels a prolongé" in (
        main_of(answer)
    )
    assert page(clinic.jean, path, lapsed).status_code == 403


def test_a_stand_in_is_named_then_files_close_and_open_again_by_themselves(clinic: Any) -> None:
    farah, lapsed = clinic.farah, MONDAY + 370 * DAY
    clears(farah, clinic, at=MONDAY)
    file_id = given(clinic, farah)
    clears(clinic.solene, clinic, at=lapsed - DAY)
    one = f"/undertakings/people/{farah.user_id}/"
    assert "Fermer ces dossiers entre-temps" not in main_of(page(clinic.jean, one, lapsed))

    shown = page(clinic.jean, f"{one}stand-in/", lapsed)
    until = {"until_day_day": "20", "until_day_month": "3", "until_day_year": "2027"}
    page(
        clinic.jean, f"{one}stand-in/", lapsed,
        form_id=form_id(shown), user=str(clinic.solene.user_id), **until,
    )  # fmt: skip
    ready = page(clinic.jean, one, lapsed)
    assert "Fermer ces dossiers entre-temps" in main_of(ready)
    assert page(farah, f"/files/{file_id}/", lapsed).status_code == 200
    sent = {"form_id": ready.context["withhold"].signed_id}
    page(clinic.jean, f"{one}withhold/", lapsed, **sent)

    assert page(farah, f"/files/{file_id}/", lapsed).status_code == 404
    assert "Vos dossiers sont fermés pour l’instant" in main_of(
        page(farah, "/undertaking/", lapsed)
    )
    is_trained(farah, clinic, at=lapsed + DAY)
    assert page(farah, f"/files/{file_id}/", lapsed + DAY).status_code == 200


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (300, ""),
        (310, "est valide jusqu’au 2 mars 2027"),
        (340, "est valide jusqu’au 2 mars 2027"),
        (360, "est valide jusqu’au 2 mars 2027"),
        (370, "est échu depuis le 2 mars 2027"),
    ],
)
def test_a_worker_is_warned_on_her_day(clinic: Any, days: int, words: str) -> None:
    clears(clinic.farah, clinic, at=MONDAY)

    said = main_of(page(clinic.farah, "/", MONDAY + days * DAY))

    assert words in said
    assert ("Voir ce qui est demandé" in said) is bool(words)


def test_those_who_follow_it_are_told_how_many_on_their_first_page(clinic: Any) -> None:
    for who in (clinic.farah, clinic.solene, clinic.jean):
        clears(who, clinic, at=MONDAY)

    said = main_of(page(clinic.simon, "/privacy/", MONDAY + 340 * DAY))

    assert "D’ici 60 jours, ce qui est demandé vient à échéance pour 3 collègues." in said
    assert "Farah" not in said


def test_the_list_costs_the_same_for_three_and_for_six(
    clinic: Any, django_assert_max_num_queries: Any
) -> None:
    with clock.at(MONDAY):
        client = signed_in(clinic.simon)
        client.get("/undertakings/")
        with django_assert_max_num_queries(8):
            client.get("/undertakings/")
    with acting(LOADER):
        for name in ("Ana", "Bea", "Cléa"):
            add_person(name, clinic.unit, Role.YOUTH_WORKER)
    with clock.at(MONDAY), django_assert_max_num_queries(8):
        assert "Cléa" in main_of(client.get("/undertakings/"))


def test_nobody_else_follows_it_and_nobody_of_another_organisation_exists_there(
    clinic: Any,
) -> None:
    assert page(clinic.farah, "/undertakings/").status_code == 403
    assert page(clinic.cast.roy, "/undertakings/").status_code == 403
    elsewhere = f"/undertakings/people/{clinic.cast.ines.user_id}/"
    for who in (clinic.simon, clinic.jean):
        assert page(who, elsewhere).status_code == 404
    nobody = f"/undertakings/people/{uuid_of('nobody')}/"
    assert page(clinic.simon, nobody).content == page(clinic.simon, elsewhere).content


def test_nothing_is_asked_where_no_regime_and_no_rule_does(clinic: Any) -> None:
    said = main_of(page(clinic.cast.ines, "/undertaking/"))

    assert "Rien ne vous est demandé ici" in said


def test_whoever_is_not_cleared_is_told_so_when_something_would_be_given(clinic: Any) -> None:
    """An offer made while all stood, accepted once it lapsed: nothing is given, and it is said."""
    cast, farah = clinic.cast, clinic.farah
    clears(farah, clinic, at=MONDAY)
    lapsed = MONDAY + 370 * DAY
    matter = refer("Nora", desk=cast.institute.pk, at=MONDAY)
    offer_id = uuid_of("offer of Nora")
    with acting(cast.louise):
        admission.offer(matter, to=farah.user_id, offer_id=offer_id, by=cast.louise, at=MONDAY)

    answer = page(farah, f"/offers/{offer_id}/accept/", lapsed, sure="on")

    assert answer.status_code == 403
    assert "Rien n’a été changé." in main_of(answer)

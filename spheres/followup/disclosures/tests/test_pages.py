"""Do the pages say what they should, to her worker, to who decides, to whoever receives it?"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.disclosures.tests.asked import YES, again, get, main, send
from spheres.followup.disclosures.tests.factories import (
    LATER,
    SOON,
    decide,
    of_order,
    prepare,
    take_back,
    to_roy,
    to_shelter,
    told,
)
from spheres.sharing import actions as sharing
from spheres.sharing.models import Disclosure, DisclosureStep, Restriction
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in, untranslated

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines(cast: Cast) -> Client:
    return signed_in(cast.ines, at=SOON)


def for_roy(cast: Cast, **other: Any) -> dict[str, Any]:
    return {
        "to": f"{cast.police.pk}/{cast.roy.user_id}", "purpose": "MEETING",
        "meeting_on": "2026-03-09", "ends_on": "2026-03-20", "item_NAME": "Maya",
        "item_NEEDS": "Dormir au chaud.", **YES, **other,
    }  # fmt: skip


def test_prepared_read_over_and_frozen_then_decided_then_read(cast: Cast, ines: Client) -> None:
    file_id = cast.maya.file_id
    where = reverse("disclosures:prepare", args=[file_id]) + "?on=1"

    preview = send(ines, "prepare", file_id, query="?on=1", **for_roy(cast))
    kept = again(ines, preview, where, step="confirm")

    with acting(cast.ines, SOON):
        [one] = Disclosure.objects.all()
    assert preview.status_code == 200
    assert "Dormir au chaud." in main(preview)
    assert kept.headers["Location"] == reverse("disclosures:detail", args=[file_id, one.pk])
    karim = signed_in(cast.karim, at=SOON)
    assert "Karim" not in main(get(karim, "to_decide"))
    assert "Dormir au chaud." in main(get(karim, "decide", one.pk))
    decided = send(karim, "decide", one.pk, decision="yes")
    assert decided.headers["Location"] == reverse("disclosures:to_decide")

    roy = signed_in(cast.roy, at=SOON)
    listed, page = main(get(roy, "received")), main(get(roy, "told", one.pk))
    assert "Maya" not in listed
    assert ("Maya" in page, "Dormir au chaud." in page, "Karim" in page) == (True, True, False)
    assert "/files/" not in page
    assert send(roy, "told", one.pk).status_code == 302
    assert "9 mars 2026" in main(get(ines, "detail", file_id, one.pk))
    with acting(cast.ines, SOON):
        assert DisclosureStep.objects.filter(kind="RECEIVED").count() == 1


def test_changed_before_it_is_confirmed_nothing_is_lost(cast: Cast, ines: Client) -> None:
    where = reverse("disclosures:prepare", args=[cast.maya.file_id]) + "?on=1"
    preview = send(ines, "prepare", cast.maya.file_id, query="?on=1", **for_roy(cast))
    page = main(again(ines, preview, where, step="change"))

    assert "Dormir au chaud." in page
    with acting(cast.ines, SOON):
        assert not Disclosure.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"ends_on": "2026-03-01"}, "Ce jour est passé"),
        ({"ends_on": "2027-03-20"}, "C’est trop loin"),
        ({"meeting_on": ""}, "Dites pour quelle rencontre."),
        ({"meeting_on": "2026-03-01"}, "Ce jour est passé"),
        ({"item_CONTACT": "Par texto."}, "Ce n’est pas nécessaire pour ce but"),
        ({"witness": ""}, "il faut un témoin"),
        ({"purpose": "COMPLAINT", "item_CONTACT": ""}, "Un compte de la police reçoit seulement"),
        ({"purpose": "ATTENDANCE"}, "n’est plus dans la liste"),
        ({"to": "outside"}, "Écrivez son nom et sa fonction."),
        ({"to": "nobody"}, "n’est plus dans la liste"),
        ({"given_by": "TUTOR"}, "n’est plus dans la liste"),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_nothing_is_lost(
    cast: Cast, ines: Client, wrong: dict[str, str], says: str
) -> None:
    answer = send(
        ines, "prepare", cast.maya.file_id, query="?on=1",
        **for_roy(cast, item_WORDS="Je veux un lit.", **wrong),
    )  # fmt: skip

    page = main(answer)
    assert answer.status_code == 422
    assert says in page
    assert "Je veux un lit." in page
    with acting(cast.ines, SOON):
        assert not Disclosure.objects.exists()


def test_nothing_written_is_nothing_told(cast: Cast, ines: Client) -> None:
    typed = for_roy(cast, item_NAME="", item_NEEDS="")
    answer = send(ines, "prepare", cast.maya.file_id, query="?on=1", **typed)

    assert answer.status_code == 422
    assert "Écrivez au moins une chose à dire" in main(answer)


def test_what_she_keeps_from_him_is_said_beside_the_item(cast: Cast, ines: Client) -> None:
    with acting(cast.ines):
        sharing.restrict(
            Restriction(
                id=uuid_of("barred"), file_id=cast.maya.file_id, faces=["summary"],
                user_id=cast.roy.user_id, taken_by=cast.ines.user_id, taken_at=MONDAY,
                starts_at=MONDAY,
            ),
            by=cast.ines,
        )  # fmt: skip

    answer = send(ines, "prepare", cast.maya.file_id, query="?on=1", **for_roy(cast))
    assert answer.status_code == 422
    assert "La personne refuse que ce destinataire voie cette partie" in main(answer)


def test_a_danger_is_written_on_its_own_page_and_on_no_other(cast: Cast, ines: Client) -> None:
    grounds = main(get(ines, "prepare", cast.maya.file_id))
    asked = main(get(ines, "prepare", cast.maya.file_id, query="?on=2"))

    assert list(Disclosure.Ground)[1] == Disclosure.Ground.DANGER
    its_page = reverse("danger:call_for", args=[cast.maya.file_id])
    assert grounds.count(f'href="{its_page}"') == 2
    # The number of old addresses leads to the choice, as if nothing had been chosen.
    assert ("?on=1" in asked, 'name="item_DANGER"' in asked) == (True, False)


def test_an_attestation_of_attendance_is_refused_and_the_refusal_is_written(
    cast: Cast, ines: Client
) -> None:
    page = main(get(ines, "asked", cast.maya.file_id))
    kept = send(
        ines, "asked", cast.maya.file_id, purpose="ATTENDANCE", capacity="COURT",
        recipient="Me Hall, agente de probation", reason="Savoir si elle vient.",
    )  # fmt: skip

    assert "Sphères n’atteste jamais" in page
    assert kept.status_code == 302
    register = main(get(ines, "register", cast.maya.file_id))
    assert "Me Hall, agente de probation" in register
    assert "rien n’a été dit." in register


def test_the_register_reads_in_plain_words_on_the_page_and_on_paper(
    cast: Cast, ines: Client
) -> None:
    take_back(cast, told(cast), at=LATER)
    told(cast, to_shelter(cast))

    page = main(get(ines, "register", cast.maya.file_id))
    with clock.at(SOON):
        paper = ines.post(reverse("disclosures:register", args=[cast.maya.file_id]))
    text = " ".join(
        sheet.extract_text() for sheet in PdfReader(io.BytesIO(paper.content)).pages
    ).replace("\n", " ")
    for words in (
        "Parce que tu as dit oui.", "Dormir au chaud.", "Tu as repris ton accord",
        "Rosa Lim, intervenante au refuge", "Karim l’a revu aussi",
    ):  # fmt: skip
        assert words in page
        assert words in text


def test_on_paper_for_somebody_outside_once_approved_with_a_receipt(
    cast: Cast, ines: Client
) -> None:
    one = prepare(cast, to_shelter(cast))
    file_id = cast.maya.file_id

    def paper() -> Any:
        with clock.at(SOON):
            return ines.post(reverse("disclosures:paper", args=[file_id, one.pk]))

    before = paper()
    decide(one, cast.nadia)
    [sheet] = PdfReader(io.BytesIO(paper().content)).pages
    assert before.status_code == 409
    assert "Par texto, après 15 h 30." in sheet.extract_text()
    send(ines, "detail", file_id, one.pk, step="hand", words="Rosa, en main propre.")
    page = main(get(ines, "detail", file_id, one.pk))
    assert "Rosa, en main propre." in page
    assert "C’est reçu" not in page


def test_taken_back_in_one_press_the_page_there_is_the_404_of_nothing(
    cast: Cast, ines: Client
) -> None:
    one = told(cast)
    roy = signed_in(cast.roy, at=SOON)
    before = get(roy, "told", one.pk).status_code
    back = send(ines, "detail", cast.maya.file_id, one.pk, step="back")

    assert (before, back.status_code) == (200, 302)
    hers, nothing = (get(roy, "told", each) for each in (one.pk, uuid_of("nothing")))
    assert (hers.status_code, plain(hers)) == (404, plain(nothing))
    listed = main(get(roy, "received"))
    assert "Détruisez toute copie" in listed
    assert "Maya" not in listed


def plain(answer: Any) -> str:
    return re.sub(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", "", main(answer))


def test_whoever_prepared_it_is_told_that_another_decides(cast: Cast, ines: Client) -> None:
    one = prepare(cast, to_roy(cast))

    assert "Une deuxième personne décide" in main(get(ines, "decide", one.pk))
    answer = send(ines, "decide", one.pk, decision="yes")
    assert answer.status_code == 403
    assert "Une deuxième personne décide" in answer.content.decode()


def test_decided_by_another_just_before_the_second_is_told_so(cast: Cast) -> None:
    one = prepare(cast, to_roy(cast))
    nadia = signed_in(cast.nadia, at=SOON)
    with clock.at(SOON):
        where = reverse("disclosures:decide", args=[one.pk])
        form_id = Page(nadia.get(where).content.decode()).fields["form_id"]
        decide(one, cast.karim)
        answer = nadia.post(where, {"form_id": form_id, "decision": "no", "words": "Trop."})

    assert answer.status_code == 409
    assert "Quelqu’un en a déjà décidé." in answer.content.decode()


def test_a_no_needs_a_reason(cast: Cast) -> None:
    one = prepare(cast, to_roy(cast))

    answer = send(signed_in(cast.nadia, at=SOON), "decide", one.pk, decision="no")
    assert answer.status_code == 422
    assert "Dites en une phrase pourquoi c’est non." in main(answer)


def everybody(cast: Cast) -> Iterator[Actor]:
    yield from (cast.samir, cast.yanick, cast.louise, cast.amrani, cast.roy, cast.karim)


def test_nobody_else_finds_her_register(cast: Cast) -> None:
    one = told(cast, to_shelter(cast))
    for who in everybody(cast):
        client = signed_in(who, at=SOON)
        for name in ("page", "register", "prepare", "survivors", "asked"):
            assert get(client, name, cast.maya.file_id).status_code in {403, 404}
        assert get(client, "detail", cast.maya.file_id, one.pk).status_code == 404
        if who != cast.karim:
            assert get(client, "decide", one.pk).status_code in {403, 404}
        assert get(client, "told", one.pk).status_code in {403, 404}


def test_my_day_says_that_something_waits_and_nothing_of_whom(cast: Cast) -> None:
    told(cast, to_roy(cast, to_organisation_id=cast.elsewhere.pk, to_user_id=cast.samir.user_id))

    with clock.at(SOON):
        page = main(signed_in(cast.samir, at=SOON).get("/"))
    assert "1 communication vous attend." in page
    assert "Maya" not in page


def test_every_page_is_whole_in_french(cast: Cast, ines: Client) -> None:
    roy_s, shelter = told(cast), told(cast, to_shelter(cast))
    waiting = prepare(cast, to_roy(cast, "waiting"))
    prepare(cast, of_order(cast))
    with untranslated() as missing:
        for name in ("page", "register", "prepare", "survivors", "asked"):
            assert get(ines, name, cast.maya.file_id).status_code == 200
        for number in range(1, 6):
            assert get(ines, "prepare", cast.maya.file_id, query=f"?on={number}").status_code == 200
        for one in (roy_s, shelter, waiting):
            get(ines, "detail", cast.maya.file_id, one.pk)
        karim, roy = signed_in(cast.karim, at=SOON), signed_in(cast.roy, at=SOON)
        get(karim, "to_decide"), get(karim, "decide", waiting.pk)
        get(roy, "received"), get(roy, "told", roy_s.pk)
    assert missing == set()

"""She moves: does what she picks go to one programme, as it stands, and nothing else (SC-07)?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.test import Client, override_settings
from django.urls import reverse

from spheres.audit.models import Event
from spheres.core import clock
from spheres.followup.accompaniments.tests import factories as steps
from spheres.followup.disclosures.forms import CodeForm, KeyForm, ReceiptForm
from spheres.followup.disclosures.policy import TAKEN, Purpose
from spheres.followup.disclosures.tests.asked import YES, again, get, main, send, signed
from spheres.followup.disclosures.tests.factories import (
    LATER,
    SOON,
    decide,
    prepare,
    take_back,
    to_shelter,
)
from spheres.followup.safety_net.tests import factories as nets
from spheres.followup.summary import actions as pages
from spheres.followup.summary.models import Line
from spheres.records import actions as records
from spheres.records import parcels
from spheres.records.between import carrying
from spheres.sharing.models import Disclosure, DisclosureStep
from spheres.ui import moments
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in
from tests.region import demo_words

pytestmark = pytest.mark.django_db
PAGE, NOTE = "Ma tante Rose compte pour moi.", "Cette note ne part jamais."
RECIPIENT = "Programme du Saguenay, une intervenante"


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    with demo_words():
        yield


@pytest.fixture
def ines(cast: Cast) -> Client:
    """Maya's file holds a page, a net, a step that goes on, and a note."""
    file_id, by = cast.maya.file_id, cast.ines
    with acting(by, MONDAY):
        said = pages.Said(uuid_of("a line"), 0, PAGE, Line.Whose.HERS, "talk")
        pages.add(file_id, said, by=by, at=MONDAY)
        nets.write(file_id, uuid_of("a net"), by=by, at=MONDAY)
        steps.write(file_id, uuid_of("a step"), by=by, at=MONDAY)
        records.save_draft(
            uuid_of("a note"), file_id=file_id, section="notes", record_type="notes",
            fields={"observation": NOTE}, by=by, at=MONDAY,
        )  # fmt: skip
    return signed_in(by, at=SOON)


def pick(client: Client, file_id: UUID, *codes: str, **typed: str) -> Any:
    ticks = {f"take_{code}": "on" for code in codes}
    return send(client, "transfer", file_id, step="pick", **ticks, **typed)


def test_what_is_picked_stands_in_the_form_as_in_the_file_and_nothing_else(
    cast: Cast, ines: Client
) -> None:
    file_id = cast.maya.file_id
    before = main(get(ines, "transfer", file_id))
    page = main(pick(ines, file_id, "PAGE", "STEPS", item_WORDS="À mon pas.", witness="Karim"))

    assert PAGE not in before
    assert PAGE in page
    assert "Karine" not in page  # of her net, which was not picked
    assert NOTE not in page
    assert ("À mon pas." in page, 'value="Karim"' in page) == (True, True)
    assert "Karine" in main(pick(ines, file_id, "NET"))
    with acting(cast.ines, SOON):
        assert not Disclosure.objects.exists()
        last = Event.objects.filter(chain_id=file_id, action="open").order_by("-number")[0]
    assert set(last.sections) >= {"safety"}
    assert "summary" not in last.sections


def test_what_they_cut_does_not_come_back_and_nothing_is_doubled(cast: Cast, ines: Client) -> None:
    """A browser sends lines apart by CR and LF; ticked again, or sent by Enter, it stays as cut."""
    cut = "Le reste de ma page.\r\nEt mon chat."
    page = main(pick(ines, cast.maya.file_id, "PAGE", "STEPS", item_PAGE=cut))

    assert PAGE not in page
    assert page.count("Et mon chat.") == 1
    assert not re.search(r'name="take_[A-Z]+"[^>]* checked', page)  # put below: ticked no more


def test_of_whoever_came_back_what_was_before_stays_closed(cast: Cast, ines: Client) -> None:
    since = MONDAY + timedelta(minutes=30)
    with acting(cast.ines, SOON):
        found = carrying.chosen(TAKEN, cast.maya.file_id, actor=cast.ines, since=since)
        assert {code: list(one.rows) for code, one in found.items()} == {code: [] for code in TAKEN}


def agreed(client: Client, file_id: UUID, **typed: str) -> Any:
    """Read over, then confirmed."""
    where = reverse("disclosures:transfer", args=[file_id])
    said = {
        "recipient": RECIPIENT, "item_NAME": "Maya", "item_PAGE": PAGE, **YES,
        **typed,
    }  # fmt: skip
    preview = send(client, "transfer", file_id, **said)
    assert preview.status_code == 200, main(preview)
    assert PAGE in main(preview)
    return again(client, preview, where, step="confirm")


def test_agreed_to_decided_by_another_sealed_opened_and_received(cast: Cast, ines: Client) -> None:
    file_id = cast.maya.file_id
    one = agreed_and_decided(cast, ines)
    sealed = seal(ines, cast, one)
    opened = parcels.open_it(sealed, on=clock.day_of(SOON))

    assert [words for _title, words in opened.items] == ["Maya", PAGE]
    assert (one.purpose, one.sections) == (Purpose.TRANSFER, ["identity", "summary"])
    wrong = code(ines, cast, one, "AAAA-AAAA-AAAA")
    right = code(ines, cast, one, opened.receipt.lower().replace("-", " "))
    assert (wrong.status_code, right.status_code) == (422, 302)
    page = main(get(ines, "detail", file_id, one.pk))
    register = main(get(ines, "register", file_id))
    assert "Transfert fait, avec son accord" in page
    assert "Transfert fait, avec ton accord, le 2 mars 2026" in register
    with clock.at(SOON):
        file = ines.get(reverse("dossier:file", args=[file_id])).content.decode()
    assert reverse("disclosures:detail", args=[file_id, one.pk]) in file


def agreed_and_decided(cast: Cast, ines: Client) -> Disclosure:
    kept_ = agreed(ines, cast.maya.file_id)
    assert kept_.status_code == 302
    with acting(cast.ines, SOON):
        [one] = Disclosure.objects.all()
    decide(one, cast.karim, at=SOON)
    return one


def press_seal(client: Client, cast: Cast, one: Disclosure, key: str = "") -> Any:
    where = reverse("disclosures:seal", args=[cast.maya.file_id, one.pk])
    said = {"step": "seal", "key": key or parcels.our_key(), "form_id": signed(KeyForm)}
    with clock.at(SOON):
        return client.post(where, said)


def seal(client: Client, cast: Cast, one: Disclosure, key: str = "") -> str:
    answer = press_seal(client, cast, one, key)
    assert answer.status_code == 200, main(answer)
    return str(answer.context["made"])


def code(client: Client, cast: Cast, one: Disclosure, read: str) -> Any:
    where = reverse("disclosures:seal", args=[cast.maya.file_id, one.pk])
    with clock.at(SOON):
        return client.post(where, {"step": "code", "code": read, "form_id": signed(CodeForm)})


def test_it_closes_here_with_the_door_open_when_they_say_so(cast: Cast, ines: Client) -> None:
    file_id, one = cast.maya.file_id, agreed_and_decided(cast, ines)
    leave = reverse("passages:leave", args=[file_id])
    before = main(get(ines, "detail", file_id, one.pk))
    code(ines, cast, one, parcels.receipt_of(one.pk))
    after = main(get(ines, "detail", file_id, one.pk))
    with clock.at(SOON):
        assert ines.post(leave).status_code == 302
    closed = main(get(ines, "detail", file_id, one.pk))

    assert [leave in page for page in (before, after, closed)] == [False, True, False]


def test_taken_back_it_is_sealed_no_more(cast: Cast, ines: Client) -> None:
    one = agreed_and_decided(cast, ines)
    take_back(cast, one, at=SOON)

    assert get(ines, "seal", cast.maya.file_id, one.pk).status_code == 409
    register = main(get(ines, "register", cast.maya.file_id))
    assert "plus rien ne part d’ici" in register
    assert "ne la lit plus" not in register


def test_it_leaves_sealed_and_not_on_paper(cast: Cast, ines: Client) -> None:
    """To whoever holds the key, and to nobody whose name is typed; its receipt is the code."""
    file_id, one = cast.maya.file_id, agreed_and_decided(cast, ines)
    page = main(get(ines, "detail", file_id, one.pk))
    hand = {"step": "hand", "words": "Au comptoir.", "form_id": signed(ReceiptForm)}
    with clock.at(SOON):
        paper = ines.post(reverse("disclosures:paper", args=[file_id, one.pk]))
        handed = ines.post(reverse("disclosures:detail", args=[file_id, one.pk]), hand)

    assert (paper.status_code, handed.status_code) == (409, 409)
    assert reverse("disclosures:seal", args=[file_id, one.pk]) in page
    assert reverse("disclosures:paper", args=[file_id, one.pk]) not in page
    with acting(cast.ines, SOON):
        assert not DisclosureStep.objects.filter(disclosure_id=one.pk, kind="HANDED").exists()


def test_whoever_came_back_is_not_asked_whether_it_ends(cast: Cast, ines: Client) -> None:
    file_id, one = cast.maya.file_id, agreed_and_decided(cast, ines)
    code(ines, cast, one, parcels.receipt_of(one.pk))
    with clock.at(SOON + timedelta(days=1)):
        later = signed_in(cast.ines, at=SOON + timedelta(days=1))
        for step in ("leave", "return"):
            later.post(reverse(f"passages:{step}", args=[file_id]))
        where = reverse("disclosures:detail", args=[file_id, one.pk])
        page = main(later.get(where))

    assert reverse("passages:leave", args=[file_id]) not in page


def test_nothing_leaves_of_whoever_has_died(cast: Cast, ines: Client) -> None:
    file_id, one = cast.maya.file_id, agreed_and_decided(cast, ines)
    with clock.at(SOON):
        assert ines.post(reverse("passages:death", args=[file_id])).status_code == 302

    for name, of in (("transfer", [file_id]), ("seal", [file_id, one.pk])):
        assert get(ines, name, *of).status_code == 409


def test_what_goes_to_a_service_is_not_sealed_for_a_programme(cast: Cast, ines: Client) -> None:
    one = prepare(cast, to_shelter(cast))
    decide(one, cast.karim)

    assert get(ines, "seal", cast.maya.file_id, one.pk).status_code == 409


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"recipient": ""}, "Il faut cette réponse pour continuer."),
        ({"witness": ""}, "il faut un témoin"),
        ({"given_by": "TUTOR"}, "n’est plus dans la liste"),
        ({"item_PAGE": "", "item_NAME": ""}, "Écrivez au moins une chose"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    cast: Cast, ines: Client, wrong: dict[str, str], says: str
) -> None:
    said = {
        "recipient": RECIPIENT, "item_PAGE": PAGE, "item_NAME": "Maya", **YES,
        "item_WORDS": "", **wrong,
    }  # fmt: skip
    answer = send(ines, "transfer", cast.maya.file_id, **said)

    assert answer.status_code == 422
    assert says in main(answer)
    assert said["recipient"] in main(answer)


@pytest.mark.parametrize(
    "bent", [{"ground": "ORDER", "giver": "", "form": ""}, {"to_organisation_id": "police"}]
)
def test_the_database_lets_nothing_else_be_called_a_transfer(
    cast: Cast, bent: dict[str, str]
) -> None:
    fields: dict[str, Any] = {
        "ground": "CONSENT", "giver": "HERSELF", "form": "ORAL", **bent, "purpose": "TRANSFER",
    }  # fmt: skip
    if "to_organisation_id" in bent:
        fields["to_organisation_id"] = cast.police.pk
    with acting(cast.ines, LATER), pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.objects.create(
            id=uuid_of("bent"), file_id=cast.maya.file_id,
            organisation_id=cast.ines.organisation_id, capacity="OTHER", items=["PAGE"],
            sections=["summary"], ends_at=LATER + timedelta(days=3), prepared_by=cast.ines.user_id,
            prepared_at=LATER, **fields,
        )  # fmt: skip


def test_nobody_but_their_workers_prepares_it(cast: Cast, ines: Client) -> None:
    for who in (cast.roy, cast.amrani, cast.samir):
        answer = get(signed_in(who, at=SOON), "transfer", cast.maya.file_id)
        assert answer.status_code in (403, 404)


def test_a_step_handed_is_said_once(cast: Cast, ines: Client) -> None:
    one = agreed_and_decided(cast, ines)
    for _turn in range(2):
        code(ines, cast, one, parcels.receipt_of(one.pk))
    with acting(cast.ines, SOON):
        assert DisclosureStep.objects.filter(disclosure_id=one.pk, kind="HANDED").count() == 1


@pytest.mark.parametrize(
    ("language", "says"),
    [("fr", "ne se scelle plus pour personne"), ("en", "it is sealed for nobody any more")],
)
def test_once_its_receipt_came_back_it_is_sealed_for_no_key(
    cast: Cast, ines: Client, language: str, says: str
) -> None:
    one = agreed_and_decided(cast, ines)
    seal(ines, cast, one)
    code(ines, cast, one, parcels.receipt_of(one.pk))
    reader = signed_in(cast.ines, at=SOON, language=language)
    answers = [
        get(reader, "seal", cast.maya.file_id, one.pk),
        press_seal(reader, cast, one, key_of_another()),
    ]
    page = main(get(reader, "detail", cast.maya.file_id, one.pk))

    assert [answer.status_code for answer in answers] == [409, 409]
    assert all(says in main(answer) for answer in answers)
    assert reverse("disclosures:seal", args=[cast.maya.file_id, one.pk]) not in page
    assert len(sealed_for(cast, one)) == 1


def test_before_that_it_is_sealed_again_and_each_mark_is_said(cast: Cast, ines: Client) -> None:
    """The other programme lost the file, or gave a wrong key: nothing was received."""
    one = agreed_and_decided(cast, ines)
    for key in (parcels.our_key(), key_of_another()):
        seal(ines, cast, one, key)
    page = main(get(ines, "detail", cast.maya.file_id, one.pk))

    marks = [parcels.mark_of(key) for key in (parcels.our_key(), key_of_another())]
    assert sealed_for(cast, one) == [f"disclosure {one.pk} for {mark}" for mark in marks]
    said = re.findall(r"Scellée par Inès, ([^<]+), pour la clé dont la marque est ([-\w]+)", page)
    assert said == [(moments.moment(SOON), mark) for mark in marks]


def test_whoever_seals_has_just_proved_who_they_are(cast: Cast, ines: Client) -> None:
    one = agreed_and_decided(cast, ines)
    long_ago = signed_in(cast.ines, at=SOON - timedelta(minutes=6))
    answers = [get(long_ago, "seal", cast.maya.file_id, one.pk), press_seal(long_ago, cast, one)]

    assert {str(answer.headers.get("Location"))[:7] for answer in answers} == {"/prove/"}
    assert sealed_for(cast, one) == []
    assert press_seal(ines, cast, one).status_code == 200


def key_of_another() -> str:
    """The key that a programme with a key file of its own shows."""
    with override_settings(SPHERES_KEY=bytes(range(32))):
        return parcels.our_key()


def sealed_for(cast: Cast, one: Disclosure) -> list[str]:
    """What the journal of the file says of each sealing, in order."""
    with acting(cast.ines, SOON):
        told = Event.objects.filter(chain_id=one.file_id, action="disclosure.sealed")
        return list(told.order_by("number").values_list("basis", flat=True))

"""Does what she asks reach her worker, with its day, and does she see where it stands?"""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from spheres.core import clock
from spheres.portal.my_say import policy
from spheres.portal.my_say.models import Answer, Ask
from spheres.portal.my_say.tests.factories import born_on, get, her_notebook, send
from spheres.portal.notebook import actions as notebook
from spheres.portal.notebook.tests.factories import EVERYTHING, herself
from spheres.privacy.access_requests.models import AccessRequest, RequestStatus
from spheres.vault import actions as vault
from tests.cast import MONDAY, Cast, acting, follow, uuid_of
from tests.pages import learn_french, signed_in

learn_french()
Kind = Ask.Kind
NUMBERS = range(1, len(policy.ASKED) + 1)


def number_of(kind: Kind) -> int:
    return policy.ASKED.index(kind) + 1


def ask(client: Client, kind: Kind, words: str = "") -> None:
    sent = send(client, f"/n/46/{number_of(kind)}/", words=words)
    assert sent.headers["Location"] == "/n/47/"


def asked_page(cast: Cast) -> str:
    return f"/files/{cast.maya.file_id}/notebook/asked/"


def answer(cast: Cast, stands: str, words: str = ""):  # type: ignore[no-untyped-def]
    """Inès answers the newest of what waits."""
    ines = signed_in(cast.ines)
    with clock.at(MONDAY):
        line = ines.get(asked_page(cast)).context["lines"][0]
        sent = {
            "form_id": line.form.signed_id,
            "ask": str(line.asked.row.pk),
            "stands": stands,
            "words": words,
        }
        return ines.post(asked_page(cast), sent)


@pytest.mark.parametrize("number", NUMBERS)
def test_each_thing_she_may_ask_has_its_page(cast: Cast, number: int) -> None:
    client = her_notebook(cast, "PRACTICAL", frozenset())

    assert get(client, f"/n/46/{number}/").status_code == 200


@pytest.mark.parametrize("number", NUMBERS)
def test_before_14_what_is_not_hers_to_ask_does_not_exist(cast: Cast, number: int) -> None:
    client = her_notebook(cast)
    born_on(cast, "2013-05-04")
    kind = policy.ASKED[number - 1]
    listed = get(client, "/n/45/").content.decode()

    found = get(client, f"/n/46/{number}/").status_code

    assert found == (404 if kind in policy.FROM_AGE else 200)
    assert (f"/n/46/{number}/" in listed) == (kind not in policy.FROM_AGE)
    assert "Avant 14 ans" in listed


@pytest.mark.parametrize("address", ["/n/46/0/", "/n/46/99/"])
def test_what_nobody_asks_does_not_exist(cast: Cast, address: str) -> None:
    assert get(her_notebook(cast), address).status_code == 404


def test_what_she_asks_reaches_her_worker_with_the_day_of_the_law(cast: Cast) -> None:
    client = her_notebook(cast, "PRACTICAL", frozenset())
    ask(client, Kind.COPY, "Sans logo.")
    ask(client, Kind.NAME, "Appelle-moi Nour.")
    ines = signed_in(cast.ines)

    day = get(ines, "/").content.decode()
    page = get(ines, asked_page(cast)).content.decode()

    assert "Maya demande, depuis son carnet\u00a0: Une copie de son dossier" in day
    assert "à répondre d’ici le" in day
    assert "Sans logo." not in day
    assert "Sans logo." in page
    assert "Appelle-moi Nour." in page
    assert f"/files/{cast.maya.file_id}/identity/" in page


def test_sent_twice_it_is_asked_once(cast: Cast) -> None:
    client = her_notebook(cast)
    address = f"/n/46/{number_of(Kind.READ)}/"
    with clock.at(MONDAY):
        form_id = client.get(address).context["form"].signed_id
        for _ in range(2):
            client.post(address, {"form_id": form_id, "words": ""})

    with acting(cast.ines):
        assert Ask.objects.count() == 1


def test_she_sees_where_it_stands_and_what_was_answered(cast: Cast) -> None:
    client = her_notebook(cast)
    ask(client, Kind.REFERRAL, "Personne à côté ne lit ceci.")
    sent = get(client, "/n/47/").content.decode()
    answer(cast, "TAKEN_UP", "On en parle jeudi.")
    taken_up = get(client, "/n/47/").content.decode()
    answer(cast, "DONE")
    done = get(client, "/n/47/").content.decode()

    assert "Personne ne l’a encore lu" in sent
    assert "Ton intervenant·e s’en occupe" in taken_up
    assert "On en parle jeudi." in taken_up
    assert "C’est réglé" in done
    for said in (sent, taken_up, done):
        assert "Personne à côté" not in said
        assert "mars" not in said
        assert "Inès" not in said


def test_answered_it_waits_no_more(cast: Cast) -> None:
    client, ines = her_notebook(cast), signed_in(cast.ines)
    ask(client, Kind.REFERRAL)
    before = get(ines, "/").content.decode()
    answer(cast, "TAKEN_UP")

    assert "depuis son carnet" in before
    assert "depuis son carnet" not in get(ines, "/").content.decode()


def test_one_press_writes_it_in_the_register_as_of_the_day_she_asked(cast: Cast) -> None:
    client, ines = her_notebook(cast), signed_in(cast.ines)
    ask(client, Kind.COPY, "Sans logo.")
    with clock.at(MONDAY):
        line = ines.get(asked_page(cast)).context["lines"][0]
        ask_id, sent = line.asked.row.pk, {"form_id": line.register_form.signed_id}
        answers = [ines.post(f"{asked_page(cast)}{ask_id}/register/", sent) for _ in range(2)]

    where = f"/files/{cast.maya.file_id}/requests/{ask_id}/"
    assert [one.headers["Location"] for one in answers] == [where, where]
    with acting(cast.ines):
        row, standing = AccessRequest.objects.get(), RequestStatus.objects.get()
    assert (row.pk, row.asker, row.wish, row.keep) == (ask_id, "SELF", "COPY", "HERE")
    assert (row.received_on, row.due_on) == (date(2026, 3, 2), date(2026, 4, 1))
    assert standing.status == "RECEIVED"
    assert "s’en occupe" in get(client, "/n/47/").content.decode()


def test_the_same_request_that_waits_already_is_not_written_twice(cast: Cast) -> None:
    client, ines = her_notebook(cast), signed_in(cast.ines)
    for _ in range(2):
        ask(client, Kind.COPY)
    with clock.at(MONDAY):
        for line in ines.get(asked_page(cast)).context["lines"]:
            address = f"{asked_page(cast)}{line.asked.row.pk}/register/"
            ines.post(address, {"form_id": line.register_form.signed_id})
        page = ines.get(asked_page(cast)).content.decode()

    with acting(cast.ines):
        assert AccessRequest.objects.count() == 1
    assert "L’inscrire au registre" not in page


def test_the_way_to_what_is_asked_stands_beside_the_file(cast: Cast) -> None:
    file = get(signed_in(cast.ines), f"/files/{cast.maya.file_id}/").content.decode()

    assert asked_page(cast) in file


def test_nobody_else_reads_what_she_asks(cast: Cast) -> None:
    client = her_notebook(cast)
    ask(client, Kind.ERASE, "Tout.")

    for other in (cast.louise, cast.karim, cast.samir, cast.roy, cast.nadia):
        found = get(signed_in(other), asked_page(cast))
        assert found.status_code == 404


def test_an_unknown_ask_is_the_same_as_none(cast: Cast) -> None:
    her_notebook(cast)
    ines = signed_in(cast.ines)

    with clock.at(MONDAY):
        form_id = ines.get(asked_page(cast))
        sent = {"form_id": "", "ask": str(uuid_of("another"))}
        registered = ines.post(f"{asked_page(cast)}{uuid_of('another')}/register/", sent)

    assert form_id.status_code == 200
    assert registered.status_code == 404


def test_her_worker_asks_nothing_in_her_name(cast: Cast) -> None:
    row = Ask(
        id=uuid4(),
        file_id=cast.maya.file_id,
        kind=Kind.ERASE,
        written_by=cast.ines.user_id,
        written_at=MONDAY,
    )

    with acting(cast.ines), pytest.raises(ProgrammingError, match="row-level security"):
        Ask.objects.bulk_create([row])


def test_she_asks_of_her_own_file_alone(cast: Cast) -> None:
    her_notebook(cast)
    she = herself(cast)
    row = Ask(
        id=uuid4(),
        file_id=uuid4(),
        kind=Kind.ERASE,
        written_by=she.user_id,
        written_at=MONDAY,
    )

    with (
        acting(she),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Ask.objects.bulk_create([row])


def test_what_she_asked_waits_even_once_the_notebook_is_closed(cast: Cast) -> None:
    client = her_notebook(cast)
    ask(client, Kind.BAR)
    with acting(cast.ines):
        notebook.close(cast.maya.file_id, by=cast.ines, at=MONDAY)

    assert "depuis son carnet" in get(signed_in(cast.ines), "/").content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_tells_nothing_to_whoever_looks_at_the_tab(cast: Cast, language: str) -> None:
    client = her_notebook(cast, "READ", EVERYTHING | {"say"}, language)
    ask(client, Kind.BAR)

    for address in ("/n/40/", "/n/41/", "/n/44/", "/n/45/", "/n/46/1/", "/n/47/"):
        answer = get(client, address)
        assert "<title>Page</title>" in answer.content.decode()
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Maya" not in answer.content.decode()
        assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_an_answer_stands_in_the_file_of_what_was_asked(cast: Cast) -> None:
    zoe = follow("Zoé", desk=cast.institute.id, louise=cast.louise, worker=cast.yanick)
    ask(her_notebook(cast), Kind.COPY)
    with acting(cast.ines):
        [asked] = Ask.objects.all()

    row = Answer(
        id=uuid4(),
        file_id=zoe.file_id,
        ask_id=asked.pk,
        stands=Answer.Stands.DONE,
        written_by=cast.yanick.user_id,
        written_at=MONDAY,
    )
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with acting(cast.yanick):
        vault.lock(row, words="")
        with refused, transaction.atomic():
            Answer.objects.bulk_create([row])

"""Does she read who sees her file, and take back what she shares, behind her PIN?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from spheres.core import clock
from spheres.followup.consents import queries as consents
from spheres.followup.consents.tests.factories import share
from spheres.portal.my_say.tests.factories import (
    PROVEN,
    SAY,
    born_on,
    get,
    her_notebook,
    past_pin,
)
from spheres.portal.notebook import actions as notebook
from spheres.portal.notebook.tests.factories import EVERYTHING, herself
from spheres.sharing.models import Consent
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import learn_french, signed_in

learn_french()


def shared_now(cast: Cast) -> set[str]:
    with acting(cast.ines):
        found = consents.of_file(cast.maya.file_id, actor=cast.ines, at=MONDAY)
    return {str(one.consent.pk) for one in found if one.is_live}


def nameless(answer) -> str:  # type: ignore[no-untyped-def]
    """The page, but for its address and the number under which it is told to us."""
    said = answer.content.decode()
    return re.sub(r"/n/\d+/|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}|nonce-?[^\s>]*", "", said)


def press(client: Client, shown, **typed: str):  # type: ignore[no-untyped-def]
    """The form of the page of what she shares, with what that page carries."""
    sent = {
        "form_id": shown.context["form"].signed_id,
        "proof": shown.context["proven"],
        **typed,
    }
    with clock.at(MONDAY):
        return client.post("/n/44/", sent)


@pytest.mark.parametrize("address", PROVEN)
def test_nothing_is_shown_before_her_pin(cast: Cast, address: str) -> None:
    client = her_notebook(cast)
    share(cast)

    before = get(client, address).content.decode()
    wrong = past_pin(client, address, "111222")

    for said in (before, wrong.content.decode()):
        assert "Inès" not in said
        assert "ailleurs" not in said
    assert wrong.status_code == 422
    assert "Ce n’est pas ton NIP" in wrong.content.decode()


def test_the_fifth_wrong_pin_puts_her_out(cast: Cast) -> None:
    client = her_notebook(cast)
    for _ in range(5):
        past_pin(client, "/n/41/", "111222")

    assert get(client, "/n/40/").headers["Location"] == "/n/"


def test_she_reads_who_can_see_her_file(cast: Cast) -> None:
    client = her_notebook(cast)
    share(cast, user_id=cast.samir.user_id)

    said = past_pin(client, "/n/41/").content.decode()

    assert "Inès" in said
    assert "Samir" in said
    assert "Tu partages ceci avec cette personne" in said
    for nobody in ("Louise", "Karim", "Roy", "Yanick", "Nadia"):
        assert nobody not in said


def test_she_reads_who_opened_it_never_that_she_did(cast: Cast) -> None:
    client = her_notebook(cast)

    shown = past_pin(client, "/n/42/").content.decode()

    assert "Inès" in shown
    assert "carnet : " not in shown
    assert "Le logiciel" not in shown


def test_she_reads_what_was_told_of_her(cast: Cast) -> None:
    client = her_notebook(cast)

    assert "Rien n’a été communiqué à ton sujet" in past_pin(client, "/n/43/").content.decode()


def test_one_pin_leads_from_page_to_page_for_a_few_minutes(cast: Cast) -> None:
    client = her_notebook(cast)
    proven = past_pin(client, "/n/41/").context["proven"]

    with clock.at(MONDAY + timedelta(minutes=4)):
        soon = client.post("/n/42/", {"proof": proven})
    with clock.at(MONDAY + timedelta(minutes=6)):
        later = client.post("/n/42/", {"proof": proven})
    with clock.at(MONDAY + timedelta(minutes=6)):
        forged = client.post("/n/42/", {"proof": proven.replace(":", ";")})

    assert "Inès" in soon.content.decode()
    assert "Inès" not in later.content.decode()
    assert "Inès" not in forged.content.decode()


def test_she_takes_back_one_and_the_other_stands(cast: Cast) -> None:
    client = her_notebook(cast)
    one = share(cast)
    other = share(cast, "another", organisation_id=cast.foundation.pk)
    shown = past_pin(client, "/n/44/")

    done = press(client, shown, step="some", which=str(one))
    twice = press(client, shown, step="some", which=str(one))

    assert "C’est repris" in done.content.decode()
    assert twice.status_code == 422
    assert shared_now(cast) == {str(other)}
    with acting(cast.ines):
        row = Consent.objects.get(pk=one)
    assert (row.withdrawer, row.withdrawn_by) == ("HERSELF", herself(cast).user_id)


def test_she_takes_back_everything_and_her_worker_knows(cast: Cast) -> None:
    client, ines = her_notebook(cast), signed_in(cast.ines)
    share(cast)
    share(cast, "another", organisation_id=cast.foundation.pk)
    shown = past_pin(client, "/n/44/")

    press(client, shown, step="all")
    again = press(client, shown, step="all")

    assert "C’est repris" in again.content.decode()
    assert shared_now(cast) == set()
    day = get(ines, "/").content.decode()
    assert len(re.findall("a repris, depuis son carnet", day)) == 1


def test_nothing_ticked_takes_nothing_back(cast: Cast) -> None:
    client = her_notebook(cast)
    one = share(cast)
    shown = past_pin(client, "/n/44/")

    refused = press(client, shown, step="some")

    assert refused.status_code == 422
    assert shared_now(cast) == {str(one)}


def test_what_is_said_before_she_takes_back(cast: Cast) -> None:
    client = her_notebook(cast)
    share(cast)

    said = past_pin(client, "/n/44/").content.decode()

    for words in ("Ce qui arrête", "Ce qui n’arrête pas", "Ton aide continue"):
        assert words in said


def test_before_14_she_reads_what_is_shared_and_takes_nothing_back(cast: Cast) -> None:
    client = her_notebook(cast)
    one = share(cast)
    born_on(cast, "2013-05-04")
    shown = past_pin(client, "/n/44/")

    with clock.at(MONDAY):
        refused = client.post("/n/44/", {"proof": shown.context["proven"], "step": "all"})

    assert refused.status_code == 404
    assert shared_now(cast) == {str(one)}
    for address in ("/n/41/", "/n/42/", "/n/43/"):
        assert get(client, address).status_code == 404
    home = get(client, "/n/40/").content.decode()
    assert "Qui peut voir" not in home
    assert "Avant 14 ans" in home


@pytest.mark.parametrize(
    ("level", "kinds"), [("PRACTICAL", frozenset()), ("READ", EVERYTHING), ("WRITE", EVERYTHING)]
)
def test_what_she_did_not_allow_does_not_exist(
    cast: Cast, level: str, kinds: frozenset[str]
) -> None:
    client = her_notebook(cast, level, kinds)

    unknown = nameless(get(client, "/n/400/"))
    for address in PROVEN:
        answer = get(client, address)
        assert answer.status_code == 404
        assert nameless(answer) == unknown
    assert get(client, "/n/45/").status_code == 200


def test_lowered_the_pages_are_closed_at_once(cast: Cast) -> None:
    client = her_notebook(cast)
    proven = past_pin(client, "/n/41/").context["proven"]

    with clock.at(MONDAY):
        form_id = client.get("/n/2/").context["form"].signed_id
        client.post("/n/2/", {"form_id": form_id, "level": "READ", "kinds": ["words"]})
        after = client.post("/n/42/", {"proof": proven})

    assert after.status_code == 404


def test_once_closed_every_page_leads_to_the_door(cast: Cast) -> None:
    client = her_notebook(cast)
    with acting(cast.ines):
        notebook.close(cast.maya.file_id, by=cast.ines, at=MONDAY)

    for address in ("/n/40/", *PROVEN, "/n/45/", "/n/46/1/", "/n/47/"):
        assert get(client, address).headers["Location"] == "/n/"


def test_the_database_lets_her_take_back_her_own_and_as_herself_alone(cast: Cast) -> None:
    her_notebook(cast)
    one = share(cast)
    she = herself(cast)
    mine = Consent.objects.filter(pk=one)

    for refused in (
        {"withdrawn_at": MONDAY, "withdrawer": "TEAM"},
        {"withdrawn_at": MONDAY - timedelta(days=1), "withdrawer": "HERSELF"},
    ):
        with (
            transaction.atomic(),
            acting(she),
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
        ):
            mine.update(**refused, withdrawn_by=she.user_id)


def test_without_what_she_allowed_the_database_takes_nothing_back(cast: Cast) -> None:
    her_notebook(cast, "WRITE", EVERYTHING)
    one = share(cast)
    she = herself(cast)

    with acting(she):
        rows = Consent.objects.filter(pk=one).update(
            withdrawn_at=MONDAY, withdrawer="HERSELF", withdrawn_by=she.user_id
        )

    assert rows == 0
    assert shared_now(cast) == {str(one)}


def test_another_persons_consents_are_not_hers(cast: Cast) -> None:
    client = her_notebook(cast, "READ", SAY)
    one = share(cast)
    shown = past_pin(client, "/n/44/")

    refused = press(client, shown, step="some", which=str(uuid_of("of somebody else")))

    assert refused.status_code == 422
    assert shared_now(cast) == {str(one)}

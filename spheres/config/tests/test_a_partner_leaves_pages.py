"""Which pages does each see when La Maison leaves: its manager, the coordination, its workers?"""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.departure import actions
from spheres.followup.departure.tests.factories import (
    A_DAY,
    APRIL,
    LAST,
    announced,
    get,
    says,
    send,
)
from spheres.followup.passages import actions as passages
from spheres.sharing.models import Departure
from spheres.vault.tests.test_sealing import unsealed
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, follow, uuid_of
from tests.pages import Page, signed_in

WORDS = "quatre mots que personne ne devine"


@pytest.fixture
def helene(cast: Cast) -> Actor:
    """Who manages La Maison."""
    with acting(LOADER):
        return add_person("Hélène", cast.la_maison, Role.ORGANISATION_MANAGER)


def test_before_it_is_confirmed_nobody_is_asked(cast: Cast, helene: Actor) -> None:
    with acting(helene):
        actions.ask(uuid_of("departure"), LAST, by=helene)

    ines = signed_in(cast.ines)

    assert get(ines, "/partnership/people/")[0] == 404
    assert get(ines, f"/files/{cast.maya.file_id}/partner-leaving/")[0] == 404
    assert "quitte le programme" not in get(ines, "/")[1]


def test_the_whole_way_through_the_pages(cast: Cast, helene: Actor) -> None:
    manager, desk, ines = signed_in(helene), signed_in(cast.louise), signed_in(cast.ines)
    _, page = get(manager, "/partnership/leave/")
    said = {"form_id": Page(page).fields["form_id"], "decided": "on"}

    asked = send(manager, "/partnership/leave/", last_on="2026-04-03", **said)
    with acting(cast.louise):
        one = f"/partners-leaving/{Departure.objects.get().pk}/"
    told = get(desk, "/partners-leaving/")[1]
    confirmed = send(desk, f"{one}confirm/")
    day = get(ines, "/")[1]
    hers = f"/files/{cast.maya.file_id}/partner-leaving/"
    _, page = get(ines, hers)
    wrong = send(ines, hers, form_id=Page(page).fields["form_id"], way="ANOTHER", partner="")
    kept = send(
        ines, hers, form_id=Page(page).fields["form_id"], way="ANOTHER",
        partner=str(cast.elsewhere.pk), her_words="Avec Samir, je le connais.",
    )  # fmt: skip
    people = get(ines, "/partnership/people/")[1]
    file_page = get(ines, f"/files/{cast.maya.file_id}/")[1]

    assert asked == (302, "/partnership/")
    assert "Cela attend votre réponse" in told
    assert confirmed == (302, one)
    assert "votre organisme quitte le programme" in day
    assert (wrong[0], kept) == (422, (302, "/partnership/people/"))
    assert "Maya" in people
    assert "Ailleurs" in people
    assert "L’organisme quitte le programme" in file_page
    with acting(cast.ines, APRIL - A_DAY):
        farewell = passages.Farewell(uuid_of("a letter"), "Merci pour la route.")
        passages.close(cast.maya.file_id, farewell, by=cast.ines, at=APRIL - A_DAY)
    april = {who: signed_in(actor, at=APRIL) for who, actor in (("m", helene), ("d", cast.louise))}
    assert get(april["d"], f"{one}end/", APRIL)[0] == 403
    assert send(april["m"], "/partnership/received/", APRIL) == (302, "/partnership/")
    _, page = get(april["d"], f"{one}end/", APRIL)
    last = send(april["d"], f"{one}end/", APRIL, form_id=Page(page).fields["form_id"], read="on")
    assert last == (302, one)
    proof = get(april["d"], one, APRIL)[1]
    assert "Les dossiers des autres n’ont pas bougé" in proof
    assert get(april["m"], "/partnership/", APRIL)[0] == 302
    with acting(cast.louise, APRIL):
        told_of = Event.objects.filter(actor_id=cast.louise.user_id, action__startswith="departure")
        assert set(told_of.values_list("action", flat=True)) >= {
            "departure.confirmed",
            "departure.ended",
        }


def copies(client: Client, **said: str) -> tuple[int, dict[str, str]]:
    """What the archive holds, by name; read as the format says."""
    _, page = get(client, "/partnership/copy/")
    told = {"form_id": Page(page).fields["form_id"], "passphrase": WORDS, "again": WORDS} | said
    with clock.at(MONDAY):
        answer = client.post("/partnership/copy/", told)
    if answer.status_code != 200:
        return answer.status_code, {}
    with ZipFile(BytesIO(unsealed(answer.content, WORDS))) as made:
        return 200, {name: made.read(name).decode() for name in made.namelist()}


def test_each_worker_copies_the_files_of_her_people_and_a_manager_the_registers(
    cast: Cast, helene: Actor
) -> None:
    follow("Lou", desk=cast.institute.pk, louise=cast.louise, worker=cast.samir)
    announced(cast, helene)
    says(cast, "STAYS", her_words="Je reste avec Inès.")

    status, hers = copies(signed_in(cast.ines))
    _, none = copies(signed_in(cast.yanick))
    _, registers = copies(signed_in(helene))

    file = f"dossiers/001-{str(cast.maya.file_id)[:8]}/dossier"
    assert (status, set(hers)) == (200, {"LISEZ-MOI.txt", f"{file}.json", f"{file}.txt"})
    tables = json.loads(hers[f"{file}.json"])["tables"]
    assert [row["chosen_name"] for row in tables["participants_identity"]][-1] == "Maya"
    assert [row["her_words"] for row in tables["notes_note"]] == ["J’ai dormi."]
    assert [row["her_words"] for row in tables["departure_say"]] == ["Je reste avec Inès."]
    assert {row["file_id"] for row in tables["participants_assignment"]} == {str(cast.maya.file_id)}
    assert "note.signed" in {row["action"] for row in tables["journal"]}
    for words in ("Maya", "J’ai dormi.", "Je veux une place à moi.", "Inès"):
        assert words in hers[f"{file}.txt"], words
    assert "Lou" not in "".join(hers.values())
    assert set(none) == {"LISEZ-MOI.txt"}
    assert set(registers) == {
        "LISEZ-MOI.txt", "registres/appartenances.json", "registres/confirmations.json",
        "registres/depart.json", "registres/organisme.json",
    }  # fmt: skip
    assert "Maya" not in "".join(registers.values())
    with acting(cast.ines):
        told = Event.objects.filter(chain_id=cast.maya.file_id, action="departure.copied")
        assert [event.actor_id for event in told] == [cast.ines.user_id]


def test_a_copy_needs_a_long_passphrase_typed_twice_and_a_departure_that_goes_on(
    cast: Cast, helene: Actor
) -> None:
    before = get(signed_in(cast.ines), "/partnership/copy/")[0]
    announced(cast, helene)
    ines = signed_in(cast.ines)

    assert before == 404
    assert copies(ines, passphrase="trop court", again="trop court")[0] == 422
    assert copies(ines, again="d’autres mots que ceux-là")[0] == 422
    for other in (cast.louise, cast.samir, cast.roy, cast.amrani):
        assert get(signed_in(other), "/partnership/copy/")[0] == 404
    assert get(signed_in(cast.karim), "/partnership/copy/")[0] == 403

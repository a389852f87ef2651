"""Which pages does each see when La Maison leaves: its manager, the coordination, its workers?"""

from __future__ import annotations

import pytest

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core.actor import Actor
from spheres.followup.departure import actions
from spheres.followup.departure.tests.factories import A_DAY, APRIL, LAST, get, send
from spheres.followup.passages import actions as passages
from spheres.sharing.models import Departure
from tests.cast import LOADER, Cast, acting, add_person, uuid_of
from tests.pages import Page, signed_in


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

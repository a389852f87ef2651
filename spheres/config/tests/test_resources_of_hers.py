"""Does a resource of the directory, opened for one person, begin an accompaniment?"""

from __future__ import annotations

import html
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.directory.models import Resource
from spheres.directory.tests.factories import BEDS, resource_id
from spheres.followup.accompaniments import actions, documents, queries
from spheres.followup.accompaniments.models import Accompaniment
from spheres.followup.handing_over.tests.factories import LATER, hand_over
from spheres.vault import actions as vault
from tests.cast import LOADER, MONDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in, untranslated

ROOF = "physical_shelter"

pytestmark = pytest.mark.django_db


def begun(cast: Cast, **said: Any) -> UUID:
    with acting(cast.ines):
        written = actions.Written(uuid_of("towards a roof"), "housing", MONDAY, **said)
        return actions.sign(cast.maya.file_id, written, by=cast.ines, at=MONDAY)


def shown(cast: Cast, place: str, *args: UUID, who: str = "ines", at: datetime = MONDAY) -> str:
    actor: Actor = getattr(cast, who)
    with clock.at(at):
        address = reverse(f"accompaniments:{place}", args=[cast.maya.file_id, *args])
        return read(signed_in(actor, at=at).get(address))


def read(answer: Any) -> str:
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_from_an_urgent_need_a_resource_begins_an_accompaniment(cast: Cast) -> None:
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        write = reverse("urgent_needs:write", args=[cast.maya.file_id])
        number = Page(ines.get(write).content.decode()).fields["form_id"]
        ines.post(write, {"form_id": number, "need": "shelter"})
        need = reverse("urgent_needs:detail", args=[cast.maya.file_id, UUID(number.split(":")[0])])
        asks = Page(ines.get(need).content.decode()).fields
        look = reverse("accompaniments:resources", args=[cast.maya.file_id])
        sent = {"domain": asks["domain"], "urgent_need": asks["urgent_need"], "need": ROOF}
        found = read(ines.post(look, sent))
        begin = reverse("accompaniments:begin_with", args=[cast.maya.file_id])
        chosen = {"resource": str(resource_id(BEDS)), **sent}
        page = ines.post(begin, chosen).content.decode()

    assert "Lits d’urgence pour jeunes" in found
    assert "Soins dentaires" not in found
    for value in (resource_id(BEDS), UUID(number.split(":")[0])):
        assert f'<option value="{value}" selected' in page
    with acting(cast.ines):
        assert not Accompaniment.objects.exists()


def test_its_page_and_her_sheet_say_the_number_and_the_hours(cast: Cast) -> None:
    number = begun(cast, resource_id=resource_id(BEDS))

    page = shown(cast, "detail", number)

    assert "Lits d’urgence pour jeunes" in page
    assert "tel:" in page
    with acting(cast.ines):
        record = queries.of_file(cast.maya.file_id, actor=cast.ines).get(pk=number)
        vault.open([record], by=cast.ines)
        resource = queries.resource_of(record, actor=cast.ines)
        assert resource is not None
        said = documents.taken_along(record, "", None, resource)
    [where] = [part["lines"] for part in said["parts"] if resource.name in part["lines"]]
    assert where[:2] == [resource.name, resource.call]


def test_whoever_answers_for_a_while_looks_without_beginning(cast: Cast) -> None:
    hand_over(cast, "identity", "contact")
    page = shown(cast, "resources", who="yanick", at=LATER)

    assert "Lits d’urgence pour jeunes" in page
    assert "Commencer avec celle-ci" not in page


def test_what_is_told_to_it_bears_its_name(cast: Cast) -> None:
    number = begun(cast, resource_id=resource_id(BEDS))

    assert Page(shown(cast, "agree", number)).fields["to_whom"] == "Lits d’urgence pour jeunes"


def test_what_left_the_directory_stays_named_and_may_be_kept_in_a_correction(cast: Cast) -> None:
    number = begun(cast, resource_id=resource_id(BEDS))
    with acting(LOADER):
        Resource.objects.filter(pk=resource_id(BEDS)).update(is_offered=False)

    page, correct = shown(cast, "detail", number), shown(cast, "correct", number)

    assert "n’est plus au répertoire" in page
    assert f'<option value="{resource_id(BEDS)}" selected' in correct


@pytest.mark.parametrize("language", ["fr", "en"])
def test_looking_for_a_resource_is_complete_in_both_languages(cast: Cast, language: str) -> None:
    with clock.at(MONDAY), untranslated() as missing:
        ines = signed_in(cast.ines, language=language)
        look = reverse("accompaniments:resources", args=[cast.maya.file_id])
        pages = [ines.get(look), ines.post(look, {"words": "zzzzzz"})]

    assert [page.status_code for page in pages] == [200, 200]
    assert missing == set()

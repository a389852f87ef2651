"""Does the coordination see what a kit from elsewhere would bring, and does the page write
nothing?"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from spheres.core import clock
from spheres.training.catalogue.models import Material, Topic
from spheres.training.kit.tests.factories import FILES, TOPICS, kit
from spheres.training.learning.models import QuestionSet
from tests.cast import LOADER, MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
LOOK, FILES_OF = "/training/kit/look/", "/training/kit/look/files/"
BELOW = TOPICS + TOPICS.replace("ecouter", "suite").replace(
    "minutes", "after: [ecouter]\n  minutes"
)


@pytest.fixture
def teaching(cast: Cast) -> Cast:
    """Listening is taught here too, in another length and with an older guide."""
    with acting(LOADER):
        Topic.objects.create(
            id=uuid_of("ecouter"), slug="ecouter", position=0, kind="INITIAL", title_fr="Écouter",
            title_en="Listening", aims_fr=["Entendre d’abord"], aims_en=["Hear first"],
            minutes=90, after=[], languages=["fr"], valid_months=12,
        )  # fmt: skip
    return cast


def sent(client: Client, content: bytes) -> Any:
    with clock.at(MONDAY):
        page = client.get(LOOK).content.decode()
        form_id = re.search(r'name="form_id" value="([^"]+)"', page)
        assert form_id is not None
        return client.post(
            LOOK, {"form_id": form_id[1], "sent": SimpleUploadedFile("trousse.zip", content)}
        )


def kept(client: Client, page: str, taken: list[str]) -> Any:
    said = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("form_id", "kit")}
    with clock.at(MONDAY):
        return client.post(
            FILES_OF, {name: found[1] for name, found in said.items() if found} | {"taken": taken}
        )


def test_louise_reads_line_by_line_what_is_new_and_what_differs(teaching: Cast) -> None:
    with untranslated() as missing:
        answer = sent(signed_in(teaching.louise), kit())
    page = re.sub("[ \n]+", " ", answer.content.decode())
    assert (answer.status_code, missing) == (200, set())
    for words in (
        "<strong>Programme d’ailleurs</strong> (région ailleurs), trousse du 4 mars 2026",
        "Licence des thèmes et des questions\u00a0: CC BY 4.0 (fr)",
        "Pas encore ici\u00a0: 2", "Diffère\u00a0: 1", "Identique\u00a0: 0",
        "<h3>Durée, en minutes</h3>", "<p>90</p>", "<p>60</p>", "https://ailleurs.example/guide",
        "load_region regions/demo --preview",
    ):  # fmt: skip
        assert words in page, words
    ticked = set(re.findall(r'value="([a-z/]+[a-z0-9]*)"[^>]*checked', page))
    assert ticked == {"learning/ecouter", "materials/0"}


def test_she_keeps_files_that_hold_what_she_took_and_nothing_is_written(teaching: Cast) -> None:
    client = signed_in(teaching.louise)
    page = sent(client, kit()).content.decode()

    answer = kept(client, page, ["topics/ecouter", "learning/ecouter"])

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    archive = ZipFile(BytesIO(answer.content))
    assert archive.namelist() == [
        "README.txt", "topics.yaml", "learning/ecouter.yaml", "materials.yaml",
    ]  # fmt: skip
    assert "minutes: 60" in archive.read("topics.yaml").decode()
    assert archive.read("materials.yaml") == b"[]\n"
    assert "regions/demo --preview" in archive.read("README.txt").decode()
    with acting(teaching.louise):
        assert Topic.objects.get().minutes == 90
        assert (QuestionSet.objects.count(), Material.objects.count()) == (0, 0)


def test_what_cannot_stand_together_is_said_and_the_choice_is_kept(cast: Cast) -> None:
    client = signed_in(cast.louise)
    page = sent(client, kit({**FILES, "topics.yaml": BELOW})).content.decode()

    answer = kept(client, page, ["topics/suite"])
    nothing = kept(client, page, [])

    assert (answer.status_code, nothing.status_code) == (422, 422)
    said = answer.content.decode()
    assert "a besoin du thème «\u00a0ecouter\u00a0»" in said
    assert re.findall(r'value="([a-z/]+)"[^>]*checked', said) == ["topics/suite"]
    assert "Choisissez au moins une ligne" in nothing.content.decode()
    again = kept(client, said, ["topics/suite", "topics/ecouter"])
    assert again.status_code == 200


def test_what_is_no_kit_is_refused_with_a_sentence_and_the_form_stays(cast: Cast) -> None:
    client = signed_in(cast.louise)
    for content, sentence in ((b"x", "Ce n’est pas une trousse"), (b"", "Ce fichier est vide")):
        answer = sent(client, content)
        page = answer.content.decode()
        assert (answer.status_code, sentence in page, 'name="sent"' in page) == (422, True, True)


def test_a_kit_that_does_not_come_back_as_it_went_is_asked_for_anew(cast: Cast) -> None:
    client = signed_in(cast.louise)
    with clock.at(MONDAY):
        for said in ({}, {"kit": "é"}, {"kit": "UEsDBA=="}):
            answer = client.post(FILES_OF, said)
            assert (answer.status_code, answer["Location"]) == (302, LOOK)


def test_the_coordination_alone_looks_at_a_kit(cast: Cast) -> None:
    with clock.at(MONDAY):
        client = signed_in(cast.ines)
        answers = (client.get(LOOK), client.post(LOOK), client.post(FILES_OF))
    assert [one.status_code for one in answers] == [403, 403, 403]

"""Louise brings in past trainings from a list: its model, what is wrong, the progress, the end.

Her first list is not one; the second has two lines to correct, which she reads by line and column.
She brings in the others, follows how far it has come, then undoes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.core import clock
from spheres.core.actor import service
from spheres.training.attestations.models import Attestation
from spheres.training.brought_in import actions
from tests.cast import acting
from tests.journeys import test_school
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
arranged = test_school.arranged
SERVICE = service("past_trainings")
SAID = {
    "fr": {
        "header": "Nom;Courriel;Organisme;Milieu;Thème;Date;Heures;Genre;Région",
        "no_list": "Il manque", "wrong_day": "Ce jour n’est dans aucun calendrier",
        "added": "2 formations sont ajoutées", "left_out": "2 lignes sont laissées de côté",
        "progress": "0 sur 2", "done": "2 formations ont été ajoutées",
        "undone": "La liste peut être envoyée de nouveau",
    },
    "en": {
        "header": "Name,E-mail,Organisation,Environment,Topic,Date,Hours,Kind,Region",
        "no_list": "Missing", "wrong_day": "This day is in no calendar",
        "added": "2 trainings are added", "left_out": "2 lines are left out",
        "progress": "0 of 2", "done": "2 trainings were added",
        "undone": "The list may be sent again",
    },
}  # fmt: skip


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Odile {way.number}") as one:
        yield one


def sends(page: Page, name: str, text: str) -> None:
    page.locator("main [name=sent]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.locator("main form .button-primary").first.click()


def the_queue_works(story: Story, list_id: UUID) -> None:
    """What the worker does: one job after the other, until nothing is left."""
    is_more = True
    while is_more:
        at = clock.now()
        with story.site.at_home(), acting(SERVICE, at), clock.at(at):
            is_more = actions.go_on(list_id, by=SERVICE, at=at)


def attested(story: Story) -> int:
    with story.site.at_home(), acting(story.cast.louise):
        return Attestation.objects.filter(name__startswith=story.name).count()


def test_from_the_empty_model_to_what_is_undone(story: Story) -> None:
    said = SAID[story.language]
    separator = ";" if ";" in said["header"] else ","
    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", "/training/")
    louise.locator("main a[href='/training/past/']").first.click()
    story.reads_clearly("Louise")

    # The model bears the names of the columns; a list without them says which are missing.
    with louise.expect_download() as download:
        louise.locator("main a[href='/training/past/model/']").click()
    model = download.value.path().read_text(encoding="utf-8-sig").strip()
    assert model.replace('"', "").split(separator)[0] == said["header"].split(separator)[0]
    sends(louise, "rien.csv", said["header"].split(separator)[0] + "\nOdile")
    expect(louise.locator("main .error-summary")).to_contain_text(said["no_list"])
    story.reads_clearly("Louise")

    # Two lines are understood, two are to be corrected: which, and where.
    lines = [
        f"{story.name};;Clinique du Parc;school;stages;2024-04-02;3;;",
        f"{story.name};;Clinique du Parc;school;stages;2025-04-02;3;;",
        f"{story.name};;Clinique du Parc;school;stages;2024-02-31;3;;",
        f"{story.name};;Clinique du Parc;school;=stages;2024-04-03;3;;",
    ]
    text = "\n".join([model, *(line.replace(";", separator) for line in lines)])
    sends(louise, "liste.csv", text)
    main = louise.locator("main")
    for words in ("added", "left_out", "wrong_day"):
        expect(main).to_contain_text(said[words])
    story.reads_clearly("Louise")
    list_id = UUID(louise.url.rstrip("/").rpartition("/")[2])

    # She brings the others in, and sees how far it has come.
    louise.locator("main form .button-primary").first.click()
    expect(main).to_contain_text(said["progress"])
    story.reads_clearly("Louise")
    assert attested(story) == 0
    the_queue_works(story, list_id)
    story.go("Louise", f"/training/past/{list_id}/")
    expect(main).to_contain_text(said["done"])
    story.reads_clearly("Louise")
    assert attested(story) == 2

    # It was a mistake: all of it is undone, and the list may be sent again.
    louise.locator("main form[action$='/undo/'] button").click()
    the_queue_works(story, list_id)
    story.go("Louise", f"/training/past/{list_id}/")
    expect(main).to_contain_text(said["undone"])
    story.reads_clearly("Louise")
    assert attested(story) == 0

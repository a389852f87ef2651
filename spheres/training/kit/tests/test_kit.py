"""Does another region read the kit as its own files, and does the kit speak of nobody?"""

from __future__ import annotations

import shutil
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from django.conf import settings

from spheres.accounts.models import User
from spheres.core import clock
from spheres.regions import loading
from spheres.regions import queries as regions
from spheres.regions.models import Text
from spheres.training.catalogue import actions as catalogue
from spheres.training.catalogue.models import Material, Topic
from spheres.training.kit import packing, queries
from spheres.training.learning.models import QuestionSet
from tests.cast import LOADER, MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
DEMO = settings.ROOT / "regions" / "demo"
ADDRESS = "https://example.org/guide-2"


@pytest.fixture
def taught(cast: Cast) -> Cast:
    """All that the demonstration region teaches and asks, and one material in two versions."""
    said = loading.check(DEMO).said
    with acting(LOADER):
        for row in said["topics"]:
            row.id = uuid_of(row.slug)
        Topic.objects.bulk_create(said["topics"])
        QuestionSet.objects.bulk_create(
            QuestionSet(
                id=uuid_of(f"asked {one.slug}"), slug=one.slug, version=one.version,
                position=position, title_fr=one.slug, title_en=one.slug,
                definition=one.definition,
            )
            for position, one in enumerate(said["learning"])
        )  # fmt: skip
    keep(cast, 1, "https://example.org/guide-1")
    keep(cast, 2, ADDRESS)
    return cast


def keep(cast: Cast, version: int, address: str) -> None:
    with clock.at(MONDAY), acting(cast.louise):
        Material.objects.create(
            id=uuid_of(f"guide {version}"), material_id=uuid_of("guide 1"), version=version,
            topic="exploitation-sexuelle", title="Guide", language="fr",
            dated_on=date(2026, 1, version), address=address, written_by=cast.louise.user_id,
            written_at=MONDAY,
        )  # fmt: skip


def taken(cast: Cast) -> ZipFile:
    with clock.at(MONDAY):
        answer = signed_in(cast.louise).get("/training/kit/copy/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    return ZipFile(BytesIO(answer.content))


def test_another_region_reads_the_topics_and_questions_of_the_kit_as_its_own(
    taught: Cast, tmp_path: Path
) -> None:
    there = tmp_path / "demo"
    shutil.copytree(DEMO, there)
    shutil.rmtree(there / "learning")
    (there / "topics.yaml").unlink()
    archive = taken(taught)
    for name in archive.namelist():
        if name == "topics.yaml" or name.startswith("learning/"):
            archive.extract(name, there)
    assert said_by(there) == said_by(DEMO)


def said_by(folder: Path) -> tuple[list[object], list[object]]:
    said = loading.check(folder).said
    return (
        [
            {k: v for k, v in vars(row).items() if k not in ("_state", "id")}
            for row in said["topics"]
        ],
        [(one.slug, one.version, one.definition) for one in said["learning"]],
    )


def test_the_manifest_says_whence_it_comes_and_the_digest_of_each_file(taught: Cast) -> None:
    archive = taken(taught)
    said = yaml.safe_load(archive.read("kit.yaml"))
    digests = {
        name: packing.sha256(archive.read(name)).hexdigest()
        for name in archive.namelist()
        if name != "kit.yaml"
    }
    assert (said["format"], said["day"], said["files"]) == (2, MONDAY.date(), digests)
    assert said["region"] == regions.region().slug


def test_the_manifest_and_the_readme_say_the_licence_in_both_languages(taught: Cast) -> None:
    archive = taken(taught)
    terms = yaml.safe_load(archive.read("kit.yaml"))["licence"]
    readme = archive.read("README.txt").decode()
    assert [terms[one].split(",")[0] for one in ("fr", "en")] == [
        "Licence publique générale GNU Affero", "GNU Affero General Public License",
    ]  # fmt: skip
    assert f"Licence des thèmes et des questions\u00a0: {terms['fr']}" in readme
    assert f"Licence of topics and questions: {terms['en']}" in readme


def test_a_region_may_give_what_it_wrote_on_terms_of_its_own(taught: Cast) -> None:
    own = Text(id=uuid_of("terms"), key=packing.LICENCE, fr="CC BY 4.0, en français",
               en="CC BY 4.0", original="fr", translation="reviewed")  # fmt: skip
    with acting(LOADER):
        own.save(force_insert=True)
    regions.forget()
    terms = yaml.safe_load(taken(taught).read("kit.yaml"))["licence"]
    assert terms == {"fr": "CC BY 4.0, en français", "en": "CC BY 4.0"}


def test_of_a_material_the_newest_link_leaves_and_not_who_kept_it(taught: Cast) -> None:
    assert yaml.safe_load(taken(taught).read("materials.yaml")) == [
        {
            "topic": "exploitation-sexuelle", "title": "Guide", "language": "fr", "version": 2,
            "dated_on": date(2026, 1, 2), "address": ADDRESS,
        }
    ]  # fmt: skip


def test_no_person_nor_who_teaches_is_in_any_file_of_it(taught: Cast) -> None:
    with acting(taught.louise):
        said = catalogue.Said(uuid_of("rives"), ["reseaux"], ["fr"], ["HERE"])
        catalogue.say_outside(said, "Centre des Rives", by=taught.louise, at=MONDAY)
        people = list(User.objects.values_list("name", "email", "id"))
    archive = taken(taught)
    whole = "\n".join(
        [*archive.namelist(), *(archive.read(one).decode() for one in archive.filelist)]
    )
    words = {str(word) for person in people for word in person} | {
        "Maya", "Centre des Rives", str(taught.louise.organisation_id), str(uuid_of("guide 2")),
    }  # fmt: skip
    assert (len(people), [word for word in sorted(words) if word in whole]) == (8, [])


def test_the_same_content_gives_the_same_bytes(taught: Cast) -> None:
    with acting(taught.louise):
        region = regions.region()
        once, again = (
            packing.packed(queries.kit(actor=taught.louise), region, MONDAY.date())
            for _ in range(2)
        )
    assert once == again


def test_the_page_shows_what_leaves_and_is_for_those_who_coordinate_or_train(taught: Cast) -> None:
    with clock.at(MONDAY), untranslated() as missing:
        page = signed_in(taught.louise).get("/training/kit/")
        refused = [
            signed_in(taught.ines).get(there).status_code
            for there in ("/training/kit/", "/training/kit/copy/")
        ]
    assert (ADDRESS in page.content.decode(), refused, missing) == (True, [403, 403], set())


def test_before_anything_is_taught_the_page_says_so(cast: Cast) -> None:
    with clock.at(MONDAY):
        page = signed_in(cast.louise).get("/training/kit/").content.decode()
    assert ("Aucun thème pour l’instant" in page, "/training/kit/copy/" in page) == (True, False)

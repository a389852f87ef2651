"""Does a region that loads what another gave it teach, ask and give exactly the same?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
import yaml
from django.conf import settings
from django.db import transaction

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.regions import loading
from spheres.regions import queries as regions
from spheres.regions.reading import Refused
from spheres.training.catalogue.models import Material, Topic
from spheres.training.kit import comparing, packing, queries, unpacking
from spheres.training.learning.models import QuestionSet
from tests.cast import LOADER, MONDAY, acting, uuid_of

pytestmark = pytest.mark.django_db
COORDINATES = Actor(uuid_of("coordinates"), uuid_of("there"), frozenset({Role.COORDINATOR.value}))
TOLD = ("slug", "part_of", "position", "kind", "is_recommended", "title_fr", "title_en", "aims_fr",
        "aims_en", "minutes", "after", "languages", "valid_months", "is_shown")  # fmt: skip


@pytest.fixture(autouse=True)
def _no_memory_of_another_test() -> Iterator[None]:
    regions.forget()
    yield
    regions.forget()


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """The folder of another region, which teaches nothing yet."""
    folder = tmp_path / "laval"
    shutil.copytree(settings.ROOT / "regions" / "montreal", folder)
    shutil.rmtree(folder / "learning")
    for name in ("topics.yaml", "asked_topics.yaml"):
        (folder / name).unlink()
    said = (folder / "region.yaml").read_text()
    (folder / "region.yaml").write_text(said.replace("slug: montreal", "slug: laval"))
    return folder


def load(folder: Path, at: datetime = MONDAY) -> None:
    found = loading.check(folder)
    with acting(LOADER, at):
        loading.load(found, by=LOADER, at=at)
    regions.forget()


def given() -> bytes:
    with acting(COORDINATES):
        return packing.packed(queries.kit(actor=COORDINATES), regions.region(), MONDAY.date())


def given_by_montreal() -> tuple[bytes, list[Any]]:
    """Its kit, and all that it says; nothing of it stays in the database."""
    with transaction.atomic():
        load(settings.ROOT / "regions" / "montreal")
        for number, title in enumerate(("Guide", "Diapositives", "Guide")):
            keep(f"m{number}", ("fr", "en", "en")[number], title, version=number + 1)
        kit, said = given(), all_said()
        transaction.set_rollback(True)
    regions.forget()
    return kit, said


def keep(word: str, language: str, title: str, *, version: int = 1, of: UUID | None = None) -> None:
    with acting(COORDINATES):
        Material.objects.create(
            id=uuid_of(word), material_id=of or uuid_of(word), version=version,
            topic="reseaux", title=title, language=language, dated_on=date(2026, 1, version),
            address=f"https://montreal.example/{word}", written_by=COORDINATES.user_id,
            written_at=MONDAY,
        )  # fmt: skip


def all_said() -> list[Any]:
    with acting(COORDINATES):
        topics = list(Topic.objects.order_by("position").values_list(*TOLD))
        sets = QuestionSet.objects.order_by("position")
        asked = list(
            sets.values_list("slug", "version", "title_fr", "title_en", "definition", "is_offered")
        )
        kept = list(
            Material.objects.order_by("title", "language").values_list(
                "topic", "title", "language", "version", "dated_on", "address"
            )
        )
    return [topics, asked, kept]


def looked_at(kit: bytes, only: set[str] | None = None) -> bytes:
    """What the coordination keeps of it: all that may be taken, or these alone."""
    with acting(COORDINATES):
        theirs, ours = unpacking.opened(kit), queries.kit(actor=COORDINATES)
        found = comparing.compare(theirs, ours)
        taken = [one.key for one in found.choices if only is None or one.key in only]
        newest = queries.newest_versions(actor=COORDINATES)
        made = comparing.files(theirs, ours, taken, newest)
        return packing.for_region(made, regions.region().slug)


def drop(files: bytes, folder: Path) -> None:
    """As the page says it: the former ones are taken away first."""
    shutil.rmtree(folder / "learning", ignore_errors=True)
    for name in ("topics.yaml", "materials.yaml"):
        (folder / name).unlink(missing_ok=True)
    ZipFile(BytesIO(files)).extractall(folder)


def test_another_region_that_loads_the_kit_teaches_asks_and_gives_the_same(there: Path) -> None:
    kit, said = given_by_montreal()
    load(there)
    drop(looked_at(kit), there)

    load(there)

    assert (len(said[0]), len(said[1]), len(said[2])) == (15, 10, 3)
    assert all_said() == said
    assert but_for_the_origin(given()) == but_for_the_origin(kit)
    assert origin_of(given()) == "laval"


def but_for_the_origin(kit: bytes) -> dict[str, bytes]:
    archive = ZipFile(BytesIO(kit))
    files = {name: archive.read(name) for name in archive.namelist()}
    manifest = yaml.safe_load(files["kit.yaml"])
    del manifest["region"], manifest["programme"]
    return {**files, "kit.yaml": yaml.safe_dump(manifest).encode()}


def origin_of(kit: bytes) -> str:
    return str(yaml.safe_load(ZipFile(BytesIO(kit)).read("kit.yaml"))["region"])


def test_loaded_again_it_changes_nothing_and_a_newer_version_kept_here_stays(there: Path) -> None:
    kit, _said = given_by_montreal()
    load(there)
    drop(looked_at(kit), there)
    load(there)
    with acting(COORDINATES):
        first = Material.objects.get(title="Guide", language="fr").material_id
    keep("ours", "fr", "Guide", version=2, of=first)
    before = all_said()

    load(there)

    assert all_said() == before
    with acting(COORDINATES):
        found = comparing.compare(unpacking.opened(kit), queries.kit(actor=COORDINATES))
    stands = {(one.name, str(one.stand)) for one in found.all if one.stand != "SAME"}
    assert stands == {("Guide", "OLDER")}


def test_what_is_not_taken_stays_and_what_is_taken_instead_is_a_next_version(there: Path) -> None:
    kit, _said = given_by_montreal()
    load(there)
    drop(looked_at(kit), there)
    change(there / "topics.yaml", "minutes: 420", "minutes: 360")
    change(there / "learning" / "reseaux.yaml", "version: 1", "version: 4")
    change(there / "learning" / "reseaux.yaml", "code: ", "code: x_")
    load(there)

    drop(looked_at(kit, only={"learning/reseaux"}), there)
    load(there)

    with acting(COORDINATES):
        asked = QuestionSet.objects.filter(slug="reseaux").order_by("version")
        assert list(asked.values_list("version", "is_offered")) == [(4, False), (5, True)]
        theirs = next(one for one in unpacking.opened(kit).questions if one.slug == "reseaux")
        assert asked[1].definition == theirs.definition
        assert Topic.objects.filter(is_shown=True).count() == 15
        assert Topic.objects.get(slug="exploitation-sexuelle").minutes == 360


def change(file: Path, before: str, after: str) -> None:
    said = file.read_text()
    assert before in said
    file.write_text(said.replace(before, after, 1))


def test_a_topic_that_another_needs_is_asked_for_with_it(there: Path) -> None:
    kit, _said = given_by_montreal()
    load(there)

    with pytest.raises(comparing.NotTogether) as refusal:
        looked_at(kit, only={"topics/reseaux"})

    assert len(refusal.value.sentences) == 1
    assert "exploitation-sexuelle" in refusal.value.sentences[0]


def test_one_version_of_a_material_never_has_two_links(there: Path) -> None:
    kit, _said = given_by_montreal()
    load(there)
    drop(looked_at(kit), there)
    load(there)
    change(there / "materials.yaml", "https://montreal.example/m0", "https://autre.example/")

    with pytest.raises(Refused) as refusal:
        load(there)

    assert [(Path(one.file).name, one.field) for one in refusal.value.faults] == [
        ("materials.yaml", "version")
    ]

"""What is taught, in which order, and who reads it?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, transaction

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.regions import loading
from spheres.regions.reading import Refused
from spheres.training.catalogue import policy, queries
from spheres.training.catalogue.models import Topic
from tests.cast import LOADER, MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
SAID = {
    "kind": "INITIAL", "aims_fr": ["Nommer."], "aims_en": ["To name."], "minutes": 210,
    "languages": ["fr", "en"], "valid_months": 36,
}  # fmt: skip


def put(slug: str, position: int, **said: object) -> None:
    words = {"title_fr": f"Thème {slug}", "title_en": f"Topic {slug}", "after": [], **SAID, **said}
    with acting(LOADER):
        Topic.objects.bulk_create([Topic(id=uuid_of(slug), slug=slug, position=position, **words)])


@pytest.fixture
def taught(cast: Cast) -> Cast:
    put("second", 3, after=["first"])
    put("first", 1)
    put("half", 2, part_of="first")
    put("gone", 4, is_shown=False)
    put("more", 5, is_recommended=True)
    return cast


def test_topics_stand_in_their_order_each_with_its_parts_and_what_comes_first(taught: Cast) -> None:
    with acting(taught.ines):
        found = queries.topics(actor=taught.ines)

    assert [
        (one.row.slug, [part.slug for part in one.parts], [first.slug for first in one.after])
        for one in found
    ] == [("first", ["half"], []), ("second", [], ["first"]), ("more", [], [])]


def test_whoever_has_no_role_reads_none_of_it(taught: Cast) -> None:
    with pytest.raises(NotAllowed):
        policy.can_look(Actor(uuid_of("nobody"), uuid_of("nowhere"), frozenset())).or_raise()


def test_only_the_files_of_the_region_write_topics(taught: Cast) -> None:
    with acting(taught.ines), pytest.raises(ProgrammingError), transaction.atomic():
        put_by_hand("mine")
    with acting(LOADER), pytest.raises(IntegrityError), transaction.atomic():
        put_by_hand("own", part_of="own")


def put_by_hand(slug: str, **said: object) -> None:
    words = {"title_fr": slug, "title_en": slug, "after": [], **SAID, **said}
    Topic.objects.bulk_create([Topic(id=uuid_of(slug), slug=slug, position=9, **words)])


def test_the_pages_say_what_is_taught_in_both_languages(taught: Cast) -> None:
    with clock.at(MONDAY), untranslated() as missing:
        client = signed_in(taught.ines)
        page = client.get("/training/")
        one = client.get(f"/training/topics/{uuid_of('second')}/").content.decode()
    text = " ".join(page.content.decode().split())
    assert (page.status_code, "Thème first" in text, "Thème gone" in text) == (200, True, False)
    assert "3 heures 30 min" in text
    assert missing == set()
    assert (f"/training/topics/{uuid_of('first')}/" in one, "Nommer." in one) == (True, True)
    with clock.at(MONDAY):
        for hidden in ("gone", "half", "nowhere"):
            there = f"/training/topics/{uuid_of(hidden)}/"
            assert signed_in(taught.ines).get(there).status_code == 404


@pytest.mark.parametrize("region", ["demo", "montreal"])
def test_a_region_teaches_the_eight_topics_their_four_parts_and_the_two_that_are_recommended(
    region: str,
) -> None:
    rows = loading.check(settings.ROOT / "regions" / region).said["topics"]
    initial = [row for row in rows if row.kind == "INITIAL"]
    assert len([row for row in initial if not row.part_of]) == 8
    assert len([row for row in initial if row.part_of == "exploitation-sexuelle"]) == 4
    assert [row.slug for row in rows if row.is_recommended] == [
        "premieres-nations-et-inuit", "trauma-vicariant",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("was", "becomes"),
    [("after: [exploitation-sexuelle]", "after: [rappel-annuel]"), ("minutes: 840", "minutes: 5")],
)
def test_a_topic_that_waits_for_a_later_one_or_has_no_length_is_refused(
    was: str, becomes: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(settings.ROOT / "regions" / "demo", tmp_path / "demo")
    file = tmp_path / "demo" / "topics.yaml"
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, becomes, 1), "utf-8")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(Refused) as refusal:
        loading.check(Path("demo"))

    assert str(refusal.value).count("topics.yaml") == 1

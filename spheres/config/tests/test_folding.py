"""After a return, does every page of what was made with her fold what was written before?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from spheres.audit.models import Event
from spheres.core import clock
from spheres.followup.exercises.models import Pen
from spheres.followup.exercises.tests.test_pages import fill, named
from spheres.followup.passages import actions as passages
from spheres.followup.strengths.tests import factories as strengths
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated
from tests.region import demo_words

pytestmark = pytest.mark.django_db

SPHERES, NEEDS, FOOD = "my-spheres", "what-i-need", "physical_food"
BACK = TUESDAY + timedelta(hours=1)
NOW = BACK + timedelta(hours=1)
OWN = "Le chalet"
PATIENT = "Je suis patiente avec les petits."


@pytest.fixture(autouse=True)
def region(db: None) -> Iterator[None]:
    with demo_words():
        yield


@pytest.fixture
def before(cast: Cast) -> None:
    """Her spheres in two voices, her needs, a strength; then she left, and came back."""
    own = {"p-wheel-own-0-name": OWN, "p-wheel-own-0-faces": "4"}
    fill(cast, SPHERES, "hers", own, pen=Pen.HERSELF)
    fill(cast, SPHERES, "guess", own, pen=Pen.WORKER)
    fill(cast, NEEDS, "needs", {f"p-cards-{FOOD}": "now"}, pen=Pen.TOGETHER)
    with acting(cast.ines):
        strengths.write(cast.maya.file_id, uuid_of("strength"), by=cast.ines, at=MONDAY)
    with acting(cast.ines, TUESDAY):
        passages.pass_to(cast.maya.file_id, "LEFT", by=cast.ines, at=TUESDAY)
        passages.come_back(cast.maya.file_id, by=cast.ines, at=BACK)


def where(cast: Cast, name: str, slug: str = "") -> str:
    return reverse(name, args=[cast.maya.file_id, *([named(slug).id] if slug else [])])


def seen(cast: Cast, address: str, language: str = "en") -> str:
    with clock.at(NOW):
        answer = signed_in(cast.ines, language=language, at=NOW).get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


PAGES = [
    ("strengths:log", "", PATIENT, "strength"),
    ("exercises:voices", SPHERES, OWN, "hers"),
    ("exercises:needs", NEEDS, "<table", "needs"),
    ("exercises:history", SPHERES, OWN, "hers"),
    ("exercises:history", NEEDS, "It matters now", "needs"),
    ("plan:page", "", PATIENT, "strength"),
    ("dossier:file", "", PATIENT, "strength"),
]


@pytest.mark.parametrize(("name", "slug", "words", "row"), PAGES)
def test_what_was_written_before_opens_only_when_she_asks_and_the_journal_says_which(
    cast: Cast, before: None, name: str, slug: str, words: str, row: str
) -> None:
    pages, opened = [], []
    for asked in ("", "?earlier=yes"):
        with acting(cast.ines):
            known = set(Event.objects.values_list("pk", flat=True))
        pages.append(seen(cast, where(cast, name, slug) + asked))
        with acting(cast.ines):
            events = Event.objects.exclude(pk__in=known).filter(chain_id=cast.maya.file_id)
            opened.append({one for event in events for one in event.record_ids})

    assert [words in page for page in pages] == [False, True]
    assert ['href="?earlier=yes"' in page for page in pages] == [True, False]
    assert [uuid_of(row) in each for each in opened] == [False, True]


def test_what_she_fills_since_stands_alone_and_her_workers_part_of_before_is_not_offered(
    cast: Cast, before: None
) -> None:
    fill(cast, SPHERES, "since", {"p-wheel-sleep-faces": "3"}, pen=Pen.HERSELF, at=NOW, on=NOW)

    page = seen(cast, where(cast, "exercises:voices", SPHERES))
    asked = seen(cast, where(cast, "exercises:voices", SPHERES) + "?earlier=yes")

    assert "Sleep" in page
    assert OWN not in page
    assert "I ask to see my worker’s part too" not in page
    assert "?earlier=yes&worker=yes" in asked
    assert "?earlier=yes&older=yes" in asked


@pytest.mark.parametrize("name", ["exercises:voices", "exercises:needs"])
def test_with_nothing_since_the_page_says_so_in_her_own_thou(
    cast: Cast, before: None, name: str
) -> None:
    slug = {"exercises:voices": SPHERES, "exercises:needs": NEEDS}[name]
    with untranslated() as missing:
        pages = [seen(cast, where(cast, name, slug), language) for language in ("fr", "en")]

    assert missing == set()
    assert "depuis ton retour" in pages[0].lower()
    assert "since you came back" in pages[1]


def test_whoever_never_left_is_told_of_no_fold(cast: Cast) -> None:
    fill(cast, SPHERES, "hers", {"p-wheel-sleep-faces": "3"}, pen=Pen.HERSELF)

    page = seen(cast, where(cast, "exercises:voices", SPHERES))

    assert "came back" not in page

"""May a file of a region say this version? Asked of the statements of partners, which share it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from spheres.partners.self_assessment.models import StatementSet
from spheres.partners.self_assessment.region import VERSIONS
from spheres.regions.reading import Part, Proof, Refused
from spheres.regions.registry import Kind, Loading
from spheres.regions.versions import SetSaid
from tests.cast import LOADER, MONDAY, Cast, acting

pytestmark = pytest.mark.django_db
FILE = "self_assessment.yaml"


def load(*versions: tuple[int, str]) -> list[Kind]:
    """What a file that says these versions changes; then it is loaded."""
    place = Part(None, FILE, Proof())
    said = [SetSaid("ours", number, {"lead": lead}, place) for number, lead in versions]
    loading = Loading("ours", {"self_assessment": said}, LOADER, MONDAY, MONDAY)
    planned = [change.kind for change in VERSIONS.plan(loading)]
    VERSIONS.apply(loading)
    return planned


def refused(*versions: tuple[int, str]) -> list[str]:
    with translation.override("en"), pytest.raises(Refused) as error:
        load(*versions)
    return [fault.what for fault in error.value.faults]


def standing() -> list[tuple[Any, ...]]:
    rows = StatementSet.objects.filter(slug="ours").order_by("version")
    return [(row.version, row.definition["lead"], row.is_offered) for row in rows]


def test_a_newer_version_is_offered_and_the_older_one_stays_to_be_read(cast: Cast) -> None:
    with acting(LOADER):
        StatementSet.objects.update(is_offered=False)
        assert load((1, "Before")) == [Kind.ADDED]
        assert load((2, "After")) == [Kind.ADDED, Kind.KEPT]
        assert standing() == [(1, "Before", False), (2, "After", True)]


def test_what_is_said_again_as_it_stands_changes_nothing(cast: Cast) -> None:
    with acting(LOADER):
        StatementSet.objects.update(is_offered=False)
        load((1, "Before"))
        assert load((1, "Before")) == []
        assert standing() == [(1, "Before", True)]


def test_other_words_under_the_same_version_are_refused_and_nothing_changes(cast: Cast) -> None:
    with acting(LOADER):
        load((1, "Before"))
        assert refused((1, "After")) == [
            "«ours» changed under the same version (1): what was answered is read under "
            "it, so write version: 2."
        ]
        assert standing() == [(1, "Before", True)]


def test_a_version_that_was_left_never_comes_back(cast: Cast) -> None:
    with acting(LOADER):
        load((1, "Before"))
        load((2, "After"))
        assert refused((1, "Before")) == [
            "«ours» goes back to version 1, and 2 already stands: write version: 3."
        ]
        assert standing() == [(1, "Before", False), (2, "After", True)]

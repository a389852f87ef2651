"""What may a region ask that others wrote? Its own file, by whose permission it is asked."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from spheres.regions.loading import check_alone
from spheres.regions.reading import Refused

THEIRS = """
slug: theirs
version: 1
title: {fr: "Leurs questions", en: "Their questions"}
lead: {fr: "Posées avec leur permission.", en: "Asked with their permission."}
permission: {fr: "Avec la permission de N. Auteur.", en: "By permission of N. Author."}
questions:
  - code: together
    label: {fr: "Travaillons-nous ensemble?", en: "Do we work together?"}
    low: {fr: "Peu", en: "Little"}
    high: {fr: "Beaucoup", en: "Much"}
"""


def read(*texts: str) -> list[Any]:
    files = {f"reflections/{number}.yaml": text.encode() for number, text in enumerate(texts)}
    found: list[Any] = check_alone(files, ["reflections"])["reflections"]
    return found


def test_a_set_that_somebody_else_wrote_says_by_whose_permission_it_is_asked() -> None:
    [theirs] = read(THEIRS)

    assert (theirs.slug, theirs.version) == ("theirs", 1)
    assert theirs.definition["permission"] == {
        "fr": "Avec la permission de N. Auteur.", "en": "By permission of N. Author.",
    }  # fmt: skip


def test_the_same_words_under_two_sets_are_refused() -> None:
    with translation.override("en"), pytest.raises(Refused) as refused:
        read(THEIRS, THEIRS.replace("slug: theirs", "slug: others"))

    assert len(refused.value.faults) == 1

"""What becomes of what leaves a region's file, and stays? Works, topics and committees alike."""

from __future__ import annotations

from typing import Any

import pytest

from spheres.partners.library import region as library
from spheres.regions import committees
from spheres.regions.difference import Kept
from spheres.regions.registry import Kind, Loading
from spheres.training.catalogue import region as catalogue
from tests.cast import LOADER, MONDAY, Cast, acting

pytestmark = pytest.mark.django_db
BOTH = {f"{name}_{code}": name for name in ("name", "mandate") for code in ("fr", "en")}
SAID: list[tuple[Kept[Any], dict[str, Any]]] = [
    (
        library.KEPT,
        {
            "citation": "Brisson, P. (1997).", "evidence": "REPORT", "languages": ["fr"],
            "themes": [], "components": [], "about_fr": "Mots.", "about_en": "Words.",
        },
    ),
    (
        catalogue.KEPT,
        {
            "position": 1, "kind": "INITIAL", "title_fr": "Thème", "title_en": "Topic",
            "aims_fr": [], "aims_en": [], "minutes": 60, "after": [], "languages": ["fr"],
            "valid_months": 0,
        },
    ),
    (
        committees.KEPT,
        {"kind": "OTHER", "rhythm": "MONTHLY", "quorum": 2, "position": 1, **BOTH},
    ),
]  # fmt: skip


def load(kept: Kept[Any], rows: list[Any]) -> list[tuple[Kind, tuple[str, ...]]]:
    """What a file that says these rows changes; then it is loaded."""
    loading = Loading("ours", {kept.section: rows}, LOADER, MONDAY, MONDAY)
    planned = [(change.kind, change.fields) for change in kept.plan(loading)]
    kept.apply(loading)
    return planned


@pytest.mark.parametrize(("kept", "said"), SAID, ids=[kept.section for kept, _said in SAID])
def test_what_leaves_its_file_is_shown_no_more_and_shown_again_once_it_is_said_again(
    cast: Cast, kept: Kept[Any], said: dict[str, Any]
) -> None:
    one, other = (kept.model(slug=slug, **said) for slug in ("one", "other"))
    with acting(LOADER):
        load(kept, [one, other])
        assert load(kept, [one, other]) == []

        assert load(kept, [one]) == [(Kind.KEPT, ())]
        left = kept.model._base_manager.get(slug="other")
        assert (left.pk, getattr(left, kept.shown)) == (other.pk, False)
        assert load(kept, [one]) == []

        assert load(kept, [one, other]) == [(Kind.CHANGED, (kept.shown,))]
        assert getattr(kept.model._base_manager.get(slug="other"), kept.shown) is True

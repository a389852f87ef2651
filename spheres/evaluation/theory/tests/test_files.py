"""What may a region's file say of its theory of change? A chain without a loose end or a loop."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from spheres.regions.loading import check_alone
from spheres.regions.reading import Refused

CHAIN = """
version: 1
lead: {fr: "Ce que nous pensons.", en: "What we think."}
aims:
  - {code: plan, fr: "Un projet", en: "A plan"}
steps:
  - code: walk
    kind: activity
    component: follow_up
    fr: "Marcher avec elle."
    en: "Walk with her."
    leads_to: [safer]
    figures: [contacts]
  - code: safer
    kind: short
    fr: "Se sentir en sécurité."
    en: "Feel safer."
    leads_to: [free]
    shown_by: {fr: "Ce qu’elle en dit.", en: "What she says of it."}
  - code: free
    kind: long
    fr: "Plus d’autonomie."
    en: "More autonomy."
    aims: [plan]
    shown_by: {fr: "Ses exemples.", en: "Her examples."}
"""


def read(text: str) -> dict[str, Any]:
    [said] = check_alone({"theory.yaml": text.encode()}, ["theory"])["theory"]
    definition: dict[str, Any] = said.definition
    return definition


def refused(before: str, after: str) -> list[str]:
    assert before in CHAIN
    with translation.override("en"), pytest.raises(Refused) as error:
        read(CHAIN.replace(before, after))
    return [fault.what for fault in error.value.faults]


def test_a_chain_is_read_with_all_that_it_says() -> None:
    walk, safer, free = read(CHAIN)["steps"]

    assert walk == {
        "code": "walk", "kind": "activity", "fr": "Marcher avec elle.", "en": "Walk with her.",
        "leads_to": ["safer"], "aims": [], "figures": ["contacts"], "component": "follow_up",
    }  # fmt: skip
    assert safer["shown_by"] == {"fr": "Ce qu’elle en dit.", "en": "What she says of it."}
    assert (free["leads_to"], free["aims"]) == ([], ["plan"])


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("leads_to: [free]", "leads_to: [walk, free]", "a step leads to a later one only."),
        ("leads_to: [free]", "leads_to: [safer, free]", "a step leads to a later one only."),
        (
            "leads_to: [safer]", "leads_to: [free]",
            "nothing leads here: name it under leads_to of an earlier step.",
        ),
        ("    component: follow_up\n", "", "say to which component this belongs."),
        ("    aims: [plan]\n", "", "say which aims this serves."),
        (
            "    figures: [contacts]\n", "",
            "say what shows it: figures, or a sentence under shown_by.",
        ),
    ],
)  # fmt: skip
def test_a_loose_end_is_refused_with_how_to_mend_it(before: str, after: str, said: str) -> None:
    assert refused(before, after) == [said]


def test_a_figure_that_nobody_counts_and_a_step_that_is_not_there_are_refused() -> None:
    [unknown] = refused("figures: [contacts]", "figures: [happiness]")
    [missing] = refused("leads_to: [free]", "leads_to: [nowhere, free]")

    assert ("happiness" in unknown, "nowhere" in missing) == (True, True)


@pytest.mark.parametrize("region", ["demo", "montreal"])
def test_the_regions_we_ship_say_all_five_components_and_all_four_terms(region: str) -> None:
    file = settings.ROOT / "regions" / region / "theory.yaml"
    steps = read(file.read_text(encoding="utf-8"))["steps"]

    assert {step["component"] for step in steps if "component" in step} == {
        "concerted_action", "training", "awareness", "worker_support", "follow_up",
    }  # fmt: skip
    assert [step["kind"] for step in steps] == (
        ["activity"] * 5 + ["short"] * 8 + ["medium"] * 5 + ["long"] * 4
    )

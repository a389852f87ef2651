"""What training does a region's folder suggest to whoever opens what somebody said of belonging?

A short list: who gives it, how long it lasts, where, and the day somebody last checked it. Nothing
says who took it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.followup.identity.models import SuggestedTraining
from spheres.regions.difference import Difference, difference
from spheres.regions.models import HelpLine
from spheres.regions.reading import Part, refuse_twice
from spheres.regions.registry import Change, Kind, Loading, Section, register

Verification = HelpLine.Verification


def check(parts: list[Part], said: Mapping[str, Any]) -> list[SuggestedTraining]:
    """Each in both languages; an address, or the coordination is asked; verified on which day."""
    entries = [
        part.fields("slug", "title", "given_by", "length", "where", "verification", "verified_on")
        for part in (parts[0].items() if parts else [])
    ]
    refuse_twice([entry["slug"] for entry in entries])
    return [_training(it, position) for position, it in enumerate(entries)]


def _training(it: Mapping[str, Part], position: int) -> SuggestedTraining:
    (title_fr, title_en), (by_fr, by_en) = it["title"].both(most=120), it["given_by"].both(most=120)
    length_fr, length_en = it["length"].both(most=60)
    where = it["where"].fields(optional=("web", "ask"))
    if len(where) != 1:
        it["where"].fault(
            _("say one of the two: an address (web), or that the coordination is asked (ask).")
        )
    if "ask" in where:
        where["ask"].choice(("coordination",))
    verification = it["verification"].choice(Verification.values)
    verified_on = it["verified_on"].day(empty=True)
    if verification == Verification.VERIFIED and it["verified_on"].plain == "":
        it["verified_on"].fault(_("a verified training says which day it was verified."))
    return SuggestedTraining(
        slug=it["slug"].slug(),
        title_fr=title_fr,
        title_en=title_en,
        given_by_fr=by_fr,
        given_by_en=by_en,
        length_fr=length_fr,
        length_en=length_en,
        web=where["web"].web() if "web" in where else "",
        verification=verification,
        verified_on=verified_on,
        position=position,
    )


def found(loading: Loading) -> Difference[SuggestedTraining]:
    rows: list[SuggestedTraining] = loading.said.get("trainings", [])
    for row in rows:
        row.id = loading.id("training", row.slug)
    return difference(rows, SuggestedTraining.objects.all(), SuggestedTraining)


def plan(loading: Loading) -> Sequence[Change]:
    return found(loading).changes(str, gone=Kind.REMOVED)


def apply(loading: Loading) -> None:
    """As the file says; what it says no more is suggested no more."""
    differing = found(loading)
    differing.remove()
    differing.write()


register(
    Section(
        name="trainings",
        file="trainings.yaml",
        title=gettext_lazy("Suggested trainings"),
        check=check,
        plan=plan,
        apply=apply,
        is_said_by_none=True,
    )
)

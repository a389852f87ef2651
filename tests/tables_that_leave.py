"""Every table that leaves for a spreadsheet, made where all that people can type is a formula."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import cycle
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from spheres.accounts.models import Organisation, Role
from spheres.core import clock
from spheres.evaluation.indicators.tests.factories import APRIL, count
from spheres.evaluation.open_figures.queries import OPEN_FIGURES, Open, Told, Year
from spheres.evaluation.reports.models import Report
from spheres.evaluation.reports.tests import factories as reported
from spheres.followup.activities import actions as activities
from spheres.followup.activities.models import ActivityStatus
from spheres.outreach.events.tests.factories import notes
from spheres.regions import queries as regions
from spheres.training.attestations import actions as attestations
from spheres.training.attestations.tests.factories import asks, attest, teach
from spheres.training.brought_in.tests.factories import listed
from spheres.training.catalogue.models import Topic
from tests.architecture.source import modules
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.pages import Page, signed_in
from tests.region import photograph

LANGUAGES: Final = ("fr", "en")
# What somebody may type, and a spreadsheet would compute; then what it would cut in two.
TYPED: Final = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", '"=1', " =1+1", "\u200b=1+1", "'=1+1",
    "−1", '=HYPERLINK("http://example.org")', "=cmd|' /C calc'!A0",
    "a;=1+1", "a,=1+1", "a\t=1+1", "a\n=1+1", 'a";"=1+1', 'a", "=1+1', "a|=1+1",
)  # fmt: skip
Make = Callable[[Cast, str, str], Any]  # of whom, in which language, of which kind


def writers() -> set[str]:
    """Which functions of the house write such a table: two of one file are two."""
    return {
        f"{module.name}:{function.name}"
        for module in modules()
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) == "as_sheet"
    }


@contextmanager
def typed(cast: Cast) -> Iterator[None]:
    """A house where names, titles, and every word of the region’s files are formulas."""
    endless = cycle(TYPED)
    taken = photograph()
    words = {
        slug: {
            code: replace(word, label_fr=(said := next(endless)), label_en=said)
            for code, word in of.items()
        }
        for slug, of in taken.words.items()
    }
    regions._photograph = replace(taken, words=words, taken=time.monotonic() + 3600)
    try:
        _type_names(cast)
        yield
    finally:
        regions.forget()


def _type_names(cast: Cast) -> None:
    teach()
    asks()
    with acting(LOADER):
        first = Topic.objects.values().get(slug="first")
        Topic.objects.bulk_create(
            Topic(**first | {
                "id": uuid_of(f"topic {place}"), "slug": f"typed-{place}", "position": place + 9,
                "title_fr": said, "title_en": said,
            })
            for place, said in enumerate(TYPED)
        )  # fmt: skip
        Organisation.objects.filter(pk=cast.la_maison.pk).update(name_fr="=1+1", name_en="=1+1")
        people = [add_person(said, cast.la_maison, Role.YOUTH_WORKER) for said in TYPED]
    for place, who in enumerate(people):
        attest(f"typed {place}", who, f"typed-{place}", date(2025, 9, 1), by=cast.louise)
        with acting(cast.louise):
            shown = attestations.Shown(
                "first", date(2025, 9, 1), "fr", name=TYPED[place], organisation=TYPED[place],
                environment="school",
            )  # fmt: skip
            attestations.attest(uuid_of(f"outside {place}"), shown, by=cast.louise, at=MONDAY)
    for place, idea in enumerate(regions.words("activity_ideas")[: len(TYPED)]):
        which, day = uuid_of(f"activity {place}"), clock.day_of(MONDAY)
        with acting(cast.ines):
            it = activities.Planned(which, idea.code, day, budget_line="activities", cents=4050)
            activities.plan(it, by=cast.ines, at=MONDAY)
            activities.say(
                which, ActivityStatus.Status.HELD, number=7, cents=None, by=cast.ines, at=MONDAY
            )


def _coverage(cast: Cast, language: str, kind: str) -> Any:
    with clock.at(MONDAY):
        louise = signed_in(cast.louise, language=language)
        return louise.post("/training/coverage/sheet/", {"kind": kind})


def _reach(cast: Cast, language: str, kind: str) -> Any:
    with clock.at(MONDAY):
        return signed_in(cast.louise, language=language).get(
            "/training/reach/sheet/", {"kind": kind}
        )


def _figures(cast: Cast, language: str, kind: str) -> Any:
    return _of_a_quarter(cast, language, kind, "/figures/sheet/")


def _our_figures(cast: Cast, language: str, kind: str) -> Any:
    return _of_a_quarter(cast, language, kind, "/figures/ours/sheet/")


def _of_a_quarter(cast: Cast, language: str, kind: str, path: str) -> Any:
    taken = regions._photograph
    assert taken is not None
    here = replace(taken.region, desk_organisation_id=cast.institute.pk)
    regions._photograph = replace(taken, region=here)
    count()
    with clock.at(APRIL):
        return signed_in(cast.louise, at=APRIL, language=language).get(path, {"kind": kind})


def _report(cast: Cast, language: str, kind: str) -> Any:
    """Of a year whose kinds of contact are called by formulas."""
    with acting(cast.louise, reported.NOW):
        is_there = Report.objects.exists()
    if not is_there:
        reported.a_year()
    row = reported.begun(cast.louise)
    with clock.at(reported.LATER):
        louise = signed_in(cast.louise, at=reported.LATER, language=language)
        return louise.get(reverse("reports:sheet", args=[row.pk]), {"kind": kind})


def _open_figures(cast: Cast, language: str, kind: str) -> Any:
    """For everybody, always as a list: a year that is over."""
    year = Year(date(2025, 4, 1), (Told("REFERRALS", 1, 24, is_floor=False),))
    taken = regions._photograph
    assert taken is not None
    regions._photograph = replace(taken, more={**taken.more, OPEN_FIGURES: Open((year,))})
    return Client(headers={"host": settings.YOUTH_HOST}).get("/figures/data.csv")


def _costs(cast: Cast, language: str, kind: str) -> Any:
    with clock.at(MONDAY):
        karim = signed_in(cast.karim, language=language)
        return karim.post(reverse("shared_activities:costs"), {"year": "2026", "kind": kind})


def _faults(cast: Cast, language: str, kind: str) -> Any:
    """Of a list whose every cell is a formula; it is written in one kind only."""
    lines = [";".join([f'"{said.replace(chr(34), chr(34) * 2)}"'] * 9) for said in TYPED]
    lines.append(f"{language} {kind};;;;;;;;")  # a list that was sent already is not read twice
    with clock.at(MONDAY):
        louise = signed_in(cast.louise, language=language)
        number = Page(louise.get("/training/past/").content.decode()).fields["form_id"]
        sent = SimpleUploadedFile("=1+1.csv", listed(*lines))
        there = louise.post("/training/past/", {"form_id": number, "sent": sent})["Location"]
        return louise.get(f"{there}faults/")


def _model(cast: Cast, language: str, kind: str) -> Any:
    """Empty: the names of its columns alone, in one kind only."""
    with clock.at(MONDAY):
        return signed_in(cast.louise, language=language).get("/training/past/model/")


def _events(cast: Cast, language: str, kind: str) -> Any:
    for place, said in enumerate(TYPED):
        notes(cast.louise, f"typed {place}", organisation=said, place=said)
    with clock.at(MONDAY):
        louise = signed_in(cast.louise, language=language)
        return louise.get(reverse("events:sheet"), {"kind": kind})


# Each function that writes one, and how it is made. A new one fails until it stands here.
EXPORTS: Final[dict[str, Make]] = {
    "spheres/training/attestations/views.py:sheet": _coverage,
    "spheres/training/reach/views.py:sheet": _reach,
    "spheres/evaluation/indicators/views.py:sheet": _figures,
    "spheres/evaluation/indicators/views.py:our_sheet": _our_figures,
    "spheres/evaluation/reports/views.py:sheet": _report,
    "spheres/public/open_figures.py:table": _open_figures,
    "spheres/followup/activities/views/shared.py:costs": _costs,
    "spheres/training/brought_in/views.py:faults": _faults,
    "spheres/training/brought_in/views.py:model": _model,
    "spheres/outreach/events/sheets.py:of_events": _events,
}

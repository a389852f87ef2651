"""Does everybody read the same open figures: on the page, in the table, and by a machine?"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from typing import Any

import pytest

from spheres.public import open_figures
from spheres.public.tests.conftest import Visitor
from spheres.public.tests.letters import main_of
from spheres.regions import queries as regions


@dataclass(frozen=True)
class One:
    """A number, as whoever published it gives it."""

    measure: str
    name: str
    number: int | None
    is_floor: bool
    version: int = 1
    counts: str = "Ce qui est compté."


@dataclass(frozen=True)
class AYear:
    first: date
    until: date
    last_month: date
    told: tuple[One, ...]


@dataclass(frozen=True)
class Published:
    years: tuple[AYear, ...] = field(default_factory=tuple)

    def as_data(self) -> dict[str, Any]:
        both = {"fr": "Mots", "en": "Words"}
        return {
            "definitions": [
                {"measure": "PEOPLE", "version": 1, "component": "follow_up", "name": both,
                 "counts": both, "unit": both, "unknowns": both}
            ],
            "years": [
                {"from": str(year.first), "until": str(year.until), "figures": [
                    {"measure": one.measure, "version": 1, "number": one.number,
                     "at_least": one.is_floor} for one in year.told
                ]}
                for year in self.years
            ],
        }  # fmt: skip


YEAR = AYear(
    date(2025, 4, 1), date(2026, 4, 1), date(2026, 3, 1),
    (
        One("PEOPLE", "Jeunes", 45, is_floor=True), One("REFERRALS", "Références", 24, False),
        One("ADVICE", "Conseils", None, False),
    ),
)  # fmt: skip


def told(monkeypatch: pytest.MonkeyPatch, *years: AYear) -> None:
    also = regions.also
    published = {open_figures.OPEN_FIGURES: Published(years)}
    monkeypatch.setattr(regions, "also", lambda what: published.get(what) or also(what))


def test_a_year_reads_with_what_is_at_least_and_what_is_too_small(world, visitor, monkeypatch):
    told(monkeypatch, YEAR)

    assert (
        "Avril 2025 à mars 2026 Jeunes au moins 45 Références 24 Conseils n’est pas dit"
        in main_of(visitor.get("/figures/"))
    )


def test_before_a_year_is_over_the_page_says_so(world, visitor):
    assert "La première année n’est pas finie." in main_of(visitor.get("/figures/"))


def test_a_table_has_the_same_numbers_one_a_line(world, visitor, monkeypatch):
    told(monkeypatch, YEAR)

    answer = visitor.get("/figures/data.csv")

    assert answer["Content-Disposition"] == 'attachment; filename="figures.csv"'
    assert list(csv.reader(StringIO(answer.content.decode("utf-8-sig")))) == [
        ["from", "until", "measure", "version", "name", "number", "at_least"],
        ["2025-04-01", "2026-04-01", "PEOPLE", "1", "Jeunes", "45", "true"],
        ["2025-04-01", "2026-04-01", "REFERRALS", "1", "Références", "24", "false"],
        ["2025-04-01", "2026-04-01", "ADVICE", "1", "Conseils", "", "false"],
    ]


@pytest.mark.parametrize("years", [(), (YEAR,)], ids=["no year yet", "a year"])
def test_a_machine_gets_what_the_description_says(world, visitor, monkeypatch, years):
    told(monkeypatch, *years)

    data = json.loads(visitor.get("/figures/data.json").content)
    said = json.loads(visitor.get("/figures/openapi.json").content)

    assert said["openapi"] == "3.1.0"
    assert list(said["paths"]) == ["/figures/data.json", "/figures/data.csv"]
    ways = said["paths"]["/figures/data.json"]["get"]["responses"]["200"]["content"]
    faults = list(faults_of(data, ways["application/json"]["schema"]))
    assert faults == []
    assert [year["from"] for year in data["years"]] == [str(year.first) for year in years]


def faults_of(value: Any, schema: dict[str, Any], place: str = "") -> Any:
    """What of a value is not as its description says: the few words of it that ours uses."""
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    of = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
    fits = any(
        type(value) is int if kind == "integer" else isinstance(value, of[kind]) for kind in kinds
    )
    if not fits:
        yield f"{place}: {value!r} is no {kinds}"
    elif isinstance(value, dict):
        if set(value) != set(schema["properties"]) or set(schema["required"]) != set(value):
            yield f"{place}: {sorted(value)}"
        for name, one in value.items() if set(value) <= set(schema["properties"]) else ():
            yield from faults_of(one, schema["properties"][name], f"{place}/{name}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from faults_of(one, schema["items"], f"{place}/{number}")
    elif schema.get("format") == "date":
        date.fromisoformat(value)
    elif type(value) is int and value < schema["minimum"]:
        yield f"{place}: {value} is too small"


def test_a_description_that_lies_is_seen() -> None:
    schema = open_figures.PUBLISHED
    right = {"programme": "P", "licence": "l", "description": "d", "definitions": [], "years": []}
    year = {"from": "2025-04-01", "until": "2026-04-01"}
    figure = {"measure": "PEOPLE", "version": 1, "number": None, "at_least": True}

    assert list(faults_of(right, schema)) == []
    wrong = [
        right | {"more": 1},
        right | {"years": [year]},
        right | {"years": [year | {"figures": [figure | {"number": "45"}]}]},
        right | {"years": [year | {"figures": [figure | {"number": -1}]}]},
        right | {"years": [year | {"figures": [figure | {"at_least": None}]}]},
    ]
    assert [bool(list(faults_of(one, schema))) for one in wrong] == [True] * 5


@pytest.mark.parametrize(
    "path", ["/figures/data.json", "/figures/data.csv", "/figures/openapi.json"]
)
def test_machines_of_any_site_may_read_without_a_key_or_a_cookie(world, path):
    answer = Visitor("fr").get(path)

    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    assert Visitor("fr").client.post(path).status_code == 405

"""What does everybody read of the programme’s years: on a page, as a table, by a machine?

Nothing is counted here: each number was published once, when its year was over. A machine asks
without a key and gets what the page shows; its description is in OpenAPI, beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from spheres.accounts.requests import PageRequest
from spheres.public import guard
from spheres.public.views import show
from spheres.records.spreadsheets import CSV, WRITERS, as_sheet
from spheres.regions import queries as regions

OPEN_FIGURES: Final = "open_figures"  # what was published, in the region’s photograph
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
API_VERSION: Final = "1.0.0"
COLUMNS: Final = ("from", "until", "measure", "version", "name", "number", "at_least")
View = Callable[[PageRequest], HttpResponse]


def for_machines(view: View) -> View:
    """Public, the same for everybody, and readable from any other site: nothing secret is in it."""

    @wraps(view)
    def answered(request: PageRequest) -> HttpResponse:
        answer = view(request)
        answer["Access-Control-Allow-Origin"] = "*"
        return answer

    return guard.for_reading(answered)


@guard.for_reading
def figures(request: PageRequest) -> HttpResponse:
    """Each year that is over, and what every number counts."""
    years = regions.also(OPEN_FIGURES).years
    numbers = [(year, [(one.name, in_words(one)) for one in year.told]) for year in years]
    counted = years[0].told if years else ()
    return show(request, "figures", may_be_found=True, years=numbers, counted=counted)


def in_words(one: Any) -> str:
    """A number; « at least » so many; or that it is not told."""
    if one.number is None:
        return _("not told")
    return _("at least %(number)s") % {"number": one.number} if one.is_floor else str(one.number)


@for_machines
def data(request: PageRequest) -> HttpResponse:
    """The same numbers, for a machine."""
    said = {
        "programme": regions.region().programme,
        "licence": LICENCE,
        "description": request.build_absolute_uri(reverse("public:openapi")),
    }
    return JsonResponse(said | regions.also(OPEN_FIGURES).as_data())


@for_machines
def table(request: PageRequest) -> HttpResponse:
    """The same numbers, one a line, written alike in both languages; an empty cell is a number that
    is not told."""
    rows = [
        (
            year.first, year.until, one.measure, one.version, one.name, one.number,
            str(one.is_floor).lower(),
        )
        for year in regions.also(OPEN_FIGURES).years
        for one in year.told
    ]  # fmt: skip
    with override("en"):
        return as_sheet("figures", COLUMNS, rows)


@for_machines
def openapi(request: PageRequest) -> HttpResponse:
    """How a machine asks, and what it gets."""
    return JsonResponse(described(request.build_absolute_uri("/").rstrip("/")))


def described(server: str) -> dict[str, Any]:
    """The description of this small programming interface, in OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Open figures"),
            "version": API_VERSION,
            "description": _(
                "One number a year and by indicator, all organisations together. Nobody is in them."
            ),
            "license": {"name": "CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": server}],
        "paths": {
            reverse("public:figures_data"): {
                "get": {
                    "operationId": "figures",
                    "summary": _("All that was published, and what it counts"),
                    "responses": {
                        "200": {
                            "description": _("The years, the newest first"),
                            "content": {"application/json": {"schema": PUBLISHED}},
                        }
                    },
                }
            },
            reverse("public:figures_table"): {
                "get": {
                    "operationId": "figures_table",
                    "summary": _("The same numbers, one a line"),
                    "responses": {
                        "200": {
                            "description": _("A list with separators"),
                            "content": {WRITERS[CSV][1]: {"schema": {"type": "string"}}},
                        }
                    },
                }
            },
        },
    }


def _object(**of: Any) -> dict[str, Any]:
    """All of it is there, and nothing else."""
    return {
        "type": "object", "properties": of, "required": [*of], "additionalProperties": False,
    }  # fmt: skip


WORDS: Final = {"type": "string"}
A_DAY: Final = {"type": "string", "format": "date"}
BOTH: Final = _object(fr=WORDS, en=WORDS)
A_VERSION: Final = {"type": "integer", "minimum": 1}
PUBLISHED: Final = _object(
    programme=WORDS,
    licence={"type": "string", "format": "uri"},
    description={"type": "string", "format": "uri"},
    definitions={
        "type": "array",
        "items": _object(
            measure=WORDS, version=A_VERSION, component=WORDS, name=BOTH, counts=BOTH, unit=BOTH,
            unknowns=BOTH,
        ),
    },
    years={
        "type": "array",
        "items": _object(
            **{"from": A_DAY, "until": A_DAY},
            figures={
                "type": "array",
                "items": _object(
                    measure=WORDS,
                    version=A_VERSION,
                    # Null says that it is not told.
                    number={"type": ["integer", "null"], "minimum": 0},
                    at_least={"type": "boolean"},
                ),
            },
        ),
    },
)  # fmt: skip

"""What do the files `resources/*.yaml` of a region say? Who offers what, where, when, to whom.

A resource that leaves the files is offered no more, and stays: what pointed to it stays readable.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.directory.models import Opening, Place, Provider, Resource
from spheres.regions.difference import Difference, difference, difference_of_kept
from spheres.regions.reading import Part, refuse_twice
from spheres.regions.registry import Change, Kind, Loading, Section, register

NANP: Final = r"(?:1 )?[2-9]\d\d [2-9]\d\d-\d{4}"
PHONE: Final = re.compile(rf"\d{{3}}|{NANP}")
TEXTING: Final = re.compile(rf"\d{{3}}|\d{{5,6}}|{NANP}")
HOURS: Final = re.compile(r"([1-7]{1,7}) (\d\d:\d\d)([->])(\d\d:\d\d)")
OLDEST: Final = 120
# What our paper can print: letters of Latin languages, and the signs of a sentence.
PRINTED: Final = frozenset(
    map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027)])
)
# Each code of these lists is one of a vocabulary of the region.
VOCABULARIES: Final = {
    "domains": "resource_domains",
    "languages": "service_languages",
    "safe_for": "safe_for",
    "not_for": "safe_for",
    "cost": "resource_costs",
}
PROVIDER: Final = ("slug", "name", "services")
SERVICE: Final = (
    "slug", "name", "about", "domains", "languages", "cost", "places", "verification",
    "verified_on",
)  # fmt: skip
SERVICE_MAY: Final = (
    "reach", "ages", "gender", "conditions", "how", "cost_note", "safe_for", "not_for", "also",
)  # fmt: skip
PLACE: Final = ("kind", "hours")
PLACE_MAY: Final = ("name", "address", "city", "getting_there", "hours_note")


@dataclass(frozen=True)
class PlaceSaid:
    fields: dict[str, Any]
    openings: list[tuple[int, time, time, bool]]


@dataclass(frozen=True)
class ResourceSaid:
    slug: str
    provider: str
    fields: dict[str, Any]
    places: list[PlaceSaid]


@dataclass(frozen=True)
class Said:
    """Everything the files say, organisation by organisation."""

    providers: dict[str, dict[str, Any]]
    resources: list[ResourceSaid]


# Reading.


def check_resources(parts: list[Part], said: Mapping[str, Any]) -> Said:
    known = {
        field: [term.code for term in said["vocabularies"].get(vocabulary, [])]
        for field, vocabulary in VOCABULARIES.items()
    }
    providers = [
        each.fields(*PROVIDER, optional=("web",)) for part in parts for each in part.items()
    ]
    services = [
        (it["slug"].plain, part.fields(*SERVICE, optional=SERVICE_MAY))
        for it in providers
        for part in it["services"].items()
    ]
    refuse_twice([it["slug"] for it in providers])
    refuse_twice([it["slug"] for _provider, it in services])
    return Said(
        {it["slug"].slug(): _provider(it) for it in providers},
        [_resource(it, provider, known) for provider, it in services],
    )


def _provider(it: Mapping[str, Part]) -> dict[str, Any]:
    return _both("name", it["name"], most=120) | {"web": _web(it)}


def _resource(
    it: Mapping[str, Part], provider: str, known: Mapping[str, list[str]]
) -> ResourceSaid:
    fields = _both("name", it["name"], most=120) | _both("about", it["about"], most=400)
    fields |= _maybe(it, gender=120, conditions=300, how=300, cost_note=200, also=300)
    for name in ("domains", "languages"):
        fields[name] = it[name].choices(known[name])
    for name in ("safe_for", "not_for"):
        fields[name] = it[name].choices(known[name]) if name in it else []
    for code in fields["not_for"]:
        if code in fields["safe_for"]:
            it["not_for"].fault(_("«%s» is in safe_for too: it is one or the other.") % code)
    fields["cost"] = it["cost"].choice(known["cost"])
    fields |= _ages(it) | _verification(it)
    places = [_place(part) for part in it["places"].items()]
    if not places and it["places"].node is not None:
        it["places"].fault(_("say at least one place, even «remote»."))
    fields |= _reach(it, has_door=any(one.fields["kind"] == Place.Kind.VISIT for one in places))
    return ResourceSaid(it["slug"].slug(), provider, fields, places)


def _reach(it: Mapping[str, Part], *, has_door: bool) -> dict[str, Any]:
    if "reach" not in it:
        if not has_door:
            it["slug"].fault(_("say how it is reached: call, text, email or web."))
        return {"call": "", "text": "", "email": "", "web": ""}
    reach = it["reach"].fields(optional=("call", "text", "email", "web"))
    if not reach:
        it["reach"].fault(_("say at least one way: call, text, email or web."))
    sentence = _("«%s» is not a phone number, as 450 555-0123, 1 800 555-0123 or 811.")
    return {
        "call": reach["call"].matching(PHONE, sentence),
        "text": reach["text"].matching(TEXTING, sentence),
        "email": reach["email"].email(),
        "web": _web(reach),
    }


def _ages(it: Mapping[str, Part]) -> dict[str, Any]:
    if "ages" not in it:
        return {"age_from": None, "age_until": None}
    ages = it["ages"].fields(optional=("from", "until"))
    first = ages["from"].number(0, OLDEST) if "from" in ages else None
    until = ages["until"].number(1, OLDEST) if "until" in ages else None
    if first is not None and until is not None and until <= first:
        ages["until"].fault(_("the ages end before they start: «until» is the first age refused."))
    return {"age_from": first, "age_until": until}


def _verification(it: Mapping[str, Part]) -> dict[str, Any]:
    verification = it["verification"].choice(Resource.Verification.values)
    verified_on = it["verified_on"].day(empty=True)
    if verification == Resource.Verification.VERIFIED and it["verified_on"].plain == "":
        it["verified_on"].fault(_("a verified resource says which day it was verified."))
    return {"verification": verification, "verified_on": verified_on}


def _place(part: Part) -> PlaceSaid:
    it = part.fields(*PLACE, optional=PLACE_MAY)
    kind = it["kind"].choice(Place.Kind.values)
    address = _printed(it["address"], it["address"].text(most=120))
    if kind == Place.Kind.VISIT and "address" not in it:
        it["kind"].fault(_("a place to visit has an address."))
    if kind in {Place.Kind.CONFIDENTIAL, Place.Kind.REMOTE} and address:
        it["address"].fault(_("an address that is not given to everybody is not written here."))
    always, openings = _hours(it["hours"])
    fields = _maybe(it, name=120, getting_there=200, hours_note=200) | {
        "kind": kind,
        "address": address,
        "city": _printed(it["city"], it["city"].text(most=80)),
        "is_always_open": always,
    }
    return PlaceSaid(fields, openings)


def _hours(part: Part) -> tuple[bool, list[tuple[int, time, time, bool]]]:
    """`always`, `unknown`, or spans: «12345 09:00-17:00», «67 20:00>08:00» for a night."""
    if part.node is None or part.plain in {"always", "unknown"}:
        return part.plain == "always", []
    if part.plain:
        part.fault(_("say always, unknown, or a list of hours, as «12345 09:00-17:00»."))
        return False, []
    spans = [span for each in part.items() for span in _span(each)]
    for span in {span for span in spans if spans.count(span) > 1}:
        part.fault(_("the hours of day %s are written twice.") % span[0])
    return False, sorted(spans)


def _span(part: Part) -> list[tuple[int, time, time, bool]]:
    found = HOURS.fullmatch(part.plain)
    if found is None:
        part.fault(
            _("«%s» is not a span of hours, as «12345 09:00-17:00» or «67 20:00>08:00».")
            % part.plain
        )
        return []
    days, first, sign, last = found.groups()
    try:
        opens, closes = time.fromisoformat(first), time.fromisoformat(last)
    except ValueError:
        part.fault(_("«%s» holds an hour that no day has.") % part.plain)
        return []
    if list(days) != sorted(set(days)):
        part.fault(_("«%s»: write each day once, in order; 1 is Monday.") % part.plain)
    is_night = sign == ">"
    if is_night and closes > opens:
        part.fault(_("«%s» ends the same day: write - instead of >.") % part.plain)
    if not is_night and closes <= opens:
        part.fault(_("«%s» ends before it starts: for a night, write > instead of -.") % part.plain)
    return [(int(day), opens, closes, is_night) for day in dict.fromkeys(days)]


def _web(it: Mapping[str, Part]) -> str:
    return it["web"].web()


def _both(name: str, part: Part, *, most: int) -> dict[str, Any]:
    french, english = part.both(most=most)
    return {f"{name}_fr": _printed(part, french), f"{name}_en": _printed(part, english)}


def _maybe(it: Mapping[str, Part], **most: int) -> dict[str, Any]:
    """Texts in two languages that may be left out."""
    said: dict[str, Any] = {}
    for name, letters in most.items():
        said |= (
            _both(name, it[name], most=letters)
            if name in it
            else {f"{name}_fr": "", f"{name}_en": ""}
        )
    return said


def _printed(part: Part, text: str) -> str:
    for sign in dict.fromkeys(sign for sign in text if sign not in PRINTED):
        part.fault(_("«%s» cannot be printed in the directory on paper.") % sign)
    return text


# Loading.


@dataclass(frozen=True)
class Found:
    """What differs, table by table."""

    providers: Difference[Provider]
    resources: Difference[Resource]
    places: Difference[Place]
    openings: Difference[Opening]

    def touched(self) -> set[UUID]:
        """The resources whose places or hours differ, and that stood before."""
        places, openings = self.places, self.openings
        of_place = {row.pk: row.resource_id for row in [*places.added, *places.gone]}
        rows = [*places.added, *places.gone, *(row for row, _fields in places.changed)]
        spans = [*openings.added, *openings.gone, *(row for row, _fields in openings.changed)]
        of_span = {row.place.resource_id for row in spans}
        return (set(of_place.values()) | {row.resource_id for row in rows} | of_span) - {
            row.pk for row in self.resources.added
        }


def found(loading: Loading) -> Found:
    said: Said = loading.said["resources"]
    providers = [
        Provider(id=loading.id("provider", slug), slug=slug, **fields)
        for slug, fields in said.providers.items()
    ]
    resources, places, openings = list[Resource](), list[Place](), list[Opening]()
    for one in said.resources:
        resource = Resource(
            id=loading.id("resource", one.slug),
            slug=one.slug,
            provider_id=loading.id("provider", one.provider),
            **one.fields,
        )
        resources.append(resource)
        for number, place_said in enumerate(one.places):
            name = f"{one.slug}.{number}"
            place = Place(
                id=loading.id("place", name),
                resource=resource,
                position=number,
                **place_said.fields,
            )
            places.append(place)
            openings += [
                Opening(
                    id=loading.id("opening", f"{name}.{day}.{opens:%H%M}"),
                    place=place,
                    weekday=day,
                    opens=opens,
                    closes=closes,
                    ends_next_day=is_night,
                )
                for day, opens, closes, is_night in place_said.openings
            ]
    asked = {row.pk for row in resources}
    return Found(
        difference(
            providers,
            Provider.objects.filter(pk__in=[row.pk for row in providers]),
            Provider,
        ),
        difference_of_kept(
            resources, Resource.objects.order_by("pk"), Resource, shown="is_offered"
        ),
        difference(places, Place.objects.filter(resource__in=asked), Place),
        difference(
            openings,
            Opening.objects.filter(place__resource__in=asked).select_related("place"),
            Opening,
        ),
    )


def plan(loading: Loading) -> list[Change]:
    differences = found(loading)
    # An organisation that comes is said by what it offers.
    changes = [
        *(Change(Kind.CHANGED, str(row), which) for row, which in differences.providers.changed),
        *differences.resources.changes(str, gone=Kind.KEPT),
    ]
    names = {
        loading.id("resource", one.slug): one.slug for one in loading.said["resources"].resources
    }
    touched = sorted(names[pk] for pk in differences.touched())
    return [*changes, *(Change(Kind.CHANGED, name, ("places",)) for name in touched)]


def apply(loading: Loading) -> None:
    differences = found(loading)
    differences.openings.remove()
    differences.providers.write()
    differences.resources.write()
    differences.resources.hide("is_offered")
    differences.places.write()
    differences.openings.write()
    differences.places.remove()


register(
    Section(
        name="resources",
        file="resources/*.yaml",
        title=gettext_lazy("Resources"),
        check=check_resources,
        plan=plan,
        apply=apply,
    )
)

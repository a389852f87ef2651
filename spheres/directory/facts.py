"""How is a resource said, line by line, on a page and on paper? What is not known says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from spheres.directory import hours, queries
from spheres.directory.models import Place, Resource
from spheres.regions import queries as regions
from spheres.ui import moments

Pair = tuple[str, str]


def for_whom(one: Resource, *, with_unknown: bool = True) -> list[Pair]:
    """To whom it opens: ages, its own words about gender, conditions, and who may go there."""
    known = {*one.safe_for, *one.not_for}
    unknown = [word.code for word in queries.words(queries.SAFE_FOR) if word.code not in known]
    unknown = unknown if with_unknown else []
    return [
        (_("Ages"), ages(one)),
        (_("Gender, in its own words"), one.gender),
        (_("May go there safely"), _labels("safe_for", one.safe_for)),
        (_("It does not welcome"), _labels("safe_for", one.not_for)),
        (_("Not known: ask before going"), _labels("safe_for", unknown)),
        (_("Conditions"), one.conditions),
    ]


def how(one: Resource) -> list[Pair]:
    """How one gets in, in which languages, at what cost."""
    cost = regions.label("resource_costs", one.cost)
    return [
        (_("How to get in"), one.how),
        (_("Languages"), _labels("service_languages", one.languages)),
        (_("Cost"), f"{cost}. {one.cost_note}" if one.cost_note else cost),
    ]


def ages(one: Resource) -> str:
    first, until = one.age_from, one.age_until
    if first is not None and until is not None:
        return _("%(first)s to %(last)s years old") % {"first": first, "last": until - 1}
    if first is not None:
        return _("%(first)s years old and over") % {"first": first}
    if until is not None:
        return _("Under %(until)s years old") % {"until": until}
    return _("Every age")


def place_lines(place: Place) -> list[str]:
    """Where and when, in full lines."""
    said = hours.said(place) or [_("Hours not known: call first")]
    return [line for line in (place.name, place.where, *said, place.hours_note) if line]


def where(one: Resource | None) -> list[str]:
    """Its name, its number, where and when: what is taken along; nothing, of none."""
    if one is None:
        return []
    places = [line for place in one.its_places for line in place_lines(place)]
    return [line for line in (one.name, one.call, *places) if line]


def verified(one: Resource, on: date) -> str:
    """When somebody last looked; a plain sentence, never an alarm."""
    if one.verified_on is None or one.verification == Resource.Verification.TO_VERIFY:
        return _("To verify: nobody has confirmed it yet. Call first.")
    day = moments.day(one.verified_on)
    if one.is_to_verify(on):
        return _("To verify: last confirmed on %(day)s. Call first.") % {"day": day}
    return _("Verified on %(day)s") % {"day": day}


def said(pairs: Iterable[Pair]) -> list[Pair]:
    """Without what nobody said."""
    return [(term, words) for term, words in pairs if words]


def _labels(vocabulary: str, codes: Iterable[str]) -> str:
    return " · ".join(regions.label(vocabulary, code) for code in codes)

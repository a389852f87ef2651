"""What does a region's folder say of its partners' cards, in its demonstration?

Played once its people are there: what each says of itself, what it expects of another and offers
it, whether the other said yes, and which agreements were signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext_lazy

from spheres.accounts.models import Organisation
from spheres.config import playing
from spheres.core import clock, context
from spheres.partners.cards import actions, queries
from spheres.partners.cards.models import Protocol
from spheres.regions.reading import Part
from spheres.regions.registry import Change, Loading, Section

FIRST_DAY, LAST_DAY = -1000, -1
AHEAD: Final = 1500
MORNING: Final = time(9, 0)
KINDS: Final = {code.lower(): code for code in Protocol.Kind.values}


@dataclass(frozen=True)
class TieSaid:
    """What one expects of another and offers it; who said yes there, if somebody did."""

    towards: str
    expects: str
    offers: str
    agreed_by: str


@dataclass(frozen=True)
class CardSaid:
    """What one person says for their organisation, on a day."""

    by: str
    day: int
    mandate: str
    scope: str
    limits: str
    services: tuple[str, ...]
    ties: tuple[TieSaid, ...]


@dataclass(frozen=True)
class SignedSaid:
    """One agreement, written down by one person; its days count as all others."""

    by: str
    kind: str
    title: str
    binds: tuple[str, ...]
    signatories: str
    signed: int
    review: int


def check(parts: list[Part], said: Mapping[str, Any]) -> list[CardSaid | SignedSaid]:
    """The cards, then the agreements; of this region's people and organisations."""
    if not parts:
        return []
    people = {person.slug: person for person in said.get("people", [])}
    places = {one.slug for one in said.get("organisations", [])}
    known = {term.code for term in said["vocabularies"].get("resource_domains", [])}
    it = parts[0].fields("cards", "agreements")
    return [
        *(_card(one, people, places, known) for one in it["cards"].items()),
        *(_signed(one, people, places) for one in it["agreements"].items()),
    ]


def _card(part: Part, people: Mapping[str, Any], places: set[str], known: set[str]) -> CardSaid:
    it = part.fields("by", "day", "mandate", "scope", "limits", optional=("towards", "services"))
    return CardSaid(
        it["by"].choice(people),
        it["day"].number(FIRST_DAY, LAST_DAY),
        it["mandate"].text(),
        it["scope"].text(),
        it["limits"].text(),
        tuple(it["services"].choices(known)) if "services" in it else (),
        tuple(
            _tie(one, people, places) for one in (it["towards"].items() if "towards" in it else [])
        ),
    )


def _tie(part: Part, people: Mapping[str, Any], places: set[str]) -> TieSaid:
    it = part.fields("partner", "expects", "offers", optional=("agreed_by",))
    return TieSaid(
        it["partner"].choice(places),
        it["expects"].text(),
        it["offers"].text(),
        it["agreed_by"].choice(people) if "agreed_by" in it else "",
    )


def _signed(part: Part, people: Mapping[str, Any], places: set[str]) -> SignedSaid:
    it = part.fields("by", "title", "kind", "binds", "signatories", "signed", "review")
    return SignedSaid(
        it["by"].choice(people),
        KINDS.get(it["kind"].choice(KINDS), ""),
        it["title"].text(),
        tuple(it["binds"].choices(places)),
        it["signatories"].text(),
        it["signed"].number(FIRST_DAY, LAST_DAY),
        it["review"].number(FIRST_DAY, AHEAD),
    )


def plan(_loading: Loading) -> list[Change]:
    """Nothing of its own: it is played once the people are there."""
    return []


def apply(_loading: Loading) -> None:
    """Nothing yet (`play`)."""


def play(loading: Loading) -> None:
    """Each card, then each agreement; played already, it stands."""
    for number, each in enumerate(loading.said.get("cards", [])):
        act_id = loading.id("card", str(number))
        act = _say if isinstance(each, CardSaid) else _sign
        playing.once(act_id, partial(act, loading, each, number))


def _say(loading: Loading, each: CardSaid, number: int) -> None:
    by, at = playing.actor_of(loading, each.by), playing.moment_of(loading, each.day, MORNING)
    with clock.at(at), context.acting_as(by):
        actions.say(
            loading.id("card said", str(number)), mandate=each.mandate, scope=each.scope,
            limits=each.limits, services=each.services, by=by, at=at,
        )  # fmt: skip
    for tie in each.ties:
        said_id = loading.id("expected", f"{number} {tie.towards}")
        with clock.at(at), context.acting_as(by):
            towards = Organisation.objects.get(pk=loading.id("organisation", tie.towards))
            actions.expect(said_id, towards, expects=tie.expects, offers=tie.offers, by=by, at=at)
        if tie.agreed_by:
            other = playing.actor_of(loading, tie.agreed_by)
            later = playing.moment_of(loading, each.day + 1, MORNING)
            with clock.at(later), context.acting_as(other):
                expectation = queries.expectation(said_id, actor=other)
                if expectation is not None:
                    yes_id = loading.id("said yes", str(said_id))
                    actions.agree(yes_id, expectation, by=other, at=later)


def _sign(loading: Loading, each: SignedSaid, number: int) -> None:
    by, at = playing.actor_of(loading, each.by), playing.moment_of(loading, each.signed, MORNING)
    with clock.at(at), context.acting_as(by):
        signed = actions.Signed(
            loading.id("signed", str(number)), each.kind, each.title,
            [loading.id("organisation", one) for one in each.binds], each.signatories,
            playing.day_of(loading, each.signed), playing.day_of(loading, each.review),
        )  # fmt: skip
        actions.sign(signed, by=by, at=at)


SECTION: Final = Section(
    name="cards",
    file="cards.yaml",
    title=gettext_lazy("What partners are to each other"),
    check=check,
    plan=plan,
    apply=apply,
)

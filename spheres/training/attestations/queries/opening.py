"""What does a body ask to have learned, and since when has somebody learned it?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from spheres.accounts.models import Membership, Organisation
from spheres.core import context
from spheres.core.actor import Actor
from spheres.training.attestations.models import AskedTopics, Attestation, TakenBack


def body_of(organisation_id: UUID, places_of: Mapping[UUID, Organisation]) -> UUID:
    """The whole of which an organisation is a part: what is asked is asked there."""
    above = places_of[organisation_id].parent_id
    return body_of(above, places_of) if above else organisation_id


def organisations_asking(*, actor: Actor) -> dict[UUID, Organisation]:
    """Every organisation, each with `begin`: what it asks to have learned before files are given
    there, in its own words, else in those that speak of all."""
    context.require(actor)
    own = _asked().filter(organisation_id=OuterRef("pk")).values("begin")
    of_all = _asked().filter(organisation_id=None).values("begin")
    found = Organisation.objects.annotate(begin=Coalesce(Subquery(own), Subquery(of_all)))
    return {one.pk: one for one in found.order_by("pk")}


def _asked() -> QuerySet[AskedTopics]:
    return AskedTopics.objects.exclude(begin=[])


def bodies_of(
    users: Collection[UUID], *, actor: Actor, at: datetime
) -> dict[UUID, tuple[AskedTopics, set[UUID]]]:
    """Where these people work, and what is asked there; where nothing is asked is left out."""
    context.require(actor)
    asked = {one.organisation_id: one for one in _asked().order_by("pk")}
    places_of = {one.pk: one for one in Organisation.objects.order_by("pk")}
    held = Membership.objects.filter(user_id__in=users, starts_at__lte=at).exclude(ends_at__lte=at)
    found: dict[UUID, tuple[AskedTopics, set[UUID]]] = {}
    for where, user in held.values_list("organisation_id", "user_id").order_by("pk"):
        body = body_of(where, places_of)
        if asks := asked.get(body) or asked.get(None):
            found.setdefault(body, (asks, set()))[1].add(user)
    return found


def trained_days(
    users: Collection[UUID], asks: AskedTopics, *, actor: Actor
) -> dict[UUID, date | None]:
    """The day that counts for each: when all that is asked to begin was learned, or, since then,
    the last of what is asked each year; none while something is missing."""
    context.require(actor)
    wanted = {*asks.begin, *asks.renew}
    back = TakenBack.objects.filter(attestation_id=OuterRef("pk"))
    rows = Attestation.objects.filter(~Exists(back), user_id__in=users, topic__in=wanted)
    days: dict[UUID, dict[str, list[date]]] = {user: {} for user in users}
    for user, topic, on in rows.values_list("user_id", "topic", "taken_on").order_by("taken_on"):
        days[user].setdefault(topic, []).append(on)
    return {user: _counts_from(asks, learned) for user, learned in days.items()}


def _counts_from(asks: AskedTopics, learned: Mapping[str, Sequence[date]]) -> date | None:
    if not asks.begin or not all(topic in learned for topic in asks.begin):
        return None
    begun = max(learned[topic][0] for topic in asks.begin)
    again = {topic: [on for on in learned.get(topic, ()) if on >= begun] for topic in asks.renew}
    if not asks.renew or not all(again.values()):
        return begun
    return max(begun, min(on[-1] for on in again.values()))

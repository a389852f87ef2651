"""What do attestations say elsewhere? What is to be renewed, what holds, and who was reached."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spheres.accounts.models import Membership
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.records.between.engaged import Engaged, alike
from spheres.records.between.places import Handed
from spheres.records.between.reached import Attended
from spheres.training.attestations import queries
from spheres.training.attestations.models import OUTSIDE, Attestation, TakenBack
from spheres.ui import addresses, moments


def holding(*, actor: Actor) -> set[str]:
    """The topics in which one's own training holds today."""
    mine, today = queries.newest({actor.user_id}).get(actor.user_id, {}), clock.today()
    return {topic for topic, (_on, until) in mine.items() if until is None or until >= today}


def to_renew(*, actor: Actor) -> list[Handed]:
    """One quiet line, sixty days ahead, of one's own trainings; nobody else reads it there."""
    found = queries.lapsing(actor=actor, at=clock.now())
    if not found:
        return []
    first = found[0]
    sentence = ngettext(
        "A training of yours is to be renewed before %(day)s.",
        "%(number)s trainings of yours are to be renewed, the first before %(day)s.",
        len(found),
    ) % {"number": len(found), "day": moments.day(first.ends_on)}
    return [Handed(sentence, addresses.to("attestations:mine"), _("See my trainings"), "book")]


def attended(*, actor: Actor) -> list[Attended]:
    """Every attestation that stands, without a name, for the figures of who was reached."""
    context.require(actor)
    back = TakenBack.objects.filter(attestation_id=OuterRef("pk"))
    rows = list(
        Attestation.objects.filter(~Exists(back))
        .order_by("taken_on", "pk")
        .values_list("pk", "user_id", "name", "organisation", "environment", "region", "taken_on")
    )
    ours = {user for _pk, user, *_said in rows} - {OUTSIDE}
    held = Membership.objects.filter(user_id__in=ours).order_by("starts_at", "pk")
    work = {
        user: (str(place), here)
        for user, place, here in held.values_list(
            "user_id", "organisation_id", "organisation__region"
        )
    }
    nowhere = ("", "")
    return [
        Attended(
            pk, str(user), work.get(user, nowhere)[0], on, is_ours=True,
            region=work.get(user, nowhere)[1],
        )
        if user != OUTSIDE
        else Attended(
            pk,
            f"{name} {organisation}".casefold(),
            organisation.casefold(),
            on,
            environment=environment,
            region=region,
        )
        for pk, user, name, organisation, environment, region, on in rows
    ]  # fmt: skip


def engaged(*, actor: Actor) -> list[Engaged]:
    """Which outside organisations were trained, in what and when, by what this person reads of
    attestations: how many people, and nobody's name."""
    context.require(actor)
    taught = queries.topics(actor=actor)
    back = TakenBack.objects.filter(attestation_id=OuterRef("pk"))
    rows = Attestation.objects.filter(~Exists(back), user_id=OUTSIDE).exclude(organisation="")
    groups: dict[tuple[str, str, date], list[Attestation]] = {}
    for row in rows.order_by("taken_on", "pk"):
        groups.setdefault((alike(row.organisation), row.topic, row.taken_on), []).append(row)
    return [
        Engaged(
            found[0].pk,
            found[0].organisation,
            next((row.environment for row in found if row.environment), ""),
            on,
            _("Training: %(topic)s") % {"topic": taught[topic].title if topic in taught else topic},
            people=len(found),
        )
        for (_name, topic, on), found in groups.items()
    ]

"""What does admission put on a worker's day and at the top of a file?"""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.admission import policy, queries
from spheres.followup.admission.models import AgeBand, ReferralStatus
from spheres.participants import queries as participants
from spheres.records.between import places
from spheres.records.between.places import Block, Handed
from spheres.regions import queries as regions
from spheres.sharing import counting, naming

Status = ReferralStatus.Status
TO_ANSWER: Final = "offers"
OFFERED: Final = """
select json_build_object('id', o.id) from admission_offer o
where o.user_id = %(user)s and o.status = 'OPEN'"""
WAITING = counting.Load(
    "offers",
    gettext_lazy("offers waiting"),
    "(select count(*) from admission_offer o where o.user_id = {worker} and o.status = 'OPEN')",
    {"admission_offer": ("user_id", "status")},
)

# Not now, or not at all: nobody new is told who she is. The door is the coordination's to open.
NOT_NOW = naming.Peace(
    "not_now",
    "exists (select from admission_referralstatus r "
    "where r.file_id = {file} and r.status in ('NOT_NOW', 'WITHDRAWN'))",
    {"admission_referralstatus": ("file_id", "status")},
)


def offers(*, actor: Actor) -> list[Handed]:
    """The offers that wait for an answer, each as a sentence without a name."""
    if not places.rows_of_day(TO_ANSWER, actor=actor, at=clock.now()):
        return []
    return [
        Handed(
            sentence=_("%(who)s proposes that you accompany a young person: %(age)s, %(language)s.")
            % {
                "who": offered.offered_by,
                "age": AgeBand(offered.referral.age_band).label,
                "language": offered.referral.language_words,
            },
            url=reverse("admission:offer", args=[offered.offer.pk]),
            verb=gettext_lazy("Read the offer"),
            icon="hands",
        )
        for offered in queries.open_offers(actor=actor)
    ]


def own_agreement(file_id: UUID, *, actor: Actor) -> Block | None:
    """At the top of a file whose birth date the page has opened: she is 14, and another agreed."""
    if not queries.was_agreed_for_her(file_id):
        return None
    _name, born = participants.opened(file_id, actor=actor)
    alone = (
        bool(born)
        and policy.age_on(date.fromisoformat(born), clock.today()) >= regions.region().self_from
    )
    if not policy.can_agree_anew(actor, decides_alone=alone):
        return None
    return Block("admission/ask_anew.html", {})


def next_step(file_id: UUID, *, actor: Actor) -> Block | None:
    """Before admission, the one next thing to do; afterwards, nothing."""
    if participants.is_known_to_be_followed(file_id):
        return None
    standing = queries.standing(file_id, actor=actor).first()
    if standing is None or standing.status in {Status.ADMITTED, Status.EXPIRED, Status.ORIENTED}:
        return None
    return Block(
        "admission/next_step.html",
        {
            "standing": standing,
            "label": Status(standing.status).label,
            "may_meet": policy.can_meet(actor, standing),
            "may_admit": policy.can_admit(actor, standing),
        },
    )

"""What does a possible match show at the desk, and on a file?"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from spheres.core.actor import Actor
from spheres.followup.likeness import policy, queries
from spheres.records.between.places import Block
from spheres.regions import queries as regions
from spheres.ui import addresses


def marks(*, actor: Actor) -> dict[UUID, list[str]]:
    """One quiet line under each referral of the queue that may be of somebody referred already:
    the likeliest, the others are on its page."""
    found: dict[UUID, list[str]] = {}
    if not policy.can_compare(actor, regions.desk()):
        return found
    for one in queries.at_desk(actor=actor):
        found.setdefault(one.file_id, [sentence(one)])
    return found


def sentence(one: queries.Alike) -> str:
    """The other's number, and who accompanies her if somebody does; it is for her to say."""
    said = {"number": one.number, "worker": one.worker}
    if one.worker:
        return (
            _(
                "Perhaps the same person as referral No. %(number)s, with %(worker)s: "
                "for the person to say"
            )
            % said
        )
    return _("Perhaps the same person as referral No. %(number)s: for the person to say") % said


def at_desk(file_id: UUID, *, actor: Actor) -> Block | None:
    """On one referral of the desk: offer it to the same worker, or leave it apart."""
    if not policy.can_compare(actor, regions.desk()):
        return None
    found = queries.at_desk(actor=actor, file_id=file_id)
    if not found:
        return None
    lines = [
        {
            "sentence": sentence(one),
            "by_contact": one.reason == queries.CONTACT,
            "pair": one.pair,
            "worker": one.worker,
            "offer_url": f"{addresses.to('admission:referral', file_id)}"
            f"?worker={one.worker_id}#offer",
            "other_url": addresses.to("admission:referral", one.other_id)
            if one.other_id and not one.worker
            else "",
        }
        for one in found
    ]
    return Block("likeness/at_desk.html", {"file_id": file_id, "lines": lines})


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """On a file: who to ask, what it keeps, or where one writes now."""
    if not policy.can_decide(actor):
        return None
    found = queries.around(file_id)
    if not (found.asked or found.keeps or found.goes_on_in):
        return None
    return Block(
        "likeness/block.html",
        {"asked": found.asked, "keeps": found.keeps, "goes_on_in": found.goes_on_in},
        beside=not (found.asked or found.goes_on_in),
    )

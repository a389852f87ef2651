"""What is told of a birthday that changes something, on a worker's day and at the top of a file?"""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.ages import policy
from spheres.followup.ages.policy import Birthday, Near
from spheres.participants import queries as participants
from spheres.records.between.places import Block, Handed
from spheres.regions import queries as regions
from spheres.ui import addresses, moments

SENTENCES: Final = {
    Near.ALONE_SOON: _(
        "%(name)s turns 14 on %(day)s: from that day, they alone give their agreements. "
        "Talk about it before."
    ),
    Near.ALONE_NOW: _("%(name)s is 14: agreements are asked anew, of them alone."),
    Near.ADULT_SOON: _(
        "%(name)s turns 18 on %(day)s: look together at what changes, and who goes on with them."
    ),
    Near.ADULT_NOW: _("%(name)s is 18: look together at what has changed."),
    Near.UNTIL_SOON: _(
        "%(name)s turns 25 on %(day)s: prepare together what comes after, without hurry."
    ),
    Near.GRACE: _(
        "%(name)s is 25: a step already begun can be finished until %(grace)s. "
        "Nothing closes by itself."
    ),
    Near.AFTER: _("%(name)s is over 25: look together where to go on. Nothing closes by itself."),
}


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """At the top of a file whose birth date the page has opened."""
    name, born = participants.opened(file_id, actor=actor)
    found = near(born)
    if found is None:
        return None
    return Block("ages/block.html", {"sentence": sentence(found, name)})


def questions(*, actor: Actor) -> list[Handed]:
    """On my day, by name; the people that the page has named already. An age that is not known is
    asked about now and then, one person a day at most."""
    mine = participants.mine_with_birth_dates(actor=actor)
    told = [(found, file_id, name) for file_id, name, born in mine if (found := near(born))]
    today = clock.today()
    unknown = [
        (name, file_id)
        for file_id, name, born in mine
        if not born and policy.is_asked_today(file_id, on=today)
    ]
    asked = [
        Handed(
            sentence=gettext("%(name)s: would they like to say their age? Only if they wish.")
            % {"name": name},
            url=addresses.to("identity:say", file_id),
            verb=_("Write it together"),
            icon="question",
        )
        for name, file_id in sorted(unknown)[:1]
    ]
    return asked + [
        Handed(
            sentence=sentence(found, name),
            url=addresses.to("dossier:file", file_id),
            verb=_("Open the file"),
            icon="calendar",
        )
        for found, file_id, name in sorted(told, key=lambda one: (one[0].on, one[2]))
    ]


def near(born: str) -> Birthday | None:
    """The birthday to be told today, by the region's ages; none when her day is not known."""
    if not born:
        return None
    region = regions.region()
    ages = policy.Ages(region.self_from, region.age_until, region.grace_months)
    return policy.near(date.fromisoformat(born), on=clock.today(), ages=ages)


def sentence(found: Birthday, name: str) -> str:
    return str(SENTENCES[found.near]) % {
        "name": name,
        "day": moments.day(found.on),
        "grace": moments.day(found.grace_until or found.on),
    }

"""What does the street put on a worker's day?"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.records.between import places
from spheres.records.between.places import Handed
from spheres.ui import addresses

WAITS: Final = "from the street"
MINE: Final = """
select json_build_object('number', count(*)) from street_entry
where user_id = (select access.actor()) having count(*) > 0"""


def to_place(*, actor: Actor) -> list[Handed]:
    """How many came and wait to be placed; nothing of what they say."""
    return [
        Handed(
            ngettext(
                "%(number)s text from the street waits to be placed.",
                "%(number)s texts from the street wait to be placed.",
                row["number"],
            )
            % {"number": row["number"]},
            addresses.to("street:mine"),
            _("Place them"),
            "phone",
        )
        for row in places.rows_of_day(WAITS, actor=actor, at=clock.now())
    ]

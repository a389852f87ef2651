"""What is seen of committees: who sits, when they meet, what is brought, noted and promised?"""

from spheres.partners.committees.views.items import (
    carry,
    carry_item,
    decide,
    done,
    hold,
    item,
    minutes,
    place,
    promise,
    take_off,
)
from spheres.partners.committees.views.meetings import bring, cancel, meeting, move, roll
from spheres.partners.committees.views.sitting import (
    call,
    committee,
    end_member,
    name_member,
    overview,
    register,
)

__all__ = [
    "bring", "call", "cancel", "carry", "carry_item", "committee", "decide", "done", "end_member",
    "hold", "item", "meeting", "minutes", "move", "name_member", "overview", "place", "promise",
    "register", "roll", "take_off",
]  # fmt: skip

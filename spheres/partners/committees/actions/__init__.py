"""What can be done at a committee? Name who sits, call, bring, place, talk about, note, promise."""

from spheres.partners.committees.actions.items import (
    Said,
    bring,
    carry_item,
    hold,
    note_roll,
    place,
    take_off,
)
from spheres.partners.committees.actions.noted import (
    answer_promise,
    promise,
    write_decision,
    write_minutes,
)
from spheres.partners.committees.actions.sitting import (
    Called,
    call,
    cancel_meeting,
    end_member,
    moment_of,
    move_meeting,
    name_member,
)

__all__ = [
    "Called",
    "Said",
    "answer_promise",
    "bring",
    "call",
    "cancel_meeting",
    "carry_item",
    "end_member",
    "hold",
    "moment_of",
    "move_meeting",
    "name_member",
    "note_roll",
    "place",
    "promise",
    "take_off",
    "write_decision",
    "write_minutes",
]

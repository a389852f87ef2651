"""What can be done with an activity, with the list of its day, and with what it was for her?"""

from spheres.followup.activities.actions.listing import add, forget_lists, keep, let_go, take_off
from spheres.followup.activities.actions.offering import (
    Planned,
    come_along,
    export,
    plan,
    say,
)
from spheres.followup.activities.actions.taking_part import (
    Authorised,
    Said,
    Written,
    add_strength,
    authorise,
    correct,
    give_feedback,
    may_authorise,
    sign,
)
from spheres.followup.activities.actions.together import Agreed, agree, invite, take_back

__all__ = [
    "Agreed",
    "Authorised",
    "Planned",
    "Said",
    "Written",
    "add",
    "add_strength",
    "agree",
    "authorise",
    "come_along",
    "correct",
    "export",
    "forget_lists",
    "give_feedback",
    "invite",
    "keep",
    "let_go",
    "may_authorise",
    "plan",
    "say",
    "sign",
    "take_back",
    "take_off",
]

"""What changes who handles a matter, who must never see one, or who reads a file for a while?"""

from spheres.sharing.actions.committees import present, step_out
from spheres.sharing.actions.disclosed import end_told_beyond, go_on, prepare
from spheres.sharing.actions.for_a_while import (
    Overlaps,
    close_exceptionally,
    cover,
    end_cover,
    end_covers_of_the_gone,
    end_hand_overs,
    extend_exceptionally,
    hand_over,
    open_exceptionally,
    review_exceptionally,
)
from spheres.sharing.actions.matters import (
    declare_conflict,
    end_seats,
    give_to_desk,
    give_to_person,
    go_on_with,
    open_at_desk,
    take_back,
)
from spheres.sharing.actions.said_by_her import agree, lift, restrict, share_less, withdraw
from spheres.sharing.actions.watched import let_go_on, tell_stopped

__all__ = [
    "Overlaps",
    "agree",
    "close_exceptionally",
    "cover",
    "declare_conflict",
    "end_cover",
    "end_covers_of_the_gone",
    "end_hand_overs",
    "end_seats",
    "end_told_beyond",
    "extend_exceptionally",
    "give_to_desk",
    "give_to_person",
    "go_on",
    "go_on_with",
    "hand_over",
    "let_go_on",
    "lift",
    "open_at_desk",
    "open_exceptionally",
    "prepare",
    "present",
    "restrict",
    "review_exceptionally",
    "share_less",
    "step_out",
    "take_back",
    "tell_stopped",
    "withdraw",
]

"""What can be done with accompaniments, and with what leaves for a resource with her agreement?"""

from spheres.followup.accompaniments.actions.leaving import (
    Agreed,
    CameBack,
    agree,
    hand_over,
    may_agree,
    reply,
    withdraw,
)
from spheres.followup.accompaniments.actions.steps import (
    TEXTS,
    Told,
    Written,
    correct,
    sign,
    tell,
)

__all__ = [
    "TEXTS",
    "Agreed",
    "CameBack",
    "Told",
    "Written",
    "agree",
    "correct",
    "hand_over",
    "may_agree",
    "reply",
    "sign",
    "tell",
    "withdraw",
]

"""What can be done of a legal demand? Received, linked and frozen, weighed, produced, ended."""

from spheres.privacy.legal_demands.actions.answering import (
    Informed,
    close,
    copied,
    decide,
    end_as_same,
    hand_over,
    inform,
    lapse,
    object_to,
    prepare,
    weigh,
)
from spheres.privacy.legal_demands.actions.arriving import (
    Received,
    call_officer,
    end_demand,
    end_seats,
    forget_demands,
    give_seat,
    link,
    receive,
    show,
    shown_as_received,
)
from spheres.privacy.legal_demands.actions.writing import Weighed

__all__ = [
    "Informed", "Received", "Weighed", "call_officer", "close", "copied", "decide",
    "end_as_same", "end_demand", "end_seats", "forget_demands", "give_seat", "hand_over",
    "inform", "lapse", "link", "object_to", "prepare", "receive", "show", "shown_as_received",
    "weigh",
]  # fmt: skip

"""What can be done with a referral, from the form to the follow-up?"""

from spheres.followup.admission.actions.entrusting import (
    accept,
    ask_more,
    decline,
    offer,
    offer_to,
    take_back,
    tell_more,
)
from spheres.followup.admission.actions.receiving import (
    Sent,
    asked_by,
    code_of,
    file_of,
    number_of,
    refer,
    type_in,
)
from spheres.followup.admission.actions.welcoming import (
    Conversation,
    admit,
    agree_anew,
    close,
    expire,
    forget_hers,
    forget_ways,
    meet,
    note_contact,
)

__all__ = [
    "Conversation",
    "Sent",
    "accept",
    "admit",
    "agree_anew",
    "ask_more",
    "asked_by",
    "close",
    "code_of",
    "decline",
    "expire",
    "file_of",
    "forget_hers",
    "forget_ways",
    "meet",
    "note_contact",
    "number_of",
    "offer",
    "offer_to",
    "refer",
    "take_back",
    "tell_more",
    "type_in",
]

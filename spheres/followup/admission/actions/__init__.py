"""What can be done with a referral, from the form to the follow-up?"""

from spheres.followup.admission.actions.entrusting import accept, decline, offer, take_back
from spheres.followup.admission.actions.receiving import Sent, file_of, number_of, refer, type_in
from spheres.followup.admission.actions.welcoming import (
    Conversation,
    admit,
    close,
    expire,
    meet,
    note_contact,
)

__all__ = [
    "Conversation",
    "Sent",
    "accept",
    "admit",
    "close",
    "decline",
    "expire",
    "file_of",
    "meet",
    "note_contact",
    "number_of",
    "offer",
    "refer",
    "take_back",
    "type_in",
]

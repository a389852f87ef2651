"""Who handles a matter, who reads a file for a while, and what did the person decide of hers?"""

from spheres.sharing.models.for_a_while import (
    Cover,
    ExceptionalAccess,
    HandedOver,
    Joined,
    Recognised,
)
from spheres.sharing.models.matters import Conflict, Handler
from spheres.sharing.models.partners import Departure
from spheres.sharing.models.said_by_her import Consent, Form, Restriction

__all__ = [
    "Conflict", "Consent", "Cover", "Departure", "ExceptionalAccess", "Form", "HandedOver",
    "Handler", "Joined", "Recognised", "Restriction",
]  # fmt: skip

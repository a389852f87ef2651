"""Who works here, and how does the door know them?"""

from spheres.accounts.models.devices import Device
from spheres.accounts.models.door import (
    EVERY_VERB,
    Attempt,
    Authenticator,
    Invitation,
    Password,
    Session,
    Spent,
)
from spheres.accounts.models.people import (
    DOORKEEPER,
    LOADER,
    Confirmed,
    Membership,
    Organisation,
    Role,
    User,
)
from spheres.accounts.models.recovery import DELAY, PATIENCE, Recovery, RecoveryStatus

__all__ = [
    "DELAY",
    "DOORKEEPER",
    "EVERY_VERB",
    "LOADER",
    "PATIENCE",
    "Attempt",
    "Authenticator",
    "Confirmed",
    "Device",
    "Invitation",
    "Membership",
    "Organisation",
    "Password",
    "Recovery",
    "RecoveryStatus",
    "Role",
    "Session",
    "Spent",
    "User",
]

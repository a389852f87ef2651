"""Who works here, and how does the door know them?"""

from spheres.accounts.models.clearance import (
    ATTESTING,
    FOLLOW,
    LONGEST_EXTENSION,
    SAY_TRAINING,
    ClearanceRule,
    Extension,
    TrainingDay,
    Undertaking,
    UndertakingText,
)
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
    "ATTESTING",
    "DELAY",
    "DOORKEEPER",
    "EVERY_VERB",
    "FOLLOW",
    "LOADER",
    "LONGEST_EXTENSION",
    "PATIENCE",
    "SAY_TRAINING",
    "Attempt",
    "Authenticator",
    "ClearanceRule",
    "Confirmed",
    "Device",
    "Extension",
    "Invitation",
    "Membership",
    "Organisation",
    "Password",
    "Recovery",
    "RecoveryStatus",
    "Role",
    "Session",
    "Spent",
    "TrainingDay",
    "Undertaking",
    "UndertakingText",
    "User",
]

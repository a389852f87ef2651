"""What does one see at the door, of one's own account, and of those one lets in?"""

from spheres.accounts.views import (
    account,
    arriving,
    devices,
    door,
    joining,
    leaving,
    members,
    proving,
    recovering,
)
from spheres.accounts.views.coming_back import address_of, device_of, key_of, let_in, safe_next
from spheres.accounts.views.proving import step_up

__all__ = [
    "account",
    "address_of",
    "arriving",
    "device_of",
    "devices",
    "door",
    "joining",
    "key_of",
    "leaving",
    "let_in",
    "members",
    "proving",
    "recovering",
    "safe_next",
    "step_up",
]

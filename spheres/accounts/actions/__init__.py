"""What opens and ends a session, proves who one is, and lets a person in?"""

from spheres.accounts.actions.belonging import (
    choose_language,
    choose_organisation,
    close,
    confirm_colleagues,
    end_everybody,
    end_membership,
    keep_membership,
)
from spheres.accounts.actions.clearing import say_trained
from spheres.accounts.actions.devices import (
    Browser,
    know_device,
    name_device,
    recognise_device,
    remove_device,
    say_lost,
)
from spheres.accounts.actions.door import (
    Opened,
    come_in,
    go_out,
    lock,
    prove_again,
    revoke,
    revoke_others,
    unlock,
)
from spheres.accounts.actions.ending import end_sessions
from spheres.accounts.actions.enrolling import (
    add_passkey,
    new_codes,
    remove_authenticator,
)
from spheres.accounts.actions.inviting import (
    NewPerson,
    accept_role,
    accept_with_passkey,
    accept_with_totp,
    invite,
    invite_again,
    release,
)
from spheres.accounts.actions.links import Invited
from spheres.accounts.actions.passkeys import by_passkey
from spheres.accounts.actions.recovering import ask as ask_recovery
from spheres.accounts.actions.recovering import hand_over_recovery
from spheres.accounts.actions.recovering import stop as stop_recovery
from spheres.accounts.actions.recovering import vouch as vouch_recovery
from spheres.accounts.actions.secrets import by_password

__all__ = [
    "Browser",
    "Invited",
    "NewPerson",
    "Opened",
    "accept_role",
    "accept_with_passkey",
    "accept_with_totp",
    "add_passkey",
    "ask_recovery",
    "by_passkey",
    "by_password",
    "choose_language",
    "choose_organisation",
    "close",
    "come_in",
    "confirm_colleagues",
    "end_everybody",
    "end_membership",
    "end_sessions",
    "go_out",
    "hand_over_recovery",
    "invite",
    "invite_again",
    "keep_membership",
    "know_device",
    "lock",
    "name_device",
    "new_codes",
    "prove_again",
    "recognise_device",
    "release",
    "remove_authenticator",
    "remove_device",
    "revoke",
    "revoke_others",
    "say_lost",
    "say_trained",
    "stop_recovery",
    "unlock",
    "vouch_recovery",
]

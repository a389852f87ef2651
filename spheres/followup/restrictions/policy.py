"""Who writes down whom she bars, who lifts it, who signs, and who goes on with her?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.restrictions.models import ALWAYS, PARTS, Refusal, SaidBy
from spheres.participants.policy import may_speak

WORKERS: Final = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)
NOBODY_ELSE = _(
    "Nobody else would walk with this person: say which colleague is with them for now."
)
CANNOT = _("This colleague cannot be with this person. Choose someone else.")


@dataclass(frozen=True)
class Barred:
    """Whom she bars: one person; or an organisation, a role there, a role anywhere."""

    user_id: UUID | None = None
    organisation_id: UUID | None = None
    role: str = ""

    def speaks_of(self, user_id: UUID, organisation_id: UUID, roles: Collection[str]) -> bool:
        """Whether it bars this person, acting for this organisation in these roles.

        Asked to explain and to prepare; what closes the file is the rule table.
        """
        if self.user_id is not None:
            return self.user_id == user_id
        if self.organisation_id not in {None, organisation_id}:
            return False
        return not self.role or self.role in roles


def can_write(actor: Actor) -> Decision:
    """Her workers write it with her; the database knows which files are theirs."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers write down what they refuse."))
    return yes()


def can_refuse(actor: Actor, kinds: Collection[str]) -> Decision:
    """The person alone, from the notebook, refuses research; their workers write the rest."""
    if actor.is_participant and set(kinds) == {Refusal.Kind.RESEARCH}:
        return yes()
    return can_write(actor)


def can_restrict(actor: Actor, faces: Collection[str]) -> Decision:
    """From all of the file, or from some of what may be closed alone, never from how to reach her
    safely alone."""
    if not (may := can_write(actor)):
        return may
    if not faces:
        return no(_("Say what this person must not see."))
    return yes()


def can_sign(decider: str, *, decides_alone: bool, suspended: Collection[str] = ()) -> Decision:
    """From 14 she alone decides; under 14, or when her age is not known, whoever signs for her and
    whose rights are not suspended."""
    if decides_alone and decider != SaidBy.HERSELF:
        return no(_("From 14, the young person alone decides."))
    if not decides_alone and decider == SaidBy.HERSELF:
        return no(_("Under 14, or when the age is not known, somebody signs with them."))
    return may_speak(decider, suspended=suspended)


def can_explain(explained_by: UUID, known: Collection[UUID]) -> Decision:
    """The effects are explained by somebody whom the organisation names for it."""
    if explained_by not in known:
        return no(_("This person does not explain it here today."))
    return yes()


def can_leave_to(
    chosen: UUID | None, colleagues: Collection[UUID], *, is_left_alone: bool
) -> Decision:
    """When nobody who walks with her would see the file any more, a colleague goes on with her, if
    there is one who is not barred too."""
    if chosen is not None and chosen not in colleagues:
        return no(CANNOT)
    if is_left_alone and chosen is None and colleagues:
        return no(NOBODY_ELSE)
    return yes()


def can_lift(actor: Actor, barred: Barred) -> Decision:
    """One of her workers notes that she lifts it, never whoever it bars."""
    if not (may := can_write(actor)):
        return may
    if barred.speaks_of(actor.user_id, actor.organisation_id, actor.roles):
        return no(
            _("Whoever is barred does not lift it: a colleague hears the person and notes it.")
        )
    return yes()


def faces_of(parts: Collection[str]) -> list[str]:
    """What these parts close: what is written of somebody is closed to them with any of them."""
    chosen = {part for part in parts if part in PARTS}
    return sorted(chosen | {ALWAYS}) if chosen else []

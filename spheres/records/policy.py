"""Who may copy what was signed to the official file of an organisation?"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.records.models import Record, RecordStatus
from spheres.sharing.rules import PRIVATE, THERAPY

# What never leaves, whoever wrote it and wherever the official file is.
NEVER = frozenset({THERAPY, PRIVATE})


@dataclass(frozen=True)
class Official:
    """Where the organisation that holds a file keeps its official one, and how that takes a copy.

    Without a name, it keeps none elsewhere: what is written here is the official file.
    """

    organisation_id: UUID
    organisation: str
    system: str
    shape: str

    @property
    def shapes(self) -> list[tuple[str, str]]:
        """Every shape of a copy with its words, the one this file takes first."""
        choices = [(str(code), str(label)) for code, label in Organisation.CopyShape.choices]
        return sorted(choices, key=lambda choice: choice[0] != self.shape)


def can_hand_over(actor: Actor, record: Record, status: str, official: Official | None) -> Decision:
    """Its author alone copies a signed text, to the official file of their own organisation."""
    if record.written_by != actor.user_id:
        return no(_("Only its author copies this to the official file."))
    if record.access.section in NEVER:  # type: ignore[attr-defined]
        return no(_("Therapy notes and private pages are copied nowhere."))
    if official is None or official.organisation_id != actor.organisation_id:
        return no(_("A copy goes to the official file of one’s own organisation only."))
    if not official.system:
        return no(_("This organisation keeps no other official file."))
    if status != RecordStatus.Status.SIGNED:
        return no(_("This was corrected: the later one is the one to copy."))
    return yes()

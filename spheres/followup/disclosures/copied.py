"""How does her register of communications read in her copy?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.followup.disclosures import queries, saying
from spheres.followup.disclosures.lines import Found
from spheres.records.between import copying, telling
from spheres.records.between.copying import Line, Register


def register(file_id: UUID, *, actor: Actor, at: datetime) -> Register:
    """What was told outside; never what could harm her, nor a line that is never on paper."""
    whole = queries.of_file(file_id, actor=actor, at=at)
    kept = [one for one in whole.lines if not (one.is_kept_from_her or one.is_never_on_paper)]
    found = Found(kept, whole.elsewhere)

    def make() -> list[Line]:
        read = saying.lines(found.lines, telling.besides(file_id, actor=actor))
        return [Line(one.at, tuple(one.sentences)) for one in read if not one.is_never_on_paper]

    return Register("communications", _("What was told about you"), found.rows, make)


copying.keep_register(register)

"""How does the list of who opened her file read in her copy?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.followup.dossier import opened
from spheres.records.between import copying
from spheres.records.between.copying import Line, Register


def register(file_id: UUID, *, actor: Actor, at: datetime) -> Register:
    """Who opened it or wrote in it, day by day since the first, as on the page read together."""
    days = opened.every_day(file_id, actor=actor, at=at)
    return Register(
        "openings",
        _("Who looked at your file"),
        make=lambda: [
            Line(line.last.at, (_who(line), line.done, line.when))
            for day in days
            for line in day.lines
        ],
    )


def _who(line: opened.Line) -> str:
    return f"{line.last.name}, {line.last.role}" if line.last.role else line.last.name


copying.keep_register(register)

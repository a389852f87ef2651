"""What is kept of her plan itself? That a copy left: what each tool wrote stays its own."""

from __future__ import annotations

from spheres.core.words import FileSection
from spheres.records.models import HandOver


class PlanHandOver(HandOver):
    """What she agreed to of her plan was copied to the official file of her worker's organisation.

    What was in it is not kept a second time: her journal says when, by whom and in which shape.
    """

    access = FileSection("plan", by="handed_by")

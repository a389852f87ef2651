"""What of what success is for her does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.success.models import Choice
from spheres.records.between import copying
from spheres.records.between.copying import OfRecord, Told


def chosen(choice: Choice) -> list[Told]:
    """The sentences she recognised, one a line."""
    words = "\n".join(choice.sentences)
    return [Told("statements", _("The sentences that were chosen"), words, is_whole=True)]


copying.of_record(
    "success", OfRecord(title=lambda _row: str(_("What success is for me")), chosen=chosen)
)

"""What of an urgent need does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.urgent_needs.models import Answer, Outcome
from spheres.records.between import copying
from spheres.records.between.copying import Kind, Part, Told


def came_to(outcome: Outcome) -> list[Told]:
    """Where the need stood then."""
    stands = str(Answer.Status(outcome.came_to).label)
    return [Told("came_to", _("Where it is now"), stands, is_whole=True)]


copying.register(
    Kind(
        "urgent_need_outcomes",
        _("What came of an urgent need"),
        Outcome,
        (
            Part("her_words", _("In your words"), is_hers=True),
            Part("line", _("In one line")),
        ),
        chosen=came_to,
    ),
)

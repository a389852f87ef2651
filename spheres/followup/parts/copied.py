"""What of who does what does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.parts.models import Part as PartOfOne
from spheres.records.between import copying
from spheres.records.between.copying import Kind, Part

copying.register(
    Kind(
        "parts_around",
        _("What an organisation does"),
        PartOfOne,
        (
            Part("person", _("Who there")),
            Part("what", _("What they do")),
            Part("next_step", _("The next step")),
        ),
    ),
)

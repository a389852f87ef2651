"""What of a departure of the organisation does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.departure.models import Say
from spheres.records.between import copying
from spheres.records.between.copying import Kind, Part

copying.register(
    Kind(
        "departure_says",
        _("What is wanted when the organisation leaves"),
        Say,
        (Part("her_words", _("In your words"), is_hers=True),),
    ),
)

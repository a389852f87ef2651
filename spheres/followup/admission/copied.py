"""What of the first conversation does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.admission.models import Admission
from spheres.records.between import copying
from spheres.records.between.copying import Goes, Kind, Part

# Why no parent was asked is told to no parent.
copying.register(
    Kind(
        "admissions",
        _("The first conversation"),
        Admission,
        (
            Part("her_words", _("In your words"), is_hers=True),
            Part("harms", _("What it costs you"), is_hers=True),
            Part("exception_words", _("Why no parent was asked")),
        ),
        at="occurred_at",
        goes=Goes.LAW,
    ),
)

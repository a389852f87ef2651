"""What of a restriction does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.restrictions.models import Lifting, Notice
from spheres.records.between import copying
from spheres.records.between.copying import Goes, Kind, Part

HER_WORDS = Part("her_words", _("In your words"), is_hers=True)

# A register of hers: whom she keeps out is told to nobody else.
copying.register(
    Kind(
        "restriction_notices",
        _("The notice of a restriction"),
        Notice,
        (
            HER_WORDS,
            Part("signer", _("Who signs"), is_hers=True),
            Part("contact", _("How to reach whoever signs"), is_hers=True),
        ),
        goes=Goes.HERS,
        is_aloud=False,
    ),
    Kind(
        "restriction_liftings",
        _("A restriction was lifted"),
        Lifting,
        (HER_WORDS,),
        goes=Goes.HERS,
        is_aloud=False,
    ),
)

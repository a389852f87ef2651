"""What of a hand-over does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.handing_over.models import Choice, Passing
from spheres.records.between import copying
from spheres.records.between.copying import Kind, Part

HER_WORDS = Part("her_words", _("In your words"), is_hers=True)

copying.register(
    Kind("passings", _("A change of worker was told"), Passing, (HER_WORDS,)),
    Kind("passing_choices", _("What is wanted next"), Choice, (HER_WORDS,)),
)

"""What of a passage does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.passages.models import Fit, Letter, WordsForTheEnd
from spheres.records.between import copying
from spheres.records.between.copying import Kind, Part

HER_WORDS = Part("her_words", _("In your words"), is_hers=True)

copying.register(
    Kind(
        "words_for_the_end",
        _("Words for the end"),
        WordsForTheEnd,
        (Part("words", _("In your words"), is_hers=True),),
    ),
    Kind(
        "closing_letters",
        _("The letter at the end"),
        Letter,
        # It was written to her, and given.
        (Part("letter", _("The letter"), is_hers=True), HER_WORDS),
    ),
    Kind("fits", _("Whether it still fits"), Fit, (HER_WORDS,)),
)

"""What of what she asked from her notebook does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.portal.my_say.models import Answer, Ask
from spheres.records.between import copying
from spheres.records.between.copying import Goes, Kind, Part, Told


def kind_of(ask: Ask) -> list[Told]:
    """What she asks."""
    return [Told("kind", _("What is asked"), str(ask.get_kind_display()), is_whole=True)]


copying.register(
    Kind(
        "asks",
        _("Something asked from the notebook"),
        Ask,
        (Part("words", _("In your words"), is_hers=True),),
        chosen=kind_of,
        goes=Goes.HERS,
        is_aloud=False,
    ),
    Kind(
        "ask_answers",
        _("An answer in the notebook"),
        Answer,
        (Part("words", _("Word for word"), is_hers=True),),
        goes=Goes.HERS,
        is_aloud=False,
    ),
)

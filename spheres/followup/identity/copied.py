"""What of who she is does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.participants.models import Identity, Suspension
from spheres.records.between import copying
from spheres.records.between.copying import Goes, Kind, Part

# To whoever speaks for her, never: a name she chose, her gender are hers to tell them. Nor aloud:
# the screen that is read together names nobody.
copying.register(
    Kind(
        "identities",
        _("Name, pronouns and languages"),
        Identity,
        (
            Part("chosen_name", _("The name you chose"), is_hers=True),
            Part("pronouns", _("Your pronouns"), is_hers=True),
            Part("birth_date", _("Your day of birth"), is_hers=True),
            Part("languages", _("Your languages"), is_hers=True),
            Part("interpreter", _("The interpreter you ask for"), is_hers=True),
            Part("gender", _("Your gender"), is_hers=True),
        ),
        goes=Goes.LAW,
        is_aloud=False,
    ),
    Kind(
        "suspensions",
        _("The rights of a representative were suspended"),
        Suspension,
        (Part("reason", _("Why")),),
        goes=Goes.HERS,
        is_aloud=False,
    ),
)

"""What of her notebook does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.portal.notebook.models import Naming, Reply, Word
from spheres.records.between import copying
from spheres.records.between.copying import Goes, Kind, Part

copying.register(
    Kind(
        "notebook_names",
        _("The names given in the notebook"),
        Naming,
        (
            Part("notebook", _("The name of your notebook"), is_hers=True),
            Part("appointment", _("The name of your appointments"), is_hers=True),
        ),
        goes=Goes.HERS,
        is_aloud=False,
    ),
    Kind(
        "notebook_words",
        _("A word left in the notebook"),
        Word,
        (Part("words", _("In your words"), is_hers=True),),
        goes=Goes.HERS,
        is_aloud=False,
    ),
    # It waited for her there: she read it already.
    Kind(
        "notebook_replies",
        _("An answer in the notebook"),
        Reply,
        (Part("words", _("Word for word"), is_hers=True),),
        goes=Goes.HERS,
        is_aloud=False,
    ),
)

"""What may be answered when two referrals seem to be of one person?"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.ui.fields import RadiosField
from spheres.ui.forms import Form

BOTH, NOT_THE_SAME, NOT_ASKED = "both", "not_the_same", "not_asked"
ANSWERS: Final = (
    (BOTH, _("Both are the same person")),
    (NOT_THE_SAME, _("They are two people")),
    (NOT_ASKED, _("Not asked yet")),
)


class AnswerForm(Form):
    """The person's own answer; «not asked yet» is one."""

    answer = RadiosField(label=_("What did they say?"), choices=ANSWERS)

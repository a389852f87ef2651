"""What is asked of whoever cannot see a page? Which kind of page; never of whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.why.models import Asking
from spheres.records.forms import LookingForm
from spheres.ui.fields import LongTextField, RadiosField

MOST = 600


class AskForm(LookingForm):
    """Two questions, neither about anybody."""

    texts = ("words",)

    page = RadiosField(label=_("Which kind of page?"), choices=Asking.Page.choices)
    words = LongTextField(
        label=_("What you wanted to do, in a few words"),
        hint=_("No name, no number, nothing by which somebody would be known."),
        max_length=MOST,
        required=False,
        rows=3,
    )

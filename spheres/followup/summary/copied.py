"""What of her one page does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.summary.models import Line
from spheres.records.between import copying
from spheres.records.between.copying import Kind, Part

# Read together before it stood there: hers at once, whoever worded it.
copying.register(
    Kind(
        "summary_lines",
        _("A line of the page"),
        Line,
        (Part("text", _("In one line"), is_hers=True),),
    ),
)

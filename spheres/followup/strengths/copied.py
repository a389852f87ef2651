"""What of a strength does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.records.between import copying
from spheres.records.between.copying import OfRecord, Part

# The line was said by her, or with her agreement: it is hers at once, and waits before it goes on.
copying.of_record(
    "strengths",
    OfRecord(
        parts=(Part("line", _("In one line"), is_hers=True),),
        title=lambda row: str(row.kind_label),
    ),
)

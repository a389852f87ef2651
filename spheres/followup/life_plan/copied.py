"""What of a life plan does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.life_plan.models import Step, Task, Trace
from spheres.records.between import copying
from spheres.records.between.copying import Kind, OfRecord, Part

LINE = _("In one line")

copying.of_record(
    "life_plan",
    OfRecord(
        parts=(Part("line", LINE, is_hers=True),),
        title=lambda row: str(row.kind_label),
    ),
)
copying.register(
    Kind("life_plan_steps", _("A small step"), Step, (Part("line", LINE, is_hers=True),)),
    Kind(
        "life_plan_traces",
        _("What was done of a small step"),
        Trace,
        (Part("words", _("In your words"), is_hers=True),),
    ),
    Kind("life_plan_tasks", _("What a worker took on"), Task, (Part("line", LINE),)),
)

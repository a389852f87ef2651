"""What kind of record is a sheet of her safety?"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.followup.safety_net import policy
from spheres.followup.safety_net.models import Part, Sheet, SheetStatus
from spheres.records.registry import Entry, RecordType, register
from spheres.ui import addresses

LABEL = gettext_lazy("Safety")
TITLES = {
    Part.NET: (gettext_lazy("Safety net updated"), "shield"),
    Part.CRISIS: (gettext_lazy("Crisis plan updated"), "hands"),
    Part.COURSE: (gettext_lazy("Staying on course updated"), "path"),
}


def entry(record: Sheet) -> Entry:
    """How an opened one reads in the timeline: that it was updated; its content is on its page."""
    corrected = record.standing.status == SheetStatus.Status.CORRECTED
    title, icon = TITLES[Part(record.part)]
    return Entry(
        id=record.pk,
        record_type="safety_net",
        title=str(title),
        icon=icon,
        occurred_at=record.occurred_at,
        her_words=record.opened.her_words,
        observation=record.opened.observation,
        support=record.opened.support,
        written_by=record.written_by,
        url=addresses.to("safety_net:detail", record.file_id, record.pk),
        mark=_("Corrected since") if corrected else "",
    )


register(
    RecordType(
        slug="safety_net",
        label=LABEL,
        add_label=LABEL,
        icon="shield",
        model=Sheet,
        entry=entry,
        can_write=policy.can_write,
        keep="followup",
    )
)

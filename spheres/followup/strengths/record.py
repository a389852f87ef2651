"""What kind of record is a strength?"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.followup.strengths import policy
from spheres.followup.strengths.models import Strength, StrengthStatus
from spheres.records.registry import Entry, RecordType, register
from spheres.ui import addresses

LABEL = gettext_lazy("My strengths")
Status = StrengthStatus.Status
MARKS = {
    Status.SET_ASIDE: gettext_lazy("Set aside for now"),
    Status.CORRECTED: gettext_lazy("Corrected since"),
}


def entry(record: Strength) -> Entry:
    """How an opened one reads in the timeline."""
    return Entry(
        id=record.pk,
        record_type="strengths",
        title=_("%(kind)s: %(line)s") % {"kind": record.kind_label, "line": record.opened.line},
        icon="star",
        occurred_at=record.occurred_at,
        her_words=record.opened.her_words,
        observation=record.opened.observation,
        support=record.opened.support,
        written_by=record.written_by,
        url=addresses.to("strengths:detail", record.file_id, record.pk),
        mark=str(MARKS.get(Status(record.standing.status), "")),
    )


register(
    RecordType(
        slug="strengths",
        label=LABEL,
        add_label=gettext_lazy("A strength, a thank-you"),
        icon="star",
        model=Strength,
        entry=entry,
        can_write=policy.can_write,
        keep="followup",
    )
)

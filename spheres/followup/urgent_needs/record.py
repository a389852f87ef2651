"""What kind of record is an urgent need?"""

from django.utils.translation import gettext_lazy as _

from spheres.followup.urgent_needs import policy
from spheres.followup.urgent_needs.models import LEFT, Answer, UrgentNeed, UrgentNeedStatus
from spheres.records.registry import Entry, RecordType, register
from spheres.records.timeline import stand_above
from spheres.regions import queries as regions
from spheres.ui import addresses

LABEL = _("Urgent need")
WAITS = f"""
exists (select from urgent_needs_answer a
  join urgent_needs_urgentneedstatus s on s.record_id = a.need_id
  where a.need_id = t.id and s.status <> 'CORRECTED'
    and a.status in ({", ".join(f"'{one}'" for one in LEFT)}))"""


def entry(record: UrgentNeed) -> Entry:
    """How an opened one reads in the timeline; one that is not met yet stands above it."""
    corrected = record.standing.status == UrgentNeedStatus.Status.CORRECTED
    stands = Answer.Status(record.answer.status)
    return Entry(
        id=record.pk,
        record_type="urgent_needs",
        title=regions.label("urgent_needs", record.need),
        icon="hands",
        occurred_at=record.occurred_at,
        her_words=record.opened.her_words,
        observation=record.opened.observation,
        support=record.opened.support,
        written_by=record.written_by,
        url=addresses.to("urgent_needs:detail", record.file_id, record.pk),
        mark=str(_("Corrected since") if corrected else stands.label),
        is_now=not corrected and stands in LEFT,
    )


register(
    RecordType(
        slug="urgent_needs",
        label=LABEL,
        add_label=LABEL,
        icon="hands",
        model=UrgentNeed,
        entry=entry,
        can_write=policy.can_write,
        keep="followup",
        beside=("standing", "answer"),
        is_quick=True,
    )
)
stand_above("urgent_needs", WAITS)

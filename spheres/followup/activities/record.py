"""What kind of record is an activity, in her own file?"""

from django.utils.translation import gettext_lazy as _

from spheres.followup.activities import policy
from spheres.followup.activities.models import Participation, ParticipationStatus
from spheres.records.registry import Entry, RecordType, register
from spheres.regions import queries as regions
from spheres.ui import addresses


def entry(record: Participation) -> Entry:
    """How an opened one reads in the timeline."""
    corrected = record.standing.status == ParticipationStatus.Status.CORRECTED
    return Entry(
        id=record.pk,
        record_type="activities",
        title=regions.label("activity_ideas", record.idea),
        icon="sun",
        occurred_at=record.occurred_at,
        her_words=record.opened.her_words,
        observation=record.opened.observation,
        support=record.opened.support,
        written_by=record.written_by,
        url=addresses.to("activities:detail", record.file_id, record.pk),
        mark=str(_("Corrected since")) if corrected else "",
    )


register(
    RecordType(
        slug="activities",
        label=_("Activities"),
        add_label=_("An activity, for them"),
        icon="sun",
        model=Participation,
        entry=entry,
        can_write=policy.can_write,
        keep="followup",
    )
)

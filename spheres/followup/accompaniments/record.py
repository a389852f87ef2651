"""What kind of record is an accompaniment?"""

from django.utils.translation import gettext_lazy as _

from spheres.followup.accompaniments import policy
from spheres.followup.accompaniments.models import Accompaniment, AccompanimentStatus, Course
from spheres.records.registry import Entry, RecordType, register
from spheres.regions import queries as regions
from spheres.ui import addresses

LABEL = _("Accompaniments")


def entry(record: Accompaniment) -> Entry:
    """How an opened one reads in the timeline: what it is about, and where it stands."""
    corrected = record.standing.status == AccompanimentStatus.Status.CORRECTED
    stands = Course.Status(record.course.status).label
    return Entry(
        id=record.pk,
        record_type="accompaniments",
        title=regions.label("accompaniment_kinds", record.kind),
        icon="path",
        occurred_at=record.occurred_at,
        her_words=record.opened.her_words,
        observation=record.opened.observation,
        support=record.opened.support,
        written_by=record.written_by,
        url=addresses.to("accompaniments:detail", record.file_id, record.pk),
        mark=str(_("Corrected since") if corrected else stands),
    )


register(
    RecordType(
        slug="accompaniments",
        label=LABEL,
        add_label=_("Begin an accompaniment"),
        icon="path",
        model=Accompaniment,
        entry=entry,
        can_write=policy.can_write,
        keep="followup",
        beside=("standing", "course"),
    )
)

"""What kind of record is a stage mark?"""

from django.utils.translation import gettext_lazy as _

from spheres.followup.stage_marks import policy
from spheres.followup.stage_marks.models import StageMark, StageMarkStatus
from spheres.records.registry import Entry, RecordType, register
from spheres.ui import addresses

LABEL = _("Where I am")


def entry(record: StageMark) -> Entry:
    """How an opened one reads in the timeline: the topic, and the sentence beside it."""
    corrected = record.standing.status == StageMarkStatus.Status.CORRECTED
    return Entry(
        id=record.pk,
        record_type="stage_marks",
        title=_("%(topic)s: “%(sentence)s”")
        % {"topic": record.topic_label, "sentence": record.sentence},
        icon="path",
        occurred_at=record.occurred_at,
        her_words=record.opened.her_words,
        observation=record.opened.observation,
        support=record.opened.support,
        written_by=record.written_by,
        url=addresses.to("stage_marks:detail", record.file_id, record.pk),
        mark=str(_("Corrected since")) if corrected else "",
    )


register(
    RecordType(
        slug="stage_marks",
        label=LABEL,
        add_label=LABEL,
        icon="path",
        model=StageMark,
        entry=entry,
        can_write=policy.can_write,
        keep="followup",
    )
)

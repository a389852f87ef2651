"""What kind of record is a dream or a goal?"""

from django.utils.translation import gettext_lazy as _

from spheres.followup.life_plan import policy
from spheres.followup.life_plan.models import Aim, AimStatus
from spheres.records.registry import Entry, RecordType, register
from spheres.ui import addresses

LABEL = _("Dreams and small steps")


def entry(record: Aim) -> Entry:
    """How an opened one reads in the timeline."""
    corrected = record.standing.status == AimStatus.Status.CORRECTED
    said = {"line": record.opened.line}
    return Entry(
        id=record.pk,
        record_type="life_plan",
        title=_("A dream: %(line)s") % said if record.is_dream else _("A goal: %(line)s") % said,
        icon="leaf",
        occurred_at=record.occurred_at,
        her_words=record.opened.her_words,
        observation=record.opened.observation,
        support=record.opened.support,
        written_by=record.written_by,
        url=addresses.to("life_plan:detail", record.file_id, record.pk),
        mark=str(_("Said otherwise since")) if corrected else "",
    )


register(
    RecordType(
        slug="life_plan",
        label=LABEL,
        add_label=_("A dream, a goal"),
        icon="leaf",
        model=Aim,
        entry=entry,
        can_write=policy.can_write,
        keep="followup",
    )
)

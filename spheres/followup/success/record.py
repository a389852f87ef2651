"""What kind of record is what success is for her?"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.followup.success import policy
from spheres.followup.success.models import Choice, ChoiceStatus
from spheres.records.registry import Entry, RecordType, register
from spheres.ui import addresses

LABEL = gettext_lazy("What success is for me")


def entry(record: Choice) -> Entry:
    """How an opened one reads in the timeline."""
    corrected = record.standing.status == ChoiceStatus.Status.CORRECTED
    return Entry(
        id=record.pk,
        record_type="success",
        title=_("What success is for me: %(sentences)s")
        % {"sentences": "; ".join(record.sentences) or _("in my own words")},
        icon="leaf",
        occurred_at=record.occurred_at,
        her_words=record.opened.her_words,
        observation=record.opened.observation,
        support=record.opened.support,
        written_by=record.written_by,
        url=addresses.to("success:detail", record.file_id, record.pk),
        mark=str(_("Corrected since")) if corrected else "",
    )


register(
    RecordType(
        slug="success",
        label=LABEL,
        add_label=LABEL,
        icon="leaf",
        model=Choice,
        entry=entry,
        can_write=policy.can_write,
        keep="followup",
    )
)

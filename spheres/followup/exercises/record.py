"""What kinds of record are filled exercises? One for each section they belong to."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from spheres.followup.exercises import policy, queries
from spheres.followup.exercises.models import SLUGS, PlanSheet, SafetySheet, Sheet
from spheres.records.models import RecordStatus
from spheres.records.registry import Entry, RecordType, register
from spheres.sharing.rules import PLAN, SAFETY
from spheres.ui import addresses


def entry(section: str, sheet: Sheet) -> Entry:
    """How an opened one reads in the timeline: its name, and what she said besides; its answers
    stand on its own page."""
    corrected = sheet.standing.status == RecordStatus.Status.CORRECTED  # type: ignore[attr-defined]
    return Entry(
        id=sheet.pk,
        record_type=SLUGS[section],
        title=queries.title_of(sheet),
        icon="leaf" if section == PLAN else "shield",
        occurred_at=sheet.occurred_at,
        her_words=sheet.opened.her_words,
        observation=sheet.opened.observation,
        support=sheet.opened.support,
        written_by=sheet.written_by,
        url=addresses.to(f"{SLUGS[section]}:detail", sheet.file_id, sheet.pk),
        mark=str(_("Corrected since")) if corrected else "",
    )


# Both are begun from the library of exercises: neither has a button of its own beside the others.
register(
    RecordType(
        slug=SLUGS[PLAN],
        label=_("Exercise"),
        add_label="",
        icon="leaf",
        model=PlanSheet,
        entry=partial(entry, PLAN),
        can_write=policy.can_write,
        keep="followup",
    )
)
register(
    RecordType(
        slug=SLUGS[SAFETY],
        label=_("Exercise about safety"),
        add_label="",
        icon="shield",
        model=SafetySheet,
        entry=partial(entry, SAFETY),
        can_write=policy.can_write,
        keep="followup",
    )
)

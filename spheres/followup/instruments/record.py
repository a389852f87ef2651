"""What kinds of record are filled questionnaires? One for each section they belong to."""

from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision
from spheres.followup.instruments import policy, queries
from spheres.followup.instruments.models import (
    SLUGS,
    AnswerSheet,
    HealthAnswers,
    TherapyAnswers,
)
from spheres.records.models import RecordStatus
from spheres.records.registry import Entry, RecordType, register
from spheres.sharing.rules import HEALTH, THERAPY
from spheres.ui import addresses


def entry(section: str, sheet: AnswerSheet) -> Entry:
    """How an opened one reads in the timeline: its name and its day, and what was said besides.

    Never an answer, a sentence of its recipe or a figure: those stand on its own page alone.
    """
    corrected = sheet.standing.status == RecordStatus.Status.CORRECTED  # type: ignore[attr-defined]
    return Entry(
        id=sheet.pk,
        record_type=SLUGS[section],
        title=queries.title_of(sheet),
        icon="note",
        occurred_at=sheet.occurred_at,
        her_words=sheet.opened.her_words,
        observation=sheet.opened.observation,
        support=sheet.opened.support,
        written_by=sheet.written_by,
        url=addresses.to(f"{SLUGS[section]}:detail", sheet.file_id, sheet.pk),
        mark=str(_("Corrected since")) if corrected else "",
    )


def writing_in(section: str) -> Callable[[Actor], Decision]:
    return lambda actor: policy.can_write(actor, section)


# Both are begun from the library of questionnaires: neither has a button beside the others.
register(
    RecordType(
        slug=SLUGS[HEALTH],
        label=_("Questionnaire"),
        add_label="",
        icon="note",
        model=HealthAnswers,
        entry=partial(entry, HEALTH),
        can_write=writing_in(HEALTH),
        keep="followup",
    )
)
register(
    RecordType(
        slug=SLUGS[THERAPY],
        label=_("Questionnaire in psychotherapy"),
        add_label="",
        icon="note",
        model=TherapyAnswers,
        entry=partial(entry, THERAPY),
        can_write=writing_in(THERAPY),
        keep="followup",
    )
)

"""What of a stage mark does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.stage_marks.models import OWN, TOPICS, StageMark
from spheres.records.between import copying
from spheres.records.between.copying import OfRecord, Part, Told
from spheres.regions import queries as regions


def chosen(mark: StageMark) -> list[Told]:
    """The topic, unless it is in her own words, and the sentence she recognised herself in."""
    topic = "" if mark.topic == OWN else regions.label(TOPICS, mark.topic)
    return [
        Told("topic", _("What it is about"), topic, is_whole=True),
        Told("stage", _("The sentence that was chosen"), mark.sentence, is_whole=True),
    ]


copying.of_record(
    "stage_marks",
    OfRecord(
        parts=(Part("topic_words", _("What it is about"), is_hers=True),),
        title=lambda _row: str(_("Where I am")),
        chosen=chosen,
    ),
)

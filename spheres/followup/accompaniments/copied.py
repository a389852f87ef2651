"""What of an accompaniment does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.accompaniments.models import Course, OutgoingReferral, Reply, Step
from spheres.records.between import copying
from spheres.records.between.copying import Kind, OfRecord, Part, Told

HER_WORDS = Part("her_words", _("In your words"), is_hers=True)
LINE = Part("line", _("In one line"))
NEXT = Part("next_step", _("The next step"))


def came_to(step: Step) -> list[Told]:
    """Where it stood after this step."""
    stands = str(Course.Status(step.came_to).label)
    return [Told("came_to", _("Where it is now"), stands, is_whole=True)]


copying.of_record(
    "accompaniments",
    OfRecord(
        parts=(
            Part("organisation", _("Where")),
            Part("aim", _("What for")),
            Part("papers", _("What to bring")),
            Part("ask_for", _("Whom to ask for there")),
            Part("travel", _("How to get there")),
            NEXT,
        )
    ),
)
copying.register(
    Kind(
        "accompaniment_steps",
        _("A step of an accompaniment"),
        Step,
        (HER_WORDS, LINE, NEXT),
        chosen=came_to,
    ),
    Kind(
        "outgoing_referrals",
        _("What was told to a resource"),
        OutgoingReferral,
        (Part("to_whom", _("To whom")), Part("lines", _("What was told"))),
    ),
    Kind("outgoing_replies", _("What a resource answered"), Reply, (HER_WORDS, LINE)),
)

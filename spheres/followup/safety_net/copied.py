"""What of her safety does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.safety_net import asking
from spheres.followup.safety_net.asking import Answers
from spheres.followup.safety_net.models import Part as Which
from spheres.followup.safety_net.models import Rhythm, Sheet
from spheres.records.between import copying
from spheres.records.between.copying import OfRecord, Part, Told


def answers(sheet: Sheet) -> list[Told]:
    """Each answer under its question; of a net, those around her, circle by circle."""
    kept = asking.read(sheet.opened.answers)
    levels = {question.name: level.usual for level in asking.LEVELS for question in level.questions}
    asked = asking.QUESTIONS[Which(sheet.part)]
    said = [
        Told(
            each.name,
            f"{levels[each.name]} · {each.label}" if each.name in levels else str(each.label),
            str(kept[each.name]),
        )
        for each in asked
        if kept.get(each.name)
    ]
    known = {"knots", *(each.name for each in asked)}
    others = [Told(name, _("An answer"), str(words)) for name, words in kept.items()
              if name not in known]  # fmt: skip
    return [*_around(kept), *said, *others]


def _around(kept: Answers) -> list[Told]:
    knots = asking.knots(kept)
    return [
        Told(
            f"{kind}.{circle}",
            f"{label} · {nearness}",
            "\n".join(" · ".join(filter(None, (knot.who, knot.reach))) for knot in those),
        )
        for circle, nearness in asking.CIRCLES
        for kind, (label, _icon) in asking.KINDS.items()
        if (those := [one for one in knots if (one.kind, str(one.circle)) == (kind, circle)])
    ]


def rhythm(sheet: Sheet) -> list[Told]:
    """How far apart the contacts are, when she agreed to it."""
    words = str(Rhythm(sheet.rhythm).label) if sheet.rhythm else ""
    return [Told("rhythm", _("How far apart the contacts are"), words, is_whole=True)]


copying.of_record(
    "safety_net",
    OfRecord(
        parts=(Part("answers", _("What was answered"), is_hers=True, read=answers),),
        chosen=rhythm,
    ),
)

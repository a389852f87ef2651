"""What does her safety show on my day, on her file when she comes back, and on her plan?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.safety_net import asking, copied, drawing, policy, queries
from spheres.followup.safety_net.models import NEW_WORKER, Look, Part, Sheet
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus
from spheres.records.between.carrying import Carried
from spheres.records.between.places import Block, Handed, Locked
from spheres.records.queries import Reach
from spheres.records.templatetags.region_words import WAIT
from spheres.ui import addresses, moments

# Why it may be time to look again: gently, and of nobody's lateness.
BECAUSE: Final = {
    Look.Why.ASKED: gettext_lazy("%(name)s asks to look again at what keeps them safe."),
    Look.Why.CRISIS: gettext_lazy(
        "After a heavy moment, %(name)s may want to look again at what keeps them safe."
    ),
    Look.Why.MOVED: gettext_lazy(
        "After a move, %(name)s may want to look again at what keeps them safe."
    ),
    Look.Why.AWAY: gettext_lazy(
        "After some time away, %(name)s may want to look again at what keeps them safe."
    ),
    NEW_WORKER: gettext_lazy(
        "Somebody new walks with %(name)s: what keeps them safe may be looked at together."
    ),
}
FIRST_LINES: Final = 3  # of each sheet, on her plan


def carried(file_id: UUID, *, actor: Actor, since: datetime | None) -> Carried:
    """Her net, as she takes it along: those around her, her sign, whom she keeps away."""
    sheet = queries.current(file_id, actor=actor, since=since).get(Part.NET)
    if sheet is None or (since and sheet.written_at < since):
        return Carried([], list)
    said = _("%(what)s: %(words)s")
    return Carried(
        [sheet],
        lambda: [said % {"what": one.title, "words": one.words} for one in copied.answers(sheet)],
    )


def look_again(*, actor: Actor) -> list[Handed]:
    """Among my people, whose net or plan something calls to look at again."""
    if not policy.can_write(actor):
        return []
    found = queries.again_on_day(actor=actor, at=clock.now())
    names = dict(participants.names([one.file_id for one in found], actor=actor))
    return [
        Handed(
            sentence=because(one.why, names[one.file_id]),
            url=addresses.to("safety_net:page", one.file_id),
            verb=gettext_lazy("Look at it together"),
            icon="shield",
        )
        for one in found
        if one.file_id in names
    ]


def because(why: str, name: str) -> str:
    return str(BECAUSE[why]) % {"name": name}


@dataclass(frozen=True)
class Line:
    """Somebody with whom a sign was agreed to around today, and how to reach them safely."""

    sentence: str
    reach: Reach
    note_url: str


def signs(*, actor: Actor) -> Block | None:
    """On my day, the signs of life that my people agreed to, each with its safe way.

    None is late and none is counted; where reaching out is not safe, or not wanted, nothing calls
    for it.
    """
    if not policy.can_write(actor):
        return None
    around = {one.file_id: one.around for one in queries.signs(actor=actor, at=clock.now())}
    people = participants.mine_to_reach(around, actor=actor)
    reaches = {one.identity.file_id: Reach.of(one.contact) for one in people}
    names = dict(participants.names(reaches, actor=actor))
    lines = [
        Line(
            _around(names[file_id], day),
            reaches[file_id],
            addresses.to("notes:write", file_id),
        )
        for file_id, day in around.items()
        if file_id in reaches and _may_be_reached(reaches[file_id])
    ]
    return Block("safety_net/signs.html", {"lines": lines}) if lines else None


def _may_be_reached(reach: Reach) -> bool:
    return reach.unsafe_on is None and reach.channel != WAIT


def _around(name: str, day: date) -> str:
    said = {"name": name, "day": moments.weekday_day(day)}
    if day > clock.today():
        return _("%(name)s: a sign is agreed to around %(day)s") % said
    return _("%(name)s: a sign was agreed to around %(day)s") % said


def welcome(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Locked:
    """Her message to herself, first on her file when she has come back; nothing otherwise.

    She wrote it for that day: it is not folded with what was written before.
    """
    stands = participants.episode(file_id, actor=actor)
    if stands is None or stands[0] != FollowUpStatus.Status.RETURNED:
        return Locked(rows=[], block=lambda: None)
    sheets = queries.current(file_id, actor=actor)
    rows = [sheets[Part.COURSE]] if Part.COURSE in sheets else []

    def block() -> Block | None:
        message = queries.answers(rows[0]).get("message") if rows else ""
        says = {"message": message, "occurred_at": rows[0].occurred_at if rows else None}
        return Block("safety_net/welcome.html", says, first=True) if message else None

    return Locked(rows=rows, block=block)


def on_plan(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Locked:
    """The first lines of each sheet, and the way in; folded with what was before she came back."""
    sheets = queries.current(file_id, actor=actor, since=since)
    shown = {p: s for p, s in sheets.items() if since is None or s.written_at >= since}
    return Locked(
        rows=list(shown.values()),
        block=lambda: Block(
            "safety_net/plan.html",
            {
                "sheets": [_lines(part, shown[part]) for part in Part if part in shown],
                "is_folded": len(shown) < len(sheets),
                "may_write": bool(policy.can_write(actor)),
            },
        ),
    )


def _lines(part: Part, sheet: Sheet) -> dict[str, Any]:
    answers = queries.answers(sheet)
    match part:
        case Part.NET:
            lines = [knot.who for knot in asking.knots(answers)]
        case Part.CRISIS:
            lines = [f"{one.name}: {one.signs}" for one in asking.levels(answers) if one.signs]
        case _:
            lines = [answers[n] for n in ("change", "ten_minutes") if answers.get(n)]
    return {
        "label": part.label,
        "lines": lines[:FIRST_LINES],
        "more": len(lines) > FIRST_LINES,
        "occurred_at": sheet.occurred_at,
        "place": "course" if part == Part.COURSE else "page",
    }


def told(part: str, sheet: Sheet | None) -> dict[str, Any] | None:
    """One opened sheet, ready to be shown; None when none was written."""
    if sheet is None:
        return None
    answers = queries.answers(sheet)
    knots = asking.knots(answers)
    by_level = {q.name for level in asking.LEVELS for q in level.questions}
    asked = tuple(q for q in asking.QUESTIONS[part] if q.name not in by_level | {"sign", "message"})
    return {
        "sheet": sheet,
        "part": part,
        "title": Part(part).label,
        "sign": answers.get("sign", ""),
        "message": answers.get("message", ""),
        "knots": knots,
        "kinds": [
            (label, icon, [k for k in knots if k.kind == kind])
            for kind, (label, icon) in asking.KINDS.items()
        ],
        "picture": drawing.picture(knots) if knots else None,
        "levels": asking.levels(answers),
        "answers": asking.said(answers, asked),
        "pen": sheet.get_pen_display(),
        "rhythm": sheet.get_rhythm_display() if sheet.rhythm else "",
    }


def shared(file_id: UUID, *, actor: Actor) -> Locked:
    """Each of her sheets, whole, as a partner reads them when she shares what keeps her safe."""
    sheets = queries.current(file_id, actor=actor)
    return Locked(
        rows=list(sheets.values()),
        block=lambda: Block(
            "safety_net/shared.html", {"sheets": [told(p, sheets[p]) for p in Part if p in sheets]}
        ),
    )


def protecting(file_id: UUID, *, actor: Actor) -> Locked:
    """Her sign, her net and her crisis plan, when a life may be in danger; nothing is drawn, and
    nothing that is not there reads as «none»."""
    sheets = queries.current(file_id, actor=actor)
    kept = [sheets[part] for part in (Part.CRISIS, Part.NET) if part in sheets]

    def block() -> Block:
        shown = {part.lower(): told(part, sheets.get(part)) for part in (Part.CRISIS, Part.NET)}
        if shown["net"]:
            shown["net"]["picture"] = None
        return Block("safety_net/protecting.html", shown)

    return Locked(rows=kept, block=block)

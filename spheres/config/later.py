"""What does a demonstration say of what follows the admission: passages, how she is reached?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from spheres.core.hours import Hours
from spheres.followup.admission import policy
from spheres.followup.passages.models import Fit
from spheres.participants.models import FollowUpStatus
from spheres.regions.reading import Part

if TYPE_CHECKING:
    from spheres.config.stories import Check

Episode = FollowUpStatus.Status

# How a follow-up passes from one state to another, and what else is said on the way.
PASSAGES: Final[dict[str, str]] = {
    "paused": Episode.PAUSED,
    "left": Episode.LEFT,
    "goes_on": Episode.ACTIVE,
    "towards_adulthood": Episode.TRANSITION,
    "returned": Episode.RETURNED,
    "closed": Episode.ENDED,
    "words": "",
    "fit": "",
    "withdrew": "",
}
SAID_WITH: Final = {
    "closed": ("letter", "words"), "words": ("words",), "fit": ("answer", "words"),
    "withdrew": ("to",),
}  # fmt: skip
REACHING: Final = ("window", "hours", "words", "sender", "never", "code_word")


@dataclass(frozen=True)
class PassageSaid:
    """A pause, a departure, a return, a letter; her words for the end; whether it still fits;
    a worker who withdraws, and the colleague (`to`) who is there for now.
    """

    day: int
    step: str
    who: str
    words: str = ""
    letter: str = ""
    answer: str = ""
    to: str = ""


@dataclass(frozen=True)
class ReachingSaid:
    """How she may be reached, as it was written with her that day; days as anywhere here."""

    day: int
    who: str
    texts: dict[str, str]
    lines: tuple[str, ...]
    confirmed: int | None = None
    unsafe: int | None = None


def passage(check: Check, part: Part) -> PassageSaid:
    step = part.any_fields()["step"].choice(PASSAGES)
    more = SAID_WITH.get(step, ()) if step else tuple(part.any_fields())
    it = part.fields("day", "step", "by", *more)
    day = check.later_day(it["day"])
    who = check.person_of(it["by"], day, frozenset(policy.WORKERS))
    if who and who != check.holder:
        it["by"].fault(_("another worker accepted this referral."))
    if to := PASSAGES.get(step, ""):
        comes_back = to == Episode.RETURNED and check.episode in {Episode.LEFT, Episode.ENDED}
        if to not in FollowUpStatus.MOVES[Episode(check.episode)] and not comes_back:
            it["step"].fault(
                _("after %(before)s there is no way to %(after)s.")
                % {"before": check.episode.lower(), "after": step}
            )
        check.episode = to
    return PassageSaid(
        day,
        step,
        who,
        it["words"].text(empty=True) if "words" in it else "",
        it["letter"].text() if "letter" in it else "",
        it["answer"].choice(Fit.Answer.values) if "answer" in it else "",
        check.person_of(it["to"], day, frozenset(policy.WORKERS)) if "to" in it else "",
    )


def reaching(check: Check, part: Part) -> ReachingSaid:
    it = part.fields("day", "by", "channel", optional=(*REACHING, "lines", "confirmed", "unsafe"))
    day = check.later_day(it["day"])
    who = check.person_of(it["by"], day, frozenset(policy.WORKERS))
    if who and who != check.holder:
        it["by"].fault(_("another worker accepted this referral."))
    texts = {name: it[name].text(empty=True) for name in REACHING if name in it}
    if texts.get("window") and Hours.read(texts["window"]) is None:
        it["window"].fault(_("hours are written «any» or «12345 16:30-18:00»."))
    lines = it["lines"].choices(check.codes_of("neutral_lines")) if "lines" in it else []
    days = {name: it[name].number(-1_000, -1) for name in ("confirmed", "unsafe") if name in it}
    channel = it["channel"].choice(check.codes_of("contact_channels"))
    return ReachingSaid(day, who, texts | {"channel": channel}, tuple(lines), **days)

"""What do the files of a life say of her strengths, and how is each line played?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.utils.translation import gettext as _

from spheres.config import contacts
from spheres.core import clock
from spheres.followup.strengths import actions as strengths
from spheres.followup.strengths.models import Kind, StrengthStatus, Voice
from spheres.records.models import Pen
from spheres.regions.reading import Part

if TYPE_CHECKING:
    from spheres.config.life import Act, Telling
    from spheres.config.stories import Check

KINDS: Final = {
    "strength": Kind.STRENGTH, "pride": Kind.PRIDE, "thanked": Kind.RECEIVED,
    "thanks": Kind.GIVEN, "milestone": Kind.MILESTONE,
}  # fmt: skip
VOICES: Final = {"hers": Voice.HERS, "close": Voice.CLOSE, "worker": Voice.WORKER}
PENS: Final = {"hers": Pen.HER, "together": Pen.TOGETHER, "worker": Pen.WORKER}
MORE: Final = ("slug", "voice", "pen", "her_words", "text", "support")


@dataclass(frozen=True)
class StrengthSaid:
    """One line of her strengths, or one that is set aside for now, called by its word."""

    day: int
    who: str
    kind: str  # empty: what `line` names is set aside
    line: str
    slug: str = ""
    voice: str = Voice.HERS
    pen: str = Pen.TOGETHER
    her_words: str = ""
    observation: str = ""
    support: str = ""


def of(check: Check) -> list[StrengthSaid]:
    """Everything the entry says of them."""
    known: set[str] = set()
    return [_said(check, part, known) for part in check.listed("strengths")]


def _said(check: Check, part: Part, known: set[str]) -> StrengthSaid:
    if "aside" in part.any_fields():
        it = part.fields("day", "by", "aside")
        day, who = contacts.when_and_who(check, it)
        return StrengthSaid(
            day, who, "", it["aside"].choice(known, _("«%(value)s» was not said before."))
        )
    what = next((word for word in KINDS if word in part.any_fields()), "strength")
    it = part.fields("day", "by", what, optional=MORE)
    day, who = contacts.when_and_who(check, it)
    slug = it["slug"].slug() if "slug" in it else ""
    known.add(slug)
    texts = {
        name: it[name].text(language=spoken) if spoken else it[name].text()
        for name, spoken in {
            "her_words": "",
            "text": check.language,
            "support": check.language,
        }.items()
        if name in it
    }
    return StrengthSaid(
        day,
        who,
        KINDS[what],
        it[what].text(),
        slug,
        VOICES.get(it["voice"].choice(VOICES) if "voice" in it else "", Voice.HERS),
        PENS.get(it["pen"].choice(PENS) if "pen" in it else "", Pen.TOGETHER),
        texts.get("her_words", ""),
        texts.get("text", ""),
        texts.get("support", ""),
    )


def act(telling: Telling, said: StrengthSaid) -> Act:
    """The act of one of these, in its story."""
    who, at = telling._actor(said.who), telling._moment(said.day, "meeting")
    if not said.kind:
        number, aside = _number(telling, said.line), StrengthStatus.Status.SET_ASIDE
        return telling._act(
            "strength", said.day, who, at,
            lambda: strengths.move(telling.file_id, number, aside, by=who, at=at),
        )  # fmt: skip
    written = strengths.Written(
        id=_number(telling, said.slug or f"{said.day} {said.line}"),
        kind=said.kind,
        line=said.line,
        occurred_at=at,
        voice=said.voice,
        agreed_on=clock.day_of(at) if said.voice == Voice.WORKER else None,
        pen=said.pen,
        her_words=said.her_words,
        observation=said.observation,
        support=said.support,
    )
    return telling._act(
        "strength", said.day, who, at,
        lambda: strengths.sign(telling.file_id, written, by=who, at=at),
    )  # fmt: skip


def _number(telling: Telling, slug: str) -> UUID:
    return telling.loading.id("strength", f"{telling.story.slug}/{slug}")

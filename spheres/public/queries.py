"""What do public pages show, even without the database; and what does a receipt tell?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.db import connection
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spheres.accounts.models import Organisation
from spheres.core import context
from spheres.core.actor import Actor
from spheres.regions import queries as regions
from spheres.regions.texts import VERIFY_AGAIN_AFTER
from spheres.sharing import counting
from spheres.ui.text import dialled

STEPS: Final = "engagement_cycle"  # the region's list of steps
# For whom the tips of a step are written; and what a professional is better not to say.
READERS: Final = ("youth", "close", "professional", "avoid")
PARTNERS: Final = "partners"


@dataclass(frozen=True)
class Line:
    """One help line, ready to be dialled: a phone cannot guess what a number is."""

    name: str
    what_for: str
    hours: str
    call: str = ""
    text: str = ""
    web: str = ""
    is_for_youth: bool = True
    languages: tuple[str, ...] = ()
    verified_on: date | None = None

    def is_old(self, on: date) -> bool:
        """Numbers change: after ninety days, the day it was verified is no promise."""
        return self.verified_on is not None and self.verified_on + VERIFY_AGAIN_AFTER < on

    @property
    def call_link(self) -> str:
        return f"tel:{dialled(self.call)}"

    @property
    def text_link(self) -> str:
        return f"sms:{dialled(self.text)}"


# The last lines shown, by language and reader: they outlive the database.
_shown: dict[tuple[str, bool], list[Line]] = {}


def help_lines(*, youth: bool) -> list[Line]:
    """The region's lines: those for young people, or all of them for whoever helps one."""
    lines = [
        Line(
            line.name,
            line.what_for,
            line.hours,
            line.call,
            line.text,
            line.web,
            line.for_youth,
            line.languages,
            line.verified_on if line.is_verified else None,
        )
        for line in regions.help_lines(youth=True if youth else None)
    ]
    _shown[get_language() or "", youth] = lines
    return lines


def help_lines_without_database(*, youth: bool) -> list[Line]:
    """The last ones shown by this process; 911 at least."""
    return _shown.get((get_language() or "", youth)) or [
        Line(
            _("Emergency"),
            _("Someone is in danger right now."),
            _("Day and night, every day"),
            "911",
        )
    ]


def question_days() -> int:
    """How many days after its last word a question is erased, by the region's rule."""
    rules = {rule.code: rule for rule in regions.retention_rules()}
    rule = rules.get("question")
    return (rule.keep_days or 0) + 365 * (rule.keep_years or 0) if rule else 0


@dataclass(frozen=True)
class CheckedLine:
    """One help line, in whose languages it answers, and whether its last check still holds."""

    said: Line
    languages: str
    is_old: bool


def checked_lines(*, on: date) -> list[CheckedLine]:
    """Every help line, with the state of its verification on this day."""
    tongues = {"fr": _("in French"), "en": _("in English"), "other": _("in other languages")}
    lines = help_lines(youth=False)
    said = [", ".join(tongues[one] for one in line.languages) for line in lines]
    return [
        CheckedLine(line, words[:1].upper() + words[1:], line.is_old(on))
        for line, words in zip(lines, said, strict=True)
    ]


@dataclass(frozen=True)
class Step:
    """One moment of the engagement cycle: how a person would say it, and what may help then."""

    code: str
    words: str
    tips: list[str]


def steps(*, reader: str) -> list[Step]:
    """Every step of the region's list, with the tips written for this reader."""
    return [
        Step(word.code, regions.text(f"steps.{word.code}.words"), points(word.code, reader))
        for word in regions.words(STEPS)
    ]


@dataclass(frozen=True)
class ProfessionalStep:
    """One step, under the region's own word for it: how a person would say it, what helps then, and
    what is better left unsaid."""

    code: str
    label: str
    words: str
    helps: list[str]
    avoid: list[str]


def professional_steps() -> list[ProfessionalStep]:
    """Every step of the region's list, as a professional reads it."""
    return [
        ProfessionalStep(
            word.code,
            word.label,
            regions.text(f"steps.{word.code}.words"),
            points(word.code, "professional"),
            points(word.code, "avoid"),
        )
        for word in regions.words(STEPS)
    ]


def points(step: str, reader: str) -> list[str]:
    return regions.text(f"steps.{step}.{reader}").splitlines()


@dataclass(frozen=True)
class Partner:
    """What one partner organisation is held to, as anybody may know it."""

    slug: str
    names: tuple[str, str]
    abouts: tuple[str, str]
    officers: tuple[str, str]
    kind: str
    regime: str
    answer_days: int
    keep_years: int
    told: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.names[get_language() == "en"]

    @property
    def about(self) -> str:
        return self.abouts[get_language() == "en"]

    @property
    def officer(self) -> str:
        return self.officers[get_language() == "en"]

    @property
    def law(self) -> str:
        return str(Organisation.Regime(self.regime).label)

    @property
    def how_to_reach(self) -> str:
        """How to reach the person in charge, when the region's files say it."""
        key = f"privacy.reach.{self.slug.replace('-', '_')}"
        return regions.text(key) if regions.has_text(key) else ""

    @property
    def keeps_follow_ups(self) -> bool:
        return self.kind != Organisation.Kind.POLICE

    @property
    def is_therapy(self) -> bool:
        return self.kind == Organisation.Kind.PSYCHOTHERAPY

    @property
    def is_institution(self) -> bool:
        return self.kind == Organisation.Kind.INSTITUTION

    @property
    def tells_minister(self) -> bool:
        return "minister" in self.told


def take_partners() -> tuple[Partner, ...]:
    """The partners of today, by name: one photograph with the region's words."""
    found = Organisation.objects.filter(is_partner=True, left_at=None).order_by("name_fr", "pk")
    return tuple(
        Partner(
            one.slug,
            (one.name_fr, one.name_en),
            (one.about_fr, one.about_en),
            (one.privacy_officer_fr, one.privacy_officer_en),
            one.kind,
            one.regime,
            one.answer_days,
            one.keep_years,
            tuple(one.incident_notice),
        )
        for one in found
    )


def partners() -> tuple[Partner, ...]:
    found: tuple[Partner, ...] = regions.also(PARTNERS)
    return found


def partner(slug: str) -> Partner | None:
    return next((one for one in partners() if one.slug == slug), None)


@dataclass(frozen=True)
class MapPart:
    """The pages for one kind of reader."""

    title: str
    pages: list[tuple[str, str]]


def site_map() -> list[MapPart]:
    """Every page to read or to write on, by reader."""
    young = [
        (_("Home"), "home"),
        (_("I want help for me"), "for_me"),
        (_("Ask a question"), "ask"),
        (_("Come back with your code"), "answer"),
        (_("How it goes, and who reads what"), "how"),
        (_("What we can do together"), "together"),
        (_("Wherever you are"), "steps"),
        (_("Numbers to call or text"), "lines"),
        (_("What quick exit cannot do"), "exit_limits"),
    ]
    close = [
        (_("Someone you love worries you"), "close"),
        (_("Staying close, according to the moment"), "steps_close"),
        (_("Write to us, if the young person agrees"), "relative"),
    ]
    professionals = [
        (_("Support, training, referral"), "professionals"),
        (_("What to say, step by step"), "steps_professionals"),
        (_("Refer a young person"), "referral"),
        (_("Ask for advice, without naming anyone"), "advice"),
        (_("Read an answer with your code"), "advice_answer"),
        (_("What we teach this year"), "offer"),
        (_("Ask us to train your team"), "training_request"),
        (_("What was answered to your request for training?"), "training_answer"),
        (_("Where does a referral stand?"), "how_it_stands"),
        (_("Is an attestation valid?"), "attestation"),
    ]
    everybody = [
        (_("What is kept, and by whom"), "privacy"),
        (_("Accessibility of this site"), "accessibility"),
        (_("The programme in figures"), "figures"),
        (_("About"), "about"),
    ]
    return [
        MapPart(title, [(words, reverse(f"public:{name}")) for words, name in pages])
        for title, pages in (
            (_("For young people"), young),
            (_("For those close"), close),
            (_("For professionals"), professionals),
            (_("For everybody"), everybody),
        )
    ]


def trainings_in(words: str, host: str) -> list[str]:
    """Where one enrols, of the addresses of this very site that these words say: no other leads
    anywhere."""
    links = re.findall(rf"//{re.escape(host)}/t/([\w-]+)/", words)
    return [reverse("public:training", args=[link]) for link in dict.fromkeys(links)]


def pages_to_be_found() -> list[str]:
    """What a search may show: nothing that is for young people."""
    named = (
        "professionals", "steps_professionals", "offer", "close", "steps_close", "privacy",
        "accessibility", "about", "figures",
    )  # fmt: skip
    partners_pages = [reverse("public:partner", args=[one.slug]) for one in partners()]
    return [*(reverse(f"public:{name}") for name in named), *partners_pages]


class Stands(StrEnum):
    """All that a number and its code may learn; never whether she said yes, nor to whom."""

    RECEIVED = "received"
    CONTACT = "contact"
    CLOSED = "closed"


# Before a worker has it, and afterwards: accepted, admitted, withdrawn or elsewhere are one word.
STANDS = counting.Answering(
    name="stands",
    query="select case when s.status in ('RECEIVED', 'OFFERED') then 'received' else 'contact' end "
    "from admission_referralstatus s where s.code = {held} and length(s.code) > 0",
    reads={"admission_referralstatus": ("code", "status")},
)


def stands(asked_by: bytes, *, actor: Actor) -> Stands:
    """How a referral stands, for whoever holds the number and code of its receipt.

    What is unknown is closed, alike.
    """
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.stands(%s)", [asked_by])
        (found,) = cursor.fetchone()
    return Stands(found or Stands.CLOSED)

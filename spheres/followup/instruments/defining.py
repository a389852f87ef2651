"""How do two files of a region become a questionnaire, and what is said of each mistake in them?

One asks (a FHIR Questionnaire, JSON); ours beside it, of the same name, says on what terms it is
offered and what may be made of the answers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext as _

from spheres.accounts.models import Organisation, Role
from spheres.followup.instruments import items, scoring
from spheres.followup.instruments.items import Item, Kind
from spheres.followup.instruments.questionnaires import QuestionnaireSaid, stem
from spheres.followup.instruments.scoring import Band, Missing, Question, Rounding, Scale
from spheres.records.models import Pen
from spheres.regions.reading import SLUG, Fields, Part, refuse_twice
from spheres.sharing.rules import HEALTH, THERAPISTS, THERAPY, WORKERS

MODES: Final = {"self": Pen.HER, "together": Pen.TOGETHER, "read_aloud": Pen.WORKER}
# Who may see decides where the answers live: a section is opened to all of these, or to none.
SECTIONS: Final[dict[frozenset[str], str]] = {
    frozenset(map(str, WORKERS)): HEALTH,
    frozenset(map(str, THERAPISTS)): THERAPY,
}
CLINICIANS: Final = (Role.PSYCHOTHERAPIST, Role.PROFESSIONAL_SUPPORT, Role.CLINICAL_DIRECTOR)
MOST_VERSIONS, MOST_SCALES, MOST_BANDS = 1_000, 12, 12
OPEN, NONE = "open", "none"
MULTIPLIER: Final = re.compile(r"\d{1,3}(\.\d{1,3})?")
# What a sentence about some answers never says: a verdict, a danger, a colour, a place, a figure.
VERDICTS: Final = re.compile(
    r"\b(?:a?normal|abnormal|anormal|patholog|dysfonction|dysfunction|diagnos|severe|"
    r"sévère|grave|risque|risk|danger|rouge|orange|jaune|vert[es]?\b|red\b|amber|yellow|green|"
    r"moyenne|average|percentil|centile|rang\b|rank|pire|worse|worst|pourcent|percent|score)",
    re.IGNORECASE,
)
FIGURES: Final = re.compile(r"\d|%")


@dataclass(frozen=True)
class InstrumentSaid:
    """One questionnaire of a region; `part` is where a fault that only the database shows goes."""

    slug: str
    version: int
    definition: dict[str, Any]
    terms: dict[str, Any]
    part: Part


def both(part: Part, *, most: int) -> dict[str, str]:
    french, english = part.both(most=most)
    return {"fr": french, "en": english}


def check(parts: list[Part], said: Mapping[str, Any]) -> list[InstrumentSaid]:
    """Every questionnaire with its recipe, in the order of the files' names."""
    asked: Mapping[str, QuestionnaireSaid] = said.get("questionnaires", {})
    named = {stem(part) for part in parts}
    for slug, one in asked.items():
        if slug not in named:
            one.part.proof.note(
                one.part.file, 0, "",
                _("its recipe is missing: %s.yaml, in the same folder.") % slug,
            )  # fmt: skip
    found = (_instrument(part, asked, said) for part in parts)
    return [each for each in found if each is not None]


def _instrument(
    part: Part, asked: Mapping[str, QuestionnaireSaid], said: Mapping[str, Any]
) -> InstrumentSaid | None:
    slug = stem(part)
    if not SLUG.fullmatch(slug) or len(slug) > 40:
        part.fault(_("«%s» is not a short name: small letters, figures and hyphens.") % slug)
        return None
    if slug not in asked:
        part.fault(_("its questionnaire is missing: %s.json, in the same folder.") % slug)
        return None
    it = part.fields(
        "version", "seen_by", "modes", "licence", "permission_until", "may_print",
        optional=(
            "offered_by", "figures_for", "youngest", "scales", "asks_about_suicide", "clinician",
            "protocol", "touches",
        ),
    )  # fmt: skip
    questionnaire = asked[slug]
    known = {one["id"]: Item.of(one) for one in questionnaire.items}
    seen_by, section = _seen_by(it["seen_by"])
    definition = {
        "title": questionnaire.title,
        "lead": questionnaire.lead,
        "section": section,
        "items": questionnaire.items,
        "scales": _scales(it["scales"], known) if "scales" in it else [],
    }
    until = it["permission_until"]
    day = until.day() if until.plain != OPEN else None
    terms = {
        "licence": both(it["licence"], most=2_000),
        "until": day.isoformat() if day else "",
        "may_print": it["may_print"].yes(),
        "offered_by": _some(it, "offered_by", seen_by, otherwise=seen_by),
        "figures_for": _some(it, "figures_for", seen_by, otherwise=[]),
        "pens": [MODES[one].value for one in it["modes"].choices(MODES)],
        "youngest": it["youngest"].number(1, 99) if "youngest" in it else 0,
        "protocol": _protocol(it, part, questionnaire, known, said),
    }
    if "touches" in it:
        terms["touches"] = both(it["touches"], most=300)
    version = it["version"].number(1, MOST_VERSIONS)
    return InstrumentSaid(slug, version, definition, terms, it["version"])


def _seen_by(part: Part) -> tuple[list[str], str]:
    """The roles that may see, and the section they are all opened; no table is opened to fewer."""
    roles = sorted({role for group in SECTIONS for role in group})
    said = part.choices(roles)
    section = SECTIONS.get(frozenset(said), "")
    if said and not section:
        part.fault(
            _("no part of a file is opened to these alone. Say one of: %s.")
            % " / ".join(", ".join(sorted(group)) for group in SECTIONS)
        )
    return said, section or HEALTH


def _some(it: Fields, name: str, among: list[str], *, otherwise: list[str]) -> list[str]:
    if name not in it:
        return sorted(otherwise)
    return [] if it[name].plain == NONE else sorted(it[name].choices(among))


# What may be made of the answers.


def _scales(part: Part, known: Mapping[str, Item]) -> list[dict[str, Any]]:
    parts = part.items()
    if len(parts) > MOST_SCALES:
        part.fault(
            _("at most %(most)s are read here, not %(size)s.")
            % {"most": MOST_SCALES, "size": len(parts)}
        )
        return []
    names = [each.any_fields()["id"] for each in parts]
    refuse_twice(names)
    return [_scale(each, known) for each in parts]


def _scale(part: Part, known: Mapping[str, Item]) -> dict[str, Any]:
    it = part.fields(
        "id", "title", "items",
        optional=("reverse", "multiply", "least_answered", "missing", "rounding", "bands"),
    )  # fmt: skip
    counted = [_counted(each, known) for each in it["items"].items()]
    names = [name for name in counted if name]
    refuse_twice(it["items"].items())
    if it["items"].node is not None and not counted:
        it["items"].fault(_("this list is empty."))
    multiply = it["multiply"].plain if "multiply" in it else "1"
    if not MULTIPLIER.fullmatch(multiply) or not Fraction(multiply):
        it["multiply"].fault(_("«%s» is not what to multiply by, as 4 or 2.5.") % multiply)
        multiply = "1"
    most = max(1, len(names))
    least = it["least_answered"].number(1, most) if "least_answered" in it else most
    found: dict[str, Any] = {
        "id": it["id"].code(),
        "title": _neutral(it["title"], most=80, may_hold_figures=True),
        "items": names,
        "reverse": it["reverse"].choices(names) if "reverse" in it else [],
        "multiply": multiply,
        "least_answered": least,
        "missing": _choice(it, "missing", Missing, Missing.NOTHING),
        "rounding": _choice(it, "rounding", Rounding, Rounding.NEAREST),
        "bands": [],
    }
    if least < len(names) and "missing" not in it:
        part.fault(_("say what a skipped question counts for: missing, mean or nothing."))
    if "bands" in it and names and len(names) == len(counted):
        questions = tuple(known[name].question for name in names)
        found["bands"] = _bands(it["bands"], found, questions)
    return found


def _choice(it: Fields, name: str, among: type[Missing] | type[Rounding], otherwise: str) -> str:
    values = [one.value for one in among]
    return it[name].choice(values) or str(otherwise) if name in it else str(otherwise)


def _counted(part: Part, known: Mapping[str, Item]) -> str:
    """A question that a scale may count: it exists, and every answer says what it counts for."""
    item = known.get(part.plain)
    if item is None:
        part.fault(_("no question here is called «%s».") % part.plain)
        return ""
    if not item.is_counted:
        sentence = _("«%s» cannot be counted: each of its answers says a whole number.")
        if item.kind == Kind.INTEGER:
            sentence = _("«%s» cannot be counted: say its minValue and its maxValue.")
        part.fault(sentence % part.plain)
        return ""
    return item.id


def _bands(
    part: Part, said: Mapping[str, Any], questions: tuple[Question, ...]
) -> list[dict[str, Any]]:
    """From the lowest figure to the highest, without a hole, and never two for one figure."""
    parts = part.items()
    if len(parts) > MOST_BANDS:
        part.fault(
            _("at most %(most)s are read here, not %(size)s.")
            % {"most": MOST_BANDS, "size": len(parts)}
        )
        return []
    scale = Scale(
        questions, frozenset(said["reverse"]), Fraction(said["multiply"]), said["least_answered"],
        Missing(said["missing"]), Rounding(said["rounding"]),
    )  # fmt: skip
    low, high = scoring.bounds(scale)
    found, expected = [], low
    for number, each in enumerate(parts):
        it = each.fields("from", "to", "words")
        band = Band(
            it["from"].number(-999_999, 999_999), it["to"].number(-999_999, 999_999), number
        )
        if band.least < expected:
            it["from"].fault(
                _("this begins at %(from)s, and what is above reaches %(to)s already.")
                % {"from": band.least, "to": expected - 1}
                if number
                else _("this begins at %(from)s, and the lowest figure is %(low)s.")
                % {"from": band.least, "low": low}
            )
        elif band.least > expected:
            it["from"].fault(
                _("nothing is said from %(from)s to %(to)s.")
                % {"from": expected, "to": band.least - 1}
            )
        if band.most < band.least:
            it["to"].fault(_("a scale ends after it begins."))
        found.append({"from": band.least, "to": band.most, "words": _neutral(it["words"])})
        expected = max(expected, band.most + 1)
    if parts and expected <= high:
        sentence = _("nothing is said from %(from)s to %(to)s.")
        parts[-1].any_fields()["to"].fault(sentence % {"from": expected, "to": high})
    elif parts and expected > high + 1:
        sentence = _("this ends at %(to)s, and the highest figure is %(high)s.")
        parts[-1].any_fields()["to"].fault(sentence % {"to": expected - 1, "high": high})
    return found


def _neutral(part: Part, *, most: int = 300, may_hold_figures: bool = False) -> dict[str, str]:
    """What some answers say, without a verdict on whoever gave them."""
    words = both(part, most=most)
    for language, said in words.items():
        figures = None if may_hold_figures else FIGURES.search(said)
        if found := VERDICTS.search(said) or figures:
            part.any_fields()[language].fault(
                _("«%s» judges or measures: say in plain words what was answered.") % found[0]
            )
    return words


# Questions about suicide: a clinician answers for them, and wrote what is to be done.


def _protocol(
    it: Fields,
    part: Part,
    asked: QuestionnaireSaid,
    known: Mapping[str, Item],
    said: Mapping[str, Any],
) -> dict[str, Any] | None:
    watched = set(asked.watched) | set(_also_watched(it, known))
    if asked.is_spoken_of and not watched and it["asks_about_suicide"].plain != NONE:
        part.fault(
            _(
                "this questionnaire speaks of suicide: asks_about_suicide names its questions that "
                "ask about it, or says none."
            )
        )
    if not watched and not {"clinician", "protocol"} & set(it):
        return None
    for name in ("clinician", "protocol"):
        if name not in it:
            part.fault(
                _(
                    "%(items)s: asked about suicide or self-harm. It is offered only with a named "
                    "clinician and a written protocol: %(field)s is missing."
                )
                % {"items": ", ".join(sorted(watched)), "field": name}
            )
    for name in sorted(watched):
        item = known[name]
        if item.kind == Kind.CHOICE and not item.is_counted:
            asked.part.fault(
                _("«%s» asks about suicide: each of its answers must say a whole number.") % name
            )
    if "clinician" not in it or "protocol" not in it:
        return None
    organisation, title = _clinician(it["clinician"], said)
    return {
        "items": sorted(watched),
        "words": both(it["protocol"], most=2_000),
        "title": title,
        "organisation": organisation,
    }


def _also_watched(it: Fields, known: Mapping[str, Item]) -> list[str]:
    """What the recipe adds to the questions that its words or its codes gave away: some, or all."""
    part = it["asks_about_suicide"]
    if part.node is None or part.plain == NONE:
        return []
    answered = [name for name, item in known.items() if item.kind in items.ANSWERED]
    return answered if part.plain == "yes" else part.choices(answered)


def _clinician(part: Part, said: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Whoever answers for it: a function in an organisation of the region; an account if said."""
    it = part.fields("organisation", "title", optional=("email",))
    organisations = {
        one.slug: one
        for one in said.get("organisations", ())
        if one.fields["kind"] != Organisation.Kind.POLICE
    }
    slug = it["organisation"].choice(
        organisations,
        _("«%(value)s» is not an organisation that can answer for it. Choose among: %(choices)s."),
    )
    people = [one for one in said.get("people", ()) if one.organisation == slug]
    clinicians = {one.email for one in people if set(one.roles) & set(CLINICIANS)}
    if slug and "people" in said and not clinicians:
        it["organisation"].fault(_("no clinician works at «%s», after people.yaml.") % slug)
    elif "email" in it:
        _account(it["email"], clinicians, slug)
    found = organisations.get(slug)
    name = {"fr": found.fields["name_fr"], "en": found.fields["name_en"]} if found else {}
    return name, both(it["title"], most=120)


def _account(part: Part, clinicians: Collection[str], slug: str) -> None:
    if part.email() and part.plain not in clinicians:
        part.fault(_("«%(value)s» is no clinician’s account at «%(organisation)s».") % {
            "value": part.plain, "organisation": slug,
        })  # fmt: skip

"""What does a region's folder say of the region itself, its words, its help lines, its texts?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.regions import committees
from spheres.regions.difference import Difference, difference, difference_of_kept
from spheres.regions.models import HelpLine, Region, RetentionRule, Term, Text
from spheres.regions.reading import Part, refuse_twice
from spheres.regions.registry import Change, Kind, Loading, Section, register
from spheres.regions.texts import check_texts

THEME: Final = (
    "action", "accent_joint", "accent_training", "accent_outreach", "accent_support",
    "accent_followup",
)  # fmt: skip
LANGUAGES: Final = ("fr", "en")
READS: Final = (40, 80)  # when a region says nothing of it
REGION_ONLY: Final = (
    "slug", "demo", "name", "programme", "territory", "timezone", "languages", "age", "referral",
    "consent", "contact", "outing", "figures", "theme", "exit_url",
)  # fmt: skip
# In these, the part of a code before the first underscore is a code of the other vocabulary.
DOMAINS: Final = {
    "needs": "need_domains", "harms": "harm_domains", "activity_ideas": "activity_kinds",
}  # fmt: skip


# The region itself.


@dataclass(frozen=True)
class RegionSaid:
    """What region.yaml says; `desk` is checked by whoever knows the organisations."""

    slug: str
    is_demo: bool
    name: tuple[str, str]
    programme: tuple[str, str]
    territory: tuple[str, str]
    time_zone: str
    languages: list[str]
    age_from: int
    age_until: int
    grace_months: int
    referral_keep_days: int
    contact_confirm_days: int
    outing_grace_minutes: int
    training_answer_days: int
    advice_answer_days: int
    notebook_answer_days: int
    reads: tuple[int, int]
    self_from: int
    minimum_group: int
    theme: dict[str, str]
    exit_url: str
    desk: str
    desk_part: Part


def check_region(parts: list[Part], said: Mapping[str, Any]) -> RegionSaid:
    it = parts[0].fields(
        *REGION_ONLY, "desk", optional=("reading", "training", "advice", "notebook")
    )
    age = it["age"].fields("from", "until", "grace_months")
    referral = it["referral"].fields("keep_days")
    contact = it["contact"].fields("confirm_days")
    outing = it["outing"].fields("grace_minutes")
    consent = it["consent"].fields("self_from")
    figures = it["figures"].fields("minimum_group")
    theme = it["theme"].fields(*THEME)
    ages = age["from"].number(0, 24), age["until"].number(1, 99)
    if ages[0] >= ages[1]:
        age["until"].fault(_("the last age must come after the first."))
    zone = it["timezone"].time_zone()
    if zone and zone != settings.TIME_ZONE:
        it["timezone"].fault(
            _("this installation lives in %s: start it with SPHERES_TIME_ZONE set to this zone.")
            % settings.TIME_ZONE
        )
    return RegionSaid(
        slug=it["slug"].slug(), is_demo=it["demo"].yes(), name=it["name"].both(most=120),
        programme=it["programme"].both(most=120), territory=it["territory"].both(most=120),
        time_zone=zone, languages=it["languages"].choices(LANGUAGES),
        age_from=ages[0], age_until=ages[1],
        grace_months=age["grace_months"].number(0, 24),
        referral_keep_days=referral["keep_days"].number(1, 730),
        contact_confirm_days=contact["confirm_days"].number(1, 730),
        outing_grace_minutes=outing["grace_minutes"].number(0, 120),
        training_answer_days=answer_days_of(it, "training", 10),
        advice_answer_days=answer_days_of(it, "advice", 3),
        notebook_answer_days=answer_days_of(it, "notebook", 7),
        reads=reads_of(it) or READS,
        self_from=consent["self_from"].number(0, 18),
        minimum_group=figures["minimum_group"].number(3, 50),
        theme={name: theme[name].colour() for name in THEME},
        exit_url=it["exit_url"].web(),
        desk=it["desk"].slug(), desk_part=it["desk"],
    )  # fmt: skip


def reads_of(said: Mapping[str, Part]) -> tuple[int, int] | None:
    """How many different files somebody opens in a day before it is asked about, and before it
    stops; None when nothing is said."""
    if "reading" not in said:
        return None
    it = said["reading"].fields("alert", "stop")
    alert, stop = it["alert"].number(5, 1000), it["stop"].number(5, 1000)
    if alert >= stop:
        it["stop"].fault(_("the stop must come after the alert."))
    return alert, stop


def answer_days_of(said: Mapping[str, Part], of: str, otherwise: int) -> int:
    """In how many days whoever asks for this is answered; and when nothing is said of it."""
    it = said[of].fields("answer_days")["answer_days"] if of in said else None
    return it.number(1, 90) if it else otherwise


def region_row(loading: Loading) -> Region:
    said: RegionSaid = loading.said["region"]
    return Region(
        id=loading.id("region", said.slug),
        slug=said.slug,
        is_demo=said.is_demo,
        name_fr=said.name[0],
        name_en=said.name[1],
        programme_fr=said.programme[0],
        programme_en=said.programme[1],
        territory_fr=said.territory[0],
        territory_en=said.territory[1],
        time_zone=said.time_zone,
        languages=said.languages,
        age_from=said.age_from,
        age_until=said.age_until,
        grace_months=said.grace_months,
        referral_keep_days=said.referral_keep_days,
        contact_confirm_days=said.contact_confirm_days,
        outing_grace_minutes=said.outing_grace_minutes,
        training_answer_days=said.training_answer_days,
        advice_answer_days=said.advice_answer_days,
        notebook_answer_days=said.notebook_answer_days,
        reads_alert=said.reads[0],
        reads_stop=said.reads[1],
        self_from=said.self_from,
        minimum_group=said.minimum_group,
        theme=said.theme,
        exit_url=said.exit_url,
        desk_organisation_id=loading.id("organisation", said.desk),
        loaded_at=loading.first_at,
    )


def region_difference(loading: Loading) -> Difference[Region]:
    ignoring = ("loaded_at", "fingerprint")
    return difference([region_row(loading)], Region.objects.all(), Region, ignoring=ignoring)


# Its words.


@dataclass(frozen=True)
class TermSaid:
    vocabulary: str
    code: str
    fr: str
    en: str
    help: tuple[str, str]


def check_vocabularies(parts: list[Part], said: Mapping[str, Any]) -> dict[str, list[TermSaid]]:
    lists = [part.fields("slug", "name", "terms") for part in parts[0].items()]
    refuse_twice([each["slug"] for each in lists])
    found: dict[str, list[TermSaid]] = {}
    codes: dict[str, list[Part]] = {}
    for each in lists:
        vocabulary = each["slug"].code()
        each["name"].both(most=120)
        terms = [
            term.fields("code", "fr", "en", optional=("help",)) for term in each["terms"].items()
        ]
        codes[vocabulary] = [term["code"] for term in terms]
        refuse_twice(codes[vocabulary])
        found[vocabulary] = [
            TermSaid(
                vocabulary,
                term["code"].code(),
                term["fr"].text(most=200, language="fr"),
                term["en"].text(most=200, language="en"),
                term["help"].both(most=300) if "help" in term else ("", ""),
            )
            for term in terms
        ]
    for vocabulary, domains in DOMAINS.items():
        known = [term.code for term in found.get(domains, [])]
        for part in codes.get(vocabulary, []):
            if part.plain.split("_")[0] not in known:
                part.fault(
                    _("«%(value)s» begins with no domain. Choose among: %(choices)s.")
                    % {"value": part.plain, "choices": ", ".join(known)}
                )
    return found


def term_rows(loading: Loading) -> list[Term]:
    return [
        Term(
            id=loading.id("term", f"{vocabulary}.{term.code}"),
            vocabulary=vocabulary,
            code=term.code,
            fr=term.fr,
            en=term.en,
            help_fr=term.help[0],
            help_en=term.help[1],
            position=position,
        )
        for vocabulary, terms in loading.said["vocabularies"].items()
        for position, term in enumerate(terms)
    ]


def term_difference(loading: Loading) -> Difference[Term]:
    return difference_of_kept(
        term_rows(loading), Term.objects.order_by("pk"), Term, shown="is_offered"
    )


def apply_vocabularies(loading: Loading) -> None:
    found = term_difference(loading)
    found.write()
    found.hide("is_offered")


# Its help lines.


def check_help_lines(parts: list[Part], said: Mapping[str, Any]) -> list[HelpLine]:
    entries = [
        part.fields(
            "slug", "name", "reach", "hours", "languages", "what_for", "youth", "verification",
            "verified_on",
        )
        for part in parts[0].items()
    ]  # fmt: skip
    refuse_twice([entry["slug"] for entry in entries])
    lines = []
    for position, it in enumerate(entries):
        reach = it["reach"].fields(optional=("call", "text", "web"))
        if not reach:
            it["reach"].fault(_("say at least one way: call, text or web."))
        (name_fr, name_en), (hours_fr, hours_en) = (
            it["name"].both(most=120),
            it["hours"].both(most=200),
        )
        for_fr, for_en = it["what_for"].both(most=300)
        verification = it["verification"].choice(HelpLine.Verification.values)
        verified_on = it["verified_on"].day(empty=True)
        if verification == HelpLine.Verification.VERIFIED and it["verified_on"].plain == "":
            it["verified_on"].fault(_("a verified line says which day it was verified."))
        lines.append(
            HelpLine(
                slug=it["slug"].slug(),
                name_fr=name_fr,
                name_en=name_en,
                call=reach["call"].text(most=24),
                text=reach["text"].text(most=24),
                web=reach["web"].web(),
                hours_fr=hours_fr,
                hours_en=hours_en,
                languages=it["languages"].choices((*LANGUAGES, "other")),
                what_for_fr=for_fr,
                what_for_en=for_en,
                for_youth=it["youth"].yes(),
                verification=verification,
                verified_on=verified_on,
                position=position,
            )
        )
    return lines


# Its texts, and how long things are kept.


def check_retention(parts: list[Part], said: Mapping[str, Any]) -> list[RetentionRule]:
    entries = [
        part.fields("code", "name", "from", "basis", optional=("keep_days", "keep_years"))
        for part in parts[0].items()
    ]
    refuse_twice([entry["code"] for entry in entries])
    said_codes = {entry["code"].code() for entry in entries}
    for code in sorted({model.KEEP for model in apps.get_models() if hasattr(model, "KEEP")}):
        if code not in said_codes:
            parts[0].fault(
                _("the rule «%s» is missing: what it is for would be kept for ever.") % code
            )
    least: dict[str, int] = dict(
        model.KEEP_AT_LEAST for model in apps.get_models() if hasattr(model, "KEEP_AT_LEAST")
    )
    rules = []
    for position, it in enumerate(entries):
        if ("keep_days" in it) == ("keep_years" in it):
            it.of.fault(_("say either keep_days or keep_years."))
        years = least.get(it["code"].code(), 0)
        if years and ("keep_years" not in it or it["keep_years"].number(1, 100) < years):
            it.of.fault(_("the law asks to keep this at least %d years: say so or more.") % years)
        (name_fr, name_en), (basis_fr, basis_en) = (
            it["name"].both(most=120),
            it["basis"].both(most=300),
        )
        from_fr, from_en = it["from"].both(most=200)
        rules.append(
            RetentionRule(
                code=it["code"].code(),
                name_fr=name_fr,
                name_en=name_en,
                keep_days=it["keep_days"].number(1, 3660) if "keep_days" in it else None,
                keep_years=it["keep_years"].number(1, 100) if "keep_years" in it else None,
                counted_from_fr=from_fr,
                counted_from_en=from_en,
                basis_fr=basis_fr,
                basis_en=basis_en,
                position=position,
            )
        )
    return rules


# What the three last do alike: rows by their short name, removed with their entry.


def own_section(
    name: str, title: Any, model: type[Any], word: str, check: Any, *, file: str = ""
) -> Section:
    """A section whose check gives rows of one model, each named by its field `word`."""

    def found(loading: Loading) -> Difference[Any]:
        for row in loading.said[name]:
            row.id = loading.id(name, getattr(row, word))
        return difference(loading.said[name], model.objects.all(), model)

    def apply(loading: Loading) -> None:
        found(loading).write()
        found(loading).remove()

    return Section(
        name=name,
        file=file or f"{name}.yaml",
        title=title,
        check=check,
        plan=lambda loading: found(loading).changes(
            lambda row: str(getattr(row, word)), gone=Kind.REMOVED
        ),
        apply=apply,
        is_required=True,
    )


def plan_vocabularies(loading: Loading) -> list[Change]:
    return term_difference(loading).changes(str, gone=Kind.KEPT)


register(
    Section(
        name="region",
        file="region.yaml",
        title=gettext_lazy("Region"),
        check=check_region,
        plan=lambda loading: region_difference(loading).changes(
            lambda row: row.name, gone=Kind.REMOVED
        ),
        apply=lambda loading: region_difference(loading).write(),
        is_required=True,
    )
)
register(
    Section(
        name="vocabularies",
        file="vocabularies.yaml",
        title=gettext_lazy("Vocabularies"),
        check=check_vocabularies,
        plan=plan_vocabularies,
        apply=apply_vocabularies,
        is_required=True,
    )
)
register(own_section("help_lines", gettext_lazy("Help lines"), HelpLine, "slug", check_help_lines))
register(own_section("texts", gettext_lazy("Texts"), Text, "key", check_texts, file="texts*.yaml"))
register(
    own_section("retention", gettext_lazy("Retention"), RetentionRule, "code", check_retention)
)
register(committees.SECTION)

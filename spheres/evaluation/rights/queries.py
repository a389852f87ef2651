"""What does the page of rights say, today, in the reader's language?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from spheres.accounts.models import Organisation, Role
from spheres.core import context
from spheres.core.actor import EXCEPTIONAL, PARTICIPANT, Actor
from spheres.evaluation.rights import at_work, matrix, words
from spheres.evaluation.rights.matrix import Case
from spheres.followup.consents import policy as consents
from spheres.sharing import protecting, recognising, rules
from spheres.sharing.models import ExceptionalAccess, seat
from spheres.sharing.rules import Act

FIGURES: Final = {
    "code_word_minutes": int(recognising.LASTS.total_seconds() // 60),
    "danger_minutes": int(protecting.LASTS.total_seconds() // 60),
    "seat_days": seat.LONGEST.days,
    "review_hours": int(protecting.REVIEWED_WITHIN.total_seconds() // 3600),
    "a_day": protecting.A_DAY,
    "usual": consents.USUAL,
    "longest": consents.LONGEST,
    "most": rules.REACH_CAP,
}


@dataclass(frozen=True)
class Titled:
    """A title, and sentences under it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Way:
    """One way to a file: who, in which roles, how far; then what may be done by it."""

    title: str
    roles: str
    summary: str  # both
    about: str
    purpose: str
    lines: tuple[tuple[str, str], ...]  # «Read», then the sections


@dataclass(frozen=True)
class Section:
    """One section of a file: what it holds, then who reads, adds, changes."""

    title: str
    holds: str
    lines: tuple[tuple[str, tuple[str, ...]], ...]  # «Read», then who


@dataclass(frozen=True)
class Profile:
    """What one organisation is held to."""

    name: str
    is_partner: bool
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Rights:
    """The whole page."""

    on: date | None
    version: str
    never: tuple[Titled, ...]
    sections: tuple[Section, ...]
    ways: tuple[Way, ...]
    above: tuple[Titled, ...]
    referral: tuple[tuple[str, str], ...]
    at_work: tuple[Titled, ...]
    profiles: tuple[Profile, ...] = ()
    profiles_version: str = ""


def rights(*, on: date | None = None) -> Rights:
    """All that the rule table and the policies say: about nobody, and without the database."""
    return Rights(
        on=on,
        version=version(),
        never=tuple(never()),
        sections=tuple(section(face) for face in rules.FACES),
        ways=tuple(way(case) for case in matrix.cases()),
        above=tuple(above()),
        referral=tuple(
            (str(words.REFERRALS[table]), hands(matrix.readers(word), word.own_kinds))
            for table, word in matrix.referral_tables().items()
            if table in words.REFERRALS
        ),
        at_work=tuple(
            Titled(say(folder.title), tuple(say(line.said) for line in folder.lines))
            for folder in at_work.folders()
        ),
    )


def version() -> str:
    """It changes with the rule table, and with what any policy says of itself."""
    return matrix.version_of([matrix.facts(), at_work.all_rights()])


def say(sentence: str | Promise) -> str:
    """A sentence with the figures that apply."""
    return str(sentence) % FIGURES if "%(" in str(sentence) else str(sentence)


def title_of(face: str) -> str:
    return str(words.FACES[face][0])


def faces(found: Iterable[str]) -> str:
    return ", ".join(title_of(face) for face in found)


def roles(found: Iterable[str]) -> str:
    return "; ".join(role_said(role) for role in matrix.roles_of(found))


def role_said(role: str) -> str:
    """A role, in the middle of a sentence; she who holds her notebook has none of ours."""
    return str(words.HERSELF if role == PARTICIPANT else Role(role).label).lower()


def who(case: Case) -> str:
    """«Whoever accompanies the person (youth worker; professional support)»."""
    title = words.RELATIONS[case.relation][0]
    return _("%(who)s (%(roles)s)") % {"who": title, "roles": roles(case.roles)}


def way(case: Case) -> Way:
    title, about = words.RELATIONS[case.relation]
    return Way(
        title=str(title),
        roles=roles(case.roles),
        summary=who(case),
        about=say(about),
        purpose=str(words.PURPOSES[case.purpose]),
        lines=tuple((str(words.ACTS[act]), faces(case.may(act))) for act in Act if case.may(act)),
    )


def section(face: str) -> Section:
    title, holds = words.FACES[face]
    return Section(
        title=str(title),
        holds=str(holds),
        lines=tuple(
            (str(words.ACTS[act]), tuple(who(case) for case in found))
            for act in Act
            if (found := matrix.allowed(face, act))
        ),
    )


def never() -> Iterable[Titled]:
    """What nobody does, or nearly nobody."""
    yield Titled(_("The police"), (str(words.WALLS[rules.WALLED_OFF]),))
    yield Titled(
        _("Those who open no file, by any rule"),
        (roles(matrix.roles_without_files()).capitalize(),),
    )
    yield Titled(
        _("The person, their parents or tutor"),
        (
            _(
                "Nobody of them has an account. The person reads what is theirs together with "
                "whoever accompanies them, and in their own notebook when they want one; no rule "
                "opens anything to a parent or tutor."
            ),
        ),
    )
    if nobody := matrix.faces_of_nobody():
        yield Titled(_("What nobody opens, whoever they are"), (faces(nobody),))
    if alone := matrix.faces_of_one_role():
        yield Titled(
            _("What one role alone opens"),
            tuple(
                _("%(section)s: %(who)s") % {"section": title_of(face), "who": _uncapped(who(case))}
                for face, case in alone
            ),
        )
    yield Titled(
        _("What no other organisation ever opens, even if the person agreed to share"),
        (faces(matrix.never_shared()),),
    )
    yield Titled(
        _("What no exceptional access opens"),
        (faces(matrix.never_opened_exceptionally()),),
    )
    yield Titled(
        _("Many files at once"),
        (
            say(
                _(
                    "Nobody reaches more than %(most)d files. Figures are counted without names, "
                    "by the software itself."
                )
            ),
        ),
    )


def above() -> Iterable[Titled]:
    """What beats every rule, and what is opened in a danger."""
    for veto in rules.VETOES:
        title, about = words.VETOES[veto.name]
        yields = words.YIELDS if matrix.yields_to_danger(veto) else words.NEVER_YIELDS
        yield Titled(str(title), (str(about), say(yields)))
    yield Titled(
        _("Two files of one person"),
        (_("As long as they are joined, the stricter of the two is kept for both."),),
    )
    opening = [case for case in matrix.cases() if case.purpose == EXCEPTIONAL]
    yield Titled(
        _("Opening exceptionally, in an emergency"),
        (
            *(
                _("%(roles)s: %(sections)s")
                % {
                    "roles": roles(case.roles).capitalize(),
                    "sections": faces(case.may(Act.READ)),
                }
                for case in opening
            ),
            say(
                _(
                    "For %(danger_minutes)d minutes, only in one’s own organisation, only for "
                    "somebody one can already name, with a reason written down."
                )
            ),
            _("For one of these reasons: %(grounds)s.")
            % {"grounds": "; ".join(_uncapped(str(one.label)) for one in ExceptionalAccess.Ground)},
            say(
                _(
                    "%(a_day)d a day at most for one person, when no life is in danger; a danger "
                    "to a life is never counted."
                )
            ),
            _("Looked at again by somebody else of the organisation: %(roles)s.")
            % {"roles": roles(rules.REVIEWERS)},
            say(
                _(
                    "What nobody looked at within %(review_hours)d hours asks for two people the "
                    "next time; never when a life is in danger."
                )
            ),
            _("The person finds it in the list of openings of their file."),
        ),
    )
    yield Titled(
        _("What the person shares with a partner (consent)"),
        (
            _("May be shared: %(sections)s.") % {"sections": faces(rules.SHAREABLE)},
            _(
                "Never where they say they are (a stage), though it is in their plan: "
                "it stays here."
            ),
            _("With one organisation or one person there, for one purpose; never with the police."),
            ngettext(
                "Until a day: %(usual)d month as a rule, %(longest)d at most.",
                "Until a day: %(usual)d months as a rule, %(longest)d at most.",
                FIGURES["usual"],
            )
            % FIGURES,
            _("Taken back at any time: the door closes at once, and what was read is listed."),
            _(
                "For one absence, with the one person who answers meanwhile at a partner’s: "
                "%(sections)s, and nothing more."
            )
            % {"sections": faces(rules.SHARED_BRIEFLY)},
            _(
                "Never a condition of help: when it ends, the person’s own team keeps the file and "
                "the help goes on."
            ),
        ),
    )
    yield told_outside()


def told_outside() -> Titled:
    """What may leave a file as a frozen text: never a note; of a therapy, a letter alone."""
    return Titled(
        _("What is told of a person outside, item by item (disclosure)"),
        (
            _("May be told: %(sections)s.") % {"sections": faces(rules.TOLD)},
            _(
                "Of a psychotherapy, a letter that its psychotherapist writes for it, and nobody "
                "else: never their notes. Whoever guards privacy there decides without reading it."
            ),
            _("A text that no longer changes, until a day: it opens nothing of the file."),
            _(
                "That somebody reported to youth protection is known by whoever did, and by those "
                "who supervise there: not by whoever reads the file."
            ),
        ),
    )


def hands(kinds: Iterable[str], own: Iterable[str] = ()) -> str:
    """In whose hands a part of a referral is; of an offer, each sees their own."""
    every = [str(words.HANDS[kind]) for kind in words.HANDS if kind in kinds]
    every += [
        _("%(who)s, each their own") % {"who": words.HANDS[kind]}
        for kind in words.HANDS
        if kind in own and kind not in kinds
    ]
    return "; ".join(every)


def _uncapped(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


# With each organisation's own profile.


def page(*, actor: Actor, on: date) -> Rights:
    """The same, with what each organisation of the programme is held to: partners first."""
    context.require(actor)
    found = list(
        Organisation.objects.select_related("parent").order_by("-is_partner", "name_fr", "pk")
    )
    kept = rights(on=on)
    profiles = tuple(profile(one) for one in found)
    said: Any = [
        {
            "slug": one.slug,
            "kind": one.kind,
            "is_partner": one.is_partner,
            "regime": one.regime,
            "officer": [one.privacy_officer_fr, one.privacy_officer_en],
            "told": sorted(one.incident_notice),
            "answers": one.answer_days,
            "keeps": one.keep_years,
            "opened": [one.reads_alert, one.reads_stop],
            "official": [one.system_of_record, one.copy_shape],
        }
        for one in sorted(found, key=lambda one: one.slug)
    ]
    return Rights(
        **{**vars(kept), "profiles": profiles, "profiles_version": matrix.version_of(said)}
    )


def profile(one: Organisation) -> Profile:
    english = get_language() == "en"
    notice = {
        "minister": _("the minister of Health and Social Services"),
        "cai": _("the Commission d’accès à l’information"),
    }
    pairs = (
        (_("Kind of organisation"), str(one.get_kind_display())),
        (_("Part of"), one.parent.name if one.parent else ""),
        (_("Law that applies"), f"{one.get_regime_display()} ({one.regime})"),
        (
            _("In charge of personal information"),
            one.privacy_officer_en if english else one.privacy_officer_fr,
        ),
        (
            _("Told of an incident"),
            ", ".join(notice[each] for each in notice if each in one.incident_notice),
        ),
        (
            _("Answers a request for access within"),
            ngettext("%(n)d day", "%(n)d days", one.answer_days) % {"n": one.answer_days},
        ),
        (
            _("Keeps a closed file for"),
            ngettext("%(n)d year", "%(n)d years", one.keep_years) % {"n": one.keep_years},
        ),
        (
            _("Files one person opens in a day, at most"),
            str(one.reads_stop or "") or _("as everywhere in the region"),
        ),
        (_("Official file"), one.system_of_record or _("what is written here")),
    )
    return Profile(one.name, one.is_partner, tuple((t, said) for t, said in pairs if said))

"""Load a region's folder: check it all, say what would change, then make it so."""

from __future__ import annotations

import locale
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spheres.accounts.models import Role
from spheres.config import (
    absences,
    advised,
    asked,
    assessed,
    attested,
    brought,
    carded,
    cared,
    convened,
    dangers,
    demanded,
    evaluated,
    hand_overs,
    her_side,
    incidents,
    kept,
    learned,
    life,
    made_known,
    opened,
    planned,
    practised,
    reflected,
    restrictions,
    steps,
    success,
    supported,
    suspended,
    taught,
    teaching,
    today,
    under_codes,
    worded,
    worries,
)
from spheres.config.cluster import VAR
from spheres.core import clock, context
from spheres.evaluation.indicators import tasks as indicators
from spheres.evaluation.open_figures import tasks as open_figures
from spheres.regions import loading
from spheres.regions.loading import LOADER
from spheres.regions.reading import Refused
from spheres.regions.registry import Change, Kind, Loading, Section
from spheres.ui import moments

SHOWN: Final = 8  # names on one line of the preview
# Whom the list of a demonstration names first: one person for each of ten ways to work here.
FIRST: Final = (
    Role.COORDINATOR,
    Role.YOUTH_WORKER,
    Role.TEAM_LEAD,
    Role.PSYCHOTHERAPIST,
    Role.PROFESSIONAL_SUPPORT,
    Role.POLICE_MEMBER,
    Role.ORGANISATION_MANAGER,
    Role.RESEARCH_OFFICER,
    Role.PRIVACY_OFFICER,
    Role.TECHNICAL_ADMINISTRATOR,
)


class Command(BaseCommand):
    help = "Load a region's folder (regions/demo). With --preview, say what would change."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--preview", action="store_true", help="change nothing")
        parser.add_argument("--language", choices=("fr", "en"), default=spoken_here())

    def handle(self, *, folder: Path, preview: bool, language: str, **options: Any) -> None:
        with translation.override(language):
            try:
                for line in preview_of(folder) if preview else loaded(folder):
                    self.stdout.write(line)
            except Refused as refusal:
                raise CommandError(refused(refusal)) from None


def spoken_here() -> str:
    """The language of this terminal, when it is one of ours."""
    return "fr" if (locale.getlocale()[0] or "").startswith("fr") else "en"


def refused(refusal: Refused) -> str:
    count = len(refusal.faults)
    return "\n".join(
        [
            *(str(fault) for fault in refusal.faults),
            "",
            ngettext(
                "Nothing was loaded: one thing is to be mended.",
                "Nothing was loaded: %(count)s things are to be mended.",
                count,
            )
            % {"count": count},
        ]
    )


def preview_of(folder: Path) -> Iterator[str]:
    """What loading this folder would change, in words."""
    if said := already_loaded(folder):
        yield said
        return
    found = loading.check(folder)
    with context.unit_of_work(LOADER):
        sections = loading.plan(found, by=LOADER, at=clock.now())
    for section, changes in sections:
        yield _("%(title)s (%(file)s)") % {"title": section.title, "file": section.file}
        yield from in_words(changes)
    yield _("This was a preview: nothing was written.")


def in_words(changes: Iterable[Change]) -> Iterator[str]:
    """One line for each kind of change; names, and the fields that differ."""
    sentences = {
        Kind.ADDED: _("  would be added: %s"),
        Kind.CHANGED: _("  would be changed: %s"),
        Kind.REMOVED: _("  would be removed: %s"),
        Kind.ENDED: _("  access would end, all else stays: %s"),
        Kind.KEPT: _("  not in the file any more, stays without being offered: %s"),
    }
    for kind, sentence in sentences.items():
        named = [each for each in changes if each.kind == kind]
        if named:
            yield sentence % names_of(named)
    if not changes:
        yield _("  nothing would change")


def names_of(changes: list[Change]) -> str:
    said = [
        f"{each.name} ({', '.join(each.fields)})" if each.fields else each.name
        for each in changes[:SHOWN]
    ]
    others = len(changes) - len(said)
    if not others:
        return ", ".join(said)
    return ngettext("%(names)s and one other", "%(names)s and %(count)s others", others) % {
        "names": ", ".join(said),
        "count": others,
    }


def already_loaded(folder: Path) -> str:
    """A sentence when this very folder was loaded to the end: a second start reads no file."""
    with context.unit_of_work(LOADER):
        region = loading.is_loaded(folder, by=LOADER)
    if region is None:
        return ""
    day = moments.day(clock.day_of(region.loaded_at))
    return _("%(folder)s: nothing to change. This region is here since %(day)s.") % {
        "folder": folder,
        "day": day,
    }


def loaded(folder: Path) -> Iterator[str]:
    """Load, play the demonstration's life, and say what was done."""
    if said := already_loaded(folder):
        yield said
        return
    found = loading.check(folder)
    at = clock.now()
    with context.unit_of_work(LOADER):
        sections = loading.plan(found, by=LOADER, at=at)
        done = loading.load(found, by=LOADER, at=at)
    yield from counted(sections)
    if found.said["region"].is_demo:
        yield from lived(done)
        planned.say_yes_to_calendars(done)
        # Tonight’s jobs, so that the year it lived can be looked at today.
        indicators.count()
        open_figures.publish()
        evaluated.play(done)
    with context.unit_of_work(LOADER):
        loading.finish(found, by=LOADER)
    yield _("%s is loaded.") % folder


# Played in the lives, or after them: nothing of their own is loaded.
NOT_COUNTED: Final = frozenset(
    {
        "life",
        "hand_overs",
        "steps",
        "shared",
        "restrictions",
        "suspensions",
        "requests",
        "demands",
        "openings",
        "parts",
        "communications",
        "dangers",
        "worries",
        "questions",
        "incidents",
        "keeping",
        "meetings",
        "cards",
        "practice",
        "attested",
        "past_lists",
        "worded",
        "rounds",
        "assessed",
        "chosen",
        "groups",
        "teaching",
        "advised",
    }
)


# What happened beside the lives themselves, each part upon those before it.
LIVED: Final = (
    hand_overs, absences, restrictions, suspended, dangers, worries, under_codes, incidents,
    asked, demanded, kept, convened, carded, practised, taught, attested, brought, worded,
    reflected, assessed, success, learned, teaching, advised, made_known,
)  # fmt: skip
TODAY: Final = (opened, today, cared, supported, her_side)  # after a year: what stands this morning


def counted(sections: Iterable[tuple[Section, Sequence[Change]]]) -> Iterator[str]:
    for section, changes in sections:
        if section.name in NOT_COUNTED:
            continue
        count = {kind: sum(each.kind == kind for each in changes) for kind in Kind}
        yield _(
            "%(title)s: %(added)s added, %(changed)s changed, %(removed)s removed, %(ended)s ended."
        ) % {
            "title": section.title,
            "added": count[Kind.ADDED],
            "changed": count[Kind.CHANGED],
            "removed": count[Kind.REMOVED],
            "ended": count[Kind.ENDED],
        }


def lived(done: Loading) -> Iterator[str]:
    steps.play(done)
    summary = life.play(done)
    for each in (*LIVED, *TODAY):
        each.play(done)
    yield _(
        "Invented lives: %(referrals)s referrals, %(advice)s requests for advice and "
        "%(notes)s notes, %(acts)s acts played in %(seconds).1f s."
    ) % {
        "referrals": summary.referrals,
        "advice": summary.advice,
        "notes": summary.notes,
        "acts": summary.acts,
        "seconds": summary.seconds,
    }
    write_who_can_sign_in(done)


def write_who_can_sign_in(done: Loading, file: Path = VAR / "who_can_sign_in.txt") -> None:
    """Ten people of the demonstration, for whoever starts it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [_("Sign in as:"), *(f"  {line}" for line in who_can_sign_in(done))]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def who_can_sign_in(done: Loading) -> list[str]:
    """Name — role — organisation, of people whose access has not ended."""
    english = translation.get_language() == "en"
    organisations = {
        each.slug: each.fields["name_en" if english else "name_fr"]
        for each in done.said["organisations"]
    }
    here = [
        person
        for person in done.said.get("people", [])
        if (end := person.ends_at(done)) is None or end > done.at
    ]
    chosen: dict[str, Role] = {}
    for role in FIRST:
        person = next((p for p in here if role in p.roles and p.slug not in chosen), None)
        if person is not None:
            chosen[person.slug] = role
    return [
        f"{person.name} — {chosen[person.slug].label} — {organisations[person.organisation]}"
        for person in sorted(
            (p for p in here if p.slug in chosen), key=lambda p: FIRST.index(chosen[p.slug])
        )
    ]

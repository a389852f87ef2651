"""What does the rule table say, case by case and section by section? Facts, without a word.

Everything is asked of `sharing.rules` each time: a rule that changes changes the page, and its
version. Nothing here decides anything.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps

from spheres.accounts.models import Role
from spheres.core.actor import EXCEPTIONAL, PARTICIPANT, SHARED
from spheres.core.words import Handlers
from spheres.followup.consents import policy as consents
from spheres.sharing import protecting, recognising, rules
from spheres.sharing.models import Custody, ExceptionalAccess, Seat, seat
from spheres.sharing.rules import Act

# The apps whose tables hold a referral, and a question asked under a code.
REFERRALS: Final = ("admission", "questions")


@dataclass(frozen=True)
class Case:
    """One way to a file: a link, a purpose, the roles that have the same rights by it."""

    relation: str
    purpose: str
    roles: tuple[str, ...]
    rights: Mapping[str, frozenset[Act]]

    def may(self, act: Act) -> list[str]:
        """The faces of a file on which this case does this, in the order of the page."""
        return [face for face in rules.FACES if act in self.rights.get(face, ())]


def cases() -> list[Case]:
    """Every way to a file, in the order of the table."""
    by: dict[tuple[str, str], dict[str, dict[str, frozenset[Act]]]] = {}
    for rule in rules.GRANTS:
        of_role = by.setdefault((rule.when.name, rule.purpose), {})
        for role in rule.who:
            faces = of_role.setdefault(role, {})
            for face in rule.on:
                faces[face] = faces.get(face, frozenset()) | rule.may
    found = []
    for (relation, purpose), of_role in by.items():
        alike: dict[str, list[str]] = {}
        for role in sorted(of_role, key=_place_of_role):
            alike.setdefault(repr(sorted(_said(of_role[role]))), []).append(role)
        for roles in alike.values():
            found.append(Case(relation, purpose, tuple(roles), of_role[roles[0]]))
    return found


def _said(faces: Mapping[str, frozenset[Act]]) -> Iterator[tuple[str, list[str]]]:
    for face, acts in faces.items():
        yield face, sorted(acts)


def _place_of_role(role: str) -> int:
    return [*Role.values, PARTICIPANT].index(role)


def allowed(face: str, act: Act) -> list[Case]:
    """The cases in which this face of a file may be read, added to or changed."""
    return [case for case in cases() if act in case.rights.get(face, ())]


# What nobody, or nearly nobody, may.


def roles_without_files() -> list[str]:
    """To whom no rule opens any file."""
    opened = {role for rule in rules.GRANTS for role in rule.who}
    return [role.value for role in Role if role not in opened]


def faces_of_nobody() -> list[str]:
    return [face for face in rules.FACES if not any(allowed(face, act) for act in Act)]


def faces_of_one_role() -> list[tuple[str, Case]]:
    """What one role alone does anything with, by each way that it has."""
    found = []
    for face in rules.SECTIONS:
        ways = [case for case in cases() if case.rights.get(face)]
        if len({role for way in ways for role in way.roles}) == 1:
            found += [(face, way) for way in ways]
    return found


def opened_by(purpose: str) -> list[str]:
    """The faces that a purpose other than the ordinary one may open."""
    reached = {f for case in cases() if case.purpose == purpose for f in case.rights}
    return [face for face in rules.FACES if face in reached]


def never_shared() -> list[str]:
    return [section for section in rules.SECTIONS if section not in opened_by(SHARED)]


def never_opened_exceptionally() -> list[str]:
    return [section for section in rules.SECTIONS if section not in opened_by(EXCEPTIONAL)]


def yields_to_danger(veto: rules.Veto) -> bool:
    """Whether a danger to life passes over it."""
    return rules.UNLESS_IN_DANGER in veto.files


# A referral, before there is a file.


def referral_tables() -> dict[str, Handlers]:
    """What a referral is made of, and in whose hands each part is."""
    words = {
        model._meta.db_table: model.access  # type: ignore[attr-defined]
        for app in REFERRALS
        for model in apps.get_app_config(app).get_models()
    }
    return {table: word for table, word in words.items() if isinstance(word, Handlers)}


def readers(word: Handlers) -> tuple[str, ...]:
    """Those who read such a table: kinds of hands, and whoever holds a code."""
    return (*word.kinds, *(("ASKER",) if "select" in word.asker else ()))


# The version: what a signed page is compared with.


def facts() -> dict[str, Any]:
    """All that decides, in a form that does not depend on the language nor on the order of sets."""
    return {
        "grants": [
            {
                "name": rule.name,
                "who": sorted(rule.who),
                "may": sorted(rule.may),
                "on": sorted(rule.on),
                "purpose": rule.purpose,
                "when": [rule.when.name, _plain(rule.when.files), _plain(rule.when.people)],
            }
            for rule in rules.GRANTS
        ],
        "vetoes": [[veto.name, _plain(veto.files), veto.on_both] for veto in rules.VETOES],
        "other file": _plain(rules.OTHER_FILE),
        "walled off": str(rules.WALLED_OFF),
        "most": rules.REACH_CAP,
        "shared": [list(rules.SHAREABLE), consents.LONGEST, consents.USUAL],
        "told outside": [list(rules.TOLD), rules.TOLD_IN_SECRECY],
        "code word": recognising.LASTS.total_seconds(),
        "exceptional": [
            protecting.LASTS.total_seconds(),
            protecting.A_DAY,
            protecting.REVIEWED_WITHIN.total_seconds(),
            sorted(rules.REVIEWERS),
            [ground.value for ground in ExceptionalAccess.Ground],
        ],
        "custody": [ground.value for ground in Custody.Ground],
        "seat": [[kind.value for kind in Seat.Kind], seat.LONGEST.total_seconds()],
        "referrals": {
            table: [sorted(readers(word)), sorted(word.own_kinds), word.yields]
            for table, word in sorted(referral_tables().items())
        },
    }


def _plain(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip()


def version_of(said: object) -> str:
    """Twelve signs that change when anything of it does: «7F3A 22C1 90BE»."""
    written = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    signs = hashlib.sha256(written.encode()).hexdigest()[:12].upper()
    return " ".join(signs[n : n + 4] for n in (0, 4, 8))


def roles_of(roles: Iterable[str]) -> list[str]:
    """In the order in which they are listed everywhere."""
    return sorted(roles, key=_place_of_role)

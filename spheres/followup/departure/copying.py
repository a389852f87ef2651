"""How do the files of an organisation that leaves, and its registers, leave in an open format?

Each worker copies the files of those they walk with, and nobody reads more than before; a manager
copies the registers. One archive: for each file a JSON with every row and a text to read, then the
registers. Psychotherapy notes and private pages are their author's, and no rule opens them here.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.accounts import queries as accounts
from spheres.accounts.models import Confirmed, Membership, Organisation
from spheres.audit.models import Event
from spheres.core import context
from spheres.core.actor import NOTEBOOK, Actor
from spheres.core.words import Disclosed, FileSection, Word
from spheres.followup.departure import policy
from spheres.participants import queries as participants
from spheres.participants.models import File
from spheres.sharing.compile import our_models, word_of
from spheres.sharing.models import Departure, Disclosure
from spheres.sharing.rules import PRIVATE, RELATION, THERAPY
from spheres.ui import moments
from spheres.vault import actions as vault
from spheres.vault import sealing
from spheres.vault.models import Lockable, LockedText

SHAPE, VERSION = "spheres-file", 1
COPIED: Final = "departure.copied"
# What is read aloud of a file, in this order: the words of the page of rights.
SECTIONS: Final[dict[str, Any]] = {
    "identity": gettext_lazy("Who they are"),
    "contact": gettext_lazy("How to reach them"),
    "whereabouts": gettext_lazy("Where they are"),
    "summary": gettext_lazy("Their page, and how the follow-up stands"),
    "plan": gettext_lazy("Their plans"),
    "safety": gettext_lazy("What keeps them safe"),
    "steps": gettext_lazy("Steps and outings"),
    "notes": gettext_lazy("Meetings and needs"),
    "health": gettext_lazy("Health"),
    "legal": gettext_lazy("Legal matters"),
    "relation": gettext_lazy("Who walked with them, what they shared"),
}
NAMES: Final[dict[str, Any]] = {
    "chosen_name": gettext_lazy("Chosen name"),
    "pronouns": gettext_lazy("Pronouns"),
    "birth_date": gettext_lazy("Date of birth"),
    "languages": gettext_lazy("Languages spoken"),
    "gender": gettext_lazy("Gender"),
    "her_words": gettext_lazy("In their words"),
    "observation": gettext_lazy("What was seen"),
    "support": gettext_lazy("What helps"),
    "letter": gettext_lazy("Letter"),
    "hours": gettext_lazy("Hours"),
    "never": gettext_lazy("Never"),
}


@dataclass
class Copied:
    """One file: its rows, by table, as they are kept, in clear."""

    file_id: UUID
    name: str
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    # Section by section, the texts to read: when, by whom, what.
    texts: dict[str, list[tuple[str, list[tuple[str, str]]]]] = field(default_factory=dict)


def archive(departure: Departure, *, by: Actor) -> bytes:
    """All that this person may copy, as one ZIP; the journal of each file says so."""
    context.require(by)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr("LISEZ-MOI.txt", _read_me())
        if policy.can_ask(by):
            for number, one in enumerate(_files(departure, by=by), start=1):
                folder = f"dossiers/{number:03}-{str(one.file_id)[:8]}"
                into.writestr(f"{folder}/dossier.json", _json(one))
                into.writestr(f"{folder}/dossier.txt", _text(one))
        if policy.can_lead_out(by):
            for name, rows in _registers(departure, by=by).items():
                into.writestr(f"registres/{name}.json", _dump(rows))
    return made.getvalue()


def sealed(departure: Departure, passphrase: str, *, by: Actor) -> bytes:
    """The same, that only the passphrase opens."""
    return sealing.seal(archive(departure, by=by), passphrase)


def _files(departure: Departure, *, by: Actor) -> Iterable[Copied]:
    held = set(
        File.objects.filter(holder_id=departure.organisation_id).values_list("pk", flat=True)
    )
    found = [one.identity.file_id for one in participants.all_mine(actor=by)]
    names = dict(participants.names(found, actor=by))
    copied = {
        file_id: Copied(file_id, names.get(file_id, ""))
        for file_id in sorted(held & set(found), key=lambda one: (names.get(one, ""), one))
    }
    rows = {model: _rows(model, list(copied)) for model in _models()}
    for file_id, one in copied.items():
        mine = {m: [row for row in r if row.file_id == file_id] for m, r in rows.items()}
        locked = [
            row
            for each in mine.values()
            for row in each
            if isinstance(row, Lockable) and row.key_owner == file_id
        ]
        vault.open(locked, by=by, action=COPIED)
        authors: set[Any] = {getattr(row, "written_by", None) for row in locked} - {None}
        people = accounts.names_of(authors)
        for model, each in mine.items():
            if each:
                one.tables[model._meta.db_table] = [_said(row) for row in each]
                for row in each:
                    _read(row, one, people)
        journal = Event.objects.filter(chain_id=file_id).order_by("number", "pk")
        # When she was in her notebook is hers: nobody beside her reads it.
        journal = journal.exclude(purpose=NOTEBOOK)
        one.tables["journal"] = [_said(row) for row in journal]
    return copied.values()


def _models() -> list[type[Model]]:
    """Every table of a section whose rows say of which file they are, and the register of what was
    told outside; never psychotherapy, nor private pages, whatever hat is worn."""
    found: list[type[Model]] = []
    for model in our_models():
        names = {each.attname for each in model._meta.concrete_fields}
        # The pages of scanned papers are downloaded from their own pages: the list of them is here.
        has_bytes = issubclass(model, Lockable) and model.locked_bytes()
        if "file_id" in names and _leaves(word_of(model)) and not has_bytes:
            found.append(model)
    return found


def _leaves(word: Word) -> bool:
    if isinstance(word, FileSection):
        return word.section not in (THERAPY, PRIVATE)
    return isinstance(word, Disclosed)


def _rows(model: type[Model], files: list[UUID]) -> list[Any]:
    """Those of these files; of the register, never what says that somebody reported, and who: a
    copy goes where nobody knows who reads it (P-34.1, s. 44)."""
    order = [
        each.attname
        for each in model._meta.concrete_fields
        if each.attname in {"occurred_at", "written_at"}
    ]
    rows = model._default_manager.filter(file_id__in=files)
    if model is Disclosure or isinstance(word_of(model), Disclosed):
        reports = Disclosure.objects.filter(ground=Disclosure.Ground.YOUTH_PROTECTION).values("pk")
        names = {each.attname for each in model._meta.concrete_fields}
        rows = rows.exclude(pk__in=reports)
        rows = rows.exclude(disclosure_id__in=reports) if "disclosure_id" in names else rows
    return list(rows.order_by(*order, "pk"))


def _said(row: Any) -> dict[str, Any]:
    """Every column, under its name; what was locked, in clear."""
    return {
        each.attname: getattr(row.opened, each.attname)
        if isinstance(each, LockedText) and row.is_open
        else _plain(getattr(row, each.attname))
        for each in row._meta.concrete_fields
    }


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool | dict | None) else str(value)


def _read(row: Any, one: Copied, people: dict[UUID, str]) -> None:
    """What somebody wrote, for whoever reads: not the codes, which the JSON has."""
    if not (isinstance(row, Lockable) and row.is_open):
        return
    texts = [
        (str(NAMES.get(name) or name.replace("_", " ").capitalize()), said)
        for name in row.locked_fields()
        if isinstance(said := getattr(row.opened, name), str) and said.strip()
    ]
    if not texts:
        return
    word = word_of(type(row))
    section = word.section if isinstance(word, FileSection) else RELATION
    at = getattr(row, "occurred_at", None) or getattr(row, "written_at", None)
    who = people.get(getattr(row, "written_by", None) or UUID(int=0), "")
    when = " · ".join(part for part in (moments.moment(at) if at else "", who) if part)
    one.texts.setdefault(section, []).append((when, texts))


def _json(one: Copied) -> str:
    return _dump({"shape": SHAPE, "version": VERSION, "file": one.file_id, "tables": one.tables})


def _dump(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False, indent=2, default=str) + "\n"


def _text(one: Copied) -> str:
    """To be read by anybody, with anything."""
    lines = [one.name, str(one.file_id), ""]
    for section, title in SECTIONS.items():
        if section in one.texts:
            lines += [str(title).upper(), ""]
            for when, texts in one.texts[section]:
                lines += [when, *(f"{name}\n{said}" for name, said in texts), ""]
    return "\n".join(lines).rstrip() + "\n"


def _read_me() -> str:
    return (
        "\n\n".join(
            [
                _("A copy of files, in an open format. It names people: keep it locked."),
                _(
                    "dossiers: a folder for each file; dossier.txt is to be read, dossier.json "
                    "holds every row, as it was kept, with its journal."
                ),
                _("registres: who worked here, since when, and what was done for the departure."),
                _("Psychotherapy notes are their author’s, and are not in this copy."),
            ]
        )
        + "\n"
    )


def _registers(departure: Departure, *, by: Actor) -> dict[str, list[dict[str, Any]]]:
    """What the organisation must keep of itself: who worked there, who said that they still did."""
    here = departure.organisation_id
    memberships = Membership.objects.filter(organisation_id=here).order_by("starts_at", "pk")
    people = accounts.names_of({row.user_id for row in memberships})
    return {
        "organisme": [_said(row) for row in Organisation.objects.filter(pk=here)],
        "appartenances": [_said(row) | {"name": people[row.user_id]} for row in memberships],
        "confirmations": [
            _said(row)
            for row in Confirmed.objects.filter(organisation_id=here).order_by("confirmed_at", "pk")
        ],
        "depart": [_said(departure)],
    }

"""Is an entry of a register ever edited, by whoever it may be; and where does what corrects it
stand?

The registers of the law: who opened a file, what was told of it, what the person agreed to and
refused, what happened to what is kept of her. What is learnt later is written beside, with its day
and its author.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from spheres.core.actor import Actor
from spheres.followup.consents.tests import factories as consents
from spheres.followup.disclosures.tests import factories as disclosures
from spheres.followup.restrictions import actions as restrictions
from spheres.participants import queries as participants
from spheres.privacy.incidents.models import Addition
from spheres.privacy.incidents.tests import factories as incidents
from spheres.vault import actions as vault
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of

pytestmark = pytest.mark.django_db
LATER: Final = TUESDAY + timedelta(hours=2)
EVERYBODY: Final = ("ines", "yanick", "karim", "louise", "nadia", "samir", "roy", "amrani")


@dataclass(frozen=True)
class Register:
    """One register: its table, who writes an entry, who adds to it later, and where that stands."""

    table: str
    writes: Callable[[Cast], UUID]
    adds: Callable[[Cast], None]
    # Where the addition is, as of which moment and by whom: (table, condition, moment, author).
    added: tuple[str, str, str, str]
    by: str = "ines"
    at: datetime = TUESDAY
    # What alone is stamped on the entry itself, once, when the person takes it back.
    stamps: tuple[str, ...] = ()


def opens(cast: Cast, at: datetime) -> UUID:
    """Inès opens who Maya is; the entry is the newest line of the journal."""
    with acting(cast.ines, at):
        known = participants.known(cast.maya.file_id, actor=cast.ines)
        assert known is not None
        vault.open(known.rows, by=cast.ines)
        return UUID(str(asked("select id from audit_event order by number desc limit 1")[0][0]))


def tells(cast: Cast) -> UUID:
    return disclosures.told(cast).pk


def takes_back_what_was_told(cast: Cast) -> None:
    with acting(cast.ines, LATER):
        one = disclosures.Disclosure.objects.get()
    disclosures.take_back(cast, one, at=LATER)


def refuses(cast: Cast) -> UUID:
    with acting(cast.ines, MONDAY):
        restrictions.refuse(
            cast.maya.file_id, uuid_of("a refusal"), [("RELATIVES", "PARENTS")],
            decider="HERSELF", decides_alone=True, by=cast.ines, at=MONDAY,
        )  # fmt: skip
        return UUID(str(asked("select id from restrictions_refusal")[0][0]))


def takes_a_refusal_back_and_refuses_again(cast: Cast) -> None:
    with acting(cast.ines, LATER):
        [(refusal_id,)] = asked("select id from restrictions_refusal")
        restrictions.take_back(cast.maya.file_id, refusal_id, by=cast.ines, at=LATER)
        restrictions.refuse(
            cast.maya.file_id, uuid_of("another"), [("RELATIVES", "SIBLINGS")],
            decider="HERSELF", decides_alone=True, by=cast.ines, at=LATER,
        )  # fmt: skip


def renews(cast: Cast) -> None:
    consents.share(
        cast, "corrected", at=LATER, sections=("summary",), renews_id=uuid_of("a consent")
    )


def corrects_an_incident(cast: Cast) -> None:
    item = Addition.Item.DESCRIPTION
    incidents.add(cast.ines, item, at=LATER, words="Ce n’était pas un prénom, mais un surnom.")


REGISTERS: Final = {
    "openings": Register(
        "audit_event", lambda cast: opens(cast, TUESDAY), lambda cast: void(opens(cast, LATER)),
        ("audit_event", "action = 'open'", "at", "actor_id"),
    ),
    "communications": Register(
        "sharing_disclosure", tells, takes_back_what_was_told,
        ("sharing_disclosurestep", "kind = 'WITHDRAWN'", "done_at", "done_by"),
    ),
    "consents": Register(
        "sharing_consent", consents.share, renews,
        ("sharing_consent", "renews_id is not null", "taken_at", "taken_by"),
        stamps=("withdrawn_at", "withdrawer", "withdrawn_form", "withdrawn_by"),
    ),
    "refusals": Register(
        "restrictions_refusal", refuses, takes_a_refusal_back_and_refuses_again,
        ("restrictions_refusal", "code = 'SIBLINGS'", "written_at", "written_by"),
        stamps=("ended_at", "ended_by"),
    ),
    "incidents": Register(
        "incidents_incident", lambda cast: incidents.tell(cast.ines), corrects_an_incident,
        ("incidents_addition", "item = 'DESCRIPTION'", "told_at", "told_by"),
    ),
}  # fmt: skip


def void(_said: object) -> None:
    """Nothing of it is needed."""


def asked(sentence: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sentence, values)
        return list(cursor.fetchall())


def columns(table: str) -> list[str]:
    found = asked(
        "select column_name from information_schema.columns where table_name = %s "
        "order by ordinal_position",
        table,
    )
    return [name for (name,) in found]


def entry(register: Register, entry_id: UUID, at: datetime, cast: Cast) -> dict[str, Any]:
    """The row as it stands, without what is stamped on it when it is taken back."""
    with acting(cast.ines, at):
        names = [one for one in columns(register.table) if one not in register.stamps]
        said = f"select {', '.join(names)} from {register.table} where id = %s"
        [row] = asked(said, entry_id)
    return dict(zip(names, row, strict=True))


def changes(actor: Actor, sentence: str, entry_id: UUID) -> bool:
    """Whether the database lets this person do it, to this row: nothing of it stays."""
    with acting(actor, LATER), transaction.atomic():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sentence, [entry_id])
                is_done = cursor.rowcount > 0
        except DatabaseError:
            is_done = False
        transaction.set_rollback(True)
    return is_done


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_entry_corrected_later_gets_an_addendum_never_an_edit(
    cast: Cast, name: str
) -> None:
    register = REGISTERS[name]
    entry_id = register.writes(cast)
    before = entry(register, entry_id, LATER, cast)

    register.adds(cast)

    assert entry(register, entry_id, LATER, cast) == before
    table, condition, moment, author = register.added
    with acting(cast.ines, LATER):
        found = asked(
            f"select id, {moment}, {author} from {table} where {condition} and id <> %s "
            f"order by {moment} desc limit 1",
            entry_id,
        )
    assert [(moment, author) for _id, moment, author in found] == [(LATER, cast.ines.user_id)]


@pytest.mark.parametrize("name", REGISTERS)
def test_nobody_edits_nor_deletes_an_entry_of_a_register_whoever_asks_the_database(
    cast: Cast, name: str
) -> None:
    register = REGISTERS[name]
    entry_id = register.writes(cast)
    kept = [one for one in columns(register.table) if one not in register.stamps]
    edits = [f"update {register.table} set {one} = {one} where id = %s" for one in kept]
    deletes = f"delete from {register.table} where id = %s"

    done = [
        (who, sentence)
        for who in EVERYBODY
        for sentence in (*edits, deletes)
        if changes(getattr(cast, who), sentence, entry_id)
    ]

    assert done == []
    assert len(edits) > len(register.stamps)


@pytest.mark.parametrize("name", ["consents", "refusals"])
def test_what_is_taken_back_is_stamped_once_with_its_moment_and_its_author(
    cast: Cast, name: str
) -> None:
    """The only words that are added to the entry itself: never of another day, nor by another."""
    register = REGISTERS[name]
    entry_id = register.writes(cast)
    register.adds(cast)
    moment, author = register.stamps[0], register.stamps[-1]

    with acting(cast.ines, LATER):
        said = f"select {moment}, {author} from {register.table} where id = %s"
        assert asked(said, entry_id) == [(LATER, cast.ines.user_id)]
    for sentence in (
        f"update {register.table} set {moment} = {moment} + interval '1 day' where id = %s",
        f"update {register.table} set {author} = '{cast.karim.user_id}' where id = %s",
    ):
        assert not changes(cast.ines, sentence, entry_id)

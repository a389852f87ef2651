"""How do two people of the cast decide what becomes of what was written of somebody?

By the actions themselves: her follow-up is closed, she asks, one proposes, another says yes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor, service
from spheres.core.errors import NotAllowed
from spheres.followup.notes.models import Note
from spheres.followup.passages import actions as passages
from spheres.privacy.retention import actions, queries
from spheres.sharing.models import Ending
from spheres.sharing.models.keeping import Sort
from spheres.vault.models import Kind
from tests.cast import LOADER, MONDAY, TUESDAY, Cast, acting, add_person, uuid_of

EXPIRY = service("expiry")
ALL_SORTS = tuple(Sort)
DESTROYED, SEALED, KEPT = Ending.Exit.DESTROYED, Ending.Exit.SEALED, Ending.Exit.KEPT
YEAR = timedelta(days=366)
A_YEAR_ON = clock.day_of(MONDAY + YEAR)
EVERYBODY = (
    "nadia", "norbert", "lucie", "odile", "maude", "ines", "yanick", "karim", "louise", "samir",
    "roy", "amrani",
)  # fmt: skip
KEEP = {"nadia", "norbert", "lucie", "odile"}


@dataclass
class House:
    """Those of La Maison who keep its files: Nadia in charge of privacy, a records officer, a
    manager, a counsel, and a second person in charge of privacy."""

    cast: Cast

    def __post_init__(self) -> None:
        with acting(LOADER):
            here = self.cast.la_maison
            self.people = {
                "nadia": self.cast.nadia,
                "lucie": add_person("Lucie", here, Role.RECORDS_OFFICER),
                "odile": add_person("Odile", here, Role.ORGANISATION_MANAGER),
                "maude": add_person("Maude", here, Role.COUNSEL),
                "norbert": add_person("Norbert", here, Role.PRIVACY_OFFICER),
            }

    def __getitem__(self, who: str) -> Actor:
        return self.people.get(who) or getattr(self.cast, who)

    @cached_property
    def file_id(self) -> UUID:
        return self.cast.maya.file_id

    def close(self, at: datetime = MONDAY) -> None:
        """Maya and Inès close the follow-up together."""
        letter = passages.Farewell(uuid_of("farewell"), "Bonne route.", "")
        with acting(self.cast.ines, at):
            passages.close(self.file_id, letter, by=self.cast.ines, at=at)

    def ask(self, at: datetime = MONDAY, *, who: str = "ines") -> UUID:
        """Maya asks that all of it be erased."""
        asked = actions.Asked(
            uuid_of("asked"), "HERSELF", clock.day_of(at), "Je veux que tout parte.", "Par Inès."
        )
        with acting(self[who], at):
            actions.ask(self.file_id, asked, by=self[who], at=at)
        return asked.id

    def propose(
        self,
        which: str = "proposed",
        *,
        sorts: Collection[str] = (Sort.FOLLOW_UP,),
        exit: str = Ending.Exit.DESTROYED,
        why: str = Ending.Why.REQUEST,
        until_on: date | None = None,
        by: str = "nadia",
        at: datetime = MONDAY,
    ) -> UUID:
        said = actions.Proposed(
            uuid_of(which), tuple(sorts), exit, why, until_on,
            None if why == Ending.Why.TERM else uuid_of("asked"),
        )  # fmt: skip
        with acting(self[by], at):
            actions.propose(self.file_id, said, by=self[by])
        return said.id

    def row(self, ending_id: UUID, *, by: str = "nadia", at: datetime = MONDAY) -> Ending:
        with acting(self[by], at):
            found = queries.ending(ending_id, actor=self[by])
            assert found is not None
            return found.row

    def confirm(self, ending_id: UUID, *, by: str = "odile", at: datetime = MONDAY) -> None:
        with acting(self[by], at):
            found = queries.ending(ending_id, actor=self[by])
            assert found is not None
            actions.confirm(found.row, by=self[by])

    def carry_out(self, ending_id: UUID, at: datetime = MONDAY) -> bool:
        with acting(EXPIRY, at):
            return actions.carry_out(ending_id, by=EXPIRY, at=at)

    def decide(self, *, at: datetime = MONDAY, **said) -> UUID:  # type: ignore[no-untyped-def]
        """Closed, asked, proposed by Nadia, confirmed by Odile; not carried out yet."""
        self.close(at)
        self.ask(at)
        ending_id = self.propose(at=at, **said)
        self.confirm(ending_id, at=at)
        return ending_id


def sealed(house: House, **said: Any) -> Ending:
    """Decided by two: closed for a year, on that file."""
    return house.row(house.decide(exit=SEALED, until_on=A_YEAR_ON, **said))


def notes_of(actor: Actor, at: datetime = TUESDAY) -> int:
    """How many notes this person reads."""
    with acting(actor, at):
        return Note.objects.count()


def keys(house: House, at: datetime = TUESDAY) -> set[str]:
    """The classes of the file that still have a key."""
    with acting(EXPIRY, at), connection.cursor() as cursor:
        cursor.execute(
            "select k.kind from unnest(%s::text[]) w(kind), access.newest_key(%s, w.kind) k",
            [Kind.values, house.file_id],
        )
        return {kind for (kind,) in cursor.fetchall()}


def refused(do: Callable[[], object]) -> str:
    """Why it is refused; nothing of it stays."""
    with pytest.raises(NotAllowed) as refusal, transaction.atomic():
        do()
    return str(refusal.value.reason)


def place(house: House, which: str = "hold", *, by: str = "nadia", at: datetime = MONDAY) -> None:
    """A legal hold, for a subpoena."""
    actor = house[by]
    with acting(actor, at):
        actions.place_hold(
            uuid_of(which), house.file_id, ground="SUBPOENA", words="500-01", by=actor, at=at
        )

"""Two psychotherapists say yes at one instant, or she takes it back meanwhile: is there one file,
or none, and is whoever came second told?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from django.db import DatabaseError

from spheres.accounts.models import Role
from spheres.core.actor import SHARED, Actor
from spheres.core.errors import NotAllowed, WrongState, is_row_refused
from spheres.followup.therapy_requests import actions
from spheres.sharing import actions as sharing
from spheres.sharing.models import Consent, Form
from tests.cast import LOADER, MONDAY, TUESDAY, add_person, uuid_of
from tests.proofs.committed_world import World
from tests.proofs.figures import tell
from tests.proofs.test_proof_races import count, race

TURNS = 8
FILES = "select count(*) from participants_file where holder_id = %s"
DAYS = "select count(*) from therapy_requests_therapyrequestday where request_id = %s"


def asked(world: World, name: str) -> UUID:
    cast, consent_id = world.cast, uuid_of(name)
    row = Consent(
        id=consent_id, file_id=cast.maya.file_id, organisation_id=cast.foundation.pk,
        purpose="psychotherapy", sections=["contact", "identity"], giver=Consent.Giver.HERSELF,
        form=Form.ON_SCREEN, language="fr", text_version="1", taken_by=cast.ines.user_id,
        taken_at=MONDAY, starts_at=MONDAY, ends_at=MONDAY + timedelta(days=90),
    )  # fmt: skip
    with world.acting(cast.ines):
        sharing.agree(row, by=cast.ines)
        actions.ask(
            cast.maya.file_id, consent_id, summary="Dormir.", opens_there=True, by=cast.ines,
            at=MONDAY,
        )  # fmt: skip
    return consent_id


def accept(world: World, consent_id: UUID, actor: Actor) -> UUID | None:
    there = replace(actor, purpose=SHARED)
    with world.acting(there, TUESDAY):
        return actions.accept(
            uuid_of(f"{consent_id} {actor.user_id}"), consent_id, on=date(2026, 3, 2), by=there,
            at=TUESDAY,
        )  # fmt: skip


def take_back(world: World, consent_id: UUID) -> object:
    ines = world.cast.ines
    with world.acting(ines, TUESDAY):
        return sharing.withdraw(
            world.cast.maya.file_id, consent_id, said_by=Consent.Withdrawer.HERSELF,
            form=Form.ORAL, by=ines, at=TUESDAY,
        )  # fmt: skip


def is_told(answer: object) -> bool:
    """A sentence; or, when it closed as the row was written, the page of what is not there."""
    return isinstance(answer, (WrongState, NotAllowed)) or (
        isinstance(answer, DatabaseError) and is_row_refused(answer)
    )


def test_of_two_who_begin_one_does_and_the_other_is_told(world: World) -> None:
    cast = world.cast
    with world.acting(LOADER):
        tran = add_person("Dre Tran", cast.foundation, Role.PSYCHOTHERAPIST)
    wrong = []
    for turn in range(TURNS):
        consent_id = asked(world, f"asked {turn}")
        before = count(world, FILES, cast.foundation.pk)
        acts = [lambda one=one: accept(world, one[0], one[1]) for one in (
            (consent_id, cast.amrani), (consent_id, tran),
        )]  # fmt: skip
        if turn % 2:
            acts.append(lambda consent_id=consent_id: take_back(world, consent_id))
        said = race(*acts)
        made = count(world, FILES, cast.foundation.pk) - before
        begun = [one for one in said[:2] if isinstance(one, UUID)]
        told = [one for one in said[:2] if is_told(one)]
        right = {1} if not turn % 2 else {0, 1}
        if made not in right or len(begun) != made or len(begun) + len(told) != 2:
            wrong.append(f"{turn}: {said}")
        elif count(world, DAYS, consent_id) != made:
            wrong.append(f"{turn}: days")

    tell("two begin at once", f"{TURNS} races, {len(wrong)} with two files or an unclear refusal")
    assert wrong == []

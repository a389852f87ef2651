"""Does the day's limit hold when several windows open files at one instant, and is a reading that
went round every wall found the next night?"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import DatabaseError, transaction

from spheres.accounts.models import Organisation
from spheres.core.actor import service
from spheres.core.errors import is_reading_stopped
from spheres.followup.dossier import queries as dossier
from spheres.followup.openings import actions
from spheres.followup.openings.models import Unusual
from spheres.participants import queries as participants
from tests.cast import LOADER, MONDAY, follow
from tests.proofs.committed_world import World
from tests.proofs.figures import tell
from tests.proofs.test_proof_races import count, race

SOON = MONDAY + timedelta(minutes=1)
NIGHT = MONDAY + timedelta(days=1)
LOOKOUT = service("lookout")
WINDOWS, LIMIT = 4, 3
OPENED = """
select count(distinct chain_id) from audit_event
where actor_id = %s and action = 'open' and sections @> '{notes}' and at >= %s"""


def test_windows_at_one_instant_pass_the_limit_by_no_more_than_they_are(world: World) -> None:
    cast, worst = world.cast, 0
    with world.acting(LOADER):
        rows = Organisation.objects.filter(pk=cast.la_maison.pk)
        rows.update(reads_alert=LIMIT - 1, reads_stop=LIMIT)
    files: list[UUID] = []
    for number in range(WINDOWS):
        with transaction.atomic():
            person = follow(
                f"Lou {number}", desk=cast.institute.pk, louise=cast.louise, worker=cast.ines
            )
        files.append(person.file_id)
    for day in range(1, 9):
        at = SOON + timedelta(days=day)

        def opens(file_id: UUID, at=at) -> str:
            with world.acting(cast.ines, at) as ines:
                known = participants.known(file_id, actor=ines)
                assert known is not None
                try:
                    with transaction.atomic():
                        dossier.dossier(file_id, known, actor=ines)
                except DatabaseError as error:
                    return "stopped" if is_reading_stopped(error) else str(error)
            return "opened"

        for file_id in files[: LIMIT - 1]:
            assert opens(file_id) == "opened"
        others = [*files[LIMIT - 1 :], cast.maya.file_id]
        said = race(*(lambda one=one: opens(one) for one in others))
        opened = count(world, OPENED, cast.ines.user_id, at)
        worst = max(worst, opened - LIMIT)
        assert set(said) <= {"opened", "stopped"}
        assert LIMIT <= opened <= LIMIT - 1 + len(others)
        assert opens(files[0]) == "opened"

    tell(
        "read caps",
        f"8 days of {len(others)} windows at one instant: past the limit by {worst} at most",
        "by no more than the windows there are",
    )


def test_a_reading_planted_by_a_superuser_is_found(world: World) -> None:
    cast = world.cast
    maya, reader = cast.maya.file_id, cast.samir
    world.spoil(
        "insert into audit_event (id, at, chain, chain_id, actor_id, organisation_id, roles, "
        "purpose, action, sections, record_ids, digest, basis, session, network, transaction, "
        f"number) values (gen_random_uuid(), '{SOON.isoformat()}', 'FILE', '{maya}', "
        f"'{reader.user_id}', '{reader.organisation_id}', '{{youth_worker}}', 'ordinary', 'open', "
        "'{notes}', '{}', '', '', '', '', 0, nextval('audit_event_number'))"
    )

    with world.acting(LOOKOUT, NIGHT):
        assert actions.look_at_grounds(by=LOOKOUT, at=NIGHT) == 1

    with world.acting(cast.nadia, NIGHT):
        (one,) = Unusual.objects.all()
    assert (one.kind, one.user_id, one.sections) == ("NO_GROUND", reader.user_id, ["notes"])

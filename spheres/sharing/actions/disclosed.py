"""What is told of her, and what becomes of it?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import is_row_refused
from spheres.core.once import create_once
from spheres.sharing.actions.asking import ask
from spheres.sharing.actions.said_by_her import SaidAlready
from spheres.sharing.models import Disclosure, DisclosureStep

DONE_ONCE = {f"sharing_disclosurestep_{how}_once" for how in ("decided", "done", "received")}


def prepare(disclosure: Disclosure, *, by: Actor) -> bool:
    """Keep what is to be told, or what was asked and refused; said twice, it stands once."""
    is_new = create_once(disclosure)
    if is_new:
        action = "disclosure.declined" if disclosure.is_refused else "disclosure.prepared"
        audit.record(
            action,
            by=by,
            file_id=disclosure.file_id,
            sections=disclosure.said_of,
            records=[disclosure.pk],
            basis=disclosure.ground,
        )
    return is_new


def go_on(
    disclosure: Disclosure, step_id: UUID, kind: DisclosureStep.Kind, *, by: Actor, at: datetime
) -> bool:
    """What becomes of it, for good; False when somebody has just done as much.

    Her journal is told first: whoever decides no longer stands to it in the same way afterwards.
    """
    try:
        with transaction.atomic():
            audit.record(
                f"disclosure.{kind.lower()}",
                by=by,
                file_id=disclosure.file_id,
                records=[disclosure.pk],
                basis=disclosure.ground,
            )
            if not create_once(
                DisclosureStep(
                    id=step_id,
                    disclosure_id=disclosure.pk,
                    file_id=disclosure.file_id,
                    kind=kind,
                    done_by=by.user_id,
                    done_at=at,
                )
            ):
                raise SaidAlready
    except SaidAlready:
        return False
    except DatabaseError as error:
        # Two at the same instant: the second finds the first one's row, or no longer decides.
        said = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if said in DONE_ONCE or is_row_refused(error):
            return False
        raise
    return True


def end_told_beyond(file_id: UUID, moment: datetime) -> None:
    """Take back what another said yes to for her, and that would still be read after this moment.

    The database does it, for whoever says how old she is may be kept from what is told of her.
    """
    ask("end_told_beyond", file_id, moment)

"""What does asking for a psychotherapy put beside a file, and on the day of who answers?"""

from __future__ import annotations

from uuid import UUID

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.therapy_requests import policy, queries
from spheres.records.between import places
from spheres.records.between.places import Block
from spheres.sharing import beginning, parting

# What was asked of the psychotherapists of a partner, and that a file of theirs may begin with her.
AGREED_TO_BEGIN = beginning.Word(
    """exists (
      select from therapy_requests_therapyrequest r where r.id = {consent} and r.opens_there)""",
    reads={"therapy_requests_therapyrequest": ("id", "opens_there")},
)
# A partner does not leave while somebody of its files, or of another's, waits for a psychotherapist
# to answer: asked of it, or by its worker.
BEFORE_LEAVING = parting.Measure(
    "THERAPY",
    f"""select count(*) from therapy_requests_therapyrequest r
      join sharing_consent c on c.id = r.id
      join participants_file f on f.id = r.file_id
      where {{organisation}} in (c.organisation_id, f.holder_id) and {parting.GOES_ON}
        and not exists (
          select from therapy_requests_therapyrequestday d where d.request_id = r.id)""",  # noqa: S608 -- every name is ours
    waits=True,
    reads={
        "therapy_requests_therapyrequest": ("file_id", "id"),
        "therapy_requests_therapyrequestday": ("request_id",),
    },
)


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The days, once something was asked; the way to ask, once she agreed. Where a file began with
    whoever reads it: from where its name and its ways come. Asks nothing."""
    if begun := queries.begun_on(file_id):
        return Block("therapy_requests/begun.html", {"begun": begun}, beside=True)
    if not policy.can_ask(actor):
        return None
    to_ask, days = queries.to_ask(file_id), queries.days_read(file_id)
    if not (to_ask or days):
        return None
    says = {"to_ask": to_ask, "requests": days}
    return Block("therapy_requests/block.html", says, beside=True)


def with_us(*, actor: Actor) -> Block | None:
    """How many requests wait for an answer: a number, no name."""
    if not policy.can_answer(actor):
        return None
    waiting = places.rows_of_day(queries.WAITING, actor=actor, at=clock.now())
    if not waiting:
        return None
    return Block("therapy_requests/day.html", {"waiting": len(waiting)})

"""When is the journal sealed?"""

from __future__ import annotations

from spheres.audit import actions
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.jobs import job


@job(service_name="sealer", name="audit.seal", cron="7 * * * *")
def seal(*, by: Actor) -> None:
    """Sign a checkpoint, each hour. Running twice makes two, which does no harm."""
    actions.seal(by=by, at=clock.now())

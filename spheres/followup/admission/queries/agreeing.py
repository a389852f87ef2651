"""Who agreed to the follow-up, and is it still to be asked of her alone?"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.admission.models import Admission, AgreedAnew
from spheres.records.between import places

FOR_HER: Final = "agreed for her"
# With her file, in the statement that asks who may see it: her last admission, when another agreed.
OF_FILE: Final = f"""
select '{FOR_HER}', a.id from admission_admission a
where a.file_id = asked.file_id and a.agreed_by <> 'herself'
  and not exists (select from admission_agreedanew n where n.id = a.id)
  and not exists (select from admission_admission later
    where later.file_id = a.file_id and later.occurred_at > a.occurred_at)"""  # noqa: S608 -- ours


def was_agreed_for_her(file_id: UUID) -> bool:
    """On the page of her file, which has asked it: another agreed, and she has not said so."""
    return FOR_HER in {what for what, _id in places.facts_of(file_id)}


def agreed_for_her(file_id: UUID, *, actor: Actor) -> tuple[Admission, AgreedAnew | None] | None:
    """Her last admission, when another agreed to it for her; and what she said since, alone."""
    context.require(actor)
    last = Admission.objects.filter(file_id=file_id).order_by("-occurred_at", "pk").first()
    if last is None or last.agreed_by == Admission.AgreedBy.HERSELF:
        return None
    return last, AgreedAnew.objects.filter(pk=last.pk).first()

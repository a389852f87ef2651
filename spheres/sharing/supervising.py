"""Which notes brought to supervision does a supervisor read, at this very moment?

Until shortly after the meeting, by the one supervisor named, in the organisation of both, as long
as they were not taken back and whoever brought them still reads the notes of that file. The police
never; a personal conflict and whatever she barred, of who she is, of the notes or of who walks with
her, beat it; so does a seal (design §10.2, §10.3, §10.6; ADR notes brought to supervision).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spheres.accounts.models import Role
from spheres.core.actor import ORDINARY
from spheres.sharing.functions import ACTING, _function, _live_role, _quoted, _vetoes
from spheres.sharing.rules import IDENTITY, NOTES, RELATION, WORKERS

# Those to whom the others bring what they live through with a person.
SUPERVISORS: Final = frozenset({Role.TEAM_LEAD, Role.COORDINATOR, Role.CONSULTANT})
# What she may have barred somebody from, that the notes would tell.
BARRED: Final = (IDENTITY, NOTES, RELATION)
# Whoever brought them walks with her still, and reads her notes.
STILL_READ: Final = f"""and g.file_id in (select access.reach(
        g.brought_by, for_organisation, array[{_quoted(WORKERS)}], '{ORDINARY}', for_at,
        'read', '{NOTES}'))"""


def now_body() -> str:
    """`supervised_now`: what was brought to whoever acts, and may still be read."""
    vetoed = "".join(f"\n      and g.file_id not in {_vetoes(repr(face))}" for face in BARRED)
    return f"""{ACTING}
begin
  if c[4] <> '{ORDINARY}' or access.is_walled_off(for_organisation)
      or not {_live_role(SUPERVISORS)} then
    return '{{}}';
  end if;
  return array(
    select g.id from sharing_supervised g
    where g.user_id = for_user and g.organisation_id = for_organisation
      and g.brought_at <= for_at and g.ends_at > for_at
      and (g.withdrawn_at is null or g.withdrawn_at > for_at)
      -- What was given to a person is not given back to whoever comes back.
      and exists (
        select from accounts_membership s
        where s.user_id = for_user and s.organisation_id = for_organisation
          and s.role in ({_quoted(SUPERVISORS)}) and s.starts_at <= g.brought_at
          and (s.ends_at is null or s.ends_at > for_at))
      and access.is_cleared(for_user, for_organisation, for_at)
      {STILL_READ}{vetoed});
end"""  # noqa: S608 -- every name is ours


def statements() -> Iterator[str]:
    """`supervised_now`, and the files in whose journal the reading of it is told."""
    yield from _function("supervised_now()", "uuid[]", now_body())
    yield from _function(
        "supervised_files()",
        "uuid[]",
        """
declare
  mine uuid[] := access.supervised_now();
begin
  return array(select distinct g.file_id from sharing_supervised g where g.id = any(mine));
end""",
    )
